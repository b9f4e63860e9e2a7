//! What went wrong elsewhere, with numbers: rounding, inflation, re-entry, sweeps, dust.

use alloy_primitives::{B256, U256};

use super::super::super::fixtures::IReenterer;
use super::super::kit::*;

const WEI: U256 = U256::ONE;
/// Rounds of a loop that is to gain by rounding.
const ROUNDS: u64 = 1_000;
/// A reward.
const REWARD: u64 = 32;

/// A running sequencer whose shares are worth 0.96 METIS and that takes delegations.
fn slashed() -> (World, U256) {
    let (mut world, id) = running();
    world.slash(id);
    world.chain.advance(JAIL);
    world.bond(id, BOND);
    world.does(world.operator, Staking::unjailCall { id });
    (world, id)
}

/// All that others have with a sequencer: what their positions are worth.
fn others(world: &World, id: U256) -> [U256; 2] {
    [world.worth(world.alice, id), world.worth(world.pool, id)]
}

/// Bunni, Balancer V2: a loop of small entries and exits, each rounded, took more than it brought.
#[test]
fn a_thousand_rounds_of_coming_and_going_gain_nothing() {
    let (mut world, id) = slashed();
    let thief = world.person("thief");
    let before = others(&world, id);
    let (mut brought, mut taken) = (U256::ZERO, U256::ZERO);

    for round in 0..ROUNDS {
        let assets = ether(1) + U256::from(round % 25 + 1);
        let shares = world.delegate(thief, id, assets);
        let out = world.does(thief, Staking::undelegateCall { id, shares });
        assert!(out.assets <= assets, "{} of {assets} in round {round}", out.assets);
        brought += assets;
        taken += out.assets;
    }

    assert!(taken <= brought && brought - taken <= U256::from(2 * ROUNDS), "{taken} of {brought}");
    let after = others(&world, id);
    assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{after:?}");
    assert_eq!(world.shares(thief, id), U256::ZERO);
}

/// The same, leaving in a thousand steps of a few shares after one entry.
#[test]
fn leaving_in_a_thousand_steps_takes_no_more_than_leaving_at_once() {
    let (mut world, id) = slashed();
    let thief = world.person("thief");
    let before = others(&world, id);
    let assets = ether(1) + U256::from(3 * ROUNDS);
    let shares = world.delegate(thief, id, assets);
    let mut taken = U256::ZERO;

    for _ in 0..ROUNDS {
        taken += world.does(thief, Staking::undelegateCall { id, shares: WEI }).assets;
    }
    let rest = world.shares(thief, id);
    taken += world.does(thief, Staking::undelegateCall { id, shares: rest }).assets;

    assert_eq!(rest, shares - U256::from(ROUNDS));
    assert!(taken <= assets && assets - taken <= U256::from(ROUNDS + 2), "{taken} of {assets}");
    let after = others(&world, id);
    assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{after:?}");
}

/// Inflation by the first delegator: slashes and donations make a share dear, and whoever comes next
/// is rounded down to fewer shares.
#[test]
fn whoever_comes_after_the_first_delegator_loses_a_wei_at_most() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let (thief, victim) = (world.person("thief"), world.person("victim"));
    world.delegate(thief, id, ether(1));

    for number in 1..=5 {
        // The first slash takes a tenth of bond and delegations from the bond, later ones find none.
        let proposal = world.propose(id, MAX_SLASH, B256::repeat_byte(number));
        let unlock = Staking::requestBondUnlockCall { id, assets: world.sequencer(id).bond };
        if unlock.assets != U256::ZERO {
            world.does(world.operator, unlock);
        }
        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);
        world.chain.advance(days(28));
        world.chain.deal(world.staking, ether(1_000));
    }
    world.bond(id, BOND);
    world.does(world.operator, Staking::unjailCall { id });
    let price = world.sequencer(id);
    assert!(price.delegated < price.shares, "{} for {}", price.delegated, price.shares);
    // The thief tops up to what a position needs, wei by wei.
    let short = ether(1) - world.worth(thief, id);
    world.delegate(thief, id, short + U256::from(2));
    for assets in 1..=20_u64 {
        world.delegate(thief, id, U256::from(assets));
    }
    world.chain.deal(world.staking, ether(1_000_000));

    for assets in [ether(1) + WEI, ether(10_000) + U256::from(7)] {
        let mut world = world.clone();
        let before = world.worth(thief, id);
        world.delegate(victim, id, assets);
        let worth = world.worth(victim, id);
        assert!(assets - worth <= WEI, "{worth} of {assets}");
        assert!(world.worth(thief, id) - before <= WEI);
    }
}

/// Penpie: whoever was paid rewards came back for them before they were off the books.
#[test]
fn rewards_that_are_claimed_again_during_their_payment_are_paid_once() {
    let (mut world, id) = running();
    let address = create(&mut world.chain, "Reenterer");
    let thief = world.person("helper");
    world.chain.deal(address, WEALTH);
    world.delegate(Account::at(address), id, ether(2_000));
    world.reward(id, ether(REWARD));
    let claim = Staking::claimRewardsCall { ids: vec![id, id], receiver: address };
    let arm = IReenterer::armCall {
        target: world.staking,
        value: U256::ZERO,
        payload: encoded(&claim),
        times: U256::from(5),
        insists: false,
    };
    world.chain.send(thief, address, arm).ok();
    let (before, due) = (world.metis(address), world.earned(Account::at(address), id));
    let (ledger, of_alice) = (world.ledger(), world.earned(world.alice, id));

    let paid = world.does(address, claim);

    assert_eq!((paid, world.metis(address) - before), (due, due));
    assert_eq!(ledger - world.ledger(), due);
    assert_eq!(world.earned(world.alice, id), of_alice);
    let strikes = world.chain.view(address, IReenterer::strikesCall {});
    assert_eq!(strikes, U256::from(5));
}

/// Frax: what the sweep took for nobody's was somebody's.
#[test]
fn a_sweep_takes_donations_and_nothing_of_buckets_rewards_or_slashes() {
    let (mut world, id) = running();
    let (alice, operator, treasury) = (world.alice, world.operator, world.treasury);
    let jailed = world.register(world.rival, world.other_signer, BOND);
    world.delegate(alice, jailed, ether(4_000));
    world.chain.advance(1);
    let proposal = world.propose(jailed, MAX_SLASH, EVIDENCE);
    // Rewards that pend, that are accrued, that are parked; a bucket; slashed METIS in hand.
    world.reward(id, ether(REWARD));
    let bucket = world.undelegate(alice, id, ether(1_000));
    world.reward(id, ether(REWARD));
    world.reward(jailed, ether(REWARD));
    world.does(world.keeper, Staking::accrueCall { id: jailed });
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);
    world.reward(jailed, ether(REWARD));
    world.chain.deal(world.staking, ether(3));
    let ledger = world.ledger();

    let receiver = world.keeper.address;
    let swept = world.does(treasury, Staking::sweepCall { receiver });
    let none = Staking::DonationsZero { balance: ledger, ledger };
    world.refuses(treasury, Staking::sweepCall { receiver }, none);

    assert_eq!((swept, world.ledger(), world.metis(world.staking)), (ether(3), ledger, ledger));
    // All that is anybody's is paid, to the last wei but for rounding.
    world.does(world.keeper, Staking::forwardSlashedCall {});
    world.chain.advance(JAIL);
    for (owner, id) in [(operator, id), (world.rival, jailed)] {
        world.does(owner, Staking::exitCall { id });
    }
    world.does(world.keeper, Staking::unjailCall { id: jailed });
    for (who, id) in [(alice, id), (alice, jailed), (Account::at(world.pool), id)] {
        let shares = world.shares(who, id);
        world.does(who, Staking::undelegateCall { id, shares });
        let ids = vec![id];
        world.does(who, Staking::claimRewardsCall { ids, receiver });
    }
    for (owner, id) in [(operator, id), (world.rival, jailed)] {
        world.does(owner, Staking::claimCommissionCall { id, receiver });
    }
    let last = world.latest(id);
    world.chain.warp_to(world.matures(id, last));
    for (who, id) in [(alice, id), (alice, jailed), (operator, id), (Account::at(world.pool), id)] {
        let (buckets, receiver) = (vec![bucket, world.latest(id)], receiver);
        world.does(who, Staking::claimUnlockedCall { id, buckets, receiver });
    }
    // What is left of the rival's bond.
    let rest = world.claimable(world.rival, jailed, world.latest(jailed));
    if rest != U256::ZERO {
        world.claim(world.rival, jailed, world.latest(jailed));
    }
    assert!(world.ledger() <= U256::from(10), "{}", world.ledger());
    assert_eq!(world.metis(world.staking), world.ledger());
}
