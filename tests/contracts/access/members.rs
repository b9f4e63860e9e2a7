//! Granting and revoking roles.

use super::kit::*;
use alloy_primitives::Address;

const GRANT_DELAY: u32 = days(10) as u32;

fn grant(role: u64, account: impl Into<Address>, delay: u32) -> Manager::grantRoleCall {
    Manager::grantRoleCall { roleId: role, account: account.into(), executionDelay: delay }
}

fn not_of(account: Account, role: u64) -> Manager::AccessManagerUnauthorizedAccount {
    Manager::AccessManagerUnauthorizedAccount { msgsender: account.address, roleId: role }
}

#[test]
pub(super) fn a_new_member_waits_for_the_grant_delay() {
    let mut world = world();
    let (admin, alice) = (world.admin, world.alice);
    let now = world.chain.time();
    let call = Manager::setGrantDelayCall { roleId: VETOER, newDelay: GRANT_DELAY };
    let effect = now + days(5);
    let changed =
        Manager::RoleGrantDelayChanged { roleId: VETOER, delay: GRANT_DELAY, since: time(effect) };
    world.send(admin, call).ok().emitted(changed);
    let delay = |world: &World| world.view(Manager::getRoleGrantDelayCall { roleId: VETOER });
    assert_eq!(delay(&world), 0);
    world.chain.warp_to(effect);
    assert_eq!(delay(&world), GRANT_DELAY);

    let receipt = world.decide(&encoded(&grant(VETOER, alice, 7)));

    let since = world.chain.time() + u64::from(GRANT_DELAY);
    receipt.emitted(Manager::RoleGranted {
        roleId: VETOER,
        account: alice.address,
        delay: 7,
        since: time(since),
        newMember: true,
    });
    world.chain.warp_to(since - 1);
    assert_eq!(world.has_role(VETOER, alice), (false, 7));
    world.chain.warp_to(since);
    assert_eq!(world.has_role(VETOER, alice), (true, 7));
}

#[test]
pub(super) fn a_shorter_delay_holds_as_much_later_as_it_is_shorter() {
    let mut world = world();
    let (admin, curator) = (world.admin, world.curator);
    let shorter = CURATOR_DELAY - 600;

    let since = world.chain.time() + 600;
    let receipt = world.send(admin, grant(CURATOR, curator, shorter)).ok();

    receipt.emitted(Manager::RoleGranted {
        roleId: CURATOR,
        account: curator.address,
        delay: shorter,
        since: time(since),
        newMember: false,
    });
    assert_eq!(world.has_role(CURATOR, curator), (true, CURATOR_DELAY));
    world.chain.warp_to(since - 1);
    assert_eq!(world.has_role(CURATOR, curator), (true, CURATOR_DELAY));
    world.chain.warp_to(since);
    assert_eq!(world.has_role(CURATOR, curator), (true, shorter));
    world.send(admin, grant(CURATOR, curator, CURATOR_DELAY)).ok();
    assert_eq!(world.has_role(CURATOR, curator), (true, CURATOR_DELAY));
}

#[test]
pub(super) fn admin_is_never_granted_with_less_than_two_days() {
    let mut world = world();
    let (admin, alice, council) = (world.admin, world.alice, world.council);

    for delay in [0, 1, ADMIN_DELAY - 1] {
        for account in [alice, admin, council] {
            let refused = Manager::DelayTooShort { delay, min: ADMIN_DELAY };
            world.send(admin, grant(ADMIN, account, delay)).fails_with(refused);
        }
    }

    world.send(admin, grant(ADMIN, alice, ADMIN_DELAY)).ok();
    assert_eq!(world.has_role(ADMIN, alice), (true, ADMIN_DELAY));
    // The first admin may bind itself sooner, and not loosen it again.
    world.send(admin, grant(ADMIN, admin, ADMIN_DELAY)).ok();
    assert_eq!(world.has_role(ADMIN, admin), (true, ADMIN_DELAY));
}

#[test]
fn only_the_admin_of_a_role_grants_and_revokes_it() {
    let mut world = world();
    let (admin, alice, vetoer, curator) = (world.admin, world.alice, world.vetoer, world.curator);
    let revoke =
        |role, account: Account| Manager::revokeRoleCall { roleId: role, account: account.address };
    for caller in [alice, vetoer, curator] {
        world.send(caller, grant(VETOER, alice, 0)).fails_with(not_of(caller, ADMIN));
        world.send(caller, revoke(VETOER, vetoer)).fails_with(not_of(caller, ADMIN));
    }

    let changed = Manager::RoleAdminChanged { roleId: ATTESTER, admin: VETOER };
    let call = Manager::setRoleAdminCall { roleId: ATTESTER, admin: VETOER };
    world.send(admin, call).ok().emitted(changed);

    assert_eq!(world.view(Manager::getRoleAdminCall { roleId: ATTESTER }), VETOER);
    world.send(admin, grant(ATTESTER, alice, 0)).fails_with(not_of(admin, VETOER));
    world.send(vetoer, grant(ATTESTER, alice, 0)).ok();
    let revoked = Manager::RoleRevoked { roleId: ATTESTER, account: alice.address };
    world.send(vetoer, revoke(ATTESTER, alice)).ok().emitted(revoked);
    assert_eq!(world.has_role(ATTESTER, alice), (false, 0));
    // Nobody left to revoke: nothing happens.
    assert_eq!(world.send(vetoer, revoke(ATTESTER, alice)).ok().logs, []);
}

#[test]
fn a_member_renounces_for_itself_alone() {
    let mut world = settled();
    let (vetoer, alice) = (world.vetoer, world.alice);
    let renounce = |account: Account| Manager::renounceRoleCall {
        roleId: VETOER,
        callerConfirmation: account.address,
    };

    let refused = Manager::AccessManagerBadConfirmation {};
    world.send(alice, renounce(vetoer)).fails_with(refused);
    let revoked = Manager::RoleRevoked { roleId: VETOER, account: vetoer.address };
    world.send(vetoer, renounce(vetoer)).ok().emitted(revoked);

    assert_eq!(world.has_role(VETOER, vetoer), (false, 0));
    assert_eq!(world.send(vetoer, renounce(vetoer)).ok().logs, []);
}

#[test]
fn public_and_nobody_cannot_be_changed_and_admin_only_in_part() {
    let mut world = world();
    let (admin, alice) = (world.admin, world.alice);
    let account = alice.address;

    for role in [PUBLIC, NOBODY] {
        let refused = || Manager::AccessManagerLockedRole { roleId: role };
        world.send(admin, grant(role, alice, 0)).fails_with(refused());
        let call = Manager::revokeRoleCall { roleId: role, account };
        world.send(admin, call).fails_with(refused());
        let call = Manager::renounceRoleCall { roleId: role, callerConfirmation: account };
        world.send(alice, call).fails_with(refused());
        let call = Manager::setGrantDelayCall { roleId: role, newDelay: 1 };
        world.send(admin, call).fails_with(refused());
    }
    for role in [ADMIN, PUBLIC, NOBODY] {
        let refused = || Manager::AccessManagerLockedRole { roleId: role };
        let call = Manager::setRoleAdminCall { roleId: role, admin: CURATOR };
        world.send(admin, call).fails_with(refused());
        let call = Manager::setRoleGuardianCall { roleId: role, guardian: CURATOR };
        world.send(admin, call).fails_with(refused());
        let call = Manager::labelRoleCall { roleId: role, label: "role".into() };
        world.send(admin, call).fails_with(refused());
    }

    assert_eq!(world.has_role(PUBLIC, alice), (true, 0));
    assert_eq!(world.has_role(NOBODY, alice), (false, 0));
}

#[test]
fn settings_of_roles_are_told_and_logged() {
    let mut world = world();
    let admin = world.admin;
    assert_eq!(world.view(Manager::getRoleGuardianCall { roleId: CURATOR }), VETOER);

    let label = "a name that is longer than a single word of the log".to_owned();
    let call = Manager::labelRoleCall { roleId: CURATOR, label: label.clone() };
    world.send(admin, call).ok().emitted(Manager::RoleLabel { roleId: CURATOR, label });
    let call = Manager::setRoleGuardianCall { roleId: CURATOR, guardian: GUARDIAN };
    let changed = Manager::RoleGuardianChanged { roleId: CURATOR, guardian: GUARDIAN };
    world.send(admin, call).ok().emitted(changed);

    assert_eq!(world.view(Manager::getRoleGuardianCall { roleId: CURATOR }), GUARDIAN);
    assert_eq!(world.view(Manager::getRoleAdminCall { roleId: CURATOR }), ADMIN);
}
