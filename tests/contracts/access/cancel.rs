//! Who takes an operation back, and that no role stops its own removal.

use super::kit::*;
use alloy_primitives::Bytes;

fn refused(canceller: Account, role: u64) -> Manager::OwnRoleCancel {
    Manager::OwnRoleCancel { msgsender: canceller.address, roleId: role }
}

/// Every call that changes a role.
fn changes_of(role: u64, account: Account) -> Vec<Bytes> {
    let account = account.address;
    vec![
        encoded(&Manager::revokeRoleCall { roleId: role, account }),
        encoded(&Manager::grantRoleCall { roleId: role, account, executionDelay: u32::MAX }),
        encoded(&Manager::setRoleAdminCall { roleId: role, admin: CURATOR }),
        encoded(&Manager::setRoleGuardianCall { roleId: role, guardian: CURATOR }),
        encoded(&Manager::setGrantDelayCall { roleId: role, newDelay: 1 }),
    ]
}

#[test]
pub(super) fn proposer_guardian_and_admins_cancel_and_nobody_else() {
    let mut origin = settled();
    let (jar, curator, data) = (origin.jar, origin.curator, tip());
    let id = origin.schedule(curator, jar, &data).ok().output.operationId;

    for who in [origin.alice, origin.guardian, origin.attester] {
        let refused = Manager::AccessManagerUnauthorizedCancel {
            msgsender: who.address,
            caller: curator.address,
            target: jar,
            selector: selector(&data),
        };
        origin.cancel(who, curator, jar, &data).fails_with(refused);
    }
    for who in [curator, origin.vetoer, origin.admin, origin.council] {
        let mut world = origin.clone();
        let receipt = world.cancel(who, curator, jar, &data).ok();

        assert_eq!(receipt.output, 1);
        receipt.emitted(Manager::OperationCanceled { operationId: id, nonce: 1 });
        assert_eq!(world.view(Manager::getScheduleCall { id }), time(0));
        world.chain.advance(u64::from(CURATOR_DELAY));
        let missing = || Manager::AccessManagerNotScheduled { operationId: id };
        world.execute(curator, jar, &data).fails_with(missing());
        world.cancel(who, curator, jar, &data).fails_with(missing());
        assert_eq!(world.schedule(curator, jar, &data).ok().output.nonce, 2);
    }
}

#[test]
fn an_operation_that_expired_can_still_be_taken_back() {
    let mut world = settled();
    let (jar, curator, data) = (world.jar, world.curator, tip());
    world.schedule(curator, jar, &data).ok();

    world.chain.advance(u64::from(CURATOR_DELAY) + WEEK);

    assert_eq!(world.cancel(world.vetoer, curator, jar, &data).ok().output, 1);
}

#[test]
pub(super) fn no_admin_stops_the_removal_of_admins() {
    let mut world = settled();
    let (admin, council, manager) = (world.admin, world.council, world.manager);

    for data in changes_of(ADMIN, admin) {
        world.schedule(council, manager, &data).ok();
        let error = refused(admin, ADMIN);
        world.cancel(admin, council, manager, &data).fails_with(error);
    }

    let data = revocation(ADMIN, admin);
    world.chain.advance(u64::from(ADMIN_DELAY));
    world.execute(council, manager, &data).ok();
    assert_eq!(world.has_role(ADMIN, admin), (false, 0));
    // Of one's own operations anybody thinks better.
    let data = changes_of(ADMIN, admin).pop().unwrap();
    world.cancel(council, council, manager, &data).ok();
}

#[test]
pub(super) fn a_helper_of_an_admin_does_not_stop_it_either() {
    let mut world = world();
    let (admin, council, manager) = (world.admin, world.council, world.manager);
    let vetoer = world.vetoer;
    // Vetoers may cancel whatever is scheduled of these functions of the manager.
    let selectors =
        changes_of(ADMIN, admin).iter().map(|data| selector(data).0).collect::<Vec<_>>();
    world.open(manager, &selectors, CURATOR);
    world.chain.advance(WEEK);

    for data in changes_of(ADMIN, admin) {
        world.schedule(council, manager, &data).ok();
        let error = refused(vetoer, ADMIN);
        world.cancel(vetoer, council, manager, &data).fails_with(error);
    }
    for data in changes_of(GUARDIAN, world.guardian) {
        world.schedule(council, manager, &data).ok();
        world.cancel(vetoer, council, manager, &data).ok();
    }
}

#[test]
pub(super) fn no_member_stops_what_changes_its_role_suspended_or_yet_to_come() {
    let mut world = world();
    let (admin, council, manager) = (world.admin, world.council, world.manager);
    let (attester, guardian, alice) = (world.attester, world.guardian, world.alice);
    // The attester is an admin of the role as well, and Alice will be a member.
    let call = Manager::setRoleAdminCall { roleId: ATTESTER, admin: VETOER };
    world.send(admin, call).ok();
    for who in [attester, alice] {
        world.grant(VETOER, who, 0);
    }
    let call = Manager::setGrantDelayCall { roleId: ATTESTER, newDelay: days(30) as u32 };
    world.send(admin, call).ok();
    world.grant(VETOER, council, ADMIN_DELAY);
    world.chain.advance(WEEK);
    let call =
        Manager::grantRoleCall { roleId: ATTESTER, account: alice.address, executionDelay: 0 };
    world.send(world.vetoer, call).ok();
    let call = Manager::suspendCall {
        roleId: ATTESTER,
        account: attester.address,
        duration: days(7) as u32,
    };
    world.send(guardian, call).ok();
    assert!(!world.has_role(ATTESTER, attester).0 && !world.has_role(ATTESTER, alice).0);

    let data = revocation(ATTESTER, attester);
    world.schedule(council, manager, &data).ok();

    for who in [attester, alice] {
        let error = refused(who, ATTESTER);
        world.cancel(who, council, manager, &data).fails_with(error);
    }
    // A member of the role's admin role that is not a member of the role.
    world.cancel(world.vetoer, council, manager, &data).ok();
}

#[test]
fn admins_cancel_what_changes_other_roles_and_everything_else() {
    let mut world = settled();
    let (admin, council, manager) = (world.admin, world.council, world.manager);
    let mut others = changes_of(CURATOR, world.curator);
    let (target, closed) = (world.jar, true);
    others.push(encoded(&Manager::setTargetClosedCall { target, closed }));
    others.push(encoded(&functions(target, &[[1, 2, 3, 4]], ADMIN)));
    // Without its argument the call names no role.
    others.push(changes_of(ADMIN, admin)[2].slice(..35));

    for data in others {
        world.schedule(council, manager, &data).ok();
        world.cancel(admin, council, manager, &data).ok();
    }
}

#[test]
fn the_same_call_of_another_target_names_no_role() {
    let mut world = world();
    let (council, jar) = (world.council, world.jar);
    let data = revocation(ADMIN, world.admin);

    // The jar's functions are ADMIN's by default, also those that it does not have.
    world.schedule(council, jar, &data).ok();

    world.cancel(world.admin, council, jar, &data).ok();
}
