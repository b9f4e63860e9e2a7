//! What staking tells of the stake, and the caps worked out anew from it: plain fractions of whole
//! numbers, without a line of the contract's.

use std::collections::BTreeMap;

use super::super::kit::*;
use alloy_primitives::{Address, U256};

/// The books at one moment.
#[derive(Clone, Debug)]
pub(super) struct Books {
    pub(super) total: U256,
    pub(super) bonds: U256,
    /// The stake of each registered pool.
    pub(super) pools: Vec<(Address, U256)>,
    /// What direct positions have in all sequencers.
    pub(super) direct: U256,
    limits: Quota::limitsReturn,
}

/// Whose METIS it is and where, as far as a cap can tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Of operators: in a sequencer that is looked at, or in all others.
    Bond(Option<U256>),
    /// Of direct positions, likewise.
    Direct(Option<U256>),
    /// Of a pool, likewise.
    Pool(Address, Option<U256>),
}

/// Stake by its parts: two of them are as far apart as the METIS that must be moved between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts(BTreeMap<Part, U256>);

/// So many bps, rounded down.
pub(super) fn part(amount: U256, bps: U256) -> U256 {
    amount * bps / word(10_000)
}

/// What a sequencer of such scores may hold: 20,000 METIS and as much of 80,000 as their mean tells.
pub(super) fn cap_of(scores: [u64; 3]) -> U256 {
    ether(20_000) + part(ether(80_000), word(mean(scores)))
}

/// The geometric mean, rounded down, by trying.
pub(super) fn mean(scores: [u64; 3]) -> u64 {
    let product: u64 = scores.iter().product();
    (0..=10_000_u64).take_while(|mean| mean.pow(3) <= product).last().unwrap_or(0)
}

impl Books {
    pub(super) fn read(world: &World) -> Self {
        let view = |pool| world.chain.view(world.staking, Staking::poolOfCall { pool }).stake;
        let totals = world.chain.view(world.staking, Staking::totalsCall {});
        let pools = world.chain.view(world.staking, Staking::poolsCall {});
        Self {
            total: totals.stake,
            bonds: totals.bonds,
            direct: totals.stake - totals.bonds - totals.pooled,
            pools: pools.into_iter().map(|pool| (pool, view(pool))).collect(),
            limits: world.told(Quota::limitsCall {}),
        }
    }

    /// What a pool has.
    pub(super) fn of(&self, pool: Address) -> U256 {
        self.pools.iter().find(|(other, _)| *other == pool).map_or(U256::ZERO, |(_, has)| *has)
    }

    /// What an operator group may hold.
    pub(super) fn group_cap(&self) -> U256 {
        part(self.total, self.limits.operatorShareBps).max(self.limits.operatorFloor)
    }

    /// What direct positions may hold in all sequencers.
    pub(super) fn direct_cap(&self) -> U256 {
        part(self.total, self.limits.directShareBps).max(self.limits.operatorFloor)
    }

    /// What a pool may hold: its absolute cap, less that by which the third largest of the others is
    /// beyond 5 % of all, until only its share is left.
    pub(super) fn pool_cap(&self, pool: Address) -> U256 {
        let others = self.pools.iter().filter(|(other, _)| *other != pool);
        let mut others: Vec<_> = others.map(|(_, has)| *has).collect();
        others.sort_unstable_by(|a, b| b.cmp(a));
        let third = others.get(2).copied().unwrap_or(U256::ZERO);
        let beyond = (third * word(20)).saturating_sub(self.total) / word(20);
        let cap = self.limits.poolCap;
        let share = part(self.total, self.limits.poolShareBps).max(self.limits.poolFloor).min(cap);
        (cap - beyond.min(cap)).max(share)
    }

    /// What an account may delegate to an open sequencer now, by every cap in turn.
    pub(super) fn room(&self, world: &World, who: Address, id: U256) -> U256 {
        let chain = &world.chain;
        let told = world.sequencer(id);
        if !matches!(told.status, Staking::Status::Active | Staking::Status::Candidate) {
            return U256::ZERO;
        }
        let stake = told.bond + told.delegated;
        let carried = if told.bond < ether(2_000) { U256::ZERO } else { told.bond * word(20) };
        let scores = world.told(Quota::scoresOfCall { id });
        let number = |score: U256| score.to::<u64>();
        let cap = cap_of([scores.technical, scores.operations, scores.market].map(number));
        let members = world.told(Quota::membersOfCall { member: told.group });
        let of = |group| chain.view(world.staking, Staking::groupStakeCall { group });
        let group: U256 = members.into_iter().map(of).sum();

        let mut room = carried.saturating_sub(stake).min(cap.saturating_sub(stake));
        room = room.min(self.group_cap().saturating_sub(group));
        if self.pools.iter().any(|(pool, _)| *pool == who) {
            let granted = world.told(Quota::grantOfCall { pool: who, id }).assets;
            let has = chain.view(world.staking, Staking::positionCall { account: who, id }).assets;
            room = room.min(self.pool_cap(who).saturating_sub(self.of(who)));
            return room.min(granted.saturating_sub(has));
        }
        let in_one = match told.shares.is_zero() {
            true => U256::ZERO,
            false => told.directShares * told.delegated / told.shares,
        };
        let half = part(cap, self.limits.directShareBps);
        room = room.min(half.saturating_sub(in_one));
        room.min(self.direct_cap().saturating_sub(self.direct))
    }

    /// All stake by its parts, telling apart the sequencers `ids`, which no slash may have hit: there a
    /// share is a wei.
    pub(super) fn parts(&self, world: &World, ids: &[U256]) -> Parts {
        let mut parts = BTreeMap::new();
        let (mut bonds, mut direct) = (self.bonds, self.direct);
        for id in ids {
            let told = world.sequencer(*id);
            assert_eq!(told.shares, told.delegated, "a share is a wei");
            parts.insert(Part::Bond(Some(*id)), told.bond);
            parts.insert(Part::Direct(Some(*id)), told.directShares);
            bonds -= told.bond;
            direct -= told.directShares;
        }
        parts.insert(Part::Bond(None), bonds);
        parts.insert(Part::Direct(None), direct);
        for (pool, mut left) in self.pools.iter().copied() {
            for id in ids {
                let has = world.worth(pool, *id);
                parts.insert(Part::Pool(pool, Some(*id)), has);
                left -= has;
            }
            parts.insert(Part::Pool(pool, None), left);
        }
        Parts(parts)
    }
}

impl Parts {
    /// How much METIS was moved at least to come from here to there.
    pub(super) fn distance(&self, other: &Self) -> U256 {
        let of = |parts: &Self, part| parts.0.get(part).copied().unwrap_or(U256::ZERO);
        let all = self.0.keys().chain(other.0.keys().filter(|part| !self.0.contains_key(part)));
        all.map(|part| of(self, part).abs_diff(of(other, part))).sum()
    }
}

/// The caps that depend on all stake, as the compiled program names them when it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Caps {
    pub(super) group: U256,
    pub(super) pool: U256,
    pub(super) direct: U256,
}

impl Caps {
    /// Asks with the books as they are, and with more under each cap than there can be.
    pub(super) fn read(world: &World, books: &Books, pool: Address) -> Self {
        let most = U256::from(u128::MAX);
        let figures = Quota::Figures {
            pool: Address::ZERO,
            id: U256::ONE,
            assets: U256::ONE,
            // Nobody's, which shares no cap.
            group: U256::ZERO,
            sequencerStake: U256::ZERO,
            sequencerBond: U256::ZERO,
            sequencerDirect: U256::ZERO,
            groupStake: U256::ZERO,
            poolStake: U256::ZERO,
            pairStake: U256::ZERO,
            directStake: U256::ZERO,
            totalStake: books.total,
            activationThreshold: ether(20_000),
            maxLock: ether(100_000),
        };
        let group = Quota::Figures { groupStake: most, ..figures.clone() };
        let of_pool = Quota::Figures { pool, poolStake: most, ..figures.clone() };
        let direct = Quota::Figures { directStake: most, ..figures };
        Self {
            group: refused::<Quota::GroupFull>(world, group).cap,
            pool: refused::<Quota::PoolFull>(world, of_pool).cap,
            direct: refused::<Quota::DirectFull>(world, direct).cap,
        }
    }

    /// The caps worked out anew.
    pub(super) fn expected(books: &Books, pool: Address) -> Self {
        Self { group: books.group_cap(), pool: books.pool_cap(pool), direct: books.direct_cap() }
    }

    /// By how much the cap moved that moved most.
    pub(super) fn moved(&self, other: &Self) -> U256 {
        let pairs =
            [(self.group, other.group), (self.pool, other.pool), (self.direct, other.direct)];
        pairs.into_iter().map(|(was, is)| was.abs_diff(is)).max().unwrap_or(U256::ZERO)
    }
}

/// How the compiled program refuses these figures.
fn refused<E: alloy_sol_types::SolError>(world: &World, figures: Quota::Figures) -> E {
    let answer = world.chain.try_view(world.quota, Quota::checkCall { figures });
    let (failure, tree) = answer.map(|_| ()).expect_err("it is far beyond every cap");
    E::abi_decode(&failure.data()).unwrap_or_else(|error| panic!("{error}: {failure:?}\n{tree}"))
}
