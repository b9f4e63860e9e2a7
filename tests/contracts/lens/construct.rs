//! The one construction.

use super::kit::*;
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::interfaces::{Lens as Contract, SequencerQuota};

/// A lens that is not constructed, and who deployed it.
fn deployed() -> (World, Account, Address) {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let lens = world.chain.deploy_program(deployer, code());
    world.activate_mutant(lens);
    (world, deployer, lens)
}

fn call(world: &World) -> Contract::constructorCall {
    Contract::constructorCall { staking: world.staking, quota: world.quota }
}

#[test]
fn a_construction_sets_both_programs() {
    let (mut world, deployer, lens) = deployed();
    let call = call(&world);

    let receipt = world.chain.construct(deployer, lens, call.clone()).ok();

    receipt.emitted(Lens::Constructed { staking: call.staking, quota: call.quota });
    assert_eq!(receipt.logs.len(), 1);
    let told =
        [world.chain.view(lens, Lens::stakingCall {}), world.chain.view(lens, Lens::quotaCall {})];
    assert_eq!(told, [call.staking, call.quota]);
}

#[test]
pub(super) fn a_construction_happens_once() {
    let mut world = world();
    let call = call(&world);

    let again = world.chain.construct(world.alice, world.lens, call);

    again.fails_with(Lens::ConstructionRepeated {});
}

#[test]
fn before_construction_nothing_is_measured_and_the_programs_are_zero() {
    let (mut world, deployer, lens) = deployed();

    for (name, data) in functions() {
        let selector = data[..4].try_into().unwrap();
        let call = world.chain.send_raw(deployer, lens, data);
        if ["staking", "quota"].contains(&name) {
            assert_eq!(U256::from_be_slice(&call.ok().output), U256::ZERO, "{name}");
        } else {
            call.fails_with(Lens::ConstructionMissing { selector });
        }
    }
}

#[test]
fn no_program_is_zero_or_the_lens() {
    let (mut world, deployer, lens) = deployed();

    for program in [Address::ZERO, lens] {
        let good = call(&world);
        for call in [
            Contract::constructorCall { staking: program, ..good.clone() },
            Contract::constructorCall { quota: program, ..good.clone() },
        ] {
            let refused = Lens::ProgramInvalid { program };
            world.chain.construct(deployer, lens, call).fails_with(refused);
        }
    }
}

#[test]
pub(super) fn the_quota_is_one_that_goes_by_the_staking_program() {
    let (mut world, deployer, lens) = deployed();
    let other = world.chain.deploy_program(deployer, &programs().sequencer_quota);
    let with = |quota| Contract::constructorCall { quota, ..call(&world) };
    let (unknown, swapped, good) = (with(world.alice.address), with(world.staking), with(other));

    // Not constructed yet.
    let refused = Lens::ProgramInvalid { program: other };
    world.chain.construct(deployer, lens, good.clone()).fails_with(refused);
    let of_court = SequencerQuota::constructorCall {
        staking: world.suite.slashing_court,
        court: world.suite.slashing_court,
        distributor: world.suite.distributor,
        authority: world.suite.access_manager,
    };
    world.chain.construct(deployer, other, of_court).ok();
    let refused = Lens::ProgramInvalid { program: other };
    world.chain.construct(deployer, lens, good).fails_with(refused);
    // No quota at all.
    let selector = Quota::stakingCall::SELECTOR.into();
    let refused = Lens::AnswerInvalid { program: world.alice.address, selector };
    world.chain.construct(deployer, lens, unknown).fails_with(refused);
    let refused = Lens::ProgramFailed { program: world.staking, selector };
    world.chain.construct(deployer, lens, swapped).fails_with(refused);

    let call = call(&world);
    world.chain.construct(deployer, lens, call).ok();
}
