//! The books of sequencer staking against exact rationals.

mod staking {
    mod buckets;
    mod hold;
    mod layout;
    mod rewards;
    mod status;
}
