//! Functions, open, closed and given up; authorities.

use super::kit::*;
use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::artifacts::fixtures::fixture;

const TIP: [u8; 4] = Jar::tipCall::SELECTOR;
const TAP: [u8; 4] = Jar::tapCall::SELECTOR;

fn update(target: Address, authority: Address) -> Manager::updateAuthorityCall {
    Manager::updateAuthorityCall { target, newAuthority: authority }
}

/// A second manager.
fn another(world: &mut World) -> Address {
    let code = fixture("OzAccessManager").unwrap();
    let admin = alloy_sol_types::SolValue::abi_encode(&world.admin.address);
    world.chain.create(world.alice, [&code.init_code[..], &admin].concat()).ok().output
}

#[test]
pub(super) fn a_closed_target_is_closed_to_all() {
    let mut world = world();
    let (admin, attester, curator, jar) = (world.admin, world.attester, world.curator, world.jar);
    let close = |closed| Manager::setTargetClosedCall { target: jar, closed };
    world.schedule(curator, jar, &tip()).ok();

    let told = Manager::TargetClosed { target: jar, closed: true };
    world.send(admin, close(true)).ok().emitted(told);

    assert!(world.view(Manager::isTargetClosedCall { target: jar }));
    assert_eq!(world.can_call(attester, &tap()), (false, 0));
    assert_eq!(world.can_call(curator, &tip()), (false, 0));
    let refused = world.unauthorized(attester, &tap());
    world.execute(attester, jar, &tap()).fails_with(refused);
    world.chain.advance(u64::from(CURATOR_DELAY));
    let refused = world.unauthorized(curator, &tip());
    world.execute(curator, jar, &tip()).fails_with(refused);
    world.send(admin, close(false)).ok();
    assert!(!world.view(Manager::isTargetClosedCall { target: jar }));
    world.execute(attester, jar, &tap()).ok();
    world.execute(curator, jar, &tip()).ok();
}

#[test]
fn closing_the_manager_leaves_admins_their_functions() {
    let mut world = world();
    let (admin, manager) = (world.admin, world.manager);
    let close = |closed| Manager::setTargetClosedCall { target: manager, closed };
    world.send(admin, close(true)).ok();

    let data = encoded(&Manager::expirationCall {});
    let refused = Manager::AccessManagerUnauthorizedCall {
        caller: admin.address,
        target: manager,
        selector: selector(&data),
    };
    world.execute(admin, manager, &data).fails_with(refused);

    world.send(admin, close(false)).ok();
    world.execute(admin, manager, &data).ok();
}

#[test]
fn functions_belong_to_the_role_they_were_given_to_and_to_admins_before() {
    let mut world = world();
    let (jar, attester) = (world.jar, world.attester);
    let role = |world: &World, selector: [u8; 4]| {
        world.view(Manager::getTargetFunctionRoleCall { target: jar, selector: selector.into() })
    };
    assert_eq!(
        [role(&world, TIP), role(&world, TAP), role(&world, [0; 4])],
        [CURATOR, ATTESTER, ADMIN]
    );

    let receipt = world.send(world.admin, functions(jar, &[TIP, [0; 4]], ATTESTER)).ok();

    for selector in [TIP, [0; 4]] {
        let selector = selector.into();
        receipt.emitted(Manager::TargetFunctionRoleUpdated {
            target: jar,
            selector,
            roleId: ATTESTER,
        });
        assert_eq!(role(&world, selector.0), ATTESTER);
    }
    assert_eq!(world.can_call(attester, &tip()), (true, 0));
    assert_eq!(world.can_call(world.curator, &tip()), (false, 0));
    world.open(jar, &[TIP], PUBLIC);
    assert_eq!(world.can_call(world.alice, &tip()), (true, 0));
    let refused =
        Manager::AccessManagerLockedFunction { selector: Jar::setAuthorityCall::SELECTOR.into() };
    let call = functions(jar, &[TIP, Jar::setAuthorityCall::SELECTOR], ATTESTER);
    world.send(world.admin, call).fails_with(refused);
}

#[test]
pub(super) fn a_function_that_is_given_up_stays_so() {
    let mut world = world();
    let (admin, curator, jar) = (world.admin, world.curator, world.jar);
    world.schedule(curator, jar, &tip()).ok();

    world.open(jar, &[TIP], NOBODY);

    let call = Manager::getTargetFunctionRoleCall { target: jar, selector: TIP.into() };
    assert_eq!(world.view(call), NOBODY);
    for who in [admin, curator, world.attester, world.alice] {
        assert_eq!(world.can_call(who, &tip()), (false, 0));
        let refused = world.unauthorized(who, &tip());
        world.execute(who, jar, &tip()).fails_with(refused);
    }
    for role in [ADMIN, CURATOR, PUBLIC, NOBODY] {
        let refused = Manager::SelectorGivenUp { target: jar, selector: TIP.into() };
        world.send(admin, functions(jar, &[TAP, TIP], role)).fails_with(refused);
    }
    world.open(jar, &[TAP], CURATOR);
}

#[test]
pub(super) fn a_target_with_a_function_that_is_given_up_keeps_its_authority() {
    let mut world = world();
    let (admin, jar) = (world.admin, world.jar);
    let other = another(&mut world);
    let fixed = |world: &World| world.view(Manager::isAuthorityFixedCall { target: jar });
    assert!(!fixed(&world));

    world.open(jar, &[TIP], NOBODY);

    assert!(fixed(&world));
    let refused = Manager::AuthorityFixed { target: jar };
    world.send(admin, update(jar, other)).fails_with(refused);
    let data = encoded(&Jar::setAuthorityCall { authority: other });
    assert_eq!(world.can_call(admin, &data), (false, 0));
    let refused = world.unauthorized(admin, &data);
    world.execute(admin, jar, &data).fails_with(refused);
    assert_eq!(world.chain.view(jar, Jar::authorityCall {}), world.manager);
    // What does not touch the authority goes on.
    let call = Manager::setTargetClosedCall { target: jar, closed: true };
    world.send(admin, call).ok();
    assert!(fixed(&world));
}

#[test]
fn functions_of_the_manager_cannot_be_given_up() {
    let mut world = world();
    let (admin, manager) = (world.admin, world.manager);

    for selector in [Manager::revokeRoleCall::SELECTOR, Manager::executeCall::SELECTOR, [1; 4]] {
        let refused = Manager::AccessManagerLockedFunction { selector: selector.into() };
        world.send(admin, functions(manager, &[selector], NOBODY)).fails_with(refused);
    }

    assert!(!world.view(Manager::isAuthorityFixedCall { target: manager }));
}

#[test]
fn a_target_gets_another_authority_by_its_admins_after_its_delay() {
    let mut world = world();
    let (admin, jar) = (world.admin, world.jar);
    let (other, now) = (another(&mut world), world.chain.time());
    let delay = days(6) as u32;
    let call = Manager::setTargetAdminDelayCall { target: jar, newDelay: delay };
    let told = Manager::TargetAdminDelayUpdated { target: jar, delay, since: time(now + days(5)) };
    world.send(admin, call).ok().emitted(told);
    let held = |world: &World| world.view(Manager::getTargetAdminDelayCall { target: jar });
    let mut early = world.clone();
    early.send(admin, update(jar, other)).ok().emitted(Jar::AuthorityUpdated { authority: other });
    assert_eq!(early.chain.view(jar, Jar::authorityCall {}), other);

    assert_eq!(held(&world), 0);
    world.chain.advance(days(5));
    assert_eq!(held(&world), delay);

    let data = encoded(&Jar::setAuthorityCall { authority: other });
    assert_eq!(world.can_call(admin, &data), (false, delay));
    let data = encoded(&update(jar, other));
    let (council, manager) = (world.council, world.manager);
    let due = world.chain.time() + u64::from(delay);
    let id = world.schedule(council, manager, &data).ok().output.operationId;
    assert_eq!(world.view(Manager::getScheduleCall { id }), time(due));
    world.chain.warp_to(due);
    world.execute(council, manager, &data).ok();
    assert_eq!(world.chain.view(jar, Jar::authorityCall {}), other);
}

#[test]
fn a_target_that_does_not_take_the_authority_says_why() {
    let mut world = world();
    let (admin, alice, jar, manager) = (world.admin, world.alice, world.jar, world.manager);

    let refused = Manager::AddressEmptyCode { target: alice.address };
    world.send(admin, update(alice.address, jar)).fails_with(refused);
    let refused = Jar::AccessManagedInvalidAuthority { authority: alice.address };
    world.send(admin, update(jar, alice.address)).fails_with(refused);
    let selector = Jar::setAuthorityCall::SELECTOR.into();
    let refused = Manager::SelectorUnknown { selector, size: U256::from(36) };
    world.send(admin, update(manager, jar)).fails_with(refused);
    // Code that reverts without data, and code that stops.
    let [mute, deaf] = [[0x60, 0, 0x60, 0, 0xfd], [0, 0, 0, 0, 0]].map(|code| {
        let address = Address::from_word(B256::from(alloy_primitives::keccak256(code)));
        world.chain.set_code(address, Bytes::copy_from_slice(&code));
        address
    });
    world.send(admin, update(mute, jar)).fails_with(Manager::FailedCall {});
    world.send(admin, update(deaf, jar)).ok();
}
