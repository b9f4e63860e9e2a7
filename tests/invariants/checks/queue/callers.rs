//! ACC-1: what is open to one program is done by that alone.

use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::super::action::{Actor, Program};
use super::super::super::spec::ACC_1;
use super::super::Observed;

/// Whether an entry of one caller was taken from that.
pub fn are_meant(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let allocators = [
        seen.did::<Hub::placeCall>(Program::Hub),
        seen.did::<Hub::receiveUnbondedCall>(Program::Hub),
        seen.did::<Hub::receiveBackingCall>(Program::Hub),
        seen.did::<Hub::settleCall>(Program::Hub),
        seen.did::<Hub::collectFeesCall>(Program::Hub),
    ];
    let only = if allocators.contains(&true) {
        Actor::Allocator
    } else if seen.did::<Hub::fillCall>(Program::Hub) {
        Actor::Queue
    } else if seen.did::<Queue::receiveFillCall>(Program::Queue) {
        Actor::Hub
    } else {
        return Ok(());
    };
    let caller = seen.transaction.caller;
    tally.check(ACC_1, caller == seen.cast.address(only), || {
        format!("{} did what only {} may", seen.cast.name(caller), only.label())
    })
}
