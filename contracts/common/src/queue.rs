//! The redemption queue: batches that fill in order, tickets that share what their batch was filled
//! with.
//!
//! ```
//! use emetis_common::account::Account;
//! use emetis_common::queue::{Batch, Filled, Head, Number};
//! use emetis_common::redemption::Rate;
//!
//! let now = 1_800_000_000;
//! let head = Head::constructed(Account::ZERO);
//! let joined = head.join(now, 300, &Batch::default()).unwrap();
//! assert_eq!((joined.number(), joined.is_opened), (Number { batch: 1, place: 1 }, true));
//! let (head, batch) = (joined.head, joined.batch);
//! assert!(head.is_open(1, now, &batch));
//! assert!(head.is_closed(1, batch.closes(), &batch));
//!
//! // 100 of 300 are there.
//! let (filled, part) = Filled::default().fill(batch.nominal(), &Rate::new(1, 1), 100);
//! assert_eq!((part.nominal, part.assets, filled.is_whole()), (100, 100, false));
//! assert_eq!(filled.share_down(150), 50);
//! ```

mod batch;
mod filled;
mod head;
mod sums;
mod ticket;

pub use batch::Batch;
pub use filled::{Fill, Filled};
pub use head::{Head, Joined, Refusal};
pub use sums::Sums;
pub use ticket::{Number, Ticket};

/// The least that a ticket is for: 0.01 METIS, in wei of eMETIS.
pub const MIN_REQUEST: u128 = 10_000_000_000_000_000;
/// How long batches last to begin with, in seconds: 1 hour.
pub const LENGTH: u64 = 3_600;
/// The shortest batch, in seconds: 10 minutes.
pub const SHORTEST: u64 = 600;
/// The longest batch, in seconds: 1 day.
pub const LONGEST: u64 = 86_400;
/// Tickets that one call names at most.
pub const MAX_TICKETS: usize = 20;
/// Batches that one call fills at most.
pub const MAX_BATCHES: u32 = 16;
