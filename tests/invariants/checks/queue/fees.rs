//! FEE-1 and QUE-6: what `redeemNow` costs, and what it leaves for the queue.

use alloy_primitives::U256;
use alloy_sol_types::SolEvent;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::ILiquidStaking as Hub;

use super::super::super::action::Program;
use super::super::super::spec::{FEE_1, QUE_6};
use super::super::super::world::World;
use super::super::Observed;
use super::worth;

/// The highest fee, in bps.
const HIGHEST: u64 = 500;

/// Payment and fee are together what the eMETIS stood for, the fee is no more than it may be and in
/// hand, and as much eMETIS is gone.
pub fn are_exact(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let Ok(receipt) = seen.outcome else { return Ok(()) };
    if !seen.did::<Hub::redeemNowCall>(Program::Hub) {
        return Ok(());
    }
    let told =
        receipt.logs.iter().find_map(|log| Hub::RedeemedNow::decode_log_data(&log.data).ok());
    let Some(Hub::RedeemedNow { nominal, assets, fee, .. }) = told else { return Ok(()) };
    let (before, after) = (seen.before, seen.after);
    let total = worth(before, nominal);
    let bound = total * U256::from(HIGHEST) / U256::from(10_000) + U256::ONE;
    let parts = assets + fee == total && fee <= bound && after.fees == before.fees + fee;
    let gone = before.supply == after.supply + nominal && before.buffer == after.buffer + total;
    tally.check(FEE_1, parts && gone, || {
        format!("{nominal} were redeemed for {assets} and {fee}: {before:?}, then {after:?}")
    })?;
    let least = total * U256::from(before.fee_bps) / U256::from(10_000);
    tally.check(FEE_1, fee >= least, || format!("a fee of {fee} on {total} is below {least}"))
}

/// What the queue is owed stays in the buffer.
pub fn leave_what_is_due(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
) -> Result<(), Violation> {
    let takes =
        seen.did::<Hub::redeemNowCall>(Program::Hub) || seen.did::<Hub::placeCall>(Program::Hub);
    if !takes {
        return Ok(());
    }
    let (buffer, due) = (seen.after.buffer, world.due());
    tally.check(QUE_6, buffer >= due, || format!("{due} are due, {buffer} are left in the buffer"))
}
