//! The signing domain: what it says, and that it follows the chain.

use super::kit::*;
use super::signing::{Permit, domain, in_parts};
use alloy_primitives::{B256, FixedBytes, U256, keccak256};
use alloy_sol_types::{Eip712Domain, SolStruct, SolValue};

/// A chain that split off.
const FORK: u64 = CHAIN_ID + 1;

#[test]
fn the_separator_is_that_of_the_standard() {
    let world = world();

    let separator = world.chain.view(world.hub, Hub::DOMAIN_SEPARATORCall {});

    assert_eq!(separator, world.domain().separator());
    let by_hand = (
        keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)",
        ),
        keccak256("Liquid METIS"),
        keccak256("1"),
        U256::from(CHAIN_ID),
        world.hub,
    );
    assert_eq!(separator, keccak256(by_hand.abi_encode()));
}

#[test]
fn the_domain_can_be_rebuilt_from_what_the_hub_tells() {
    let world = world();

    let told = world.chain.view(world.hub, Hub::eip712DomainCall {});

    assert_eq!(told.fields, FixedBytes([0x0f]), "all fields but the salt");
    assert_eq!((told.salt, told.extensions.len()), (B256::ZERO, 0));
    let rebuilt = Eip712Domain::new(
        Some(told.name.into()),
        Some(told.version.into()),
        Some(told.chainId),
        Some(told.verifyingContract),
        None,
    );
    assert_eq!(rebuilt, world.domain());
    assert_eq!(rebuilt.separator(), world.chain.view(world.hub, Hub::DOMAIN_SEPARATORCall {}));
}

#[test]
fn a_permit_signed_by_hand_is_that_of_the_standard() {
    let world = world();
    let permit = world.permit(world.alice, world.bob, ether(4));
    let Permit { owner, spender, value, nonce, deadline } = permit.clone();
    let type_hash = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
    );

    let message = keccak256((type_hash, owner, spender, value, nonce, deadline).abi_encode());
    let separator = world.chain.view(world.hub, Hub::DOMAIN_SEPARATORCall {});
    let digest = keccak256([&[0x19, 0x01], &separator[..], &message[..]].concat());

    assert_eq!(digest, world.digest(&permit));
}

#[test]
fn after_a_split_of_the_chain_permits_of_the_other_side_are_refused() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ether(4));
    let before = world.sign(alice, &permit);
    let separator = world.chain.view(hub, Hub::DOMAIN_SEPARATORCall {});

    world.chain.set_chain_id(FORK);

    let forked = world.chain.view(hub, Hub::DOMAIN_SEPARATORCall {});
    assert_ne!(forked, separator);
    assert_eq!(forked, domain(FORK, hub).separator());
    assert_eq!(world.chain.view(hub, Hub::eip712DomainCall {}).chainId, U256::from(FORK));
    let failure = world.chain.send(bob, hub, in_parts(&permit, before)).run().err().unwrap();
    assert_eq!(decoded::<Hub::ERC2612InvalidSigner>(&failure).owner, alice.address);
    let after = alice.sign(permit.eip712_signing_hash(&domain(FORK, hub)));
    world.chain.send(bob, hub, in_parts(&permit, after)).ok();
    assert_eq!(world.allowance(alice, bob), ether(4));

    world.chain.set_chain_id(CHAIN_ID);
    assert_eq!(world.chain.view(hub, Hub::DOMAIN_SEPARATORCall {}), separator);
}
