//! Registering a sequencer.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

#[test]
pub(crate) fn an_operator_registers_a_sequencer_with_its_bond() {
    let mut world = world();
    let (operator, signer) = (world.operator, world.signer);
    let before = world.chain.balance(operator);
    let call = world.registration(operator, signer);

    let receipt = world.chain.send(operator, world.registry, call).value(BOND).ok();

    let (id, nonce) = (U256::ONE, U256::ONE);
    assert_eq!(receipt.output, id);
    let owner = operator.address;
    receipt.emitted(Staking::Opened {
        id,
        owner,
        rewardRecipient: owner,
        group: U256::ONE,
        bond: BOND,
        nonce,
    });
    let registered = Registry::Registered {
        id,
        owner,
        signer: signer.address,
        key: signer.public_key(),
        commissionBps: COMMISSION,
        nonce,
    };
    receipt.emitted(registered);
    assert_eq!(receipt.logs.len(), 2);
    let chain = &world.chain;
    let told = chain.view(world.registry, Registry::signerOfCall { id });
    assert_eq!((told.signer, told.key), (signer.address, signer.public_key()));
    assert_eq!(told.changed, world.now());
    let signer = signer.address;
    assert_eq!(chain.view(world.registry, Registry::idOfCall { signer }), id);
    assert_eq!(world.nonce(operator), U256::ONE);
    let sequencer = world.sequencer(id);
    assert_eq!(
        (sequencer.bond, sequencer.commissionBps, sequencer.nonce),
        (BOND, COMMISSION, nonce)
    );
    assert_eq!((chain.balance(world.staking), chain.balance(world.registry)), (BOND, U256::ZERO));
    assert_eq!(before - chain.balance(operator), BOND);
}

/// What registering may cost, in gas.
const BUDGET: u64 = 300_000;

#[test]
fn registering_stays_within_its_budget() {
    let mut world = world();
    let call = world.registration(world.operator, world.signer);
    let first = world.chain.send(world.operator, world.registry, call).value(BOND).ok();
    let call = world.registration(world.rival, world.other_signer);
    let second = world.chain.send(world.rival, world.registry, call).value(BOND).ok();

    let gas = [first.gas_used, second.gas_used];

    assert!(gas.iter().all(|gas| *gas <= BUDGET), "{gas:?}");
}

#[test]
fn ids_are_dense_and_what_is_unknown_is_zero() {
    let mut world = world();

    let first = world.register(world.operator, world.signer, BOND);
    let second = world.register(world.rival, world.other_signer, BOND);

    assert_eq!((first, second), (U256::ONE, U256::from(2)));
    for id in [U256::ZERO, U256::from(3), U256::MAX, U256::ONE << 32] {
        let told = world.chain.view(world.registry, Registry::signerOfCall { id });
        assert_eq!((told.signer, told.changed), (Address::ZERO, U256::ZERO));
        let told = world.chain.view(world.registry, Registry::announcedCall { id });
        assert_eq!((told.commissionBps, told.due), (U256::ZERO, U256::ZERO));
    }
}

#[test]
pub(crate) fn a_commission_is_not_above_the_highest() {
    let mut world = world();
    let mut call = world.registration(world.operator, world.signer);
    call.commissionBps = U256::from(2_001);

    let (named, max) = (U256::from(2_001), U256::from(2_000));
    let refused = Registry::CommissionTooHigh { commissionBps: named, maxBps: max };
    world.chain.send(world.operator, world.registry, call.clone()).value(BOND).fails_with(refused);

    call.commissionBps = max;
    world.chain.send(world.operator, world.registry, call).value(BOND).ok();
}

#[test]
fn what_staking_refuses_comes_back_unchanged_and_uses_up_nothing() {
    let mut world = world();
    let (operator, registry) = (world.operator, world.registry);
    let call = world.registration(operator, world.signer);
    let before = world.storage();

    let small = BOND - U256::ONE;
    let refused = Staking::BondTooSmall { bond: small, needed: BOND };
    world.chain.send(operator, registry, call.clone()).value(small).fails_with(refused);
    let nobody = Registry::register_0Call { rewardRecipient: Address::ZERO, ..call.clone() };
    let refused = Staking::AccountZero {};
    world.chain.send(operator, registry, nobody).value(BOND).fails_with(refused);
    assert_eq!(world.storage(), before);

    world.chain.send(world.guardian, world.staking, Staking::pauseCall { duration: 60 }).ok();
    let refused = Staking::EntriesPaused { until: world.now() + U256::from(60) };
    world.chain.send(operator, registry, call.clone()).value(BOND).fails_with(refused);
    world.chain.advance(60);
    world.chain.send(operator, registry, call).value(BOND).ok();
}

#[test]
fn a_place_is_taken_only_while_all_are() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let call = world.registration(world.rival, world.other_signer);
    let call = |displaced| Registry::register_1Call {
        signer: call.signer,
        key: call.key,
        rewardRecipient: call.rewardRecipient,
        commissionBps: call.commissionBps,
        proof: call.proof.clone(),
        displaced,
    };

    let offered = BOND + U256::ONE;
    let refused = Staking::DisplacementRefused { id, bond: BOND, offered };
    let (rival, registry) = (world.rival, world.registry);
    world.chain.send(rival, registry, call(id)).value(offered).fails_with(refused);
    let unknown = Staking::SequencerUnknown { id: U256::from(9) };
    world.chain.send(rival, registry, call(U256::from(9))).value(offered).fails_with(unknown);

    let receipt = world.chain.send(rival, registry, call(U256::ZERO)).value(offered).ok();
    assert_eq!(receipt.output, U256::from(2));
}
