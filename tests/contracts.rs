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
        mod staking {
            mod callers;
            mod delays;
            mod pause;
            mod trace;
        }
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

    mod exits {
        mod kit;

        mod differential;
        mod donations;
        mod fees;
        mod fill;
        mod halt;
        mod limits;
        mod maxima;
        mod mutants;
        mod native;
        mod parameters;
        mod placing;
        mod priority;
        mod redeem_now;
        mod refusals;
        mod settle;
        mod waits;
    }

    mod lens {
        mod kit;

        mod complete;
        mod construct;
        mod entry;
        mod expiry;
        mod gas;
        mod groups;
        mod hostile;
        mod mutants;
        mod pools;
        mod reference;
    }

    mod queue {
        mod kit;

        mod batches;
        mod books;
        mod cancel;
        mod claim;
        mod construct;
        mod crossing;
        mod differential;
        mod donations;
        mod entry;
        mod expiry;
        mod finalize;
        mod flat;
        mod mutants;
        mod offers;
        mod permits;
        mod picture;
        mod rate;
        mod receivers;
        mod request;
        mod rounding;
        mod several;
        mod stories;
        mod token;
        mod views;
        mod waits;
    }

    mod quota {
        mod kit;

        mod check;
        mod churn;
        mod construct;
        mod game;
        mod gas;
        mod grants;
        mod groups;
        mod hostile;
        mod limits;
        mod mutants;
        mod plans;
        mod room;
        mod scores;
        mod slashed;
        mod stories;
    }

    mod staking {
        pub(crate) mod busy;
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
        mod entry;
        mod flows {
            mod delegate;
            mod hand_over;
            mod register;
            mod restore;
            mod slash;
        }
        mod gas;
        mod money {
            mod bond;
            mod claims;
            mod complete;
            mod construct;
            mod delegate;
            mod exit;
            mod jail;
            mod orders;
            mod owner;
            mod parameters;
            mod pause;
            mod pools;
            mod rewards;
            mod slashed;
            mod undelegate;
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
            mod admin;
            mod exits;
            mod expiry;
            mod incidents;
            mod jail;
            mod periods;
            mod pools;
            pub(crate) mod reentry;
            mod registry;
            mod rewards;
            pub(crate) mod slashes;
            mod timing;
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
