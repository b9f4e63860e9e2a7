//! SAF-4: what the quota tells is what the pure core makes of its storage.

use alloy_primitives::U256;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis_common::quota::limits::Limits;
use emetis_common::quota::score::Record;
use emetis_common::slots::quota::{LIMITS, SCORES};

use super::super::super::super::encode::staking::words;
use super::super::super::super::model::staking::{Part, Rule};
use super::super::super::super::spec::SAF_4;
use super::super::super::super::world::staking::Stage;
use super::super::Noticed;

/// What is told after a call of the quota.
pub(super) fn tells(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    if noticed.call.to != Part::Quota || noticed.outcome.is_err() {
        return Ok(());
    }
    let (limits, _) = Limits::unpack(&word(stage, chain, U256::from(LIMITS)));
    let computed = [
        limits.operator_share_bps.into(),
        limits.operator_floor,
        limits.pool_share_bps.into(),
        limits.pool_floor,
        limits.pool_cap,
        limits.direct_share_bps.into(),
        limits.churn_bps.into(),
    ];
    let told = words(&stage.view(chain, Part::Quota, Rule::limitsCall {}));
    tally.check(SAF_4, computed.map(U256::from) == told, || {
        format!("the core reads limits {computed:?}, told are {told:?}")
    })?;
    for number in noticed.ids {
        let id = U256::from(*number);
        let slot = (U256::from(SCORES) << 224) | (id << 192);
        let scores = Record::unpack(&word(stage, chain, slot)).at(chain.time());
        let computed = U256::from(scores.composite());
        let told = stage.view(chain, Part::Quota, Rule::compositeOfCall { id });
        tally.check(SAF_4, computed == told, || {
            format!("the core makes {computed} of the scores of {id}, told is {told}")
        })?;
    }
    Ok(())
}

fn word(stage: &Stage, chain: &Chain, slot: U256) -> [u8; 32] {
    chain.storage(stage.crew.program(Part::Quota), slot).to_be_bytes()
}
