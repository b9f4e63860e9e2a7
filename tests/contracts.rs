//! The compiled programs in the engine: every entry, every error, what it costs.

mod contracts {
    mod kit;

    mod breakdown;
    mod snapshots;
}
