//! The one construction of the registry.

use super::super::kit::*;
use alloy_primitives::{Address, Bytes, U256, keccak256};
use alloy_sol_types::SolConstructor;
use emetis::interfaces::SequencerRegistry;

fn constructor(staking: Address, authority: Address) -> Bytes {
    let call = SequencerRegistry::constructorCall { staking, authority };
    [&keccak256("stylus_constructor()")[..4], &call.abi_encode()].concat().into()
}

/// A registry that is placed and not constructed, and a deployment beside it.
fn placed() -> (World, Address) {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let registry = world.chain.deploy_program(deployer, &programs().sequencer_registry);
    (world, registry)
}

#[test]
fn a_registry_is_constructed_once_and_tells_what_it_works_with() {
    let (mut world, registry) = placed();
    let (staking, authority) = (world.staking, world.suite.access_manager);
    let call = constructor(staking, authority);

    let receipt = world.chain.send_raw(world.keeper, registry, call.clone()).ok();

    receipt.emitted(Registry::AuthorityUpdated { authority });
    receipt.emitted(Registry::Constructed { staking, authority });
    assert_eq!(receipt.logs.len(), 2);
    let chain = &mut world.chain;
    assert_eq!(chain.view(registry, Registry::stakingCall {}), staking);
    assert_eq!(chain.view(registry, Registry::authorityCall {}), authority);
    assert_eq!(chain.view(registry, Registry::maxCommissionCall {}), U256::from(2_000));
    let repeated = Registry::ConstructionRepeated {};
    chain.send_raw(world.keeper, registry, call).fails_with(repeated);
}

#[test]
fn a_registry_needs_another_program_and_an_authority_with_code() {
    let (mut world, registry) = placed();
    let (keeper, authority) = (world.keeper, world.suite.access_manager);

    for program in [Address::ZERO, registry] {
        let call = constructor(program, authority);
        let refused = Registry::ProgramInvalid { program };
        world.chain.send_raw(keeper, registry, call).fails_with(refused);
    }
    let call = constructor(world.staking, keeper.address);
    let refused = Registry::AccessManagedInvalidAuthority { authority: keeper.address };
    world.chain.send_raw(keeper, registry, call).fails_with(refused);
}

#[test]
fn a_registry_that_is_not_constructed_keeps_nobodys_bond() {
    let (mut world, registry) = placed();
    let domain = World { registry, ..world.clone() };
    let mut call = domain.registration(world.operator, world.signer);
    call.commissionBps = U256::ZERO;

    let refused = Registry::ProgramInvalid { program: Address::ZERO };

    world.chain.send(world.operator, registry, call).value(BOND).fails_with(refused);
}
