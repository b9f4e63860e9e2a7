//! Whether an entry stays below every cap, and how much still would.

use super::{caps, figures::Figures, limits::Limits};

/// What a cap is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The stake of the sequencer.
    Sequencer,
    /// The stake of its operator group.
    Group,
    /// The stake of the pool.
    Pool,
    /// The stake of the pool in the sequencer.
    Pair,
    /// What direct positions have in the sequencer.
    SequencerDirect,
    /// What direct positions have in all sequencers.
    Direct,
}

/// Why an entry is refused: what the stake would be, and what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "the fields are the same everywhere: stake after the entry, and cap"
)]
pub enum Refusal {
    /// The sequencer would hold more than its scores allow.
    SequencerFull { stake: u128, cap: u128 },
    /// The operator group would hold too much.
    GroupFull { stake: u128, cap: u128 },
    /// The pool would hold too much.
    PoolFull { stake: u128, cap: u128 },
    /// The pool would hold more in the sequencer than it was granted.
    GrantExceeded { stake: u128, cap: u128 },
    /// Direct positions would hold too much of the sequencer.
    SequencerDirectFull { stake: u128, cap: u128 },
    /// Direct positions would hold too much of everything.
    DirectFull { stake: u128, cap: u128 },
}

impl Refusal {
    /// What the stake would be, and what it may be.
    #[must_use]
    pub const fn amounts(&self) -> (u128, u128) {
        match *self {
            Self::SequencerFull { stake, cap }
            | Self::GroupFull { stake, cap }
            | Self::PoolFull { stake, cap }
            | Self::GrantExceeded { stake, cap }
            | Self::SequencerDirectFull { stake, cap }
            | Self::DirectFull { stake, cap } => (stake, cap),
        }
    }
}

/// A cap, and the stake under it before the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// What it is on.
    pub kind: Kind,
    /// The stake as it is.
    pub stake: u128,
    /// What it may be.
    pub cap: u128,
}

/// How much may be delegated, and which cap it is that allows no more: of equal ones the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In wei of METIS.
    pub assets: u128,
    /// The cap that binds.
    pub kind: Kind,
}

/// An entry, and by what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The stake before it.
    pub figures: Figures,
    /// The parameters.
    pub limits: Limits,
    /// The composite score of the sequencer.
    pub composite: u64,
    /// What the pool was granted in the sequencer.
    pub grant: u128,
}

impl Question {
    /// Whether the answer depends on the other pools. If it does not, `fourth` may be anything in
    /// [`Self::check`]: a program looks it up only then.
    #[must_use]
    pub fn needs_fourth(&self) -> bool {
        let Figures { pool_stake, assets, total_stake, .. } = self.figures;
        let least = caps::pool_least_down(total_stake, &self.limits);
        self.figures.is_pooled() && assets > least.saturating_sub(pool_stake)
    }

    /// Checks the entry. `fourth` is that of [`caps::pool_down`].
    ///
    /// What is above a cap already may stay; it may not grow.
    ///
    /// # Errors
    /// In this order: [`Refusal::SequencerFull`], [`Refusal::GroupFull`]; for a pool
    /// [`Refusal::PoolFull`], [`Refusal::GrantExceeded`]; for a direct position
    /// [`Refusal::SequencerDirectFull`], [`Refusal::DirectFull`].
    pub fn check(&self, fourth: u128) -> Result<(), Refusal> {
        let assets = self.figures.assets;
        match self.caps(fourth).into_iter().find(|cap| assets > cap.room()) {
            Some(cap) => Err(cap.refuse(assets)),
            None => Ok(()),
        }
    }

    /// What may be delegated, whatever `assets` is: exactly what [`Self::check`] accepts.
    #[must_use]
    pub fn room(&self, fourth: u128) -> Room {
        let [first, rest @ ..] = self.caps(fourth);
        rest.into_iter().fold(Room { assets: first.room(), kind: first.kind }, |least, cap| {
            if cap.room() < least.assets {
                Room { assets: cap.room(), kind: cap.kind }
            } else {
                least
            }
        })
    }

    /// The caps that it meets, in the order of the checks.
    #[must_use]
    #[inline(never)]
    pub fn caps(&self, fourth: u128) -> [Cap; 4] {
        let Self { figures, limits, composite, grant } = self;
        let (total, threshold) = (figures.total_stake, figures.activation_threshold);
        let in_sequencer = caps::sequencer_down(*composite, threshold, figures.max_lock);
        let cap = |kind, stake, cap| Cap { kind, stake, cap };
        let sequencer = cap(Kind::Sequencer, figures.sequencer_stake, in_sequencer);
        let group = cap(Kind::Group, figures.group_stake, caps::group_down(total, limits));
        if figures.is_pooled() {
            let of_pool = caps::pool_down(total, fourth, limits);
            let pool = cap(Kind::Pool, figures.pool_stake, of_pool);
            [sequencer, group, pool, cap(Kind::Pair, figures.pair_stake, *grant)]
        } else {
            let in_one = caps::direct_in_sequencer_down(in_sequencer, limits);
            let direct = cap(Kind::SequencerDirect, figures.sequencer_direct, in_one);
            let in_all = caps::direct_down(total, limits);
            [sequencer, group, direct, cap(Kind::Direct, figures.direct_stake, in_all)]
        }
    }
}

impl Cap {
    /// What may still come.
    #[must_use]
    pub const fn room(&self) -> u128 {
        self.cap.saturating_sub(self.stake)
    }

    /// Why so much may not come.
    const fn refuse(&self, assets: u128) -> Refusal {
        let (stake, cap) = (self.stake.saturating_add(assets), self.cap);
        match self.kind {
            Kind::Sequencer => Refusal::SequencerFull { stake, cap },
            Kind::Group => Refusal::GroupFull { stake, cap },
            Kind::Pool => Refusal::PoolFull { stake, cap },
            Kind::Pair => Refusal::GrantExceeded { stake, cap },
            Kind::SequencerDirect => Refusal::SequencerDirectFull { stake, cap },
            Kind::Direct => Refusal::DirectFull { stake, cap },
        }
    }
}
