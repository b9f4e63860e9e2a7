//! Who meets the authority, with calls that go through.

use super::super::super::staking::busy::*;
use super::super::super::staking::kit::*;
use super::super::matrix::questions;
use emetis::suite::access::Access;

/// The ways out, and what ends a proposal.
const EXITS: [&str; 17] = [
    "requestBondUnlock(uint256,uint256)",
    "exit(uint256)",
    "eject(uint256)",
    "unjail(uint256)",
    "setOwner(uint256,address)",
    "acceptOwner(uint256)",
    "setRewardRecipient(uint256,address)",
    "increaseBond(uint256)",
    "accrue(uint256)",
    "undelegate(uint256,uint256)",
    "claimUnlocked(uint256,uint256[],address)",
    "claimRewards(uint256[],address)",
    "claimCommission(uint256,address)",
    "forwardSlashed()",
    "execute(uint256)",
    "lapse(uint256)",
    "settle(address)",
];

#[test]
fn no_exit_and_no_entry_that_goes_through_meets_the_authority() {
    let mut busy = busy();
    let manager = busy.world.suite.access_manager;
    let mut exits = 0;

    for program in programs_here() {
        let target = (program.address)(&busy.world.suite);
        for entry in program.entries {
            let cell = format!("{} of {}", entry.signature, program.name);
            let is_asked = matches!(entry.access, Access::Role(_));
            if matches!(entry.signature, "pause(uint32)" | "unpause()") {
                continue;
            }
            let call = good(&busy, program, entry);
            let chain = &mut busy.world.chain;
            let send = chain.send_raw(call.caller, target, call.data).value(call.value);
            let receipt =
                send.traced().dry_run().unwrap_or_else(|error| panic!("{cell}: {error:?}"));

            let asked = questions(&receipt.trace.unwrap(), manager);
            assert_eq!(asked > 0, is_asked, "{cell} asks {asked} times");
            exits += usize::from(EXITS.contains(&entry.signature));
        }
    }

    assert_eq!(exits, EXITS.len());
}

#[test]
fn an_early_ejection_alone_asks_the_authority_and_only_until_anyone_may() {
    let (mut world, id) = running();
    let manager = world.suite.access_manager;
    let asked = |world: &mut World| {
        let call = world.chain.send(world.curator, world.staking, Staking::ejectCall { id });
        questions(&call.trace().unwrap(), manager)
    };
    let assets = BOND;
    world.does(world.operator, Staking::requestBondUnlockCall { id, assets });

    let early = asked(&mut world);
    world.chain.advance(days(30));
    let late = asked(&mut world);

    assert_eq!((early, late), (1, 0));
}
