//! Operations: announced, made in their week, used up.

use super::kit::*;
use alloy_primitives::{Bytes, U256};
use alloy_sol_types::{SolCall, SolValue};

const DELAY: u64 = CURATOR_DELAY as u64;

#[test]
pub(super) fn an_operation_is_made_after_its_delay_and_once() {
    let mut world = settled();
    let (curator, jar, manager) = (world.curator, world.jar, world.manager);
    let (data, due) = (tip(), world.chain.time() + DELAY);
    let id = world.id(curator, jar, &data);
    assert_eq!(
        id,
        alloy_primitives::keccak256((curator.address, jar, data.clone()).abi_encode_params())
    );

    let receipt = world.schedule(curator, jar, &data).ok();

    assert_eq!((receipt.output.operationId, receipt.output.nonce), (id, 1));
    receipt.emitted(Manager::OperationScheduled {
        operationId: id,
        nonce: 1,
        schedule: time(due),
        caller: curator.address,
        target: jar,
        data: data.clone(),
    });
    assert_eq!(receipt.logs.len(), 1);
    assert_eq!(world.view(Manager::getScheduleCall { id }), time(due));
    assert_eq!(world.view(Manager::getNonceCall { id }), 1);
    let refused = Manager::AccessManagerAlreadyScheduled { operationId: id };
    world.schedule(curator, jar, &data).fails_with(refused);

    world.chain.warp_to(due - 1);
    let refused = Manager::AccessManagerNotReady { operationId: id };
    world.execute(curator, jar, &data).fails_with(refused);
    world.chain.warp_to(due);
    let receipt = world.execute(curator, jar, &data).value(ether(2)).ok();

    assert_eq!(receipt.output, 1);
    receipt.emitted(Manager::OperationExecuted { operationId: id, nonce: 1 });
    receipt.emitted(world.tipped(manager, ether(2)));
    assert_eq!(receipt.logs.len(), 2);
    assert_eq!(world.chain.balance(jar), ether(2));
    assert_eq!(world.chain.balance(manager), U256::ZERO);
    assert_eq!(world.view(Manager::getScheduleCall { id }), time(0));
    let refused = Manager::AccessManagerNotScheduled { operationId: id };
    world.execute(curator, jar, &data).fails_with(refused);
}

#[test]
pub(super) fn an_operation_expires_after_a_week_and_can_be_scheduled_again() {
    let mut world = settled();
    let (curator, jar) = (world.curator, world.jar);
    let (data, due) = (tip(), world.chain.time() + DELAY);
    let id = world.schedule(curator, jar, &data).ok().output.operationId;
    let mut earlier = world.clone();

    earlier.chain.warp_to(due + WEEK - 1);
    assert_eq!(earlier.view(Manager::getScheduleCall { id }), time(due));
    earlier.execute(curator, jar, &data).ok();
    world.chain.warp_to(due + WEEK);

    assert_eq!(world.view(Manager::getScheduleCall { id }), time(0));
    let refused = Manager::AccessManagerExpired { operationId: id };
    world.execute(curator, jar, &data).fails_with(refused);
    assert_eq!(world.schedule(curator, jar, &data).ok().output.nonce, 2);
    world.chain.advance(DELAY);
    assert_eq!(world.execute(curator, jar, &data).ok().output, 2);
}

#[test]
pub(super) fn no_time_is_too_late_and_none_within_the_delay_is_taken() {
    let mut world = settled();
    let (curator, jar, data) = (world.curator, world.jar, tip());
    let due = world.chain.time() + DELAY;
    let at = |when| Manager::scheduleCall { target: jar, data: tip(), when: time(when) };

    for when in [1, due - 1] {
        let refused = world.unauthorized(curator, &data);
        world.send(curator, at(when)).fails_with(refused);
    }
    let last = (1 << 48) - 1;
    let mut late = world.clone();
    let id = late.send(curator, at(last)).ok().output.operationId;
    assert_eq!(late.view(Manager::getScheduleCall { id }), time(last));
    let refused = Manager::AccessManagerNotReady { operationId: id };
    late.execute(curator, jar, &data).fails_with(refused);
    let refused = Manager::AccessManagerAlreadyScheduled { operationId: id };
    late.send(curator, at(last)).fails_with(refused);
    late.cancel(curator, curator, jar, &data).ok();

    world.send(curator, at(due)).ok();
    assert_eq!(world.view(Manager::getScheduleCall { id }), time(due));
}

#[test]
fn whoever_has_no_delay_schedules_nothing_and_whoever_has_no_role_calls_nothing() {
    let mut world = settled();
    let (alice, attester, jar, manager) = (world.alice, world.attester, world.jar, world.manager);

    for (who, data) in [(alice, tip()), (attester, tap()), (alice, tap()), (attester, tip())] {
        let refused = world.unauthorized(who, &data);
        world.schedule(who, jar, &data).fails_with(refused);
    }
    for (who, data) in [(alice, tip()), (attester, tip())] {
        let refused = world.unauthorized(who, &data);
        world.execute(who, jar, &data).fails_with(refused);
        let call = Jar::tipCall { mark: MARK };
        let refused = Jar::AccessManagedUnauthorized { caller: who.address };
        world.chain.send(who, jar, call).fails_with(refused);
    }
    let receipt = world.execute(attester, jar, &tap()).ok();
    assert_eq!(receipt.output, 0);
    receipt.emitted(world.tipped(manager, U256::ZERO));
    world.chain.send(attester, jar, Jar::tapCall { mark: MARK }).ok();
}

#[test]
fn calls_without_a_selector_are_nobodys() {
    let mut world = settled();
    let (admin, manager) = (world.admin, world.manager);
    let padded = [0x12, 0x34, 0, 0].into();

    for target in [world.jar, manager] {
        let data = Bytes::from_static(&[0x12, 0x34]);
        let refused = || Manager::AccessManagerUnauthorizedCall {
            caller: admin.address,
            target,
            selector: padded,
        };
        world.schedule(admin, target, &data).fails_with(refused());
        world.execute(admin, target, &data).fails_with(refused());
        let operation_id = world.id(admin, target, &data);
        let refused = Manager::AccessManagerNotScheduled { operationId: operation_id };
        world.cancel(admin, admin, target, &data).fails_with(refused);
    }
}

#[test]
pub(super) fn a_target_uses_up_the_operation_of_a_direct_call() {
    let mut world = settled();
    let (curator, jar) = (world.curator, world.jar);
    let call = || Jar::tipCall { mark: MARK };
    let id = world.id(curator, jar, &tip());
    let missing = || Manager::AccessManagerNotScheduled { operationId: id };
    world.chain.send(curator, jar, call()).fails_with(missing());

    world.schedule(curator, jar, &tip()).ok();
    let early = Manager::AccessManagerNotReady { operationId: id };
    world.chain.send(curator, jar, call()).fails_with(early);
    world.chain.advance(DELAY);
    let receipt = world.chain.send(curator, jar, call()).value(ether(1)).ok();

    receipt.emitted(Manager::OperationExecuted { operationId: id, nonce: 1 });
    receipt.emitted(world.tipped(curator, ether(1)));
    world.chain.send(curator, jar, call()).fails_with(missing());
}

#[test]
fn only_a_target_that_says_so_uses_up_an_operation() {
    let mut world = settled();
    let (alice, curator, jar) = (world.alice, world.curator, world.jar);
    world.schedule(curator, jar, &tip()).ok();
    world.chain.advance(DELAY);
    let call = || Manager::consumeScheduledOpCall { caller: curator.address, data: tip() };

    // An account without code, and a target that is not consuming.
    for target in [alice, Account::at(jar)] {
        let refused = Manager::AccessManagerUnauthorizedConsume { target: target.address };
        world.send(target, call()).fails_with(refused);
    }
    // A contract that refuses the question with an error of its own.
    let other = Account::at(world.manager);
    let selector = alloy_primitives::FixedBytes::from(
        emetis_common::abi::IAccessManaged::isConsumingScheduledOpCall::SELECTOR,
    );
    let refused = Manager::SelectorUnknown { selector, size: U256::from(4) };
    world.send(other, call()).fails_with(refused);

    let id = world.id(curator, jar, &tip());
    assert_ne!(world.view(Manager::getScheduleCall { id }), time(0));
}

#[test]
fn admins_wait_for_calls_of_the_manager_directly_or_by_it() {
    let mut world = settled();
    let (council, manager) = (world.council, world.manager);
    let call = || Manager::labelRoleCall { roleId: CURATOR, label: "curator".into() };
    let id = world.schedule(council, manager, &encoded(&call())).ok().output.operationId;

    let early = Manager::AccessManagerNotReady { operationId: id };
    world.send(council, call()).fails_with(early);
    world.chain.advance(u64::from(ADMIN_DELAY));
    let receipt = world.send(council, call()).ok();

    receipt.emitted(Manager::OperationExecuted { operationId: id, nonce: 1 });
    let missing = Manager::AccessManagerNotScheduled { operationId: id };
    world.send(council, call()).fails_with(missing);
    let receipt = world.decide(&encoded(&call()));
    receipt.emitted(Manager::OperationExecuted { operationId: id, nonce: 2 });
    receipt.emitted(Manager::RoleLabel { roleId: CURATOR, label: "curator".into() });
}
