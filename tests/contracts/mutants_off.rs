//! A released program looks at no mutant number.

use super::kit::*;
use super::signing::in_parts;
use super::vault::kit::{self as vault, Vault};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use emetis_common::mutants::MUTANTS;

/// A call and all that came of it.
type Told = (Result<(Bytes, u64, Vec<alloy_primitives::Log>), Failure>, U256);

/// Plays a story that would differ under the mutants: good calls and forbidden ones.
fn play(mut world: World) -> Vec<Told> {
    let (alice, bob, allocator, hub) = (world.alice, world.bob, world.allocator, world.hub);
    let (treasury, one) = (world.treasury, U256::ONE);
    world.donate(ether(1));
    let permit = world.permit(alice, bob, ether(1));
    let signature = world.sign(alice, &permit);
    let forged = world.sign(bob, &permit);
    let deposit = |receiver: Address| encoded(&Hub::depositCall { receiver, tag: B256::ZERO });
    let transfer = |to: Address, value| encoded(&Hub::transferCall { to, value });
    let (from, to) = (alice.address, bob.address);
    let take = encoded(&Hub::transferFromCall { from, to, value: one });
    let rewards = encoded(&Hub::receiveRewardsCall { receiver: to });
    let sweep = encoded(&Hub::sweepCall { receiver: to });
    let zero = U256::ZERO;
    let story = [
        (alice, ether(10), deposit(from)),
        (alice, one, deposit(hub)),
        (alice, zero, transfer(to, ether(1))),
        (alice, zero, transfer(from, ether(1))),
        (alice, zero, transfer(to, ether(99))),
        (bob, zero, transfer(to, zero)),
        (bob, zero, take.clone()),
        (bob, zero, encoded(&in_parts(&permit, forged))),
        (bob, zero, encoded(&in_parts(&permit, signature))),
        (bob, zero, encoded(&in_parts(&permit, signature))),
        (bob, zero, take),
        (bob, one, rewards.clone()),
        (allocator, one, rewards),
        (bob, zero, sweep.clone()),
        (treasury, zero, sweep),
        (bob, zero, Bytes::from_static(&[0xde, 0xad])),
        (bob, one, encoded(&Hub::totalSupplyCall {})),
        (bob, zero, encoded(&Hub::maxDepositCall { receiver: to })),
    ];
    let call = |(from, value, data)| {
        let outcome = world.chain.send_raw(from, hub, data).value(value).run();
        let told = outcome.map(|receipt| (receipt.output, receipt.gas_used, receipt.logs));
        (told, world.metis(hub))
    };
    story.into_iter().map(call).collect()
}

#[test]
fn no_mutant_number_changes_an_answer_or_a_unit_of_gas() {
    let slot = keccak256("emetis.mutant").into();
    let expected = play(world());
    assert!(expected.iter().any(|(told, _)| told.is_ok()));
    assert!(expected.iter().any(|(told, _)| told.is_err()));

    for number in numbers() {
        let mut world = world();
        world.chain.set_storage(world.hub, slot, number);

        assert_eq!(play(world), expected, "mutant {number}");
    }
}

/// Every number, and some that stand for none.
fn numbers() -> impl Iterator<Item = U256> {
    let numbers = MUTANTS.iter().map(|(number, ..)| U256::from(*number));
    numbers.chain([U256::ZERO, U256::from(MUTANTS.len() + 1), U256::MAX])
}

/// Plays a story of the vault: good calls and forbidden ones.
fn play_vault(mut world: vault::World) -> Vec<Told> {
    let (alice, bob, pool, hub) = (world.alice, world.bob, world.pool, world.hub);
    let (zero, one, program) = (U256::ZERO, U256::ONE, world.vault);
    for who in [alice, bob, pool] {
        world.fund(who, ether(10));
    }
    world.donate(bob, ether(3));
    let (owner, receiver) = (alice.address, bob.address);
    let stake = Hub::depositAndStakeCall { receiver, minShares: one, tag: B256::ZERO };
    let story = [
        (alice, zero, encoded(&Vault::depositCall { assets: ether(4), receiver: owner })),
        (alice, zero, encoded(&Vault::mintCall { shares: one, receiver })),
        (bob, zero, encoded(&Vault::notifyCall { assets: one })),
        (pool, zero, encoded(&Vault::notifyCall { assets: ether(1) })),
        (pool, zero, encoded(&Vault::notifyCall { assets: ether(1) })),
        (bob, zero, encoded(&Vault::convertToSharesCall { assets: ether(1) })),
        (alice, zero, encoded(&Vault::convertToSharesCall { assets: ether(1) })),
        (bob, zero, encoded(&Vault::previewRedeemCall { shares: ether(1) })),
        (bob, zero, encoded(&Vault::redeem_0Call { shares: one, receiver, owner })),
        (bob, zero, encoded(&Vault::settleCall { loss: one, pending: one })),
        (pool, zero, encoded(&Vault::settleCall { loss: one, pending: ether(2) })),
        (alice, zero, encoded(&Vault::withdrawCall { assets: ether(1), receiver, owner })),
        (alice, zero, encoded(&Vault::depositCall { assets: one, receiver })),
        (alice, zero, encoded(&Vault::maxDepositCall { receiver })),
        (alice, zero, encoded(&Vault::maxWithdrawCall { owner })),
        (bob, zero, encoded(&Vault::receiveDepositCall { assets: one, receiver, minShares: zero })),
    ];
    let call = |(from, value, data): (Account, U256, Bytes)| {
        let outcome = world.chain.send_raw(from, program, data).value(value).run();
        let told = outcome.map(|receipt| (receipt.output, receipt.gas_used, receipt.logs));
        (told, world.chain.balance(program))
    };
    let mut told: Vec<Told> = story.into_iter().map(call).collect();
    let staked = world.chain.send_raw(bob, hub, encoded(&stake)).value(ether(1)).run();
    let staked = staked.map(|receipt| (receipt.output, receipt.gas_used, receipt.logs));
    told.push((staked, world.chain.balance(hub)));
    told
}

#[test]
fn no_mutant_number_changes_the_vault_either() {
    let slot = keccak256("emetis.mutant").into();
    let expected = play_vault(vault::world());
    assert!(expected.iter().any(|(told, _)| told.is_ok()));
    assert!(expected.iter().any(|(told, _)| told.is_err()));

    for number in numbers() {
        let mut world = vault::world();
        world.chain.set_storage(world.vault, slot, number);
        world.chain.set_storage(world.hub, slot, number);

        assert_eq!(play_vault(world), expected, "mutant {number}");
    }
}
