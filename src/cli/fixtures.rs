//! `emetis fixtures`: really compiles the Solidity contracts that tests talk to.

use clap::Args;
use emetis::abi::differing_from_solidity;
use emetis::artifacts::fixtures::{FixtureError, compile_fixtures};

use super::screen::{self, Ink, Meter};
use super::{Outcome, Verdict};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Write nothing; fail if an artefact is not what its source compiles to
    #[arg(long)]
    check: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    let meter = Meter::spinner("Compiling");
    meter.tell(0, "Solidity fixtures".into());
    let report = match compile_fixtures(options.check) {
        Ok(report) => report,
        Err(stale @ FixtureError::Stale { .. }) => {
            drop(meter);
            screen::print(&screen::paint(&stale.to_string(), Ink::Bad));
            return Ok(Verdict::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    drop(meter);
    for name in &report.changed {
        screen::status("Wrote", name);
    }
    let same = report.fixtures.len().saturating_sub(report.changed.len());
    let differing = differing_from_solidity()?;
    if !differing.is_empty() {
        let told =
            format!("ABIs that {} tells otherwise: {}", report.compiler, differing.join(", "));
        screen::print(&screen::paint(&told, Ink::Bad));
        return Ok(Verdict::Failed);
    }
    screen::print(&format!(
        "{same} artefacts are what {} makes of their sources, and so are the ABIs",
        report.compiler
    ));
    Ok(Verdict::Passed)
}
