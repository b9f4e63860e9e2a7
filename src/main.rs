//! The command line of the suite: see `emetis --help`.

mod cli;
#[path = "../tests/invariants/lib.rs"]
mod invariants;

fn main() -> std::process::ExitCode {
    cli::main()
}
