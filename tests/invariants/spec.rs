//! Every invariant: an ID, a sentence, how often it must be exercised, which mutants must trip it.

use emetis::campaign::Property;

macro_rules! properties {
    ($($constant:ident $id:literal $sentence:literal, at least $minimum:literal, every $every:literal, mutants $mutants:tt;)*) => {
        $(#[doc = $sentence] pub const $constant: &str = $id;)*

        /// All of them, in the order of the report.
        pub const PROPERTIES: &[Property] = &[$(Property {
            id: $id,
            sentence: $sentence,
            minimum: $minimum,
            every: $every,
            mutants: &$mutants,
        }),*];
    };
}

// The minimum is per 10,000 calls; `every` tells after how many calls the dear checks are made once.
properties! {
    MODEL "MODEL" "a call does what an independent model says: success with this answer and these books, or this exact error",
        at least 8_000, every 1, mutants [4, 5, 7, 8, 10, 12, 15, 16, 20, 35, 36];
    SOL_1 "SOL-1" "the hub's METIS equals its buffer plus the donations made, to the wei",
        at least 9_000, every 1, mutants [2, 3, 9, 11];
    SOL_3 "SOL-3" "eMETIS is minted only against as much METIS received, and the supply is the sum of the balances",
        at least 9_000, every 1, mutants [1, 13, 14];
    ACC_3 "ACC-3" "a permit works once, on this chain, for this contract and purpose, in time, signed by its owner, in one form; each use raises the nonce by one",
        at least 500, every 1, mutants [23, 24, 25, 26, 27, 28, 29, 31];
    VAU_8 "VAU-8" "an account's eMETIS falls only in calls it made or allowed, and an allowance falls by exactly what was used",
        at least 8_000, every 1, mutants [17, 18, 19, 30];
    SAF_1 "SAF-1" "nobody makes another's balance fall or another's transfer fail",
        at least 300, every 8, mutants [21];
    SAF_2 "SAF-2" "a receiver that re-enters leaves the same state as one that does not",
        at least 20, every 1, mutants [32];
    SAF_3 "SAF-3" "with enough gas no call ends in a bare revert, a panic or a trap; with less it ends the same or out of gas",
        at least 1_000, every 1, mutants [33, 34];
    SAF_4 "SAF-4" "the program's books are what the pure core computes, and another engine with cold caches sees the same answer, logs and gas",
        at least 300, every 32, mutants [6];
    SAF_5 "SAF-5" "a program that expired and was activated again has its state intact",
        at least 20, every 1, mutants [22];
}
