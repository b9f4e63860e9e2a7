//! STK-3: what unbonds waits for its day's end and the period of its opening, and for one hold.

use alloy_primitives::U256;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::model::mul_div;
use super::super::super::model::staking::{Money, Part};
use super::super::super::spec::STK_3;
use super::super::super::world::staking::Stage;
use super::Noticed;

const DAY: u64 = 86_400;
/// Those whose parts are looked at: some who delegate, and all who put down bonds.
const HOLDERS: [Party; 6] =
    [Party::Alice, Party::Bob, Party::PoolOne, Party::Olga, Party::Otto, Party::Omar];
/// The longest time to veto, and to execute, in seconds.
const LONGEST: u64 = 14 * DAY;

/// Buckets mature when they should, pay nothing before, and no hold lasts longer than a proposal.
pub fn mature(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let now = stage.seen.now;
    for (_, after) in noticed.pairs(stage) {
        for bucket in &after.buckets {
            let Some(period) = stage.story.periods.get(&(after.id, bucket.number)) else {
                continue;
            };
            let expected = ((bucket.number >> 12) + 1) * DAY + period;
            tally.check(STK_3, bucket.matures == U256::from(expected), || {
                let (id, number) = (after.id, bucket.number);
                format!("{id}: bucket {number} matures at {}, not {expected}", bucket.matures)
            })?;
            let in_full = bucket.sides.iter().all(|[_, assets, paid]| paid <= assets);
            tally.check(STK_3, in_full, || {
                format!("{}: bucket {} paid more than it had", after.id, bucket.number)
            })?;
            let paid = bucket.sides[0][2] + bucket.sides[1][2];
            tally.check(STK_3, now >= expected || paid.is_zero(), || {
                let (id, number) = (after.id, bucket.number);
                format!("{id}: bucket {number} paid {paid} before {expected}")
            })?;
        }
        let [.., at, until] = after.hold;
        let in_time =
            until.is_zero() || (until > U256::from(now) && until <= at + U256::from(LONGEST));
        tally.check(STK_3, in_time, || {
            format!("{}: a hold laid at {at} lasts until {until}, it is {now}", after.id)
        })?;
    }
    Ok(())
}

/// What has matured and is not held is there for its holder.
pub fn pay(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    let now = U256::from(stage.seen.now);
    for (_, after) in noticed.pairs(stage).filter(|(_, after)| !after.is_held()) {
        let id = U256::from(after.id);
        for bucket in after.buckets.iter().filter(|bucket| bucket.matures <= now) {
            // An account's parts of both sides are told as one.
            let [nominal, assets, _] = match bucket.sides {
                [delegations, [bond, ..]] if bond.is_zero() => delegations,
                [[delegations, ..], bond] if delegations.is_zero() => bond,
                _ => continue,
            };
            for holder in HOLDERS {
                let account = stage.crew.address(holder);
                let number = U256::from(bucket.number);
                let told =
                    stage.view(chain, Part::Staking, Money::entryCall { account, id, number });
                if told.nominal.is_zero() {
                    continue;
                }
                let share = mul_div(told.nominal, assets, nominal, false).unwrap_or_default();
                let expected = share.saturating_sub(told.paid);
                tally.check(STK_3, told.claimable == expected, || {
                    format!(
                        "{id}: {} can claim {} of bucket {number}, not {expected}",
                        holder.label(),
                        told.claimable
                    )
                })?;
            }
        }
    }
    Ok(())
}
