//! Losses: pending, recognised, lifted.

use super::kit::*;
use alloy_primitives::{Address, U256};

const NONE: U256 = U256::ZERO;

fn settle(loss: U256, pending: U256) -> Vault::settleCall {
    Vault::settleCall { loss, pending }
}

#[test]
fn a_recognised_loss_burns_emetis_of_the_vault() {
    let mut world = world();
    let (pool, hub, vault) = (world.pool, world.hub, world.vault);
    world.stake(world.alice, ether(9));

    let receipt = world.chain.send(pool, vault, settle(ether(4), NONE)).ok();

    let (caller, loss, pending, locked) = (pool.address, ether(4), NONE, NONE);
    let total_assets = ether(6);
    receipt.emitted(Vault::Settled { caller, loss, pending, locked, totalAssets: total_assets });
    receipt.emitted(Hub::Burned { caller: vault, assets: loss, supply: ether(6) });
    receipt.emitted(Hub::Transfer { from: vault, to: Address::ZERO, value: loss });
    assert_eq!((world.total_assets(), world.totals().ledger), (ether(6), ether(6)));
    assert_eq!(world.assets(vault), ether(6));
    assert_eq!(world.chain.view(hub, Hub::totalSupplyCall {}), ether(6));
    assert_eq!(world.worth(world.alice), milliether(5_400));
}

#[test]
fn a_loss_takes_locked_rewards_first() {
    let mut world = world();
    world.stake(world.alice, ether(9));
    let end = world.notify(ether(7));
    world.chain.advance(days(1));
    assert_eq!((world.total_assets(), world.totals().locked), (ether(11), ether(6)));

    world.settle(ether(4), NONE);
    assert_eq!((world.total_assets(), world.totals().locked), (ether(11), ether(2)));
    assert_eq!(world.chain.view(world.vault, Vault::streamCall {}).end, U256::from(end));
    world.settle(ether(4), NONE);

    assert_eq!((world.total_assets(), world.totals().locked), (ether(9), NONE));
}

#[test]
fn a_pending_loss_weighs_at_once_and_a_lifted_one_no_more() {
    let mut world = world();
    world.stake(world.alice, ether(9));

    world.settle(NONE, ether(4));
    assert_eq!((world.total_assets(), world.totals().provision), (ether(6), ether(4)));
    assert_eq!(world.worth(world.alice), milliether(5_400));
    assert_eq!(world.totals().ledger, ether(10));
    world.settle(NONE, NONE);

    assert_eq!((world.total_assets(), world.totals().provision), (ether(10), NONE));
    assert_eq!(world.worth(world.alice), ether(9));
}

#[test]
fn nobody_dodges_a_pending_loss_while_rewards_unlock() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let (some, more) = (world.stake(alice, ether(6)), world.stake(bob, ether(3)));
    world.notify(ether(7));
    world.settle(NONE, ether(10));
    assert_eq!(world.totals().provision, ether(3));

    // Rewards unlock into the provision, not into what leavers take.
    for _ in 0..3 {
        assert_eq!(world.total_assets(), ether(7));
        world.chain.advance(days(2));
    }
    assert_eq!(world.totals().provision, ether(9));
    assert_eq!(world.redeem(alice, some), milliether(4_200));
    world.settle(ether(10), NONE);

    assert_eq!(world.redeem(bob, more), milliether(2_100));
    assert_eq!(world.worth(DEAD), milliether(700));
}

#[test]
fn a_pending_loss_that_locked_rewards_bear_closes_nothing() {
    let mut world = world();
    world.notify(ether(7));

    world.settle(NONE, ether(6));

    assert_eq!((world.totals().provision, world.total_assets()), (NONE, METIS));
    assert!(!world.max_deposit().is_zero());
    // A day later only 6 METIS are locked, and soon less.
    world.chain.advance(days(1));
    assert!(!world.max_deposit().is_zero());
    world.chain.advance(1);
    assert!(world.max_deposit().is_zero());
}

#[test]
fn only_the_pool_settles() {
    let mut world = world();
    let pool = world.pool.address;
    let callers = [world.alice, world.treasury, Account::at(world.hub), Account::at(world.vault)];

    for caller in callers {
        for call in [settle(NONE, NONE), settle(U256::ONE, NONE), settle(U256::MAX, U256::MAX)] {
            let refused = Vault::CallerNotPool { caller: caller.address, pool };
            world.chain.send(caller, world.vault, call).fails_with(refused);
        }
    }
}

#[test]
fn no_more_is_lost_than_there_is() {
    let mut world = world();
    let (pool, vault) = (world.pool, world.vault);
    let ledger = METIS;

    for loss in [METIS + U256::ONE, U256::ONE << 128, U256::MAX] {
        let refused = Vault::LossTooLarge { loss, ledger };
        world.chain.send(pool, vault, settle(loss, U256::MAX)).fails_with(refused);
    }
    for pending in [METIS + U256::ONE, U256::ONE << 128, U256::MAX] {
        let refused = Vault::PendingTooLarge { pending, ledger };
        world.chain.send(pool, vault, settle(NONE, pending)).fails_with(refused);
    }
    let (half, more) = (METIS / U256::from(2), METIS / U256::from(2) + U256::ONE);
    let refused = Vault::PendingTooLarge { pending: more, ledger: half };
    world.chain.send(pool, vault, settle(half, more)).fails_with(refused);
    world.chain.send(pool, vault, settle(half, half)).ok();

    assert_eq!(world.total_assets(), NONE);
}

#[test]
fn after_a_wipe_out_entries_open_when_shares_stand_for_a_metis_again() {
    let mut world = world();
    let (alice, vault) = (world.alice, world.vault);
    let shares = world.stake(alice, ether(9));
    world.settle(ether(10), NONE);
    assert_eq!((world.total_assets(), world.max_deposit()), (NONE, NONE));
    assert_eq!(world.totals().shares, ether(10) * OFFSET);

    // Rewards still come, and are those of the holders who lost.
    world.notify(ether(7));
    world.chain.advance(days(1) - 1);
    assert_eq!(world.max_deposit(), NONE);
    world.chain.advance(1);
    assert!(!world.max_deposit().is_zero());
    assert_eq!(world.total_assets(), METIS);

    assert_eq!(world.shares(alice), shares);
    assert_eq!(world.worth(alice), milliether(900));
    assert_eq!(world.chain.view(vault, Vault::maxRedeemCall { owner: alice.address }), shares);
}

#[test]
fn the_next_reward_keeps_its_distance_from_the_last_whatever_is_settled() {
    let mut world = world();
    world.notify(ether(1));
    let next = world.chain.view(world.vault, Vault::streamCall {}).next;

    world.chain.advance(hours(1));
    world.settle(milliether(300), milliether(500));

    assert_eq!(world.chain.view(world.vault, Vault::streamCall {}).next, next);
}
