//! Another signer for a sequencer.

use super::super::kit::*;
use alloy_primitives::U256;

/// A sequencer whose signer can be replaced.
fn seasoned() -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.chain.advance(WEEK);
    (world, id)
}

#[test]
pub(crate) fn an_owner_changes_the_signer_and_the_old_one_is_burnt() {
    let (mut world, id) = seasoned();
    let (operator, registry) = (world.operator, world.registry);
    let (old, new) = (world.signer, world.other_signer);
    let call = world.change(id, operator, new);

    let receipt = world.chain.send(operator, registry, call).ok();

    let changed = Registry::SignerChanged {
        id,
        oldSigner: old.address,
        newSigner: new.address,
        key: new.public_key(),
        nonce: U256::from(2),
    };
    receipt.emitted(changed);
    assert_eq!(receipt.logs.len(), 1);
    let told = world.chain.view(registry, Registry::signerOfCall { id });
    assert_eq!((told.signer, told.key, told.changed), (new.address, new.public_key(), world.now()));
    for signer in [old.address, new.address] {
        assert_eq!(world.chain.view(registry, Registry::idOfCall { signer }), id, "both map to it");
    }
    assert_eq!((world.nonce(operator), world.sequencer(id).nonce), (U256::from(2), U256::from(2)));
    let call = world.registration(world.rival, old);
    let refused = Registry::SignerTaken { signer: old.address, id };
    world.chain.send(world.rival, registry, call).value(BOND).fails_with(refused);
    world.chain.advance(WEEK);
    let call = world.change(id, operator, old);
    let refused = Registry::SignerTaken { signer: old.address, id };
    world.chain.send(operator, registry, call).fails_with(refused);
}

#[test]
pub(crate) fn a_signer_serves_for_a_week() {
    let mut world = world();
    let (operator, registry) = (world.operator, world.registry);
    let id = world.register(operator, world.signer, BOND);
    let next = world.now() + U256::from(WEEK);
    let refused = || Registry::SignerChangedTooEarly { id, next };
    let call = world.change(id, operator, world.other_signer);

    world.chain.send(operator, registry, call.clone()).fails_with(refused());
    world.chain.advance(WEEK - 1);
    world.chain.send(operator, registry, call.clone()).fails_with(refused());
    world.chain.advance(1);
    world.chain.send(operator, registry, call).ok();

    let third = world.chain.account("third signer");
    let call = world.change(id, operator, third);
    let next = world.now() + U256::from(WEEK);
    let refused = Registry::SignerChangedTooEarly { id, next };
    world.chain.send(operator, registry, call).fails_with(refused);
}

#[test]
pub(crate) fn nobody_else_changes_a_sequencer() {
    let (mut world, id) = seasoned();
    let (rival, registry) = (world.rival, world.registry);
    let (caller, owner) = (rival.address, world.operator.address);
    let refused = || Registry::CallerNotOwner { caller, owner };

    let call = world.change(id, rival, world.other_signer);
    world.chain.send(rival, registry, call).fails_with(refused());
    let call = Registry::announceCommissionCall { id, commissionBps: U256::ZERO };
    world.chain.send(rival, registry, call).fails_with(refused());
    world.chain.send(rival, registry, Registry::applyCommissionCall { id }).fails_with(refused());
}

#[test]
fn what_is_no_sequencer_has_nothing_to_change() {
    let (mut world, _) = seasoned();
    let (operator, registry) = (world.operator, world.registry);

    for id in [U256::ZERO, U256::from(2), U256::MAX, (U256::ONE << 32) + U256::ONE] {
        let unknown = || Registry::SequencerUnknown { id };
        let call = world.change(id, operator, world.other_signer);
        world.chain.send(operator, registry, call).fails_with(unknown());
        let call = Registry::announceCommissionCall { id, commissionBps: U256::ZERO };
        world.chain.send(operator, registry, call).fails_with(unknown());
        let call = Registry::applyCommissionCall { id };
        world.chain.send(operator, registry, call).fails_with(unknown());
    }
}

#[test]
fn a_change_of_the_signer_is_proven_like_a_registration() {
    let (mut world, id) = seasoned();
    let (operator, registry) = (world.operator, world.registry);
    let good = world.change(id, operator, world.other_signer);
    let signer = world.other_signer.address;

    let call = Registry::setSignerCall { key: world.signer.public_key(), ..good.clone() };
    world.chain.send(operator, registry, call).fails_with(Registry::KeyInvalid { signer });
    let proof = world.prove(world.rival, operator.address, U256::ONE);
    let call = Registry::setSignerCall { proof, ..good.clone() };
    let refused = Registry::ProofInvalid { recovered: world.rival.address, signer };
    world.chain.send(operator, registry, call).fails_with(refused);
    let call = Registry::setSignerCall { proof: Default::default(), ..good };
    let refused = Registry::ECDSAInvalidSignatureLength { length: U256::ZERO };
    world.chain.send(operator, registry, call).fails_with(refused);
}

#[test]
fn a_new_owner_proves_with_its_own_nonce() {
    let (mut world, id) = seasoned();
    let (operator, rival, registry) = (world.operator, world.rival, world.registry);
    let propose = Staking::setOwnerCall { id, newOwner: rival.address };
    world.chain.send(operator, world.staking, propose).ok();
    world.chain.send(rival, world.staking, Staking::acceptOwnerCall { id }).ok();
    let call = world.change(id, rival, world.other_signer);

    world.chain.send(rival, registry, call).ok();

    assert_eq!((world.nonce(rival), world.nonce(operator)), (U256::ONE, U256::ONE));
}
