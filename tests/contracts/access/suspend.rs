//! Guardians take ATTESTER and SLASHER away for a while.

use super::kit::*;

const LONGEST: u32 = days(7) as u32;

fn suspend(role: u64, account: Account, duration: u32) -> Manager::suspendCall {
    Manager::suspendCall { roleId: role, account: account.address, duration }
}

fn end(role: u64, account: Account) -> Manager::endSuspensionCall {
    Manager::endSuspensionCall { roleId: role, account: account.address }
}

fn until(world: &World, account: Account) -> u64 {
    let call = Manager::getSuspensionCall { roleId: ATTESTER, account: account.address };
    world.view(call).to()
}

#[test]
pub(super) fn a_suspended_account_does_not_act() {
    let mut world = settled();
    let (guardian, attester, jar) = (world.guardian, world.attester, world.jar);
    let access = |world: &World| {
        let call = Manager::getAccessCall { roleId: ATTESTER, account: attester.address };
        let told = world.view(call);
        (told.since, told.currentDelay, told.pendingDelay, told.effect)
    };
    let before = access(&world);

    let receipt = world.send(guardian, suspend(ATTESTER, attester, LONGEST)).ok();

    let ends = world.chain.time() + u64::from(LONGEST);
    receipt.emitted(Manager::Suspended {
        roleId: ATTESTER,
        account: attester.address,
        guardian: guardian.address,
        until: time(ends),
    });
    assert_eq!(receipt.logs.len(), 1);
    assert_eq!((until(&world, attester), access(&world)), (ends, before));
    assert_eq!(world.has_role(ATTESTER, attester), (false, 0));
    assert_eq!(world.can_call(attester, &tap()), (false, 0));
    let refused = world.unauthorized(attester, &tap());
    world.execute(attester, jar, &tap()).fails_with(refused);
    let refused = Jar::AccessManagedUnauthorized { caller: attester.address };
    let call = Jar::tapCall { mark: MARK };
    world.chain.send(attester, jar, call).fails_with(refused);
}

#[test]
pub(super) fn a_suspension_ends_by_itself() {
    let mut world = settled();
    let (guardian, attester, jar) = (world.guardian, world.attester, world.jar);
    world.send(guardian, suspend(ATTESTER, attester, 5)).ok();

    world.chain.advance(4);
    assert_eq!(world.has_role(ATTESTER, attester), (false, 0));
    world.chain.advance(1);

    assert_eq!(world.has_role(ATTESTER, attester), (true, 0));
    world.execute(attester, jar, &tap()).ok();
    assert_eq!(until(&world, attester), world.chain.time());
    let refused = Manager::SuspensionMissing { roleId: ATTESTER, account: attester.address };
    world.send(guardian, end(ATTESTER, attester)).fails_with(refused);
}

#[test]
pub(super) fn a_week_without_suspension_follows_each() {
    let mut world = settled();
    let (guardian, attester) = (world.guardian, world.attester);
    world.send(guardian, suspend(ATTESTER, attester, LONGEST)).ok();
    let free = until(&world, attester);
    let next = free + WEEK;

    for at in [world.chain.time(), free - 1, free, next - 1] {
        world.chain.warp_to(at);
        let refused = Manager::SuspensionTooEarly { next: time(next) };
        world.send(guardian, suspend(ATTESTER, attester, 1)).fails_with(refused);
    }
    assert_eq!(world.has_role(ATTESTER, attester), (true, 0));

    world.chain.warp_to(next);
    world.send(guardian, suspend(ATTESTER, attester, 1)).ok();
    // Another account and another role have their own week.
    world.send(guardian, suspend(SLASHER, world.slasher, 1)).ok();
}

#[test]
fn a_guardian_ends_a_suspension_and_the_free_week_begins() {
    let mut world = settled();
    let (guardian, attester) = (world.guardian, world.attester);
    world.send(guardian, suspend(ATTESTER, attester, LONGEST)).ok();
    world.chain.advance(days(1));

    let receipt = world.send(guardian, end(ATTESTER, attester)).ok();

    receipt.emitted(Manager::SuspensionEnded {
        roleId: ATTESTER,
        account: attester.address,
        guardian: guardian.address,
    });
    assert_eq!(world.has_role(ATTESTER, attester), (true, 0));
    let next = world.chain.time() + WEEK;
    world.chain.warp_to(next - 1);
    let refused = Manager::SuspensionTooEarly { next: time(next) };
    world.send(guardian, suspend(ATTESTER, attester, 1)).fails_with(refused);
    world.chain.warp_to(next);
    world.send(guardian, suspend(ATTESTER, attester, 1)).ok();
}

#[test]
pub(super) fn only_guardians_suspend_whatever_their_delay() {
    let mut world = world();
    let (attester, guardian, alice) = (world.attester, world.guardian, world.alice);

    for who in [alice, world.admin, world.vetoer, attester] {
        let refused = || Manager::AccessManagerUnauthorizedAccount {
            msgsender: who.address,
            roleId: GUARDIAN,
        };
        world.send(who, suspend(ATTESTER, attester, 1)).fails_with(refused());
        world.send(who, end(ATTESTER, attester)).fails_with(refused());
    }

    world.grant(GUARDIAN, alice, LONGEST);
    world.send(alice, suspend(ATTESTER, attester, 1)).ok();
    world.send(guardian, end(ATTESTER, attester)).ok();
}

#[test]
fn only_attesters_and_slashers_are_suspended_for_at_most_a_week() {
    let mut world = settled();
    let (guardian, attester, slasher) = (world.guardian, world.attester, world.slasher);

    for role in [ADMIN, CURATOR, VETOER, GUARDIAN, 6, PUBLIC, NOBODY] {
        let refused = Manager::RoleNotSuspendable { roleId: role };
        world.send(guardian, suspend(role, world.curator, 1)).fails_with(refused);
    }
    for duration in [0, LONGEST + 1, u32::MAX] {
        let refused = Manager::DurationInvalid { duration, max: LONGEST };
        world.send(guardian, suspend(ATTESTER, attester, duration)).fails_with(refused);
    }
    let refused = Manager::MembershipMissing { roleId: ATTESTER, account: slasher.address };
    world.send(guardian, suspend(ATTESTER, slasher, 1)).fails_with(refused);
    world.send(guardian, suspend(SLASHER, slasher, LONGEST)).ok();
    assert_eq!(world.has_role(SLASHER, slasher), (false, 0));
}

#[test]
fn a_revocation_ends_a_suspension_and_a_fresh_grant_begins_without() {
    let mut world = world();
    let (admin, guardian, attester) = (world.admin, world.guardian, world.attester);
    world.send(guardian, suspend(ATTESTER, attester, LONGEST)).ok();
    let revoke = Manager::revokeRoleCall { roleId: ATTESTER, account: attester.address };

    // Another grant to a member changes its delay and nothing else.
    world.grant(ATTESTER, attester, 3);
    assert_eq!(world.has_role(ATTESTER, attester), (false, 3));
    world.send(admin, revoke).ok();
    assert_eq!(until(&world, attester), 0);
    world.grant(ATTESTER, attester, 0);

    assert_eq!(world.has_role(ATTESTER, attester), (true, 0));
    world.send(guardian, suspend(ATTESTER, attester, 1)).ok();
    let renounce =
        Manager::renounceRoleCall { roleId: ATTESTER, callerConfirmation: attester.address };
    world.send(attester, renounce).ok();
    assert_eq!(until(&world, attester), 0);
}
