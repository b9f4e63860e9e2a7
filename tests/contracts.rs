//! The compiled programs in the engine: every entry, every error, what it costs.

mod contracts {
    mod chance;
    mod fixtures;
    mod kit;
    mod signing;

    mod abi;
    mod breakdown;
    mod call_graph;
    mod callers;
    mod construct;
    mod deposit;
    mod differential;
    mod domain;
    mod entry;
    mod expiry;
    mod guard;
    mod mutants_off;
    mod native;
    mod permit;
    mod rewards;
    mod sides;
    mod snapshots;
    mod sweep;
    mod token;
    mod twins;
    mod vault_differential;
    mod wallets;

    mod access {
        pub(crate) mod kit;

        mod cancel;
        mod construct;
        mod differential;
        mod entry;
        mod execute;
        mod members;
        mod multicall;
        mod mutants;
        mod operations;
        mod suspend;
        mod targets;
    }

    mod staking {
        pub(crate) mod kit;

        mod court {
            mod authority;
            mod construct;
            mod execute;
            mod gas;
            mod lapse;
            mod parameters;
            mod propose;
            mod pushes;
            mod veto;
            mod window;
        }
        mod mutants;
        mod registry {
            mod commission;
            mod construct;
            mod proof;
            mod register;
            mod signer;
        }
    }

    mod vault {
        pub(crate) mod kit;

        mod construct;
        mod enter;
        mod entry;
        mod leave;
        mod reward;
        mod settle;
        mod stake;
        mod stories;
        mod sweep;
        mod token;
    }
}
