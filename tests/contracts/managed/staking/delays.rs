//! What ADMIN does after the first day: announced, awaited, done within a week, or taken back.

use super::super::super::staking::busy::*;
use super::super::super::staking::kit::*;
use alloy_primitives::{Address, FixedBytes};
use emetis::suite::access::{Access, Role};

/// How long ADMIN waits, in seconds.
const DELAY: u64 = days(2);

/// The name of ADMIN's call.
fn operation(world: &World, target: Address, call: &Ready) -> FixedBytes<32> {
    let (caller, data) = (world.admin.address, call.data.clone().into());
    let name = Manager::hashOperationCall { caller, target, data };
    world.chain.view(world.suite.access_manager, name)
}

fn schedule(world: &mut World, target: Address, call: &Ready) {
    let (data, when) = (call.data.clone().into(), alloy_primitives::Uint::ZERO);
    let manager = world.suite.access_manager;
    world.chain.send(world.admin, manager, Manager::scheduleCall { target, data, when }).ok();
}

/// Every row of ADMIN's, in a world whose announcements have all lapsed.
fn rows() -> (World, Vec<(String, Address, Ready)>) {
    let busy = busy();
    let mut rows = Vec::new();
    for program in programs_here() {
        let target = (program.address)(&busy.world.suite);
        for entry in program.entries.iter().filter(|entry| is_admins(entry.access)) {
            let cell = format!("{} of {}", entry.signature, program.name);
            rows.push((cell, target, good(&busy, program, entry)));
        }
    }
    let Busy { mut world, .. } = busy;
    // They can be made anew then.
    world.chain.advance(days(30));
    (world, rows)
}

fn is_admins(access: Access) -> bool {
    access == Access::Role(Role::Admin)
}

#[test]
fn every_row_of_admin_is_announced_two_days_before_and_made_once_within_a_week() {
    let (origin, rows) = rows();
    assert_eq!(rows.len(), 7);

    for (cell, target, call) in rows {
        println!("{cell}");
        let mut world = origin.clone();
        let (admin, operation_id) = (world.admin, operation(&world, target, &call));
        let data = call.data.clone();
        // One that has lapsed is named so until it is announced again.
        let lapsed = Manager::AccessManagerExpired { operationId: operation_id };
        world.chain.send_raw(admin, target, data.clone()).fails_with(lapsed.clone());
        schedule(&mut world, target, &call);
        let early = Manager::AccessManagerNotReady { operationId: operation_id };
        world.chain.send_raw(admin, target, data.clone()).fails_with(early.clone());
        world.chain.advance(DELAY - 1);
        world.chain.send_raw(admin, target, data.clone()).fails_with(early);
        world.chain.advance(1);
        let mut late = world.clone();

        world.chain.send_raw(admin, target, data.clone()).ok();
        late.chain.advance(WEEK - 1);
        late.chain.send_raw(admin, target, data.clone()).dry_run().unwrap();
        late.chain.advance(1);
        late.chain.send_raw(admin, target, data.clone()).fails_with(lapsed);

        let none = Manager::AccessManagerNotScheduled { operationId: operation_id };
        world.chain.send_raw(admin, target, data).fails_with(none);
    }
}

#[test]
fn what_was_not_announced_or_was_taken_back_is_not_made() {
    let (mut origin, rows) = rows();
    let manager = origin.suite.access_manager;

    for (cell, target, mut call) in rows {
        println!("{cell}");
        // What follows the arguments is not read, and makes it another operation.
        call.data.push(0);
        let operation_id = operation(&origin, target, &call);
        let (admin, data) = (origin.admin, call.data.clone());
        let none = || Manager::AccessManagerNotScheduled { operationId: operation_id };
        let before = origin.storage();

        origin.chain.send_raw(admin, target, data.clone()).fails_with(none());
        schedule(&mut origin, target, &call);
        let (caller, bytes) = (admin.address, data.clone().into());
        let cancel = Manager::cancelCall { caller, target, data: bytes };
        origin.chain.send(admin, manager, cancel).ok();
        origin.chain.advance(DELAY);
        origin.chain.send_raw(admin, target, data).fails_with(none());

        assert_eq!(origin.storage(), before, "{cell}");
    }
}
