//! The first admin: free for a day, then bound like any other.

use super::kit::*;
use alloy_primitives::Address;
use emetis::suite::{Params, manager_constructor};

#[test]
pub(super) fn the_first_admin_sets_up_for_a_day_and_waits_from_then_on() {
    let (mut chain, manager) = raw();
    let (alice, admin) = (chain.account("alice"), Params::default().admin);
    let born = chain.time() + 1;

    chain.warp_to(born);
    let receipt = chain.send_raw(alice, manager, manager_constructor(&Params::default())).ok();

    let granted = |delay, since, new_member| Manager::RoleGranted {
        roleId: ADMIN,
        account: admin,
        delay,
        since: time(since),
        newMember: new_member,
    };
    receipt.emitted(granted(0, born, true));
    receipt.emitted(granted(ADMIN_DELAY, born + days(1), false));
    assert_eq!(receipt.logs.len(), 2);
    let access =
        |chain: &Chain| chain.view(manager, Manager::getAccessCall { roleId: 0, account: admin });
    let told = access(&chain);
    assert_eq!((told.since, told.currentDelay), (time(born), 0));
    assert_eq!((told.pendingDelay, told.effect), (ADMIN_DELAY, time(born + days(1))));

    let label = || Manager::labelRoleCall { roleId: CURATOR, label: "CURATOR".into() };
    chain.advance(days(1) - 1);
    chain.send(admin, manager, label()).ok();
    chain.advance(1);
    let operation =
        Manager::hashOperationCall { caller: admin, target: manager, data: encoded(&label()) };
    let operation_id = chain.view(manager, operation);
    let refused = Manager::AccessManagerNotScheduled { operationId: operation_id };
    chain.send(admin, manager, label()).fails_with(refused);
    assert_eq!(access(&chain).currentDelay, ADMIN_DELAY);
}

#[test]
fn the_constructor_runs_once() {
    let mut world = world();
    let (alice, manager) = (world.alice, world.manager);

    for admin in [alice.address, Address::ZERO] {
        let call = manager_constructor(&Params { admin, ..Params::default() });
        let refused = Manager::ConstructionRepeated {};
        world.chain.send_raw(alice, manager, call).fails_with(refused);
    }

    assert_eq!(world.has_role(ADMIN, alice), (false, 0));
}

#[test]
fn nobody_is_not_made_the_first_admin() {
    let (mut chain, manager) = raw();
    let alice = chain.account("alice");
    let call = manager_constructor(&Params { admin: Address::ZERO, ..Params::default() });

    let refused = Manager::AccessManagerInvalidInitialAdmin { initialAdmin: Address::ZERO };

    chain.send_raw(alice, manager, call).fails_with(refused);
    chain.send_raw(alice, manager, manager_constructor(&Params::default())).ok();
}

#[test]
fn before_construction_nobody_may_do_anything() {
    let (mut chain, manager) = raw();
    let alice = chain.account("alice");
    let call = Manager::grantRoleCall { roleId: ADMIN, account: alice.address, executionDelay: 9 };

    let (msgsender, role) = (alice.address, ADMIN);
    let refused = Manager::AccessManagerUnauthorizedAccount { msgsender, roleId: role };

    chain.send(alice, manager, call).fails_with(refused);
}

#[test]
fn constants_are_those_of_openzeppelin_and_nobody() {
    let world = world();

    assert_eq!(world.view(Manager::expirationCall {}), WEEK as u32);
    assert_eq!(world.view(Manager::minSetbackCall {}), days(5) as u32);
    assert_eq!(world.view(Manager::ADMIN_ROLECall {}), ADMIN);
    assert_eq!(world.view(Manager::PUBLIC_ROLECall {}), PUBLIC);
    assert_eq!(world.view(Manager::NOBODY_ROLECall {}), NOBODY);
}
