//! The compiled programs in the engine: every entry, every error, what it costs.

mod contracts {
    mod fixtures;
    mod kit;
    mod signing;

    mod breakdown;
    mod callers;
    mod construct;
    mod deposit;
    mod domain;
    mod entry;
    mod expiry;
    mod guard;
    mod mutants_off;
    mod permit;
    mod rewards;
    mod snapshots;
    mod sweep;
    mod token;
    mod wallets;
}
