//! `emetis build`: the programs, and their sizes against the limits.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use emetis::artifacts::{Artifact, BuildError, Builder, Step, target_dir};
use emetis::stylus::Version;
use emetis::{Table, thousands};

use super::screen::{self, Meter};
use super::{Outcome, Verdict};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Build the extra programs that contain every deliberately broken variant
    #[arg(long)]
    mutants: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    let artifacts = build(options.mutants)?;
    let folder = folder();
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    for artifact in &artifacts {
        let suffix = if options.mutants { "-mutants" } else { "" };
        let path = folder.join(format!("{}{suffix}.wasm", artifact.name));
        fs::write(&path, &artifact.wasm).map_err(|error| cannot_write(&path, &error))?;
        screen::status("Wrote", &shown(&path));
    }
    screen::print(&sizes(&artifacts));
    Ok(within_limits(&artifacts))
}

/// The programs, built first if their sources have changed, with progress on the screen.
pub(super) fn build(mutants: bool) -> Result<Vec<Artifact>, BuildError> {
    let artifacts = builder(mutants).build()?;
    Ok(artifacts)
}

/// A builder that tells its progress.
pub(super) fn builder(mutants: bool) -> Builder {
    let meter = Meter::spinner("Building");
    let compiled = std::sync::atomic::AtomicU64::new(0);
    Builder::new().mutants(mutants).progress(move |step| match step {
        Step::Installing(command) => screen::status("Installing", &format!("`{command}`")),
        Step::Compiled(package) => {
            let count = compiled.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            meter.tell(count, format!("contracts: {package} ({count} crates)"));
        }
        Step::Packing(program) => {
            let count = compiled.load(std::sync::atomic::Ordering::Relaxed);
            meter.tell(count, format!("contracts: packing {program}"));
        }
        _ => {}
    })
}

/// Every program's sizes.
pub(super) fn sizes(artifacts: &[Artifact]) -> String {
    let limits = Version::ARBOS_60.limits;
    let heads = ["program", ">code bytes", ">limit", ">used", ">WASM bytes", ">functions", ">data"];
    let mut table = Table::new(&heads);
    for artifact in artifacts {
        let code = artifact.code.len();
        table.row([
            artifact.name.clone(),
            thousands(code),
            thousands(limits.code),
            format!("{:.1} %", 100.0 * code as f64 / limits.code as f64),
            thousands(artifact.wasm.len()),
            thousands(artifact.figures.functions),
            thousands(artifact.figures.data_payload),
        ]);
    }
    screen::table(&table)
}

/// Whether a chain takes every program; says of each that is too large what to do.
pub(super) fn within_limits(artifacts: &[Artifact]) -> Verdict {
    let limits = Version::ARBOS_60.limits;
    let errors: Vec<_> =
        artifacts.iter().filter_map(|artifact| artifact.check_size(&limits).err()).collect();
    for error in &errors {
        screen::error(&error.to_string());
    }
    Verdict::from(errors.is_empty())
}

/// Where files for the user go.
pub(super) fn folder() -> PathBuf {
    target_dir().join("emetis")
}

/// A path as the user would type it.
pub(super) fn shown(path: &std::path::Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

/// The message for a file that cannot be written.
pub(super) fn cannot_write(path: &std::path::Path, error: &std::io::Error) -> String {
    format!("{}: {error}; check its permissions and the space on the disk", path.display())
}
