//! Caps as numbers: by what an entry of stake is measured.

use alloy_primitives::{Address, U256};

use super::super::super::{Checked, largest};
use super::super::books::{BPS, METIS};
use super::super::{Rule, reject};

/// The limits, shares in bps and amounts in wei, in the interface's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub operator_share: U256,
    pub operator_floor: U256,
    pub pool_share: U256,
    pub pool_floor: U256,
    pub pool_cap: U256,
    pub direct_share: U256,
    pub churn: U256,
}

impl Default for Limits {
    fn default() -> Self {
        let metis = |count: u64| METIS * U256::from(count);
        let bps = |count: u64| U256::from(count);
        Self {
            operator_share: bps(2_000),
            operator_floor: metis(100_000),
            pool_share: bps(3_300),
            pool_floor: metis(400_000),
            pool_cap: metis(1_000_000),
            direct_share: bps(5_000),
            churn: bps(100),
        }
    }
}

impl Limits {
    pub fn of(words: [U256; 7]) -> Self {
        let [a, b, c, d, e, f, g] = words;
        Self {
            operator_share: a,
            operator_floor: b,
            pool_share: c,
            pool_floor: d,
            pool_cap: e,
            direct_share: f,
            churn: g,
        }
    }

    pub fn words(&self) -> [U256; 7] {
        [
            self.operator_share,
            self.operator_floor,
            self.pool_share,
            self.pool_floor,
            self.pool_cap,
            self.direct_share,
            self.churn,
        ]
    }
}

/// What keeps an account from delegating more, numbered as in the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Reason {
    None,
    SequencerUnknown,
    SequencerClosed,
    BondTooSmall,
    SequencerFull,
    GroupFull,
    PoolFull,
    GrantExceeded,
    SequencerDirectFull,
    DirectFull,
    Granule,
}

/// What the stake is just before an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Zero for a direct position.
    pub pool: Address,
    pub id: u64,
    pub assets: U256,
    /// The group under whose cap the sequencer is.
    pub group: u64,
    pub sequencer_stake: U256,
    pub sequencer_direct: U256,
    /// Of all groups under that cap.
    pub group_stake: U256,
    pub pool_stake: U256,
    pub pair_stake: U256,
    pub direct_stake: U256,
    pub total: U256,
    pub threshold: U256,
    pub max_lock: U256,
}

/// By what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// With the absolute cap of the pool in question.
    pub limits: Limits,
    pub composite: U256,
    pub grant: U256,
    /// Stake of the third largest of the other pools.
    pub fourth: U256,
}

/// A cap, and the stake under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    pub reason: Reason,
    pub stake: U256,
    pub cap: U256,
}

impl Cap {
    pub fn room(&self) -> U256 {
        self.cap.saturating_sub(self.stake)
    }
}

/// So many bps of an amount, rounded down.
fn part(amount: U256, bps: U256) -> U256 {
    amount * bps / BPS
}

/// What a sequencer may hold.
pub fn cap_of_sequencer(composite: U256, threshold: U256, max_lock: U256) -> U256 {
    (threshold + part(max_lock.saturating_sub(threshold), composite)).min(largest(128))
}

/// What an operator group may hold.
pub fn cap_of_group(total: U256, limits: &Limits) -> U256 {
    part(total, limits.operator_share).max(limits.operator_floor)
}

/// What a pool may hold: its absolute cap, of which comes off by what the third largest of the others
/// is beyond a twentieth of all, until the share is left.
pub fn cap_of_pool(total: U256, fourth: U256, limits: &Limits) -> U256 {
    let twentieth = total.div_ceil(U256::from(20));
    let share = part(total, limits.pool_share).max(limits.pool_floor).min(limits.pool_cap);
    limits.pool_cap.saturating_sub(fourth.saturating_sub(twentieth)).max(share)
}

/// What direct positions may hold in all sequencers.
pub fn cap_of_direct(total: U256, limits: &Limits) -> U256 {
    part(total, limits.direct_share).max(limits.operator_floor)
}

impl Terms {
    /// The caps that an entry meets, in the order of the checks.
    pub fn caps(&self, figures: &Figures) -> [Cap; 4] {
        let Self { limits, composite, grant, fourth } = self;
        let total = figures.total;
        let cap = |reason, stake, cap| Cap { reason, stake, cap };
        let own = cap_of_sequencer(*composite, figures.threshold, figures.max_lock);
        let sequencer = cap(Reason::SequencerFull, figures.sequencer_stake, own);
        let group = cap(Reason::GroupFull, figures.group_stake, cap_of_group(total, limits));
        if figures.pool.is_zero() {
            let in_one = part(own, limits.direct_share);
            let in_all = cap_of_direct(total, limits);
            let direct = cap(Reason::SequencerDirectFull, figures.sequencer_direct, in_one);
            return [
                sequencer,
                group,
                direct,
                cap(Reason::DirectFull, figures.direct_stake, in_all),
            ];
        }
        let of_pool = cap_of_pool(total, *fourth, limits);
        let pool = cap(Reason::PoolFull, figures.pool_stake, of_pool);
        [sequencer, group, pool, cap(Reason::GrantExceeded, figures.pair_stake, *grant)]
    }

    /// Whether an entry stays below every cap.
    pub fn check(&self, figures: &Figures) -> Checked {
        let full = self.caps(figures).into_iter().find(|cap| figures.assets > cap.room());
        let Some(Cap { reason, stake, cap }) = full else { return Ok(()) };
        let stake = (stake + figures.assets).min(largest(128));
        let (id, group, pool) = (U256::from(figures.id), U256::from(figures.group), figures.pool);
        match reason {
            Reason::SequencerFull => reject(Rule::SequencerFull { id, stake, cap }),
            Reason::GroupFull => reject(Rule::GroupFull { group, stake, cap }),
            Reason::PoolFull => reject(Rule::PoolFull { pool, stake, cap }),
            Reason::GrantExceeded => reject(Rule::GrantExceeded { id, stake, grant: cap }),
            Reason::SequencerDirectFull => reject(Rule::SequencerDirectFull { id, stake, cap }),
            _ => reject(Rule::DirectFull { stake, cap }),
        }
    }
}
