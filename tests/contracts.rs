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
    mod managed {
        mod authority;
        mod matrix;
        mod pause;
    }
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
            pub(crate) mod execute;
            mod gas;
            pub(crate) mod lapse;
            mod parameters;
            pub(crate) mod propose;
            pub(crate) mod pushes;
            pub(crate) mod veto;
            pub(crate) mod window;
        }
        mod mutants;
        mod registry {
            pub(crate) mod commission;
            mod construct;
            pub(crate) mod proof;
            pub(crate) mod register;
            pub(crate) mod signer;
        }
        mod stories {
            mod kit;

            mod exits;
            mod registry;
            mod rewards;
            mod slashes;
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
