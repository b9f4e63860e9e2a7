//! The quota: who may hold how much, and where a pool's next METIS goes or comes from.
//!
//! | | |
//! |---|---|
//! | [`score`] | how able a sequencer is |
//!
//! No cap is a jump: one wei of stake, wherever it is, moves no cap by more than one wei. So nobody
//! gains by being just on one side of a line, and nobody can push another over one.
//!
//! Amounts are wei of METIS in 84 bits. Larger ones overflow nothing.

pub mod score;
