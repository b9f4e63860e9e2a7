//! A sequencer in storage, as a call finds it and leaves it.

use emetis_common::{
    account::Account,
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    slots::{self, staking},
    staking::{
        hold::Hold,
        position::Position,
        rules::Rules,
        sequencer::{Identity, Money, Shares},
        status::{self, Status},
    },
    word::{self, Word},
};

use crate::{errors, rules};

/// A sequencer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sequencer {
    /// Its number.
    pub(crate) id: u32,
    /// Bond, delegations, counters, flags.
    pub(crate) money: Money,
    /// Shares, latest bucket, since when it is idle.
    pub(crate) shares: Shares,
}

/// Reads the sequencer whose number is in a word.
///
/// # Errors
/// `SequencerUnknown`.
#[inline(never)]
pub(crate) fn load(id: &Word) -> Result<Sequencer, Revert> {
    find(id).ok_or_else(|| errors::sequencer_unknown(id))
}

/// Reads the sequencer whose number is in a word, or none if there is no such.
#[inline(never)]
pub(crate) fn find(id: &Word) -> Option<Sequencer> {
    let id = word::to_u32(id)?;
    let sequencer = at(id);
    sequencer.money.exists().then_some(sequencer)
}

/// Reads the sequencer with a number.
pub(crate) fn at(id: u32) -> Sequencer {
    Sequencer {
        id,
        money: Money::unpack(&load_field(staking::MONEY, id)),
        shares: Shares::unpack(&load_field(staking::SHARES, id)),
    }
}

impl Sequencer {
    /// The number, as a word.
    pub(crate) fn word(&self) -> Word {
        word::count(u64::from(self.id))
    }

    /// The counter of changes, as a word.
    pub(crate) fn nonce(&self) -> Word {
        word::count(self.money.nonce)
    }

    /// Its status.
    pub(crate) fn status(&self, rules: &Rules) -> Status {
        let min_bond_bps = if mutant(Mutant::StatusIgnoresBps) { 0 } else { rules.min_bond_bps };
        status::status(&self.money, self.shares.total, &Rules { min_bond_bps, ..*rules })
    }

    /// Owner and times.
    pub(crate) fn identity(&self) -> Identity {
        Identity::unpack(&load_field(staking::IDENTITY, self.id))
    }

    /// Writes owner and times.
    pub(crate) fn store_identity(&self, identity: &Identity) {
        store_field(staking::IDENTITY, self.id, &identity.pack());
    }

    /// What an account has with it.
    pub(crate) fn position(&self, account: &Account) -> Position {
        Position::unpack(&host::load(&slots::keyed(staking::POSITION, self.id, 0, account)))
    }

    /// Writes what an account has with it.
    pub(crate) fn store_position(&self, account: &Account, position: &Position) {
        host::store(&slots::keyed(staking::POSITION, self.id, 0, account), &position.pack());
    }

    /// The hold that was laid on it last.
    pub(crate) fn hold(&self) -> Hold {
        Hold::unpack(&load_part(self.id, 0), &load_part(self.id, 1))
    }

    /// The hold if one is laid on it and its time is not over.
    #[inline(never)]
    pub(crate) fn live_hold(&self, now: u64) -> Option<Hold> {
        if !self.money.held {
            return None;
        }
        Some(self.hold()).filter(|hold| hold.is_live(now) || mutant(Mutant::HoldNeverEnds))
    }

    /// Writes a hold.
    pub(crate) fn store_hold(&self, hold: &Hold) {
        let [bond, delegated] = hold.pack();
        host::store(&slots::numbered(staking::HOLD, self.id, 0), &bond);
        host::store(&slots::numbered(staking::HOLD, self.id, 1), &delegated);
    }

    /// Forgets the hold.
    pub(crate) fn clear_hold(&self) {
        let nothing = word::count(0);
        host::store(&slots::numbered(staking::HOLD, self.id, 0), &nothing);
        host::store(&slots::numbered(staking::HOLD, self.id, 1), &nothing);
    }

    /// Counts a change, notes whether the sequencer is Active, and writes it.
    #[inline(never)]
    pub(crate) fn commit(&mut self, now: u64) {
        self.money.count_change();
        self.save(now);
    }

    /// Notes whether the sequencer is Active, and writes it.
    #[inline(never)]
    pub(crate) fn save(&mut self, now: u64) {
        self.shares.inactive_since = match self.status(&rules::load()) {
            Status::Active => 0,
            _ if self.shares.inactive_since == 0 => now,
            _ => self.shares.inactive_since,
        };
        store_field(staking::MONEY, self.id, &self.money.pack());
        store_field(staking::SHARES, self.id, &self.shares.pack());
    }
}

/// Reads a slot of a sequencer.
#[inline(never)]
pub(crate) fn load_field(kind: u32, id: u32) -> Word {
    host::load(&slots::numbered(kind, id, 0))
}

/// Writes a slot of a sequencer.
#[inline(never)]
pub(crate) fn store_field(kind: u32, id: u32, value: &Word) {
    host::store(&slots::numbered(kind, id, 0), value);
}

fn load_part(id: u32, part: u32) -> Word {
    host::load(&slots::numbered(staking::HOLD, id, part))
}
