//! The court's parameters.

use super::super::kit::*;
use alloy_primitives::U256;

fn times(veto: u64, execute: u64, jail: u64) -> Court::setTimesCall {
    let [veto, execute, jail] = [veto, execute, jail].map(U256::from);
    Court::setTimesCall { vetoWindow: veto, executeGrace: execute, maxJail: jail }
}

#[test]
fn admins_set_the_times_of_proposals_to_come() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let other = world.register(world.rival, world.other_signer, BOND);
    let before = world.propose(id, U256::ONE, EVIDENCE);
    let (short, long) = (days(1), days(7));

    let receipt = world.chain.send(world.admin, world.court, times(short, long, days(30))).ok();

    let changed = Court::TimesChanged {
        oldVetoWindow: U256::from(VETO_WINDOW),
        newVetoWindow: U256::from(short),
        oldExecuteGrace: U256::from(EXECUTE_GRACE),
        newExecuteGrace: U256::from(long),
        oldMaxJail: U256::from(JAIL),
        newMaxJail: U256::from(days(30)),
    };
    receipt.emitted(changed);
    let after = world.propose(other, U256::ONE, OTHER_EVIDENCE);
    let until = |world: &World, proposal| {
        let told = world.chain.view(world.court, Court::proposalOfCall { proposal });
        (told.vetoUntil - world.now(), told.executeUntil - world.now())
    };
    let expected = (VETO_WINDOW, VETO_WINDOW + EXECUTE_GRACE);
    assert_eq!(until(&world, before), (U256::from(expected.0), U256::from(expected.1)));
    assert_eq!(until(&world, after), (U256::from(short), U256::from(short + long)));
    assert_eq!(world.sequencer(other).jailedUntil - world.now(), U256::from(days(30)));
    assert_eq!(world.sequencer(id).jailedUntil - world.now(), U256::from(JAIL));
}

#[test]
fn times_have_bounds() {
    let mut world = world();
    let (day, week, month) = (days(1), days(7), days(30));
    let good = [times(day, day, day), times(week, week, month)];
    let wrong = [
        (times(day - 1, day, day), day - 1, week),
        (times(week + 1, day, day), week + 1, week),
        (times(day, day - 1, day), day - 1, week),
        (times(day, week + 1, day), week + 1, week),
        (times(day, day, day - 1), day - 1, month),
        (times(day, day, month + 1), month + 1, month),
    ];

    for call in good {
        world.chain.send(world.admin, world.court, call).ok();
    }
    for (call, value, max) in wrong {
        let [value, min, max] = [value, day, max].map(U256::from);
        let refused = Court::ParameterInvalid { value, min, max };
        world.chain.send(world.admin, world.court, call).fails_with(refused);
    }
}

#[test]
fn admins_set_the_cap_up_to_half() {
    let mut world = world();
    let set = |max| Court::setMaxSlashCall { maxBps: max };
    let max = U256::from(5_000);

    let receipt = world.chain.send(world.admin, world.court, set(max)).ok();

    receipt.emitted(Court::MaxSlashChanged { oldMaxBps: MAX_SLASH, newMaxBps: max });
    let told = world.chain.view(world.court, Court::parametersCall {});
    assert_eq!(told.maxSlashPerWindow, max);
    for value in [max + U256::ONE, U256::MAX] {
        let refused = Court::ParameterInvalid { value, min: U256::ZERO, max };
        world.chain.send(world.admin, world.court, set(value)).fails_with(refused);
    }
    for caller in [world.slasher, world.vetoer, world.keeper] {
        let refused = || Court::AccessManagedUnauthorized { caller: caller.address };
        world.chain.send(caller, world.court, set(max)).fails_with(refused());
        let call = times(days(1), days(1), days(1));
        world.chain.send(caller, world.court, call).fails_with(refused());
    }
}
