//! The invariants of the suite, and the proof that the campaign means something: it finds nothing in
//! the programs as released, every broken variant is found out, and what it says follows from its
//! seed.

#[path = "invariants/lib.rs"]
mod invariants;

#[path = "invariants/tests"]
mod tests {
    mod campaign;
    mod command;
    mod generators;
    mod kit;
    mod model;
    mod mutants;
    mod native;
}
