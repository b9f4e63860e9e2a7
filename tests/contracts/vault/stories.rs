//! What happened to other vaults, and attacks on streams, with their numbers.

use super::kit::*;
use alloy_primitives::{Address, U256};

const ONE: U256 = U256::ONE;

/// First-depositor inflation: a wei of shares is made expensive by a donation, so that the next
/// deposit rounds to nothing.
#[test]
fn a_first_depositor_cannot_inflate_the_rate() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);

    let attackers = world.stake(bob, ONE);
    world.donate(bob, ether(10_000));
    let victims = world.stake(alice, ether(10_000));

    assert_eq!((attackers, victims), (OFFSET, ether(10_000) * OFFSET));
    assert_eq!((world.redeem(alice, victims), world.redeem(bob, attackers)), (ether(10_000), ONE));
}

/// Resupply, Venus wUSDM: a donation to an empty vault moved the rate that a lender relied on.
#[test]
fn a_donation_to_an_empty_vault_moves_no_rate() {
    let mut world = world();
    let (vault, shares) = (world.vault, ether(1) * OFFSET);
    let rate = |world: &World| {
        let assets = world.chain.view(vault, Vault::convertToAssetsCall { shares });
        (assets, world.total_assets(), world.max_deposit(), world.worth(DEAD))
    };
    let before = rate(&world);

    world.donate(world.bob, ether(1_000_000));
    world.chain.deal(vault, ether(1_000_000));

    assert_eq!(rate(&world), before);
    assert_eq!(before.0, ether(1));
}

/// Meta Pool: an inherited `mint` gave shares without taking assets.
#[test]
fn no_entry_mints_shares_without_assets() {
    let mut world = world();
    let (bob, vault, hub) = (world.bob, world.vault, world.hub);
    let (receiver, supply) = (bob.address, world.totals().shares);

    assert!(world.chain.send(bob, vault, Vault::mintCall { shares: ONE, receiver }).run().is_err());
    let call = Vault::depositCall { assets: ONE, receiver };
    assert!(world.chain.send(bob, vault, call).run().is_err());
    let call = Vault::receiveDepositCall { assets: ONE, receiver, minShares: U256::ZERO };
    assert!(world.chain.send(bob, vault, call).run().is_err());
    let call = Hub::depositAndStakeCall { receiver, minShares: U256::ZERO, tag: TAG };
    assert!(world.chain.send(bob, hub, call).run().is_err());

    assert_eq!(world.totals().shares, supply);
}

/// yETH: at a supply of zero a bootstrap path priced shares anew.
#[test]
fn supply_never_returns_to_zero_and_nothing_is_priced_anew() {
    let mut world = world();
    let alice = world.alice;
    let shares = world.stake(alice, ether(5));
    world.notify(ether(1));
    world.chain.advance(CYCLE);
    let rate = |world: &World| {
        let shares = ether(1_000) * OFFSET;
        world.chain.view(world.vault, Vault::convertToAssetsCall { shares })
    };
    let before = rate(&world);

    world.redeem(alice, shares);
    assert_eq!(world.totals().shares, METIS * OFFSET);
    let alone = rate(&world);
    world.stake(alice, ether(1));

    // 7 METIS for 6 million million million shares, and what rounding leaves to the dead stake.
    assert!(ether(7_000) / U256::from(6) - before < U256::from(100), "{before}");
    assert!(alone >= before && alone - before <= U256::from(1_000), "{alone}");
    assert!(rate(&world) >= alone);
}

/// Bunni, Balancer V2: rounding in the caller's favour, repeated.
#[test]
fn a_thousand_small_round_trips_gain_nothing() {
    let mut world = world();
    let (bob, vault, receiver) = (world.bob, world.vault, world.bob.address);
    world.stake(world.alice, ether(3));
    world.notify(ether(1));
    world.chain.advance(days(3) + 12_345);
    world.fund(bob, ether(1));
    let (alices, before) = (world.worth(world.alice), world.assets(bob));

    for trip in 0..1_000_u64 {
        let assets = U256::from(trip % 7 + 1);
        let shares =
            world.chain.send(bob, vault, Vault::depositCall { assets, receiver }).ok().output;
        let call = Vault::redeem_0Call { shares, receiver, owner: receiver };
        // A wei in, at most a wei out; less than one is refused and stays as shares.
        let _ = world.chain.send(bob, vault, call).run();
    }

    assert!(world.assets(bob) + world.worth(bob) <= before);
    assert!(world.worth(world.alice) >= alices);
}

/// sfrxETH: `redeem(maxRedeem)` failed in the middle of a cycle.
#[test]
fn everything_can_be_redeemed_in_the_middle_of_a_cycle() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(alice, ether(5));
    world.stake(bob, ether(7));
    world.notify(ether(3));

    for (owner, second) in [(alice, 1), (bob, days(3))] {
        world.chain.advance(second);
        let shares = world.chain.view(vault, Vault::maxRedeemCall { owner: owner.address });
        let told = world.chain.view(vault, Vault::maxWithdrawCall { owner: owner.address });
        assert_eq!(world.redeem(owner, shares), told);
    }

    assert_eq!(world.totals().shares, METIS * OFFSET);
}

/// Synthetix: rewards that came while nobody had staked were stuck.
#[test]
fn a_reward_to_an_empty_vault_is_the_dead_stakes_and_raises_the_rate() {
    let mut world = world();

    world.notify(ether(7));
    world.chain.advance(CYCLE);

    // A million virtual shares take a part of 10^-18.
    assert_eq!((world.worth(DEAD), world.total_assets()), (ether(8) - U256::from(7), ether(8)));
    // Who enters then pays the new rate, and takes nothing of it.
    let shares = world.stake(world.alice, ether(8));
    assert_eq!(world.redeem(world.alice, shares), ether(8) - ONE);
}

/// A flash loan round a reward: in before it, out after it, in one block.
#[test]
fn entering_before_a_reward_and_leaving_after_it_gains_nothing() {
    let mut world = world();
    let bob = world.bob;
    world.stake(world.alice, ether(10));
    world.notify(ether(7));
    world.chain.advance(days(3));
    world.fund(world.pool, ether(100));

    let shares = world.stake(bob, ether(200_000));
    let assets = ether(100);
    world.chain.send(world.pool, world.vault, Vault::notifyCall { assets }).ok();
    let back = world.redeem(bob, shares);

    assert!(ether(200_000) - back <= ONE, "{back}");
}

/// Capital that comes for a day gets a day's part of the stream, in proportion, and no more.
#[test]
fn a_day_of_capital_earns_a_days_part() {
    let mut world = world();
    let bob = world.bob;
    world.stake(world.alice, ether(99));
    world.notify(ether(70));

    let shares = world.stake(bob, ether(900));
    world.chain.advance(days(1));
    let back = world.redeem(bob, shares);

    // 10 METIS unlock in a day; nine tenths of the shares are Bob's.
    assert!(ether(909) - back <= U256::from(2), "{back}");
}

/// Daily dust: whoever controls harvests must not be able to stretch a stream.
#[test]
fn a_wei_a_day_stretches_a_stream_by_seconds() {
    let mut world = world();
    let start = world.chain.time();
    let end = world.notify(ether(100));
    assert_eq!(end, start + CYCLE);

    for _ in 0..6 {
        world.chain.advance(days(1));
        let stretched = world.notify(ONE);
        assert!(stretched <= end + 7, "{stretched}");
    }

    world.chain.warp_to(end + 7);
    assert_eq!(world.totals().locked, U256::ZERO);
}

/// Frax: a sweep of "surplus" took what belonged to holders.
#[test]
fn a_sweep_leaves_what_holders_are_owed_whatever_happened_before() {
    let mut world = world();
    let (alice, treasury, vault) = (world.alice, world.treasury, world.vault);
    let shares = world.stake(alice, ether(9));
    world.notify(ether(5));
    world.settle(ether(1), ether(3));
    world.donate(world.bob, ONE);

    let call = Vault::sweepCall { receiver: treasury.address };
    let swept = world.chain.send(treasury, vault, call).ok().output.assets;

    assert_eq!((swept, world.assets(vault)), (ONE, ether(14)));
    world.settle(U256::ZERO, U256::ZERO);
    world.chain.advance(CYCLE);
    assert_eq!(world.redeem(alice, shares), milliether(12_600) - ONE);
}

/// Popsicle: moving shares did not move the claim on rewards with them.
#[test]
fn shares_that_travel_earn_once() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    let shares = world.stake(alice, ether(6));
    world.notify(ether(7));

    for (day, (from, to)) in [(alice, bob), (bob, alice), (alice, bob)].into_iter().enumerate() {
        world.chain.advance(days(1));
        let call = Vault::transferCall { to: to.address, value: shares };
        world.chain.send(from, vault, call).ok();
        let unlocked = ether(7) + ether(day as u64 + 1);
        assert_eq!(world.worth(to) + world.worth(from), unlocked * U256::from(6) / U256::from(7));
    }
}

/// A holder who sees a loss coming leaves before it is pending, and pays for it afterwards only
/// what is left to others: the pool makes it pending in the block in which it becomes known.
#[test]
fn leaving_between_proposal_and_execution_loses_what_staying_loses() {
    let (mut leaves, mut stays) = (world(), world());
    for world in [&mut leaves, &mut stays] {
        world.stake(world.alice, ether(9));
        world.stake(world.bob, ether(10));
        world.settle(U256::ZERO, ether(2));
    }

    let shares = leaves.shares(leaves.bob);
    let left = leaves.redeem(leaves.bob, shares);
    // What Bob leaves behind of the loss is his part of it: 10 of 20.
    leaves.settle(ether(2), U256::ZERO);
    stays.settle(ether(2), U256::ZERO);

    assert_eq!(left, ether(9));
    assert_eq!(stays.worth(stays.bob), ether(9));
    assert_eq!(leaves.worth(leaves.alice), stays.worth(stays.alice));
}

/// What anyone can do to a vault whose program is the only one called directly: nothing.
#[test]
fn a_stranger_changes_no_figure_of_a_holder() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(alice, ether(3));
    let before = (world.worth(alice), world.shares(alice), world.totals());
    let owner = alice.address;

    let calls: [Vec<u8>; 4] = [
        alloy_sol_types::SolCall::abi_encode(&Vault::redeem_0Call {
            shares: ONE,
            receiver: bob.address,
            owner,
        }),
        alloy_sol_types::SolCall::abi_encode(&Vault::withdrawCall {
            assets: ONE,
            receiver: bob.address,
            owner,
        }),
        alloy_sol_types::SolCall::abi_encode(&Vault::transferFromCall {
            from: owner,
            to: bob.address,
            value: ONE,
        }),
        alloy_sol_types::SolCall::abi_encode(&Vault::settleCall { loss: ONE, pending: ONE }),
    ];
    for call in calls {
        assert!(world.chain.send_raw(bob, vault, call).run().is_err());
    }
    let zero = Vault::transferFromCall { from: owner, to: bob.address, value: U256::ZERO };
    world.chain.send(bob, vault, zero).ok();

    assert_eq!((world.worth(alice), world.shares(alice), world.totals()), before);
    assert_ne!(owner, Address::ZERO);
}
