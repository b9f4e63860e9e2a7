//! The vault's books in storage, at a moment.

use emetis_common::{
    account::Account,
    books::{self, Books},
    entry::Revert,
    host,
    mutants::{Mutant, mutant},
    pause,
    slots::{self, vault},
    word::Word,
};

/// The books as a call finds them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Shares, ledger, stream, pending loss.
    pub(crate) books: Books,
    /// eMETIS.
    pub(crate) asset: Account,
    /// Time of the block, in seconds.
    pub(crate) now: u64,
    /// The slot of the reward, which keeps the asset too.
    reward: Word,
}

/// Reads the books.
#[inline(never)]
pub(crate) fn load() -> Moment {
    let head = host::load(&slots::variable(vault::HEAD));
    let reward = host::load(&slots::variable(vault::REWARD));
    let books = Books::unpack(&head, &reward, load_pending);
    let moment = Moment { books, asset: Account::low(&reward), now: host::timestamp(), reward };
    #[cfg(feature = "mutants")]
    let moment = crate::broken::loaded(moment);
    moment
}

/// When the last reward came; zero for never.
pub(crate) fn last_reward() -> u64 {
    books::unpack_pending(&load_pending()).1
}

/// Writes shares and ledger, and the times of the stream.
#[inline(never)]
pub(crate) fn store_head(books: &Books) {
    host::store(&slots::variable(vault::HEAD), &books.pack_head());
}

/// Notes whether a pause was set.
pub(crate) fn set_pause(is_set: bool) {
    store_head(&load().books.with_pause(is_set));
}

impl Moment {
    /// The moment for an entry, which is refused while entries are paused. A pause that is over is
    /// forgotten.
    ///
    /// # Errors
    /// `EntriesPaused`.
    pub(crate) fn open(self) -> Result<Self, Revert> {
        if self.books.is_pause_set() {
            pause::check()?;
        }
        Ok(Self { books: self.books.with_pause(false), ..self })
    }

    /// Whether entries are paused.
    pub(crate) fn is_paused(&self) -> bool {
        self.books.is_pause_set() && pause::is_active() && !mutant(Mutant::MaximaIgnorePause)
    }

    /// The same moment with other books.
    #[cfg(feature = "mutants")]
    pub(crate) fn with(self, books: Books) -> Self {
        Self { books, ..self }
    }

    /// Writes everything, with the time of the last reward.
    pub(crate) fn store(&self, books: &Books, last_reward: u64) {
        store_head(books);
        host::store(&slots::variable(vault::REWARD), &books.pack_reward(&self.reward));
        host::store(&slots::variable(vault::PENDING), &books.pack_pending(last_reward));
    }
}

fn load_pending() -> Word {
    host::load(&slots::variable(vault::PENDING))
}
