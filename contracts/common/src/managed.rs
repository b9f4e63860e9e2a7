//! An authority, and the entries that are restricted to whom it lets in.
//!
//! Functions, events, errors and answers are those of OpenZeppelin's `AccessManaged`. Restricted
//! entries are had by `Call::restricted` alone. A program that uses
//! them stores its authority by `adopt` when it is constructed, and puts `authority`,
//! `set_authority` and `is_consuming` into its dispatch table.
//!
//! ```
//! use emetis_common::managed::Permission;
//! use emetis_common::word::{of_bool, of_u64};
//!
//! let delayed = [of_bool(false), of_u64(172_800)];
//! assert_eq!(Permission::read(&delayed, 64), Permission::Scheduled);
//! assert_eq!(Permission::read(&delayed, 32), Permission::Refused);
//! ```

#[cfg(target_arch = "wasm32")]
mod entries;

#[cfg(target_arch = "wasm32")]
pub(crate) use entries::check;
#[cfg(target_arch = "wasm32")]
pub use entries::{adopt, authority, is_consuming, set_authority};

use crate::word::{self, Word};

/// What an authority lets a caller do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// To call at once.
    Immediate,
    /// To call what was scheduled and has become due.
    Scheduled,
    /// Nothing.
    Refused,
}

impl Permission {
    /// Reads what `canCall` answered: two words, of which missing ones are zero, and its size in
    /// bytes. What no authority would answer lets nobody do anything.
    #[must_use]
    pub fn read([immediate, delay]: &[Word; 2], size: usize) -> Self {
        if size < 32 {
            return Self::Refused;
        }
        if *immediate == word::of_bool(true) {
            return Self::Immediate;
        }
        let is_delayed = *immediate == word::ZERO
            && size >= 64
            && word::to_u64(delay).is_some_and(|delay| delay > 0 && delay <= u64::from(u32::MAX));
        if is_delayed { Self::Scheduled } else { Self::Refused }
    }
}
