//! The lean Solidity twins: their numbers by hand, and the suite beside them.
//!
//! What gas is compared with must do the same work; here it is shown to do the same, in streams,
//! losses, donations and all.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::chance::check;
use super::kit::*;
use super::sides::{ORDINARY, POOL, Side, Sides, ordinary, special};
use alloy_primitives::{B256, U256};
use emetis::campaign::amounts::{amount, amount_below};
use emetis::interfaces::IStakedMetis as Vault;
use emetis::suite::{Params, Suite};
use proptest::prelude::*;

/// Steps of a story.
const LONGEST: usize = 24;
/// What everybody has of both assets.
const FORTUNE: u64 = 10_000;
/// What two of them have in the vaults when a story begins.
const STAKED: u64 = 1_000;
/// Shares of one wei while nothing has been gained or lost.
const OFFSET: U256 = U256::from_limbs([1_000_000, 0, 0, 0]);
/// Bits of the seconds between two steps: some are longer than a reward takes to unlock.
const WAIT_BITS: u32 = 20;

/// The suite and its twins.
fn new() -> Sides {
    let mut chain = Chain::new();
    let params = Params::default();
    let suite = Suite::deploy_programs(&mut chain, programs(), params.clone());
    let twins = Suite::deploy_twins(&mut chain, &params);
    let [ours, theirs] =
        [suite, twins].map(|suite| Side { asset: suite.liquid_staking, vault: suite.staked_metis });
    let people = ["alice", "bob", "carol", "pool", "treasury"].map(|name| chain.account(name));
    for person in people {
        chain.deal(person, WEALTH);
        for side in [ours, theirs] {
            let call = Hub::depositCall { receiver: person.address, tag: B256::ZERO };
            chain.send(person, side.asset, call).value(ether(FORTUNE)).ok();
            let call = Hub::approveCall { spender: side.vault, value: U256::MAX };
            chain.send(person, side.asset, call).ok();
        }
    }
    Sides { chain, ours, theirs, people }
}

/// Ledger, shares, locked, pending, provision; the stream.
fn books(sides: &Sides, side: Side) -> [U256; 8] {
    let told = sides.ask(side.vault, Vault::totalsCall {});
    let stream = sides.ask(side.vault, Vault::streamCall {});
    let Vault::totalsReturn { ledger, shares, locked, pending, provision } = told;
    [ledger, shares, locked, pending, provision, stream.locked, stream.end, stream.next]
}

#[test]
fn the_programs_do_what_their_twins_do() {
    let mut origin = new();
    for (person, side) in
        [(0, origin.ours), (0, origin.theirs), (1, origin.ours), (1, origin.theirs)]
    {
        let (assets, who) = (ether(STAKED), origin.people[person]);
        let call = Vault::depositCall { assets, receiver: who.address };
        origin.chain.send(who, side.vault, call).ok();
    }
    let counts: RefCell<BTreeMap<&str, [u32; 2]>> = RefCell::default();
    let step = prop_oneof![3 => ordinary(), 2 => special()];
    let wait = prop_oneof![3 => Just(U256::ZERO), 1 => amount_below(WAIT_BITS)];
    let story = prop::collection::vec((step, wait, amount()), 1..=LONGEST);

    check(500, &story, |story| {
        let mut sides = origin.clone();
        for (step, wait, looked_at) in story {
            sides.chain.advance(wait.to());
            let named = sides.named(step);
            let [ours, theirs] = sides.step(&named, true);
            let mut counts = counts.borrow_mut();
            counts.entry(step.name()).or_default()[usize::from(ours.is_ok())] += 1;
            prop_assert_eq!(ours, theirs, "{:?}: ours, then the twin's", named);

            let (ours, theirs) = (sides.ours, sides.theirs);
            prop_assert_eq!(books(&sides, ours), books(&sides, theirs), "after {:?}", named);
            prop_assert_eq!(sides.holdings(ours), sides.holdings(theirs), "after {:?}", named);
            prop_assert_eq!(sides.previews(ours, looked_at), sides.previews(theirs, looked_at));
            for person in &sides.people[..ORDINARY] {
                let most = [ours, theirs].map(|side| sides.most(side, person.address));
                prop_assert_eq!(most[0], most[1], "after {:?}", named);
            }
        }
        Ok(())
    });

    for (name, [rejected, accepted]) in counts.into_inner() {
        println!("{name}: {accepted} accepted, {rejected} rejected");
        assert!(accepted > 20, "{name}: only {accepted} accepted");
        assert!(rejected > 5 || name.starts_with("approve"), "{name}: only {rejected} rejected");
    }
}

#[test]
fn a_twins_shares_begin_at_a_million_for_a_wei() {
    let mut sides = new();
    let (alice, vault) = (sides.people[0], sides.theirs.vault);

    let call = Vault::depositCall { assets: ether(5), receiver: alice.address };
    let shares = sides.chain.send(alice, vault, call).ok().output;

    assert_eq!(shares, ether(5) * OFFSET);
    let zero = U256::ZERO;
    let supply = ether(6) * OFFSET;
    let now = U256::from(emetis::GENESIS);
    let found = books(&sides, sides.theirs);
    assert_eq!(found[..5], [ether(6), supply, zero, zero, zero]);
    assert!(found[6] <= now + U256::from(60) && found[7].is_zero(), "{found:?}");
}

#[test]
fn a_twins_reward_unlocks_evenly_and_a_second_one_moves_the_end_by_its_weight() {
    let mut sides = new();
    let (pool, vault) = (sides.people[POOL], sides.theirs.vault);
    let total = |sides: &Sides| sides.ask(vault, Vault::totalAssetsCall {});

    let first = sides.chain.send(pool, vault, Vault::notifyCall { assets: ether(70) }).ok();
    let start = sides.chain.time();

    assert_eq!(first.output, U256::from(start + days(7)));
    assert_eq!(total(&sides), ether(1));
    sides.chain.warp_to(start + days(2));
    assert_eq!(total(&sides), ether(21), "20 of 70 METIS in 2 of 7 days");
    sides.chain.warp_to(start + days(4));
    assert_eq!(total(&sides), ether(41));

    // 30 METIS with 3 days to go, 10 METIS with 7: on average 4 days.
    let second = sides.chain.send(pool, vault, Vault::notifyCall { assets: ether(10) }).ok();

    assert_eq!(second.output, U256::from(start + days(4) + days(4)));
    sides.chain.warp_to(start + days(6));
    assert_eq!(total(&sides), ether(61), "half of 40 METIS in 2 of 4 days");
    sides.chain.warp_to(start + days(8) - 1);
    let last = ether(40).div_ceil(U256::from(days(4)));
    assert_eq!(total(&sides), ether(81) - last);
    sides.chain.warp_to(start + days(8));
    assert_eq!(total(&sides), ether(81));
}

#[test]
fn a_twins_loss_is_borne_by_locked_rewards_first() {
    let mut sides = new();
    let (alice, pool, vault) = (sides.people[0], sides.people[POOL], sides.theirs.vault);
    let total = |sides: &Sides| sides.ask(vault, Vault::totalAssetsCall {});
    let stake = Vault::depositCall { assets: ether(99), receiver: alice.address };
    sides.chain.send(alice, vault, stake).ok();
    sides.chain.send(pool, vault, Vault::notifyCall { assets: ether(10) }).ok();
    let settle = |loss, pending| Vault::settleCall { loss: ether(loss), pending: ether(pending) };

    sides.chain.send(pool, vault, settle(0, 30)).ok();

    assert_eq!(total(&sides), ether(80), "10 of 30 METIS are covered");
    assert_eq!(sides.most(sides.theirs, alice.address)[0], U256::ZERO);
    let worth = sides.ask(vault, Vault::maxWithdrawCall { owner: alice.address });
    // Of 100 * 10^24 shares and a million virtual ones, Alice has 99 * 10^24.
    let shares = ether(100) * OFFSET + OFFSET;
    assert_eq!(worth, ether(99) * OFFSET * (ether(80) + U256::ONE) / shares);

    sides.chain.send(pool, vault, settle(30, 0)).ok();

    assert_eq!(total(&sides), ether(80), "recognised as it was provided for");
    let [ledger, _, locked, pending, provision, ..] = books(&sides, sides.theirs);
    assert_eq!(
        [ledger, locked, pending, provision],
        [ether(80), U256::ZERO, U256::ZERO, U256::ZERO]
    );
    sides.chain.advance(days(7));
    assert_eq!(total(&sides), ether(80), "no reward is left to unlock");
}
