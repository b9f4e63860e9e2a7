//! The quota: who may hold how much, and where a pool's next METIS goes or comes from.
//!
//! | | |
//! |---|---|
//! | [`score`] | how able a sequencer is |
//! | [`limits`] | the parameters |
//! | [`figures`] | what the stake is just before an entry |
//! | [`caps`] | the caps as numbers |
//! | [`question`] | whether an entry stays below all of them, and how much still would |
//! | [`raise`] | an amount that falls at once and rises later |
//! | [`groups`] | operator groups under one cap |
//! | [`churn`] | how much a pool may move from one sequencer to another |
//! | [`plan`] | where assets go to, and where they come from |
//! | [`concentration`] | how unevenly stake is spread |
//!
//! No cap is a jump: one wei of stake, wherever it is, moves no cap by more than one wei. So nobody
//! gains by being just on one side of a line, and nobody can push another over one.
//!
//! Amounts are wei of METIS in 84 bits. Larger ones overflow nothing.
//!
//! ```
//! use emetis_common::quota::{figures::Figures, limits::Limits, question::*, score::Scores};
//! use emetis_common::staking::METIS;
//!
//! let figures = Figures {
//!     assets: 10_001 * METIS,
//!     sequencer_stake: 50_000 * METIS,
//!     activation_threshold: 20_000 * METIS,
//!     max_lock: 100_000 * METIS,
//!     ..Figures::default()
//! };
//! let composite = Scores::default().composite();
//! let question = Question { figures, limits: Limits::default(), composite, grant: 0 };
//! let (stake, cap) = (60_001 * METIS, 60_000 * METIS);
//! assert_eq!(question.check(0), Err(Refusal::SequencerFull { stake, cap }));
//! assert_eq!(question.room(0).assets, 10_000 * METIS);
//! ```

pub mod caps;
pub mod churn;
pub mod concentration;
pub mod figures;
pub mod groups;
pub mod limits;
pub mod plan;
pub mod question;
pub mod raise;
pub mod score;
