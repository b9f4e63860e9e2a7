//! Where METIS comes from.

use emetis_common::{
    account::Account,
    entry::{Outcome, View},
    mutants::{Mutant, mutant},
    quota::plan::{Plan, SEQUENCERS, Source, plan_release as plan},
    word,
};

use crate::{field::Field, list, staking::ACTIVE};

/// Where so much comes from.
pub(crate) fn plan_release(call: View<'_>) -> Outcome {
    let [account, assets] = call.words()?;
    let (ids, plan) = planned(call.address(account)?, word::to_u128_saturating(assets));
    list::reply(call, &ids, &plan)
}

#[inline(never)]
fn planned(account: Account, assets: u128) -> ([u32; SEQUENCERS], Plan) {
    let field = Field::new(account);
    let (ids, count) = field.staking.live();
    // Its id is no constant: those lie in the data section.
    let nobody = Source { id: count as u64, stake: 0, cap: 0, position: 0, active: false };
    let mut sources = [nobody; SEQUENCERS];
    for (id, source) in ids.iter().take(count).zip(&mut sources) {
        let sight = field.sight(*id);
        let [sequencer, ..] = sight.caps;
        *source = Source {
            id: u64::from(*id),
            stake: sight.stake,
            cap: sequencer.cap,
            position: sight.position,
            active: sight.status == ACTIVE || mutant(Mutant::ReleaseForgetsIdle),
        };
    }
    (ids, plan(sources.get(..count).unwrap_or_default(), assets))
}
