//! What an account that delegates finds: every figure that staking and this quota would measure by.

use emetis_common::{
    account::Account,
    host,
    mutants::{Mutant, mutant},
    quota::{
        figures::Figures,
        limits::{Limits, Marks},
        question::{Cap, Kind, Question},
    },
    staking::{BPS, sequencer::Shares},
};

use crate::{
    grants, groups, limits, programs, scores,
    staking::{OPEN, Parameters, Staking, Totals},
};

/// What keeps an account from delegating more, numbered as in the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Reason {
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

/// Figures that are the same whatever the sequencer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) staking: Staking,
    pub(crate) account: Account,
    pub(crate) now: u64,
    /// Whether the account is a registered pool.
    pub(crate) registered: bool,
    pool_stake: u128,
    limits: Limits,
    marks: Marks,
    totals: Totals,
    pub(crate) parameters: Parameters,
    /// See [`Staking::third_of_others`].
    fourth: u128,
}

/// A sequencer as an account finds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    /// The status, as staking numbers it.
    pub(crate) status: u64,
    /// Whether a position here is, or would be, a pool's.
    pub(crate) pooled: bool,
    /// What the account has here.
    pub(crate) position: u128,
    /// Bond and delegations.
    pub(crate) stake: u128,
    /// The caps by which a delegation would be measured; that of the group with its own stake alone.
    pub(crate) caps: [Cap; 4],
    /// The group as staking numbers it.
    pub(crate) group: u64,
    bond: u128,
}

impl Field {
    /// Looks around.
    #[inline(never)]
    pub(crate) fn new(account: Account) -> Self {
        let (staking, now) = (Staking(programs::staking()), host::timestamp());
        let (registered, pool_stake) = staking.pool(&account);
        let (limits, marks) = limits::load();
        let fourth = if registered { staking.third_of_others(&account) } else { 0 };
        Self {
            staking,
            account,
            now,
            registered,
            pool_stake,
            limits: grants::limits_of(&account, &limits, marks, now),
            marks,
            totals: staking.totals(),
            parameters: staking.parameters(),
            fourth,
        }
    }

    /// Looks at a sequencer.
    #[inline(never)]
    pub(crate) fn sight(&self, id: u32) -> Sight {
        let [status, bond, delegated, total, direct, _, group] = self.staking.sequencer(id);
        let [shares, position, was_pooled] = self.staking.position(&self.account, id);
        let pooled = self.registered && (shares == 0 || was_pooled != 0);
        // What a pool had left when it was removed is direct from its next change on.
        let left_over = if was_pooled != 0 && !self.registered { shares } else { 0 };
        let direct = direct.saturating_add(left_over);
        let (stake, group) = (bond.saturating_add(delegated), group as u64);
        let Totals { stake: all, bonds, pooled: of_pools } = self.totals;
        let figures = Figures {
            pool: if pooled { self.account } else { Account::ZERO },
            id: u64::from(id),
            assets: u128::MAX,
            group,
            sequencer_stake: stake,
            sequencer_bond: bond,
            sequencer_direct: shares_of(total).assets_down(direct, delegated),
            group_stake: 0,
            pool_stake: self.pool_stake,
            pair_stake: position,
            direct_stake: all.saturating_sub(bonds).saturating_sub(of_pools),
            total_stake: all,
            activation_threshold: self.parameters.threshold,
            max_lock: self.parameters.max_lock,
        };
        let grant = if pooled { grants::grant(&self.account, id, self.now) } else { 0 };
        let composite = scores::composite(id, self.now);
        let question = Question { figures, limits: self.limits, composite, grant };
        let caps = question.caps(self.fourth);
        Sight { status: status as u64, pooled, position, stake, caps, group, bond }
    }

    /// The group under whose cap a sequencer is.
    pub(crate) fn leader(&self, sight: &Sight) -> u64 {
        if self.marks.groups { groups::leader_of(sight.group, self.now) } else { sight.group }
    }

    /// What the group under whose cap a sequencer is may still get.
    #[inline(never)]
    pub(crate) fn group_room(&self, sight: &Sight, leader: u64) -> u128 {
        let known = (sight.group, self.staking.group_stake(sight.group));
        let stake = if self.marks.groups {
            groups::stake(&self.staking, leader, known, self.now)
        } else {
            known.1
        };
        let [_, group, ..] = sight.caps;
        group.cap.saturating_sub(stake)
    }

    /// What a sequencer may still get whatever its group and the account have elsewhere, and why not
    /// more.
    pub(crate) fn own_room(&self, sight: &Sight) -> (u128, Reason) {
        let [sequencer, _, third, last] = sight.caps;
        let pair = if sight.pooled { last } else { third };
        let bond = self.bond_room(sight);
        let rooms = [bond, (sequencer.room(), Reason::SequencerFull), (pair.room(), reason(pair))];
        match sight.status {
            0 => (0, Reason::SequencerUnknown),
            status if status > OPEN => (0, Reason::SequencerClosed),
            _ if mutant(Mutant::PlanIgnoresGrant) => (sequencer.room(), Reason::SequencerFull),
            _ => least(&rooms),
        }
    }

    /// What the account may still hold in all sequencers, and what it is that allows no more.
    pub(crate) fn account_room(sight: &Sight) -> (u128, Reason) {
        let [.., third, last] = sight.caps;
        let cap = if sight.pooled { third } else { last };
        (cap.room(), reason(cap))
    }

    /// What the bond carries beyond the stake there is.
    fn bond_room(&self, sight: &Sight) -> (u128, Reason) {
        let Parameters { min_bond, min_bond_bps, .. } = self.parameters;
        let carried = if sight.bond < min_bond {
            0
        } else {
            emetis_common::muldiv::scale_down(sight.bond, BPS, min_bond_bps).unwrap_or(u128::MAX)
        };
        (carried.saturating_sub(sight.stake), Reason::BondTooSmall)
    }
}

/// The smallest room; of equal ones the first in the order of the checks, which is that of reasons.
pub(crate) fn least(rooms: &[(u128, Reason)]) -> (u128, Reason) {
    rooms.iter().min().copied().unwrap_or((0, Reason::None))
}

fn reason(cap: Cap) -> Reason {
    match cap.kind {
        Kind::Sequencer => Reason::SequencerFull,
        Kind::Group => Reason::GroupFull,
        Kind::Pool => Reason::PoolFull,
        Kind::Pair => Reason::GrantExceeded,
        Kind::SequencerDirect => Reason::SequencerDirectFull,
        Kind::Direct => Reason::DirectFull,
    }
}

/// So many shares of a sequencer.
const fn shares_of(total: u128) -> Shares {
    Shares { total, inactive_since: 0, direct: 0, bucket: 0 }
}
