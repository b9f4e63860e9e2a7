//! QTA-6: what a pool moves stays in its bucket, and nobody else touches that.

use alloy_primitives::U256;
use alloy_sol_types::SolError;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::super::action::staking::Party;
use super::super::super::super::model::staking::{Money, Part, Rule, Status};
use super::super::super::super::spec::QTA_6;
use super::super::super::super::world::World;
use super::super::super::super::world::staking::{Draw, Stage};
use super::super::Noticed;

const BPS: U256 = U256::from_limbs([10_000, 0, 0, 0]);
/// In seconds.
const DAY: u64 = 86_400;

/// What may be moved in a day.
fn daily(stage: &Stage, chain: &Chain) -> U256 {
    let bps = stage.view(chain, Part::Quota, Rule::limitsCall {}).churnBps;
    (stage.seen.totals[0] * bps / BPS).max(stage.seen.rules.threshold)
}

/// A pool moves no more than its bucket holds, and what it may is not refused.
pub(super) fn drawn(
    tally: &mut Tally,
    stage: &mut Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    let events = noticed.events::<Rule::Drawn>(stage, Part::Quota);
    let call = noticed.call;
    if !call.is::<Rule::drawCall>(Part::Quota) {
        return tally.check(QTA_6, events.is_empty(), || "something else drew".into());
    }
    let (pool, now, daily) = (call.caller, chain.time(), daily(stage, chain));
    let bucket = stage.story.churn.get(&pool).copied().unwrap_or_default().at(now, daily);
    if let Err(failure) = noticed.outcome {
        let exceeded = Rule::ChurnExceeded::abi_decode(&failure.data());
        let just = exceeded.is_err() || call.word(1).is_some_and(|assets| assets > bucket.left());
        return tally.check(QTA_6, just, || {
            format!("{} may move {}, which is refused", stage.crew.name(pool), bucket.left())
        });
    }
    let id = call.word(0).unwrap_or_default();
    let status = stage.view(chain, Part::Staking, Money::statusCall { id }) as u8;
    let is_active = status == Status::Active as u8;
    tally.check(QTA_6, events.len() == usize::from(is_active), || {
        format!("leaving {id}, whose status is {status}, drew {} times", events.len())
    })?;
    let Some(event) = events.first() else { return Ok(()) };
    let (assets, left) = (event.assets, event.left);
    tally.check(QTA_6, bucket.left().checked_sub(assets) == Some(left), || {
        format!("{assets} of {} wei were drawn, {left} are left", bucket.left())
    })?;
    stage.story.churn.insert(pool, bucket.less(assets));
    stage.story.draws.push(Draw { pool, at: now, assets, daily });
    let recent = stage.story.draws.iter().filter(|draw| draw.pool == pool && draw.at + DAY > now);
    let (sum, most) = recent.fold((U256::ZERO, U256::ZERO), |(sum, most), draw| {
        (sum + draw.assets, most.max(draw.daily))
    });
    tally.check(QTA_6, sum <= most * U256::from(2), || {
        format!("{} moved {sum} within a day of {most}", stage.crew.name(pool))
    })
}

/// The bucket of each pool is as its last move left it, and filled since.
pub(super) fn is_as_left(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (stage, chain) = (&world.stage, &world.chain);
    let daily = daily(stage, chain);
    for party in Party::POOLS {
        let pool = stage.crew.address(party);
        let told = stage.view(chain, Part::Quota, Rule::churnOfCall { pool });
        let bucket = stage.story.churn.get(&pool).copied().unwrap_or_default();
        let expected = [bucket.at(chain.time(), daily).left(), daily];
        tally.check(QTA_6, [told.left, told.daily] == expected, || {
            let label = party.label();
            format!("{label} may move {} of {} wei, not {expected:?}", told.left, told.daily)
        })?;
    }
    Ok(())
}
