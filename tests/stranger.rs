//! Somebody else's contract on this harness: a vesting escrow that knows nothing of the suite, written
//! with the Stylus SDK's own macros, told stories to, called by EVM code, and fuzzed.

mod stranger {
    mod bytecode;
    mod campaign;
    mod interface;
    mod kit;
    mod model;
    mod stories;
    mod subject;
}
