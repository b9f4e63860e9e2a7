//! Every invariant: an ID, a sentence, how often it must be exercised, which mutants must trip it.
//!
//! `A` is the vault's ledger of eMETIS, `U` the reward still locked, `Q` the loss that is pending.

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
    MODEL "MODEL" "a call does what an independent model says: success with this answer, these logs and these books, or this exact error",
        at least 76_000, every 64, mutants [4, 5, 7, 8, 10, 12, 15, 16, 20, 35, 36, 48, 53, 56, 57, 58, 62, 64, 134, 136, 162, 167, 135, 137, 146, 182, 187, 195, 196, 200, 201, 214, 219, 251, 290, 291, 292, 293];
    VAU_1 "VAU-1" "the vault's eMETIS is its ledger plus the donations made, to the wei, and what is locked or provided for is on the ledger",
        at least 5_000, every 1, mutants [42, 54, 59];
    VAU_2 "VAU-2" "shares are the sum of balances, change only in entries and exits, and the dead stake stays",
        at least 6_000, every 1, mutants [55, 63];
    VAU_3 "VAU-3" "what a share is worth never falls but by a loss or its provision, then as the reference says, and a veto restores it",
        at least 2_500, every 32, mutants [37, 38, 39, 40, 47];
    VAU_4 "VAU-4" "in and out, or out and in, by any of the eight ways and in any parts, returns no more than was put in",
        at least 45, every 32, mutants [37, 38, 39, 40];
    VAU_5 "VAU-5" "previews promise no more than calls give, and conversions do not depend on the caller",
        at least 70, every 32, mutants [50, 60];
    VAU_6 "VAU-6" "donations move no preview and no deposit, and an attack round a victim's deposit gains nothing",
        at least 50, every 128, mutants [41];
    VAU_7 "VAU-7" "max* never fails, is zero while closed, goes through, and one more does not",
        at least 100, every 64, mutants [48, 49, 67];
    VAU_8 "VAU-8" "what an account has falls only in calls it made or allowed, and an allowance falls by exactly what was used",
        at least 2_000, every 1, mutants [17, 18, 19, 30, 51, 277, 281];
    SOL_1 "SOL-1" "each program's METIS equals its ledgers plus the donations made, to the wei",
        at least 20_000, every 1, mutants [2, 3, 9, 11, 152, 165, 166, 263, 264, 285];
    SOL_3 "SOL-3" "eMETIS is minted only against as much METIS, shares only against eMETIS, and the supply is the sum of the balances",
        at least 6_000, every 1, mutants [1, 13, 14, 42];
    SOL_2 "SOL-2" "eMETIS of the queue is what waits in its batches and gifts, and METIS that is placed, brought back or lost moves backing by as much",
        at least 210, every 16, mutants [262, 265, 266, 283];
    SOL_4 "SOL-4" "once what is placed is back, time and calls that anyone may make pay all tickets and all eMETIS, but for a wei a ticket",
        at least 520, every 64, mutants [278];
    QUE_1 "QUE-1" "batches open, close and are filled one after the other, and change only while they are open",
        at least 180, every 1, mutants [270, 271, 272, 286, 287];
    QUE_2 "QUE-2" "tickets of a batch add up to what is requested in it, those cancelled left out",
        at least 65, every 1, mutants [273];
    QUE_3 "QUE-3" "the escrow is what was filled less what was claimed, and for nobody is a wei a ticket of it at most",
        at least 360, every 1, mutants [278, 284];
    QUE_4 "QUE-4" "a ticket comes by a request, moves without its approval, and ends cancelled in time or claimed in full",
        at least 175, every 1, mutants [272, 280, 282, 287];
    QUE_5 "QUE-5" "a fill is at the rate of its moment, and what is filled is claimed as it is, to the wei",
        at least 27, every 1, mutants [274, 275, 276, 279, 288];
    QUE_6 "QUE-6" "what redeems at once and what is placed leaves in the buffer what the queue is owed",
        at least 53, every 1, mutants [250, 258];
    FEE_1 "FEE-1" "payment and fee are what the eMETIS stood for, the fee is in hand and within its bounds",
        at least 55, every 1, mutants [252, 253, 254, 255];
    RWD_6 "RWD-6" "rewards come from the pool, in time, move nothing at once, unlock linearly to the reference's end, and a loss takes them first",
        at least 5_000, every 128, mutants [43, 44, 45, 46, 52, 66];
    ACC_1 "ACC-1" "without its role a call has no effect; with a delay it has none before its time, after its week, once cancelled, or twice; no role defends itself",
        at least 4_000, every 32, mutants [10, 68, 69, 70, 71, 72, 73, 76, 77, 78, 79, 80, 81, 85, 91, 92, 93, 194, 199, 256, 259, 291];
    ACC_2 "ACC-2" "a pause halts its entries and nothing else, ends by itself after 7 days at most, and leaves entries free for 7 days",
        at least 9_500, every 64, mutants [86, 87, 88, 89, 90, 94, 95];
    ACC_3 "ACC-3" "a permit works once, on this chain, for this contract and purpose, in time, signed by its owner, in one form; each use raises the nonce by one",
        at least 200, every 1, mutants [23, 24, 25, 26, 27, 28, 29, 31, 65];
    SAF_1 "SAF-1" "nobody lowers what another's shares are worth, and whoever holds shares or eMETIS can leave with all of it",
        at least 26_000, every 64, mutants [21, 61, 153, 154, 155, 289];
    SAF_2 "SAF-2" "a receiver that re-enters leaves the same state as one that does not",
        at least 100, every 1, mutants [32];
    SAF_3 "SAF-3" "with enough gas no call ends in a bare revert, a panic or a trap; with less it ends the same or out of gas",
        at least 1_000, every 1, mutants [33, 34];
    SAF_4 "SAF-4" "the programs' books are what the pure core computes, and another engine with cold caches sees the same answer, logs and gas",
        at least 5_400, every 128, mutants [6, 159, 230, 234];
    SAF_5 "SAF-5" "a program that expired and was activated again has its state intact",
        at least 20, every 1, mutants [22];
    STK_1 "STK-1" "ids are dense, a signer is one sequencer's for ever, status follows from the figures and changes as it may",
        at least 22_000, every 1, mutants [103, 105, 159, 160, 161, 168];
    STK_2 "STK-2" "delegations grow only on a bond that suffices, and what a proposal may take stays until it ends",
        at least 600, every 1, mutants [129, 133, 156, 157, 158, 171];
    STK_3 "STK-3" "what unbonds is there at the end of its day plus the period of its opening, and at most one hold later",
        at least 3_200, every 1, mutants [130, 131, 132, 133, 135];
    SLA_1 "SLA-1" "a slash takes the bond side first, then delegations, at one ratio for what stays and what leaves, and all of it is in hand",
        at least 140, every 1, mutants [125, 126, 127, 151, 150];
    SLA_2 "SLA-2" "a slash takes what was fixed, within a window's part, once for evidence and fault, and every proposal can end",
        at least 260, every 16, mutants [113, 114, 119, 122, 128, 185, 186, 201];
    SLA_3 "SLA-3" "who leaves between a fault and its slash loses what a stayer loses",
        at least 280, every 32, mutants [125, 126];
    SLA_4 "SLA-4" "a pool is provisioned what pending proposals may take of it, nothing when none is pending, and told what it has lost",
        at least 1_250, every 1, mutants [123, 163, 164, 172];
    QTA_1 "QTA-1" "what enters stays below the caps of sequencer, group, pool, pair and direct positions, and a bond can always be restored",
        at least 280, every 32, mutants [180, 181, 183, 192, 193, 198, 202, 213, 215, 218];
    QTA_2 "QTA-2" "stake adds up over sequencers, groups, pools and direct positions, and over time",
        at least 32_000, every 1, mutants [138, 139, 140, 141, 169, 173];
    QTA_3 "QTA-3" "a plan gives what is asked for but for what nothing has room for, can be carried out, and leaves what is not Active first",
        at least 400, every 32, mutants [188, 189, 191];
    QTA_4 "QTA-4" "both plans are what a loop does that moves 1 METIS at a time",
        at least 265, every 32, mutants [188, 189, 190, 191];
    QTA_5 "QTA-5" "a wei of stake moves no cap by more than a wei",
        at least 770, every 32, mutants [210, 216];
    QTA_6 "QTA-6" "what a pool moves stays in its bucket, which nobody else and no exit touches",
        at least 2_600, every 16, mutants [184, 197, 211, 212, 217];
    RWD_1 "RWD-1" "rewards brought are those paid, forfeited, owed, parked and pending, to the wei",
        at least 4_400, every 1, mutants [144, 147, 148];
    RWD_2 "RWD-2" "indexes never fall, and nobody earns more than exactly their part, nor less but for rounding",
        at least 10_400, every 1, mutants [144, 149, 170];
    RWD_3 "RWD-3" "what falls on too little stake parks, and who enters gets nothing of what came before",
        at least 2_800, every 1, mutants [145, 147];
    RWD_4 "RWD-4" "delegating and undelegating leave what everybody has earned as it was",
        at least 19_000, every 1, mutants [142, 143];
    SOL_5 "SOL-5" "anyone registers while fewer than 64 sequencers are live; redemptions wait for a loss, no longer than 14 days in 21",
        at least 360, every 32, mutants [161, 260, 261];
}
