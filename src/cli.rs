//! The command line: one module a subcommand.
//!
//! Exit codes: 0 if all is well, 1 if something was found (a violated property, a surviving mutant,
//! a program that would not activate, an outdated fixture), 2 if the command could not do its work,
//! 130 if ^C ended a campaign that had found nothing.

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod abi;
mod access;
mod bench;
mod build;
mod check;
mod fixtures;
mod fuzz;
mod gas;
mod mutants;
mod replay;
mod screen;

/// Builds the METIS staking suite's contracts and fuzzes them as compiled WASM, in this process.
///
/// Without a command: the default campaign, as `fuzz` runs it.
#[derive(Debug, Parser)]
#[command(name = "emetis", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all is well, 1 something was found, 2 it could not be run, 130 interrupted by ^C";

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the programs and prints their sizes against the limits
    Build(build::Options),
    /// Tells whether every program would activate, and at what costs
    Check,
    /// Runs a property campaign, or replays what one has found
    Fuzz(fuzz::Options),
    /// Tries every deliberately broken variant against the properties that must notice it
    Mutants(mutants::Options),
    /// Prints the gas of every flow, its parts, its budget and its peers
    Gas,
    /// Prints the CPU time of calls, worlds and compilations
    Bench,
    /// Writes the programs' ABIs as JSON, for front-ends
    Abi(abi::Options),
    /// Prints who may call what: function, role, delay, pausable
    Access(access::Options),
    /// Compiles the Solidity fixtures of the tests and writes their artefacts
    Fixtures(fixtures::Options),
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// All is well.
    Passed,
    /// It found what must not be.
    Failed,
    /// It was told to end before it found anything.
    Interrupted,
}

impl From<bool> for Verdict {
    fn from(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}

type Outcome = Result<Verdict, Box<dyn Error>>;

/// Does what the arguments ask for.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    // Nested programs need more stack than a main thread may have.
    const STACK: usize = 64 << 20;
    let worker =
        std::thread::Builder::new().name("emetis".into()).stack_size(STACK).spawn(move || run(cli));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => ExitCode::from(code),
        // The panic has already been printed.
        Ok(Err(_)) => ExitCode::from(2),
        Err(error) => {
            screen::error(&format!("no thread could be started: {error}"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> u8 {
    let outcome = match cli.command {
        None => fuzz::run(&fuzz::Options::default()),
        Some(Command::Build(options)) => build::run(&options),
        Some(Command::Check) => check::run(),
        Some(Command::Fuzz(options)) => fuzz::run(&options),
        Some(Command::Mutants(options)) => mutants::run(&options),
        Some(Command::Gas) => gas::run(),
        Some(Command::Bench) => bench::run(),
        Some(Command::Abi(options)) => abi::run(&options),
        Some(Command::Access(options)) => access::run(&options),
        Some(Command::Fixtures(options)) => fixtures::run(&options),
    };
    match outcome {
        Ok(Verdict::Passed) => 0,
        Ok(Verdict::Failed) => 1,
        Ok(Verdict::Interrupted) => fuzz::interrupt::EXIT_CODE,
        Err(error) => {
            screen::error(&error.to_string());
            2
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
