//! Calls that the manager makes: of itself, of targets that fail, of targets that strike back.

use super::super::fixtures::IReenterer;
use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError, SolInterface};
use emetis::artifacts::fixtures::fixture;
use emetis::interfaces::AccessManagerCalls;

const ONE: U256 = U256::ONE;
/// The most that comes back of a target's error, in bytes.
const LONGEST: usize = 8_192;

#[test]
fn the_manager_executes_its_own_functions() {
    let mut world = world();
    let (admin, manager, alice) = (world.admin, world.manager, world.alice);
    let label = Manager::labelRoleCall { roleId: CURATOR, label: String::new() };
    let nested = encoded(&Manager::executeCall { target: manager, data: encoded(&label) });

    let receipt = world.execute(admin, manager, &encoded(&label)).ok();
    receipt.emitted(Manager::RoleLabel { roleId: CURATOR, label: String::new() });
    assert_eq!((receipt.output, receipt.logs.len()), (0, 1));

    // Inside, the manager is executing `execute` and nothing else.
    let refused = Manager::AccessManagerUnauthorizedCall {
        caller: manager,
        target: manager,
        selector: Manager::labelRoleCall::SELECTOR.into(),
    };
    world.execute(admin, manager, &nested).fails_with(refused);
    let refused = Manager::AccessManagerUnauthorizedCall {
        caller: alice.address,
        target: manager,
        selector: Manager::labelRoleCall::SELECTOR.into(),
    };
    world.execute(alice, manager, &encoded(&label)).fails_with(refused);
    // METIS that the function does not take.
    world.chain.deal(admin, ONE);
    let selector = Manager::labelRoleCall::SELECTOR.into();
    let refused = Manager::ValueRefused { selector, value: ONE };
    world.execute(admin, manager, &encoded(&label)).value(ONE).fails_with(refused);
}

#[test]
pub(super) fn what_is_executed_lets_nothing_else_through() {
    let mut world = world();
    let (admin, manager) = (world.admin, world.manager);
    let label = encoded(&Manager::labelRoleCall { roleId: CURATOR, label: String::new() });
    let both = encoded(&Manager::multicallCall { data: vec![label] });

    let refused = Manager::AccessManagerUnauthorizedAccount { msgsender: manager, roleId: ADMIN };
    world.execute(admin, manager, &both).fails_with(refused);

    // Nor does anything stay marked.
    world.execute(world.attester, world.jar, &tap()).ok();
    assert_eq!(world.can_call(manager, &tap()), (false, 0));
    assert_eq!(world.can_call(manager, &tip()), (false, 0));
}

#[test]
fn metis_reaches_the_target_or_comes_back() {
    let mut world = settled();
    let (curator, jar, manager) = (world.curator, world.jar, world.manager);
    let fail = encoded(&Jar::failCall { reason: ONE });
    for data in [tip(), fail.clone()] {
        world.schedule(curator, jar, &data).ok();
    }
    world.chain.advance(u64::from(CURATOR_DELAY));

    // Not payable: refused by the compiler's check, without a word.
    world.execute(curator, jar, &fail).value(ONE).fails_with(Manager::FailedCall {});
    let receipt = world.execute(curator, jar, &tip()).value(ether(3)).ok();

    receipt.emitted(world.tipped(manager, ether(3)));
    assert_eq!(world.chain.balance(jar), ether(3));
    assert_eq!(world.chain.balance(curator), WEALTH - ether(3));
    assert_eq!(world.chain.balance(manager), U256::ZERO);
}

#[test]
fn a_target_that_fails_says_why_and_uses_nothing_up() {
    let mut world = world();
    let (admin, alice, jar) = (world.admin, world.alice, world.jar);
    world.open(jar, &[Jar::failCall::SELECTOR, Jar::failLongCall::SELECTOR], ADMIN);
    let fail = |reason: u64| encoded(&Jar::failCall { reason: U256::from(reason) });
    let long = |size: usize| encoded(&Jar::failLongCall { size: U256::from(size) });

    world.execute(admin, jar, &fail(7)).fails_with(Jar::Broken { reason: U256::from(7) });
    world.execute(admin, jar, &fail(0)).fails_with(Manager::FailedCall {});
    let told = |world: &mut World, size| {
        world.execute(admin, jar, &long(size)).run().unwrap_err().data().to_vec()
    };
    assert_eq!(told(&mut world, 1), [0]);
    let whole = told(&mut world, LONGEST);
    assert_eq!(whole.len(), LONGEST);
    for size in [LONGEST + 1, 50_000] {
        assert!(told(&mut world, size) == whole, "{size}");
    }
    let refused = Manager::AddressEmptyCode { target: alice.address };
    world.execute(admin, alice.address, &tip()).fails_with(refused);

    let (council, data) = (world.council, fail(1));
    let id = world.schedule(council, jar, &data).ok().output.operationId;
    world.chain.advance(u64::from(ADMIN_DELAY));
    world.execute(council, jar, &data).fails_with(Jar::Broken { reason: ONE });
    assert_ne!(world.view(Manager::getScheduleCall { id }), time(0));
}

/// A world with a target that strikes back, which the admin may call and which has every role.
fn hostile() -> (World, Address) {
    let mut world = world();
    let code = fixture("Reenterer").unwrap();
    let attacker = world.chain.create(world.alice, code.init_code).ok().output;
    world.chain.deal(attacker, ether(1));
    for (role, delay) in
        [(ADMIN, ADMIN_DELAY), (CURATOR, 0), (ATTESTER, 0), (VETOER, 0), (GUARDIAN, 0)]
    {
        world.grant(role, attacker, delay);
    }
    (world, attacker)
}

/// Executes a call of the attacker, who makes a call three times. What came of them.
fn strike(
    world: &mut World,
    attacker: Address,
    target: Address,
    payload: Bytes,
) -> Vec<(bool, Bytes)> {
    let arm = IReenterer::armCall {
        target,
        value: U256::ZERO,
        payload,
        times: U256::from(3),
        insists: false,
    };
    world.chain.send(world.alice, attacker, arm).ok();
    world.execute(world.admin, attacker, &Bytes::from_static(b"strike")).ok();
    let outcome = |index| IReenterer::outcomeCall { index: U256::from(index) };
    let told = (0..3).map(|index| world.chain.view(attacker, outcome(index)));
    told.map(|outcome| (outcome.ok, outcome.ret)).collect()
}

/// A call of every entry that changes state, as good as can be from the attacker.
fn changes(world: &World, attacker: Address) -> Vec<Bytes> {
    let (manager, jar, account) = (world.manager, world.jar, world.alice.address);
    let (target, caller) = (jar, attacker);
    let label = encoded(&Manager::labelRoleCall { roleId: 9, label: "nine".into() });
    vec![
        encoded(&Manager::consumeScheduledOpCall { caller, data: tip() }),
        encoded(&Manager::executeCall { target, data: tap() }),
        encoded(&Manager::scheduleCall { target: manager, data: label.clone(), when: time(0) }),
        encoded(&Manager::cancelCall { caller, target: jar, data: tip() }),
        encoded(&Manager::multicallCall { data: Vec::new() }),
        encoded(&Manager::grantRoleCall { roleId: 9, account, executionDelay: 0 }),
        encoded(&Manager::revokeRoleCall { roleId: CURATOR, account }),
        encoded(&Manager::renounceRoleCall { roleId: CURATOR, callerConfirmation: attacker }),
        encoded(&Manager::suspendCall {
            roleId: ATTESTER,
            account: world.attester.address,
            duration: 1,
        }),
        encoded(&Manager::endSuspensionCall { roleId: ATTESTER, account }),
        label,
        encoded(&Manager::setRoleAdminCall { roleId: 9, admin: 8 }),
        encoded(&Manager::setRoleGuardianCall { roleId: 9, guardian: 8 }),
        encoded(&Manager::setGrantDelayCall { roleId: 9, newDelay: 8 }),
        encoded(&functions(jar, &[[1; 4]], 9)),
        encoded(&Manager::setTargetAdminDelayCall { target, newDelay: 1 }),
        encoded(&Manager::setTargetClosedCall { target, closed: true }),
        encoded(&Manager::updateAuthorityCall { target, newAuthority: account }),
    ]
}

#[test]
pub(super) fn a_target_re_enters_no_entry_that_changes_state() {
    let (origin, attacker) = hostile();
    let changes = changes(&origin, attacker);
    let views = AccessManagerCalls::COUNT - changes.len();
    assert_eq!(views, 19, "every entry that is no view is tried");
    let storage = origin.storage();

    for payload in changes {
        let mut world = origin.clone();

        let outcomes = strike(&mut world, attacker, origin.manager, payload.clone());

        let refused = Manager::ReentryRefused { selector: selector(&payload) }.abi_encode();
        assert_eq!(outcomes, vec![(false, refused.into()); 3], "{payload}");
        assert_eq!(world.storage(), storage);
        // The lock falls with the call.
        world.send(world.admin, Manager::labelRoleCall { roleId: 9, label: String::new() }).ok();
    }
}

#[test]
fn the_lock_stands_while_the_manager_is_out_on_a_call_in_a_call_of_its_own() {
    let (mut world, attacker) = hostile();
    let (admin, manager) = (world.admin, world.manager);
    let payload = encoded(&Manager::executeCall { target: world.jar, data: tap() });
    let times = U256::from(6);
    let (value, insists) = (U256::ZERO, false);
    let arm = IReenterer::armCall { target: manager, value, payload, times, insists };
    let update = encoded(&Manager::updateAuthorityCall { target: attacker, newAuthority: manager });
    let strike =
        encoded(&Manager::executeCall { target: attacker, data: Bytes::from_static(b"strike") });
    let label = encoded(&Manager::labelRoleCall { roleId: 9, label: String::new() });
    let label = encoded(&Manager::executeCall { target: manager, data: label });
    let calls = [
        update.clone(),
        encoded(&Manager::executeCall { target: manager, data: update }),
        // After a call that locked and unlocked.
        encoded(&Manager::multicallCall { data: vec![label, strike] }),
    ];

    for call in calls {
        world.chain.send(world.alice, attacker, arm.clone()).ok();
        world.chain.send_raw(admin, manager, call).ok();

        let strikes: u64 = world.chain.view(attacker, IReenterer::strikesCall {}).to();
        assert_eq!(strikes, 6);
        let selector = Manager::executeCall::SELECTOR.into();
        let refused = Bytes::from(Manager::ReentryRefused { selector }.abi_encode());
        for index in 0..strikes {
            let call = IReenterer::outcomeCall { index: U256::from(index) };
            let outcome = world.chain.view(attacker, call);
            assert_eq!((outcome.ok, outcome.ret), (false, refused.clone()));
        }
    }
}

#[test]
fn views_tell_the_truth_to_a_target_that_is_called() {
    let (mut world, attacker) = hostile();
    let call = Manager::canCallCall {
        caller: world.manager,
        target: attacker,
        selector: selector(b"strike"),
    };
    assert!(!world.view(call.clone()).allowed);

    let manager = world.manager;
    let outcomes = strike(&mut world, attacker, manager, encoded(&call));

    let allowed = Manager::canCallCall::abi_encode_returns(&Manager::canCallReturn {
        allowed: true,
        delay: 0,
    });
    assert_eq!(outcomes, vec![(true, allowed.into()); 3]);
    assert!(!world.view(call).allowed);
}
