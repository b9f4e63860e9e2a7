//! Proof of possession of a signer's key.

use super::super::kit::*;
use alloy_primitives::{B256, Bytes, U256, keccak256};
use alloy_sol_types::{Eip712Domain, SolError};

/// The order of secp256k1.
const ORDER: &str = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

#[test]
pub(crate) fn a_key_is_its_signers() {
    let mut world = world();
    let mut call = world.registration(world.operator, world.signer);
    let refused = || Registry::KeyInvalid { signer: world.signer.address };

    call.key = world.other_signer.public_key();
    let failure = world.chain.send(world.operator, world.registry, call.clone()).value(BOND);
    failure.fails_with(refused());

    let [x, y] = world.signer.public_key();
    call.key = [y, x];
    world.chain.send(world.operator, world.registry, call).value(BOND).fails_with(refused());
}

#[test]
pub(crate) fn a_proof_is_the_signers_own() {
    let mut world = world();
    let (operator, rival, signer) = (world.operator, world.rival, world.signer);
    let mut call = world.registration(operator, signer);

    // Signed by somebody else, who names the right owner and nonce.
    call.proof = world.prove(rival, operator.address, U256::ZERO);

    let refused = Registry::ProofInvalid { recovered: rival.address, signer: signer.address };
    world.chain.send(operator, world.registry, call).value(BOND).fails_with(refused);
}

/// Asserts that the signer's proof is not taken, whoever it seems to come from.
fn assert_refused(world: &mut World, proof: Bytes) {
    let call =
        Registry::register_0Call { proof, ..world.registration(world.operator, world.signer) };
    let outcome = world.chain.send(world.operator, world.registry, call).value(BOND).run();
    let failure = outcome.expect_err("the proof is for something else");
    let error = Registry::ProofInvalid::abi_decode(&failure.data()).unwrap();
    assert_eq!(error.signer, world.signer.address);
    assert_ne!(error.recovered, world.signer.address);
}

#[test]
pub(crate) fn a_proof_names_its_owner() {
    let mut world = world();
    let signer = world.signer;
    let named = [world.rival.address, signer.address, Default::default()];

    for owner in named {
        let proof = world.prove(signer, owner, U256::ZERO);
        assert_refused(&mut world, proof);
    }
}

#[test]
fn a_proof_is_for_one_nonce_contract_and_chain() {
    let mut world = world();
    let (signer, owner) = (world.signer, world.operator.address);

    let proof = world.prove(signer, owner, U256::ONE);
    assert_refused(&mut world, proof);
    let proof = World { registry: world.staking, ..world.clone() }.prove(signer, owner, U256::ZERO);
    assert_refused(&mut world, proof);
    let proof = world.prove(signer, owner, U256::ZERO);
    world.chain.set_chain_id(1);
    assert_refused(&mut world, proof);
}

#[test]
pub(crate) fn no_proof_serves_twice() {
    let mut world = world();
    let (operator, other) = (world.operator, world.other_signer);
    let early = world.prove(other, operator.address, U256::ZERO);
    world.register(operator, world.signer, BOND);

    let call = Registry::register_0Call { proof: early, ..world.registration(operator, other) };
    let outcome = world.chain.send(operator, world.registry, call).value(BOND).run();

    let failure = outcome.expect_err("the nonce is used up");
    assert!(Registry::ProofInvalid::abi_decode(&failure.data()).is_ok(), "{failure:?}");
    assert_eq!(world.nonce(operator), U256::ONE);
}

#[test]
pub(crate) fn a_signer_belongs_to_one_sequencer() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let call = world.registration(world.rival, world.signer);

    let refused = Registry::SignerTaken { signer: world.signer.address, id };

    world.chain.send(world.rival, world.registry, call).value(BOND).fails_with(refused);
}

#[test]
fn flaws_of_a_signature_are_told_apart() {
    let mut world = world();
    let (operator, registry) = (world.operator, world.registry);
    let call = world.registration(operator, world.signer);
    let with = |proof: Vec<u8>| Registry::register_0Call { proof: proof.into(), ..call.clone() };
    let good = call.proof.to_vec();

    for length in [0, 64, 66] {
        let mut proof = good.clone();
        proof.resize(length, 27);
        let refused = Registry::ECDSAInvalidSignatureLength { length: U256::from(length) };
        world.chain.send(operator, registry, with(proof)).value(BOND).fails_with(refused);
    }
    for v in [0, 26, 29] {
        let mut proof = good.clone();
        proof[64] = v;
        let refused = Registry::ECDSAInvalidSignatureV { v };
        world.chain.send(operator, registry, with(proof)).value(BOND).fails_with(refused);
    }
    // The malleable twin.
    let s = ORDER.parse::<U256>().unwrap() - U256::from_be_slice(&good[32..64]);
    let s = B256::from(s);
    let mut proof = good.clone();
    proof[32..64].copy_from_slice(&s[..]);
    proof[64] = 27 + 28 - good[64];
    let refused = Registry::ECDSAInvalidSignatureS { s };
    world.chain.send(operator, registry, with(proof)).value(BOND).fails_with(refused);
    // Nobody signs with zeros.
    let mut proof = vec![0; 65];
    proof[64] = 27;
    let signer = world.signer.address;
    let refused = Registry::ProofInvalid { recovered: Default::default(), signer };
    world.chain.send(operator, registry, with(proof)).value(BOND).fails_with(refused);
}

#[test]
fn the_domain_is_told_and_follows_the_chain() {
    let mut world = world();

    for chain_id in [world.chain.chain_id(), 1_088] {
        world.chain.set_chain_id(chain_id);
        let told = world.chain.view(world.registry, Registry::eip712DomainCall {});
        let separator = world.chain.view(world.registry, Registry::DOMAIN_SEPARATORCall {});

        assert_eq!((told.fields.0, told.chainId), ([0x0f], U256::from(chain_id)));
        assert_eq!((told.verifyingContract, told.salt), (world.registry, B256::ZERO));
        assert!(told.extensions.is_empty());
        let domain = Eip712Domain::new(
            Some(told.name.into()),
            Some(told.version.into()),
            Some(told.chainId),
            Some(told.verifyingContract),
            None,
        );
        assert_eq!(separator, domain.separator());
    }
    assert_eq!(
        keccak256("Registration(address owner,uint256 nonce)"),
        keccak256(emetis_common::eip712::REGISTRATION_TYPE)
    );
}
