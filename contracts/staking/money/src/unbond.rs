//! What unbonds: the buckets of a sequencer and the entries in them.

use emetis_common::{
    account::Account,
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    slots::{self, staking},
    staking::{
        buckets::{Bucket, Entry, Number},
        hold::Hold,
        rules::PERIOD_MAX,
    },
    word::{self, Word},
};

use crate::{errors, rules, sequencer::Sequencer};

/// Whose METIS unbonds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The delegators'.
    Delegations,
    /// The operator's.
    Bond,
}

impl Side {
    /// A bucket of a sequencer on this side.
    pub(crate) fn load(self, id: u32, number: u64) -> Bucket {
        Bucket::unpack(&host::load(&self.bucket_slot(id, number)))
    }

    /// Writes a bucket.
    pub(crate) fn store(self, id: u32, number: u64, bucket: &Bucket) {
        host::store(&self.bucket_slot(id, number), &bucket.pack());
    }

    /// What of an account is in a bucket on this side.
    pub(crate) fn load_entry(self, id: u32, number: u64, account: &Account) -> Entry {
        Entry::unpack(&host::load(&self.entry_slot(id, number, account)))
    }

    /// Writes what of an account is in a bucket.
    pub(crate) fn store_entry(self, id: u32, number: u64, account: &Account, entry: &Entry) {
        host::store(&self.entry_slot(id, number, account), &entry.pack());
    }

    /// What of a bucket can be paid at a moment: nothing before it matures, then all but what a hold
    /// may take.
    pub(crate) fn free(
        self,
        bucket: &Bucket,
        number: Number,
        hold: Option<&Hold>,
        now: u64,
    ) -> u128 {
        #[cfg(feature = "mutants")]
        let (now, hold) = crate::broken::freed(self, number, hold, now);
        if now < number.matures() {
            return 0;
        }
        let held = match (hold.filter(|hold| hold.covers(number)), self) {
            (None, _) => 0,
            (Some(hold), Self::Delegations) => hold.held_delegations_up(bucket.assets),
            (Some(hold), Self::Bond) => hold.held_bond_up(bucket.assets),
        };
        bucket.assets.saturating_sub(held)
    }

    fn bucket_slot(self, id: u32, number: u64) -> Word {
        let kind = match self {
            Self::Delegations => staking::BUCKET,
            Self::Bond => staking::BOND_BUCKET,
        };
        slots::numbered(kind, id, number as u32)
    }

    fn entry_slot(self, id: u32, number: u64, account: &Account) -> Word {
        let kind = match self {
            Self::Delegations => staking::ENTRY,
            Self::Bond => staking::BOND_ENTRY,
        };
        slots::keyed(kind, id, number as u32, account)
    }
}

/// Puts assets of an account into today's bucket, and opens it if need be. Its number, as a word.
///
/// # Errors
/// `LedgerOverflow`, out of reach while the books fit.
#[inline(never)]
pub(crate) fn join(
    sequencer: &mut Sequencer,
    side: Side,
    account: &Account,
    assets: u128,
    now: u64,
) -> Result<Word, Revert> {
    let number = open(sequencer, side, now);
    let bucket = side.load(sequencer.id, number);
    let Some((joined, part)) = bucket.joined(assets) else {
        return Err(errors::ledger_overflow(bucket.nominal, assets));
    };
    let entry = side.load_entry(sequencer.id, number, account);
    let nominal = entry.nominal.saturating_add(part);

    side.store(sequencer.id, number, &joined);
    side.store_entry(sequencer.id, number, account, &Entry { nominal, ..entry });
    Ok(word::count(number))
}

/// The bucket that takes what unbonds now: the latest if it is of this day and this period and no
/// slash has hit it on this side, else a new one while the day has one.
fn open(sequencer: &mut Sequencer, side: Side, now: u64) -> u64 {
    let (latest, period) = (sequencer.shares.bucket, rules::load().period);
    let number = Number::of(latest);
    if latest != 0 && number.is_of(now, period) && side.load(sequencer.id, latest).is_whole() {
        return latest;
    }
    let next = number.next(now, period).number();
    if latest != 0 && next != latest {
        let slot = slots::numbered(staking::PREVIOUS, sequencer.id, next as u32);
        host::store(&slot, &word::count(latest));
    }
    sequencer.shares.bucket = next;
    next
}

/// The number of the bucket that was the latest before this one, zero for none.
pub(crate) fn previous(id: u32, number: u64) -> u64 {
    word::low_u128(&host::load(&slots::numbered(staking::PREVIOUS, id, number as u32))) as u64
}

/// The buckets in scope of a hold, from the latest back.
pub(crate) struct Scope<'a> {
    hold: &'a Hold,
    id: u32,
    next: u64,
}

impl<'a> Scope<'a> {
    /// The scope of a hold of a sequencer.
    pub(crate) fn new(sequencer: &Sequencer, hold: &'a Hold) -> Self {
        let spared = mutant(Mutant::SlashSparesUnbonding);
        let next = if spared { 0 } else { sequencer.shares.bucket };
        Self { hold, id: sequencer.id, next }
    }
}

impl Iterator for Scope<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        while self.next != 0 {
            let number = Number::of(self.next);
            // What is older ended before the fault, or had matured whatever its period.
            let ended = number.end();
            if ended <= self.hold.fault || ended.saturating_add(PERIOD_MAX) <= self.hold.at {
                return None;
            }
            let found = self.next;
            self.next = previous(self.id, found);
            if self.hold.covers(number) {
                return Some(found);
            }
        }
        None
    }
}
