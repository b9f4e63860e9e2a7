//! The authority: scheduled calls, another authority, and one that is hostile.

use super::super::kit::*;
use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::suite::Params;
use emetis::suite::access::{Access, PROGRAMS, Role};

/// The delay of the treasurer who has one, in seconds.
const DELAY: u32 = 86_400;
/// For how long a scheduled call can be made, in seconds.
const WEEK: u64 = days(7);
/// The selector by which a program says that it is using up a scheduled call.
const CONSUMING: [u8; 4] = Hub::isConsumingScheduledOpCall::SELECTOR;

fn sweep(world: &World) -> Hub::sweepCall {
    Hub::sweepCall { receiver: world.carol.address }
}

/// A world with donations, in which Bob is a treasurer who must announce what he does.
fn stage() -> World {
    let mut world = world();
    let bob = world.bob;
    world.grant(Role::Treasury, bob, DELAY);
    world.donate(ether(3));
    world
}

/// The name of Bob's sweep.
fn operation(world: &World) -> FixedBytes<32> {
    let (caller, target, data) = (world.bob.address, world.hub, encoded(&sweep(world)));
    alloy_primitives::keccak256((caller, target, data).abi_encode_params())
}

fn schedule(world: &mut World) {
    let (target, data) = (world.hub, encoded(&sweep(world)));
    let when = alloy_primitives::Uint::ZERO;
    let (bob, manager) = (world.bob, world.suite.access_manager);
    world.chain.send(bob, manager, Manager::scheduleCall { target, data, when }).ok();
}

#[test]
fn a_call_with_a_delay_is_made_once_in_the_week_after_it_became_due() {
    let mut world = stage();
    let (bob, hub, call) = (world.bob, world.hub, sweep(&world));
    let id = operation(&world);
    let not_scheduled = Manager::AccessManagerNotScheduled { operationId: id };

    world.chain.send(bob, hub, call.clone()).fails_with(not_scheduled.clone());
    schedule(&mut world);
    let not_ready = Manager::AccessManagerNotReady { operationId: id };
    world.chain.send(bob, hub, call.clone()).fails_with(not_ready.clone());
    world.chain.advance(u64::from(DELAY) - 1);
    world.chain.send(bob, hub, call.clone()).fails_with(not_ready);
    world.chain.advance(1);
    let mut late = world.clone();
    late.chain.advance(WEEK);
    let expired = Manager::AccessManagerExpired { operationId: id };
    late.chain.send(bob, hub, call.clone()).fails_with(expired);

    let receipt = world.chain.send(bob, hub, call.clone()).ok();

    receipt.emitted(Manager::OperationExecuted { operationId: id, nonce: 1 });
    assert_eq!(receipt.output, ether(3));
    world.chain.send(bob, hub, call).fails_with(not_scheduled);
}

#[test]
fn a_scheduled_call_that_fails_can_be_made_later() {
    let mut world = stage();
    let (bob, hub, call) = (world.bob, world.hub, sweep(&world));
    let treasury = world.treasury;
    schedule(&mut world);
    world.chain.advance(u64::from(DELAY));
    // Somebody else sweeps first.
    world.chain.send(treasury, hub, call.clone()).ok();

    let nothing = Hub::DonationsZero { balance: U256::ZERO, ledger: U256::ZERO };
    world.chain.send(bob, hub, call.clone()).fails_with(nothing);
    world.donate(ether(2));

    assert_eq!(world.chain.send(bob, hub, call).ok().output, ether(2));
}

#[test]
fn a_call_that_was_taken_back_is_not_made() {
    let mut world = stage();
    let (bob, hub, call) = (world.bob, world.hub, sweep(&world));
    let (manager, id) = (world.suite.access_manager, operation(&world));
    schedule(&mut world);
    let (caller, target, data) = (bob.address, hub, encoded(&call));
    world.chain.send(bob, manager, Manager::cancelCall { caller, target, data }).ok();
    world.chain.advance(u64::from(DELAY));

    let not_scheduled = Manager::AccessManagerNotScheduled { operationId: id };
    world.chain.send(bob, hub, call).fails_with(not_scheduled);
}

#[test]
fn the_manager_makes_a_call_for_whom_it_lets_in() {
    let mut world = stage();
    let (hub, manager, call) = (world.hub, world.suite.access_manager, sweep(&world));
    let (alice, treasury) = (world.alice, world.treasury);
    let execute = Manager::executeCall { target: hub, data: encoded(&call) };
    let (caller, target) = (alice.address, hub);
    let selector = Hub::sweepCall::SELECTOR.into();

    let refused = Manager::AccessManagerUnauthorizedCall { caller, target, selector };
    world.chain.send(alice, manager, execute.clone()).fails_with(refused);
    let receipt = world.chain.send(treasury, manager, execute).ok();

    let (caller, receiver) = (manager, world.carol.address);
    receipt.emitted(Hub::Swept { caller, receiver, assets: ether(3), ledger: U256::ZERO });
}

#[test]
fn a_program_says_that_it_consumes_only_while_it_does() {
    let mut world = stage();
    let (bob, hub, manager) = (world.bob, world.hub, world.suite.access_manager);
    let (caller, data) = (bob.address, encoded(&sweep(&world)));
    schedule(&mut world);
    world.chain.advance(u64::from(DELAY));

    let told = world.chain.view(hub, Hub::isConsumingScheduledOpCall {});
    assert_eq!(told, FixedBytes::<4>::ZERO);
    let call = Manager::consumeScheduledOpCall { caller, data };
    let refused = Manager::AccessManagerUnauthorizedConsume { target: hub };
    world.chain.send(hub, manager, call).fails_with(refused);

    let call = sweep(&world);
    let receipt = world.chain.send(bob, hub, call).traced().ok();
    let question = |call: &emetis::stylus::trace::FrameTrace| {
        call.target == hub && call.input.starts_with(&CONSUMING)
    };
    let trace = receipt.trace.unwrap();
    let consume = trace.calls.iter().find(|call| call.calls.iter().any(question)).unwrap();
    let asked = consume.calls.iter().find(|call| question(call)).unwrap();
    assert_eq!(consume.target, manager);
    assert_eq!(asked.output[..4], CONSUMING);
}

#[test]
fn only_the_authority_hands_over_and_to_code_alone() {
    let mut world = world();
    let (alice, hub, manager) = (world.alice, world.hub, world.suite.access_manager);
    let admin = Params::default().admin;
    let (next, storage) = (world.fixture("Refuser"), world.storage());

    for caller in [alice.address, admin, hub, Address::ZERO] {
        let refused = Hub::AccessManagedUnauthorized { caller };
        let call = Hub::setAuthorityCall { authority: next };
        world.chain.send(caller, hub, call).fails_with(refused);
    }
    for authority in [Address::ZERO, alice.address] {
        let refused = Hub::AccessManagedInvalidAuthority { authority };
        let call = Hub::setAuthorityCall { authority };
        world.chain.send(manager, hub, call).fails_with(refused.clone());
        let call = Manager::updateAuthorityCall { target: hub, newAuthority: authority };
        world.chain.send(admin, manager, call).fails_with(refused);
    }
    assert_eq!(world.storage(), storage);

    let call = Manager::updateAuthorityCall { target: hub, newAuthority: next };
    let receipt = world.chain.send(admin, manager, call).ok();

    receipt.emitted(Hub::AuthorityUpdated { authority: next });
    assert_eq!(world.chain.view(hub, Hub::authorityCall {}), next);
}

#[test]
fn an_authority_of_openzeppelin_serves_as_well() {
    let mut world = stage();
    let (bob, hub, manager, call) =
        (world.bob, world.hub, world.suite.access_manager, sweep(&world));
    let (alice, carol) = (world.alice, world.carol.address);
    let theirs = world.fixture_with("OzAccessManager", &alice.address.abi_encode());
    let handover = Manager::updateAuthorityCall { target: hub, newAuthority: theirs };
    world.chain.send(Params::default().admin, manager, handover).ok();
    let grant = Manager::grantRoleCall {
        roleId: Role::Treasury.id(),
        account: bob.address,
        executionDelay: DELAY,
    };
    let give = Manager::setTargetFunctionRoleCall {
        target: hub,
        selectors: vec![Hub::sweepCall::SELECTOR.into()],
        roleId: Role::Treasury.id(),
    };
    world.chain.send(alice, theirs, grant).ok();
    world.chain.send(alice, theirs, give).ok();
    let (target, data) = (hub, encoded(&call));
    let when = alloy_primitives::Uint::ZERO;

    let caller = world.treasury.address;
    let refused = Hub::AccessManagedUnauthorized { caller };
    world.chain.send(caller, hub, call.clone()).fails_with(refused);
    let not_scheduled = Manager::AccessManagerNotScheduled { operationId: operation(&world) };
    world.chain.send(bob, hub, call.clone()).fails_with(not_scheduled);
    world.chain.send(bob, theirs, Manager::scheduleCall { target, data, when }).ok();
    world.chain.advance(u64::from(DELAY));
    world.chain.send(bob, hub, call).ok();

    assert_eq!(world.metis(carol), ether(3));
}

/// Code that says that its caller must have scheduled the call, and then does `otherwise` if it is
/// asked anything but `canCall`, whose calldata is 100 bytes.
fn delays(otherwise: [u8; 5]) -> Vec<u8> {
    let is_question = [0x36, 0x60, 100, 0x14, 0x60, 0x0c, 0x57];
    let answer = [0x5b, 0x60, 100, 0x60, 0x20, 0x52, 0x60, 0x40, 0x60, 0x00, 0xf3];
    [&is_question[..], &otherwise, &answer].concat()
}

/// Authorities that misbehave, by code: in words, and what they do.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    const REVERT: [u8; 5] = [0x60, 0x00, 0x60, 0x00, 0xfd];
    // A loop, beginning at the place where `delays` puts it.
    const BURN_THERE: [u8; 5] = [0x5b, 0x60, 0x07, 0x56, 0x00];
    let ones = [&[0x7f][..], &[0xff; 32]].concat();
    let junk =
        [&ones[..], &[0x60, 0x00, 0x52], &ones, &[0x60, 0x20, 0x52, 0x60, 0x40, 0x60, 0, 0xf3]];
    vec![
        ("says nothing", vec![0x00]),
        ("reverts", REVERT.to_vec()),
        ("reverts with data", [&ones[..], &[0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xfd]].concat()),
        ("is no code", vec![0xfe]),
        ("burns gas", vec![0x5b, 0x60, 0x00, 0x56]),
        ("answers junk", junk.concat()),
        ("answers a megabyte", vec![0x62, 0x10, 0x00, 0x00, 0x60, 0x00, 0xf3]),
        ("delays and reverts", delays(REVERT)),
        ("delays and burns gas", delays(BURN_THERE)),
    ]
}

#[test]
fn an_authority_that_misbehaves_lets_nobody_in_and_is_short() {
    /// Gas that a hostile authority may burn, and some for the call.
    const MOST: u64 = 2_200_000;
    let origin = stage();
    let (hub, manager) = (origin.hub, origin.suite.access_manager);
    let guardian = origin.guardian;

    for (what, code) in hostile() {
        let mut world = origin.clone();
        world.chain.set_code(manager, Bytes::from(code));
        let calls = [
            (world.treasury, encoded(&sweep(&world))),
            (world.bob, encoded(&sweep(&world))),
            (guardian, encoded(&Hub::pauseCall { duration: 60 })),
            (guardian, encoded(&Hub::unpauseCall {})),
        ];
        for (caller, data) in calls {
            let refused = Hub::AccessManagedUnauthorized { caller: caller.address };
            let failure = world.chain.send_raw(caller, hub, data).fails_with(refused);
            assert!(failure.gas_used() < MOST, "{what}: {failure:?}");
        }
    }
}

#[test]
fn with_too_little_gas_a_restricted_call_runs_dry_and_is_not_refused() {
    let mut world = stage();
    let (treasury, hub, call) = (world.treasury, world.hub, encoded(&sweep(&world)));
    let enough = world.chain.send_raw(treasury, hub, call.clone()).dry_run().unwrap().gas_used;

    for gas in (21_600..enough + 20_000).step_by(97) {
        let outcome = world.chain.send_raw(treasury, hub, call.clone()).gas(gas).dry_run();

        if let Err(failure) = outcome {
            let data = failure.data();
            let refused = Hub::PaymentFailed { receiver: world.carol.address, assets: ether(3) };
            let is_out = matches!(failure, Failure::OutOfGas { .. } | Failure::Invalid { .. });
            assert!(is_out || failure.is(&refused), "{gas} gas: {data}");
        }
    }
}

#[test]
fn no_exit_and_no_entry_feels_an_authority_that_misbehaves() {
    let mut origin = world();
    let alice = origin.alice;
    origin.mint(alice, ether(10));
    let manager = origin.suite.access_manager;
    let mut compared = 0;

    for (what, code) in hostile() {
        let mut world = origin.clone();
        world.chain.set_code(manager, Bytes::from(code));
        for program in PROGRAMS.iter().filter(|program| program.name != "AccessManager") {
            let target = (program.address)(&world.suite);
            for entry in program.entries {
                if matches!(entry.access, Access::Role(_)) {
                    continue;
                }
                let data = [&entry.selector()[..], &[0; 320]].concat();
                let [honest, hostile] = [&mut origin, &mut world].map(|world| {
                    let outcome = world.chain.send_raw(alice, target, data.clone()).dry_run();
                    let told =
                        outcome.map(|receipt| (receipt.output, receipt.logs, receipt.gas_used));
                    told.map_err(|failure| (failure.data(), failure.gas_used()))
                });
                assert_eq!(hostile, honest, "{what}: {} of {}", entry.signature, program.name);
                compared += 1;
            }
        }
        let to = world.bob.address;
        world.chain.send(alice, world.hub, Hub::transferCall { to, value: ether(10) }).ok();
    }
    assert!(compared > 200, "{compared}");
}
