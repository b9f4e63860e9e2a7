//! The lens against a naive reference in big integers, over random stories.
//!
//! The reference knows who is under whose cap by what it did, not by what the quota tells, and adds up
//! every sequencer that ever was.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::chance::check;
use super::kit::*;
use alloy_primitives::{Address, U256};
use num_bigint::BigUint;
use proptest::prelude::*;

/// Owners that there are, and pools.
const OWNERS: usize = 7;
const POOLS: usize = 3;
/// The smallest bond that opens a sequencer, in METIS.
const LEAST: u64 = 2_000;

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    Register {
        owner: usize,
        bond: U256,
    },
    Delegate {
        place: usize,
        assets: U256,
    },
    PoolDelegates {
        pool: usize,
        place: usize,
        assets: U256,
    },
    Exit {
        place: usize,
    },
    Jail {
        place: usize,
    },
    Slash,
    Group {
        into: usize,
        member: usize,
    },
    /// Of one that is under a cap.
    Split {
        place: usize,
    },
    Wait {
        seconds: u64,
    },
}

/// Amounts from the least to some METIS more, to the wei or not, often the same.
fn amount(least: u64) -> impl Strategy<Value = U256> {
    prop_oneof![
        (0..4_u64).prop_map(move |more| ether(least + 1_000 * more)),
        (0..20_000_u64, 0..10_u64).prop_map(move |(more, wei)| ether(least + more) + word(wei)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let (owner, place) = (0..OWNERS, 0..20_usize);
    let group = 1..=OWNERS;
    prop_oneof![
        4 => (owner, amount(LEAST)).prop_map(|(owner, bond)| Act::Register { owner, bond }),
        4 => (place.clone(), amount(1))
            .prop_map(|(place, assets)| Act::Delegate { place, assets }),
        4 => (0..POOLS, place.clone(), amount(1))
            .prop_map(|(pool, place, assets)| Act::PoolDelegates { pool, place, assets }),
        2 => place.clone().prop_map(|place| Act::Exit { place }),
        1 => place.prop_map(|place| Act::Jail { place }),
        1 => Just(Act::Slash),
        4 => (group.clone(), group.clone())
            .prop_map(|(into, member)| Act::Group { into, member }),
        2 => (0..OWNERS).prop_map(|place| Act::Split { place }),
        1 => Just(Act::Wait { seconds: RAISE_DELAY }),
        2 => (0..RAISE_DELAY).prop_map(|seconds| Act::Wait { seconds }),
    ]
}

/// A world, and what the reference remembers of it.
struct Story {
    world: World,
    ids: Vec<U256>,
    pools: Vec<Address>,
    /// Who is under whose cap, and until when.
    ties: BTreeMap<u64, (u64, Option<u64>)>,
    proposals: Vec<(U256, u64)>,
}

impl Story {
    /// One with a few sequencers, in which pools were granted what they can be.
    fn begin(bonds: &[U256]) -> Self {
        let mut world = world();
        let bonds = bonds.iter().enumerate();
        let ids: Vec<_> =
            bonds.map(|(at, bond)| world.register_with(&owner(at % OWNERS), *bond)).collect();
        let pools = (0..POOLS).map(|_| world.pool(&ids)).collect();
        Self { world, ids, pools, ties: BTreeMap::new(), proposals: Vec::new() }
    }

    fn now(&self) -> u64 {
        self.world.chain.time()
    }

    /// Does something if the suite lets it. Whether it did.
    fn act(&mut self, act: &Act) -> bool {
        let id = |place: usize| self.ids[place % self.ids.len()];
        let now = self.now();
        let world = &mut self.world;
        let (curator, staking, quota) = (world.curator, world.staking, world.quota);
        match act.clone() {
            Act::Register { owner: at, bond } => {
                self.ids.push(world.register_with(&owner(at), bond));
                true
            }
            Act::Delegate { place, assets } => world.delegation(id(place), assets).run().is_ok(),
            Act::PoolDelegates { pool, place, assets } => {
                world.pool_delegation(self.pools[pool], id(place), assets).run().is_ok()
            }
            Act::Exit { place } => {
                let id = id(place);
                let owner = world.chain.view(staking, Staking::ownerOfCall { id });
                world.chain.send(owner, staking, Staking::exitCall { id }).run().is_ok()
            }
            Act::Jail { place } => {
                let proposal = world.proposal(id(place)).run();
                self.proposals.extend(proposal.as_ref().map(|made| (made.output, now)));
                proposal.is_ok()
            }
            Act::Slash => {
                let Some((proposal, made)) = self.proposals.pop() else { return false };
                let court = world.suite.slashing_court;
                if now < made + days(2) {
                    world.chain.warp_to(made + days(2));
                }
                world.chain.send(curator, court, Court::executeCall { proposal }).run().is_ok()
            }
            Act::Group { into, member } => {
                let (into, member) = (into as u64, member as u64);
                let call = Quota::groupCall { into: word(into), member: word(member) };
                let done = world.chain.send(curator, quota, call).run().is_ok();
                if done {
                    self.ties.insert(member, (into, None));
                }
                done
            }
            Act::Split { place } => {
                let count = self.ties.len().max(1);
                let Some((member, tie)) = self.ties.iter_mut().nth(place % count) else {
                    return false;
                };
                let member = *member;
                let call = Quota::splitCall { member: word(member) };
                let done = world.chain.send(curator, quota, call).run().is_ok();
                if done {
                    tie.1 = Some(now + RAISE_DELAY);
                }
                done
            }
            Act::Wait { seconds } => {
                world.chain.advance(seconds);
                true
            }
        }
    }

    /// Under whose cap a group is now.
    fn leader(&self, group: u64) -> u64 {
        match self.ties.get(&group) {
            Some((leader, until)) if until.is_none_or(|until| self.now() < until) => *leader,
            _ => group,
        }
    }

    /// Parts with a live sequencer and what they have, and what others have.
    fn groups(&self) -> (BTreeMap<u64, BigUint>, BigUint) {
        let mut all: BTreeMap<u64, BigUint> = BTreeMap::new();
        let mut found = BTreeSet::new();
        for id in &self.ids {
            let call = Staking::sequencerCall { id: *id };
            let told = self.world.chain.view(self.world.staking, call);
            let leader = self.leader(told.group.to());
            *all.entry(leader).or_default() += big(told.bond) + big(told.delegated);
            let leaving = [Staking::Status::Exiting, Staking::Status::Exited];
            if !leaving.contains(&told.status) {
                found.insert(leader);
            }
        }
        let (parts, others): (BTreeMap<_, _>, BTreeMap<_, _>) = all
            .into_iter()
            .filter(|(_, stake)| *stake > BigUint::ZERO)
            .partition(|(leader, _)| found.contains(leader));
        (parts, others.into_values().sum())
    }

    /// Pools with stake and direct positions, and what they have.
    fn holders(&self) -> Vec<(Address, BigUint)> {
        let view = |pool: &Address| {
            let call = Staking::poolOfCall { pool: *pool };
            big(self.world.chain.view(self.world.staking, call).stake)
        };
        let mut holders: Vec<_> = self.pools.iter().map(|pool| (*pool, view(pool))).collect();
        let delegated = self.ids.iter().map(|id| {
            let call = Staking::sequencerCall { id: *id };
            big(self.world.chain.view(self.world.staking, call).delegated)
        });
        let (delegated, pooled) =
            (delegated.sum::<BigUint>(), holders.iter().map(|(_, stake)| stake).sum());
        // Slashes round what pools have.
        let direct = if delegated > pooled { delegated - pooled } else { BigUint::ZERO };
        holders.push((Address::ZERO, direct));
        holders.retain(|(_, stake)| *stake > BigUint::ZERO);
        holders
    }
}

/// The measures of stakes: count, all, largest, its bps, third, half, index.
fn measures(stakes: &[BigUint]) -> [BigUint; 7] {
    let all: BigUint = stakes.iter().sum();
    let count = BigUint::from(stakes.len());
    if all == BigUint::ZERO {
        return Default::default();
    }
    let mut sorted = stakes.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let fewest = |parts: u32| {
        let mut sum = BigUint::ZERO;
        let is_enough = |stake: &BigUint| {
            sum += stake;
            &sum * parts > all
        };
        BigUint::from(sorted.iter().position(is_enough).unwrap() + 1)
    };
    let squares: BigUint = stakes.iter().map(|stake| stake * stake).sum();
    let largest = sorted[0].clone();
    let bps = &largest * 10_000_u32 / &all;
    let index = squares * 100_000_000_u32 / (&all * &all);
    let (third, half) = (fewest(3), fewest(2));
    [count, all, largest, bps, third, half, index]
}

/// Compares all that the lens tells with the reference.
fn compare(story: &Story) {
    let world = &story.world;
    let (parts, elsewhere) = story.groups();
    let told = world.told(Lens::groupsCall {});
    let leaders: Vec<u64> = told.leaders.iter().map(|leader| leader.to()).collect();
    let stakes: Vec<_> = told.stakes.into_iter().map(big).collect();
    assert_eq!(leaders, parts.keys().copied().collect::<Vec<_>>());
    assert_eq!(stakes, parts.values().cloned().collect::<Vec<_>>());
    let told = world.told(Lens::concentrationCall {});
    let found = [
        told.count,
        told.stake,
        told.largestStake,
        told.largestBps,
        told.third,
        told.half,
        told.herfindahl,
    ];
    assert_eq!(found.map(big), measures(&stakes));
    assert_eq!(big(told.elsewhere), elsewhere);
    let most = stakes.iter().max();
    let largest = most.and_then(|most| parts.iter().find(|(_, stake)| *stake == most));
    assert_eq!(told.largest, word(largest.map_or(0, |(leader, _)| *leader)));

    let holders = story.holders();
    let told = world.told(Lens::poolsCall {});
    let stakes: Vec<_> = told.stakes.into_iter().map(big).collect();
    let listed: Vec<_> = told.holders.into_iter().zip(stakes.iter().cloned()).collect();
    assert_eq!(listed, holders);
    let told = world.told(Lens::poolConcentrationCall {});
    let found = [
        told.count,
        told.stake,
        told.largestStake,
        told.largestBps,
        told.third,
        told.half,
        told.herfindahl,
    ];
    assert_eq!(found.map(big), measures(&stakes));
    let direct = holders.iter().find(|(holder, _)| holder.is_zero());
    assert_eq!(big(told.direct), direct.map_or(BigUint::ZERO, |(_, stake)| stake.clone()));
    let most = stakes.iter().max();
    let largest = most.and_then(|most| holders.iter().find(|(_, stake)| stake == most));
    assert_eq!(told.largest, largest.map_or(Address::ZERO, |(holder, _)| *holder));
}

fn big(number: U256) -> BigUint {
    BigUint::from_bytes_be(&number.to_be_bytes::<32>())
}

fn owner(at: usize) -> String {
    format!("operator {at}")
}

#[test]
fn the_lens_tells_what_a_naive_sum_tells_after_every_act() {
    const CASES: u32 = 96;
    let (acts, done) = (Cell::new([0_u32; 9]), Cell::new([0_u32; 9]));
    let (joined, waiting, elsewhere) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |of: &Cell<[u32; 9]>, at: usize| {
        let mut all = of.get();
        all[at] += 1;
        of.set(all);
    };
    let stories =
        (prop::collection::vec(amount(LEAST), 1..=OWNERS), prop::collection::vec(act(), 1..40));

    check(CASES, &stories, |(bonds, list)| {
        let mut story = Story::begin(&bonds);
        compare(&story);
        for act in &list {
            let kind = match act {
                Act::Register { .. } => 0,
                Act::Delegate { .. } => 1,
                Act::PoolDelegates { .. } => 2,
                Act::Exit { .. } => 3,
                Act::Jail { .. } => 4,
                Act::Slash => 5,
                Act::Group { .. } => 6,
                Act::Split { .. } => 7,
                Act::Wait { .. } => 8,
            };
            count(&acts, kind);
            if story.act(act) {
                count(&done, kind);
                compare(&story);
            }
        }
        let (_, others) = story.groups();
        elsewhere.set(elsewhere.get() + u32::from(others > BigUint::ZERO));
        let held = |until: &Option<u64>| until.is_none_or(|until| story.now() < until);
        let ties = || story.ties.values().filter(|(_, until)| held(until));
        joined.set(joined.get() + u32::from(ties().count() > 1));
        waiting.set(waiting.get() + u32::from(ties().any(|(_, until)| until.is_some())));
        Ok(())
    });

    println!("{:?} of {:?} done, {joined:?}, {waiting:?}, {elsewhere:?}", done.get(), acts.get());
    assert!(done.get().iter().all(|done| *done >= 30), "{:?} of {:?}", done.get(), acts.get());
    for cases in [joined, waiting, elsewhere] {
        assert!(cases.get() >= 10, "{cases:?}");
    }
}
