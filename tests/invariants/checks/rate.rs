//! VAU-3: what a share is worth never falls but by a loss.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IStakedMetis as Vault;

use super::super::model::{Program, Rounding};
use super::super::spec::VAU_3;
use super::super::world::{Seen, World};
use super::Observed;
use super::vault::wide;

/// Shares that a passive holder would ask about: enough to see far behind the last wei.
const PROBE: U256 = U256::from_limbs([0, 0, 1, 0]);

/// Whether what a share is worth fell between two observations, to the last digit.
fn fell(before: &Seen, after: &Seen) -> bool {
    let (assets, shares) = before.books.rate(before.now);
    let (assets_after, shares_after) = after.books.rate(after.now);
    wide(assets_after) * wide(shares) < wide(assets) * wide(shares_after)
}

/// Over a call: it never falls but in `settle`, and then to the reference.
pub fn call(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let (before, after) = (seen.before, seen.after);
    let Some((loss, pending)) = seen.loss_and_pending() else {
        return time(tally, before, after);
    };
    // Locked rewards take the loss first, and then what is pending.
    let locked = before.books.still_locked(before.now).saturating_sub(loss);
    let expected = before.books.ledger.saturating_sub(loss).saturating_sub(locked.max(pending));
    let found = after.books.total_assets(after.now);
    let same = found.abs_diff(expected) <= U256::ONE && before.books.shares == after.books.shares;
    tally.check(VAU_3, same, || {
        format!("after settle({loss}, {pending}) shares stand for {found}, expected {expected}")
    })
}

/// Over time, or over anything but `settle`.
pub fn time(tally: &mut Tally, before: &Seen, after: &Seen) -> Result<(), Violation> {
    tally.check(VAU_3, !fell(before, after), || {
        let (assets, shares) = before.books.rate(before.now);
        let (assets_after, shares_after) = after.books.rate(after.now);
        format!("a share fell from {assets}/{shares} to {assets_after}/{shares_after}")
    })
}

/// The getter and a passive holder see what the books say.
pub fn probe(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let (books, now) = (&world.seen.books, world.seen.now);
    let view = |answer: Result<U256, String>, what: &str, expected: U256, tally: &mut Tally| {
        tally.check(VAU_3, answer.as_ref() == Ok(&expected), || {
            format!("{what} tells {answer:?}, expected {expected}")
        })
    };
    let total = world.view(Program::Vault, Vault::totalAssetsCall {});
    view(total, "totalAssets", books.total_assets(now), tally)?;
    let Some(expected) = books.to_assets(now, PROBE, Rounding::Down) else { return Ok(()) };
    let worth = world.view(Program::Vault, Vault::previewRedeemCall { shares: PROBE });
    view(worth, "previewRedeem of 2^128 shares", expected, tally)
}
