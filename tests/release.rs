//! What is released: programs that come out the same everywhere and hold nothing they should not,
//! and fixtures that belong to their sources.

mod release {
    mod abi;
    mod builder;
    mod bytes;
    mod fixtures;
    mod folder;
    mod mutants;
}
