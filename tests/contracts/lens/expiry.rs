//! Programs expire, and the lens says whose answer it misses.

use super::kit::*;
use alloy_primitives::{Address, Bytes, keccak256};
use alloy_sol_types::SolCall;
use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};

/// Days after which a program expires.
const LIFE: u64 = 365;

/// A world with something to measure, in which all programs but some have just expired.
fn expired(but: impl Fn(&World) -> Vec<Address>) -> (World, [Bytes; 4]) {
    let mut world = world();
    let ids = ["olga", "otto"].map(|owner| world.register(owner, 20_000));
    world.group(1, 2);
    world.delegation(ids[0], ether(5_000)).ok();
    let told = measured(&mut world);
    world.chain.advance(days(LIFE - 4));
    for program in but(&world) {
        let codehash = keccak256(world.chain.code(program));
        let call = ArbWasm::codehashKeepaliveCall { codehash };
        world.chain.send(world.alice, ARB_WASM, call).value(ether(1)).ok();
    }
    world.chain.advance(days(5));
    (world, told)
}

fn measured(world: &mut World) -> [Bytes; 4] {
    let [one, two, three, four, ..] = functions();
    [one, two, three, four].map(|(_, data)| {
        world.chain.send_raw(world.alice, world.lens, data).dry_run().unwrap().output
    })
}

#[test]
fn an_expired_lens_answers_nothing_and_comes_back_with_its_programs() {
    let (mut world, before) = expired(|world| vec![world.staking, world.quota]);

    for (_, data) in functions() {
        world.chain.send_raw(world.alice, world.lens, data).traps();
    }
    world.chain.activate(world.alice, world.lens);

    assert_eq!(measured(&mut world), before);
    let told = (world.told(Lens::stakingCall {}), world.told(Lens::quotaCall {}));
    assert_eq!(told, (world.staking, world.quota));
}

#[test]
fn a_program_that_expired_is_named_until_it_is_back() {
    let (mut world, before) = expired(|world| vec![world.lens]);
    let failed =
        |program, selector: [u8; 4]| Lens::ProgramFailed { program, selector: selector.into() };

    let of_staking = failed(world.staking, Staking::liveCall::SELECTOR);
    world.chain.send(world.alice, world.lens, Lens::groupsCall {}).fails_with(of_staking);
    let of_staking = failed(world.staking, Staking::poolsCall::SELECTOR);
    world.chain.send(world.alice, world.lens, Lens::poolsCall {}).fails_with(of_staking);
    world.chain.activate(world.alice, world.staking);
    let of_quota = failed(world.quota, Quota::membersOfCall::SELECTOR);
    world.chain.send(world.alice, world.lens, Lens::groupsCall {}).fails_with(of_quota);
    world.chain.send(world.alice, world.lens, Lens::poolsCall {}).ok();
    world.chain.activate(world.alice, world.quota);

    assert_eq!(measured(&mut world), before);
}
