//! What an account that delegates finds.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U256};

use super::super::super::{Checked, largest};
use super::super::books::{BPS, METIS, Status};
use super::super::{Position, Staking, floor};
use super::plan::{Place, Plan, allocate, release};
use super::terms::{Cap, Figures, Reason, Terms};

/// A sequencer as an account finds it.
struct Sight {
    status: Status,
    pooled: bool,
    position: U256,
    stake: U256,
    caps: [Cap; 4],
    /// The group under whose cap it is.
    leader: u64,
    bond: U256,
}

/// What a room is, and what allows no more.
pub type Room = (U256, Reason);

impl Staking {
    /// The stake of the third largest of the other pools.
    fn third_of_others(&self, pool: Address) -> U256 {
        let others = self.pools.iter().filter(|other| **other != pool);
        let stake = |other: &Address| self.pool_weights.get(other).map(|weight| weight.stake);
        let mut stakes: Vec<_> = others.map(|other| stake(other).unwrap_or_default()).collect();
        stakes.sort_unstable();
        stakes.into_iter().rev().nth(2).unwrap_or_default()
    }

    /// By what an entry of a pool, or a direct one, is measured.
    fn terms(&self, pool: Address, id: u64) -> Terms {
        let (policy, now) = (&self.policy, self.now);
        let mut limits = policy.limits;
        if !pool.is_zero() {
            limits.pool_cap = policy.pool_cap(pool).at(now);
        }
        Terms {
            limits,
            composite: policy.scores(id).at(now).composite(),
            grant: policy.grant(pool, id).at(now),
            fourth: self.third_of_others(pool),
        }
    }

    /// Whether an entry stays below every cap, by figures that somebody tells, the group as staking
    /// numbers it.
    pub(super) fn check(&self, figures: Figures) -> Checked {
        // Ids and groups that are too large are nobody's.
        let id = if U256::from(figures.id) > largest(32) { 0 } else { figures.id };
        let mut figures = figures;
        if U256::from(figures.group) <= largest(24) {
            let leader = self.policy.leader(figures.group, self.now);
            let known = (figures.group, figures.group_stake);
            figures.group_stake = self.stake_under(leader, known).min(largest(128));
            figures.group = leader;
        }
        self.terms(figures.pool, id).check(&figures)
    }

    /// The figures just before an account delegates so much to a sequencer, the group as staking numbers
    /// it.
    pub(super) fn figures(&self, account: Address, id: u64, assets: U256) -> Figures {
        let (sequencer, pooled) = (self.at(id), self.counts_as_pool(account, id));
        let position = self.position_of(account, id);
        let pool = if pooled { account } else { Address::ZERO };
        let weight = self.pool_weights.get(&pool).copied().unwrap_or_default();
        let direct = sequencer.direct_shares + self.left_over(account, id);
        Figures {
            pool,
            id,
            assets,
            group: sequencer.group,
            sequencer_stake: sequencer.stake(),
            sequencer_direct: floor(direct, sequencer.delegated, sequencer.shares),
            group_stake: self.stake_of_group(sequencer.group),
            pool_stake: weight.stake,
            pair_stake: sequencer.worth(position.shares),
            direct_stake: self.total.stake - self.bonds - self.pooled,
            total: self.total.stake,
            threshold: self.rules.threshold,
            max_lock: self.rules.max_lock,
        }
    }

    /// What the quota answers when an account delegates so much.
    pub fn quota_answers(&self, account: Address, id: u64, assets: U256) -> Checked {
        self.check(self.figures(account, id, assets))
    }

    fn position_of(&self, account: Address, id: u64) -> Position {
        self.positions.get(&(account, id)).copied().unwrap_or_default()
    }

    /// Whether the next delegation of an account counts as a pool's.
    pub(in super::super) fn counts_as_pool(&self, account: Address, id: u64) -> bool {
        let position = self.position_of(account, id);
        self.pools.contains(&account) && (position.pooled || position.shares.is_zero())
    }

    /// Shares that a pool had left when it was removed: direct from its next change on.
    fn left_over(&self, account: Address, id: u64) -> U256 {
        let position = self.position_of(account, id);
        let is_left = position.pooled && !self.pools.contains(&account);
        if is_left { position.shares } else { U256::ZERO }
    }

    fn sight(&self, account: Address, id: u64) -> Sight {
        let figures = self.figures(account, id, U256::ZERO);
        let sequencer = self.at(id);
        let leader = self.policy.leader(figures.group, self.now);
        let group_stake = self.stake_under(leader, (figures.group, figures.group_stake));
        let caps = self.terms(figures.pool, id).caps(&Figures { group_stake, ..figures });
        Sight {
            status: sequencer.status(&self.rules),
            pooled: !figures.pool.is_zero(),
            position: figures.pair_stake,
            stake: figures.sequencer_stake,
            caps,
            leader,
            bond: sequencer.bond,
        }
    }

    /// What a sequencer may still get, whatever its group and the account have elsewhere.
    fn own_room(&self, sight: &Sight) -> Room {
        if sight.status > Status::Active {
            return (U256::ZERO, Reason::SequencerClosed);
        }
        let [sequencer, _, third, last] = sight.caps;
        let pair = if sight.pooled { last } else { third };
        let (bond, bps) = (sight.bond, self.rules.min_bond_bps);
        let carried = match () {
            () if bond < self.rules.min_bond => U256::ZERO,
            () if bps.is_zero() => largest(128),
            () => bond * BPS / bps,
        };
        let bond = (carried.saturating_sub(sight.stake), Reason::BondTooSmall);
        least(&[bond, told(&sequencer), told(&pair)])
    }

    /// What an account may delegate to a sequencer.
    pub fn room(&self, account: Address, id: U256) -> Room {
        if self.sequencer(id).is_none() {
            return (U256::ZERO, Reason::SequencerUnknown);
        }
        let sight = self.sight(account, id.to());
        let own = self.own_room(&sight);
        if own.1 <= Reason::SequencerClosed {
            return own;
        }
        least(&[own, told(&sight.caps[1]), account_room(&sight)])
    }

    /// The live sequencers as an account finds them, with why each gets no more than its room; the rooms
    /// of their groups; and what the account may hold in all of them.
    fn places(&self, account: Address) -> (Vec<(Place, Reason)>, BTreeMap<u64, U256>, Room) {
        let registered = self.pools.contains(&account);
        let mut all = (largest(128), Reason::None);
        let mut groups = BTreeMap::new();
        let places = self.live.iter().map(|id| {
            let sight = self.sight(account, *id);
            let (mut room, mut reason) = self.own_room(&sight);
            if sight.pooled == registered {
                all = account_room(&sight);
            } else {
                (room, reason) = (U256::ZERO, Reason::SequencerClosed);
            }
            let [sequencer, group, ..] = sight.caps;
            groups.insert(sight.leader, group.room());
            let place = Place {
                id: *id,
                stake: sight.stake,
                cap: sequencer.cap,
                room,
                group: sight.leader,
                position: sight.position,
                active: sight.status == Status::Active,
            };
            (place, reason)
        });
        (places.collect(), groups, all)
    }

    /// Where so much of an account goes to.
    pub fn plan_allocation(&self, account: Address, assets: U256) -> Plan {
        let (places, groups, all) = self.places(account);
        let places: Vec<_> = places.into_iter().map(|(place, _)| place).collect();
        allocate(&places, &groups, assets.min(all.0))
    }

    /// Where so much of an account comes from.
    pub fn plan_release(&self, account: Address, assets: U256) -> Plan {
        let places: Vec<_> = self.places(account).0.into_iter().map(|(place, _)| place).collect();
        release(&places, assets.min(largest(128)))
    }

    /// What of so much cannot be placed, and what stops most of it.
    pub fn stranded(&self, account: Address, assets: U256) -> Room {
        let assets = assets.min(largest(128));
        let (places, _, all) = self.places(account);
        let plan = self.plan_allocation(account, assets);
        let placed = plan.values().fold(U256::ZERO, |sum, part| sum + *part);
        let left = assets - placed;
        if left.is_zero() {
            return (left, Reason::None);
        }
        if all.0.saturating_sub(placed) < left.min(METIS) {
            return (left, all.1);
        }
        if left < METIS {
            return (left, Reason::Granule);
        }
        let mut counts = BTreeMap::<Reason, usize>::new();
        for (place, reason) in places {
            let given = plan.get(&place.id).copied().unwrap_or_default();
            let full = place.room.saturating_sub(given) < METIS;
            *counts.entry(if full { reason } else { Reason::GroupFull }).or_default() += 1;
        }
        // Of equal ones the first.
        let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
        (left, most.map_or(Reason::SequencerUnknown, |(reason, _)| reason))
    }
}

fn told(cap: &Cap) -> Room {
    (cap.room(), cap.reason)
}

/// What an account may still hold in all sequencers.
fn account_room(sight: &Sight) -> Room {
    let [.., third, last] = sight.caps;
    told(if sight.pooled { &third } else { &last })
}

/// The smallest; of equal ones the first in the order of the checks.
fn least(rooms: &[Room]) -> Room {
    rooms.iter().copied().min().expect("there is one")
}
