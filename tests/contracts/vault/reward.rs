//! Rewards come in and unlock over time.

use super::kit::*;
use alloy_primitives::U256;

const ONE: U256 = U256::ONE;

fn notify(assets: U256) -> Vault::notifyCall {
    Vault::notifyCall { assets }
}

#[test]
fn a_reward_unlocks_in_a_line_over_seven_days() {
    let mut world = world();
    let (pool, vault) = (world.pool, world.vault);
    world.stake(world.alice, ether(6));
    world.fund(pool, ether(7));
    let start = world.chain.time();

    let receipt = world.chain.send(pool, vault, notify(ether(7))).ok();

    let (caller, assets, locked) = (pool.address, ether(7), ether(7));
    let end = U256::from(start + CYCLE);
    assert_eq!(receipt.output, end);
    receipt.emitted(Vault::Notified { caller, assets, locked, end });
    assert_eq!(world.total_assets(), ether(7));
    for day in 1..=7 {
        world.chain.warp_to(start + days(day));
        assert_eq!(world.total_assets(), ether(7 + day));
        assert_eq!(world.totals().locked, ether(7 - day));
    }
    world.chain.advance(days(30));
    assert_eq!((world.total_assets(), world.totals().ledger), (ether(14), ether(14)));
    // Six sevenths are Alice's, but for the part of the virtual shares.
    assert_eq!(world.worth(world.alice), ether(12) - ONE);
}

#[test]
fn a_second_reward_ends_at_the_weighted_mean() {
    let mut world = world();
    let start = world.chain.time();
    world.notify(ether(7));
    world.chain.advance(days(4));

    // 3 METIS with 3 days to go, and 1 METIS with 7: (9 + 7) / 4 days.
    let end = world.notify(ether(1));

    assert_eq!(end, start + days(4) + days(4));
    assert_eq!(world.totals().locked, ether(4));
    world.chain.advance(days(1));
    assert_eq!(world.totals().locked, ether(3));
}

#[test]
fn rewards_come_once_a_day_at_most() {
    let mut world = world();
    let (pool, vault, start) = (world.pool, world.vault, world.chain.time());
    let next = U256::from(start + INTERVAL);
    assert_eq!(world.chain.view(vault, Vault::streamCall {}).next, U256::ZERO);
    world.notify(ether(1));
    assert_eq!(world.chain.view(vault, Vault::streamCall {}).next, next);
    world.fund(pool, ether(2));

    for later in [0, 1, INTERVAL - 1] {
        world.chain.warp_to(start + later);
        let refused = Vault::NotifyTooEarly { next };
        world.chain.send(pool, vault, notify(ether(1))).fails_with(refused);
    }
    world.chain.warp_to(start + INTERVAL);
    world.chain.send(pool, vault, notify(ether(1))).ok();
}

#[test]
fn only_the_pool_brings_rewards() {
    let mut world = world();
    let (vault, hub, pool) = (world.vault, world.hub, world.pool.address);
    world.fund(world.alice, ether(1));

    for caller in [world.alice, world.treasury, Account::at(hub), Account::at(vault)] {
        let refused = Vault::CallerNotPool { caller: caller.address, pool };
        // Before the amount is looked at.
        world.chain.send(caller, vault, notify(U256::ZERO)).fails_with(refused.clone());
        world.chain.send(caller, vault, notify(ONE)).fails_with(refused);
    }
    let nothing = Vault::AssetsZero {};
    world.chain.send(world.pool, vault, notify(U256::ZERO)).fails_with(nothing);
}

#[test]
fn a_reward_is_paid_for() {
    let mut world = world();
    let (pool, vault, storage) = (world.pool, world.vault, world.storage());
    let needed = ether(1);

    let allowance = U256::ZERO;
    let refused = Hub::ERC20InsufficientAllowance { spender: vault, allowance, needed };
    world.chain.send(pool, vault, notify(needed)).fails_with(refused);
    world.allow(pool, U256::MAX);
    let (sender, balance) = (pool.address, U256::ZERO);
    let refused = Hub::ERC20InsufficientBalance { sender, balance, needed };
    world.chain.send(pool, vault, notify(needed)).fails_with(refused);

    assert_eq!(world.storage(), storage);
}

#[test]
fn rewards_wait_while_there_is_a_provision() {
    let mut world = world();
    world.fund(world.pool, ether(2));
    world.settle(U256::ZERO, ether(1));

    let refused = Vault::NotifyHalted { provision: ether(1) };
    world.chain.send(world.pool, world.vault, notify(ONE)).fails_with(refused);
    world.settle(U256::ZERO, U256::ZERO);

    world.chain.send(world.pool, world.vault, notify(ONE)).ok();
}

#[test]
fn a_reward_that_the_ledger_cannot_hold_is_refused() {
    let mut world = world();
    let (pool, vault) = (world.pool, world.vault);
    let (ledger, limit) = (METIS, (ONE << 84) - ONE);
    world.conjure(pool, U256::MAX >> 128);

    for assets in [limit - ledger + ONE, ONE << 128, U256::MAX] {
        let refused = Vault::LedgerOverflow { ledger, assets, limit };
        world.chain.send(pool, vault, notify(assets)).fails_with(refused);
    }
    world.chain.send(pool, vault, notify(limit - ledger)).ok();

    assert_eq!(world.totals().ledger, limit);
    world.chain.advance(CYCLE);
    assert_eq!(world.total_assets(), limit);
}

#[test]
fn a_reward_changes_nothing_at_the_moment_it_comes() {
    let mut world = world();
    world.stake(world.alice, ether(3));
    world.notify(ether(5));
    world.chain.advance(days(2) + 1);
    world.fund(world.pool, ether(9));
    let before = (world.total_assets(), world.worth(world.alice));

    world.chain.send(world.pool, world.vault, notify(ether(9))).ok();

    assert_eq!((world.total_assets(), world.worth(world.alice)), before);
}
