//! SOL-1: METIS behind the books of staking.

use alloy_primitives::U256;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::model::staking::Part;
use super::super::super::spec::SOL_1;
use super::super::super::world::staking::{SeenSequencer, Stage};

/// METIS of each program is its ledger and the donations made; the others have no ledger.
pub fn programs(tally: &mut Tally, stage: &Stage) -> Result<(), Violation> {
    let ledgers = [stage.seen.totals[3], U256::ZERO, U256::ZERO, U256::ZERO];
    for part in Part::ALL {
        let place = part as usize;
        let (ledger, gifts) = (ledgers[place], stage.story.donations[place]);
        let found = stage.seen.metis[place];
        tally.check(SOL_1, found == ledger.wrapping_add(gifts), || {
            format!(
                "{} holds {found} wei, its ledger is {ledger}, donations are {gifts}",
                part.label()
            )
        })?;
    }
    Ok(())
}

/// The access manager has no METIS: what comes with an execution is handed on.
pub fn manager(tally: &mut Tally, stage: &Stage, chain: &Chain) -> Result<(), Violation> {
    let found = chain.balance(stage.crew.manager);
    tally.check(SOL_1, found.is_zero(), || format!("the access manager holds {found} wei"))
}

/// The ledger is the sum of what it is about, to the wei.
pub fn ledger(tally: &mut Tally, stage: &Stage) -> Result<(), Violation> {
    let of = |sequencer: &SeenSequencer| {
        let unbonding = sequencer.buckets.iter().flat_map(|bucket| bucket.sides);
        let unbonding = unbonding
            .fold(U256::ZERO, |sum, [_, assets, paid]| sum.wrapping_add(assets).wrapping_sub(paid));
        let rewards = sequencer.operator + sequencer.parked + sequencer.delegators;
        unbonding.wrapping_add(sequencer.stake()).wrapping_add(rewards)
    };
    let all = stage.seen.all().map(of);
    let parts = all.fold(stage.seen.totals[4], U256::wrapping_add);
    let ledger = stage.seen.totals[3];
    tally.check(SOL_1, parts == ledger, || {
        format!("the ledger of staking is {ledger}, its parts are {parts}")
    })
}
