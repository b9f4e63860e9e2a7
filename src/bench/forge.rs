//! Forge's invariant campaign on the Solidity twins: the same actions where a Solidity engineer
//! would write them. The project is in `script/forge`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use thiserror::Error;

use crate::artifacts::fixtures::{FixtureError, install_packages};
use crate::artifacts::target_dir;

/// The version that npm is asked for.
const VERSION: &str = "1.7.1";
/// The seed of forge's fuzzer.
const SEED: &str = "1";

/// What forge's campaign came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForgeRun {
    /// Forge, with its version.
    pub forge: String,
    /// Calls made, the invariant checked after each.
    pub calls: u64,
    /// CPU time of them on one thread, without compiling and without forge's start.
    pub cpu: Duration,
}

impl ForgeRun {
    /// Calls per second of CPU.
    pub fn rate(&self) -> f64 {
        self.calls as f64 / self.cpu.as_secs_f64().max(1e-9)
    }
}

/// Why forge's campaign tells nothing.
#[derive(Debug, Error)]
pub enum ForgeError {
    /// There is no forge.
    #[error("forge is not installed; `npm install --prefix {} @foundry-rs/forge@{VERSION}` does it", folder.display())]
    Missing {
        /// Where it is looked for, besides the `PATH`.
        folder: PathBuf,
    },
    /// The twins' compiler or the packages they import are missing.
    #[error(transparent)]
    Packages(#[from] FixtureError),
    /// Forge ended badly, or found something.
    #[error("forge failed:\n{0}")]
    Failed(String),
    /// This system does not tell the CPU time of other programs.
    #[error("CPU time of other programs is told on Unix only")]
    Untold,
}

/// Plays forge's campaign; takes some twenty seconds.
///
/// # Errors
///
/// [`ForgeError::Missing`] with the command that installs it; whatever else keeps it from running.
pub fn forge_campaign() -> Result<ForgeRun, ForgeError> {
    let forge = find()?;
    let project = Project::new(forge.clone())?;
    let version = said(&project.run(Command::new(forge).arg("--version"))?.stdout);
    let version = version.lines().next().unwrap_or_default().replace(" Version:", "");
    project.run(&mut project.forge("build"))?;

    let (_, start) = project.campaign(&[("RUNS", "1"), ("DEPTH", "1")])?;
    let (calls, cpu) = project.campaign(&[])?;
    Ok(ForgeRun { forge: version, calls, cpu: cpu.saturating_sub(start) })
}

/// Forge of the `PATH`, or the one that npm put among the build artefacts.
fn find() -> Result<PathBuf, ForgeError> {
    let folder = target_dir().join("emetis").join("forge");
    let installed = folder.join("node_modules").join(".bin").join("forge");
    let runs = |path: &Path| {
        let mut command = Command::new(path);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    [PathBuf::from("forge"), installed]
        .into_iter()
        .find(|path| runs(path))
        .ok_or(ForgeError::Missing { folder })
}

/// The project as forge is told of it.
struct Project {
    forge: PathBuf,
    root: PathBuf,
    fixtures: PathBuf,
    artifacts: PathBuf,
}

impl Project {
    fn new(forge: PathBuf) -> Result<Self, ForgeError> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("script").join("forge");
        let artifacts = target_dir().join("emetis").join("forge");
        Ok(Self { forge, root, fixtures: install_packages()?, artifacts })
    }

    /// A command of forge, on one thread where it has threads.
    fn forge(&self, name: &str) -> Command {
        let remapping = |name: &str, folder: &Path| {
            let mut text = OsString::from(name);
            text.push(folder.as_os_str());
            text.push("/");
            text
        };
        let packages = self.fixtures.join("node_modules").join("@openzeppelin");
        let mut command = Command::new(&self.forge);
        command
            .arg(name)
            .args(["--threads", "1", "--root"])
            .arg(&self.root)
            .arg("--use")
            .arg(self.fixtures.join("solc.mjs"))
            .arg("--remappings")
            .arg(remapping("fixtures/=", &self.fixtures))
            .arg("--remappings")
            .arg(remapping("@openzeppelin/=", &packages))
            .arg("--out")
            .arg(self.artifacts.join("out"))
            .arg("--cache-path")
            .arg(self.artifacts.join("cache"))
            .env("FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR", self.artifacts.join("failures"));
        command
    }

    /// Calls made in a campaign, and the CPU time of forge.
    fn campaign(&self, settings: &[(&str, &str)]) -> Result<(u64, Duration), ForgeError> {
        let mut command = self.forge("test");
        command.args(["--json", "--fuzz-seed", SEED]);
        for (name, value) in settings {
            command.env(format!("FOUNDRY_INVARIANT_{name}"), value);
        }
        let before = children_cpu()?;
        let output = self.run(&mut command)?;
        let cpu = children_cpu()?.saturating_sub(before);
        let report: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| ForgeError::Failed(format!("its report is not JSON: {error}")))?;
        Ok((calls(&report), cpu))
    }

    fn run(&self, command: &mut Command) -> Result<Output, ForgeError> {
        let output = command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| ForgeError::Failed(format!("{}: {error}", self.forge.display())))?;
        if output.status.success() {
            return Ok(output);
        }
        Err(ForgeError::Failed(said(&output.stderr) + &said(&output.stdout)))
    }
}

/// Calls in a report of forge, of all invariants.
fn calls(report: &Value) -> u64 {
    let suites = report.as_object().into_iter().flat_map(|suites| suites.values());
    let tests = suites.filter_map(|suite| suite["test_results"].as_object());
    let calls = tests.flat_map(|tests| tests.values());
    calls.filter_map(|test| test["kind"]["Invariant"]["calls"].as_u64()).sum()
}

/// CPU time of all programs that were started from here and have ended.
fn children_cpu() -> Result<Duration, ForgeError> {
    #[cfg(unix)]
    {
        use nix::sys::resource::{UsageWho, getrusage};
        use nix::sys::time::TimeValLike;

        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|_| ForgeError::Untold)?;
        let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        Ok(Duration::from_micros(micros.unsigned_abs()))
    }
    #[cfg(not(unix))]
    Err(ForgeError::Untold)
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_all_invariants_are_added() {
        let report = serde_json::json!({
            "test/Books.t.sol:Books": { "test_results": {
                "invariant_books()": { "kind": { "Invariant": { "runs": 2, "calls": 40 } } },
                "invariant_more()": { "kind": { "Invariant": { "runs": 1, "calls": 2 } } },
                "test_one()": { "kind": { "Unit": { "gas": 7 } } },
            } },
        });

        assert_eq!(calls(&report), 42);
        assert_eq!(calls(&Value::Null), 0);
    }

    #[test]
    fn a_missing_forge_is_told_with_the_command_that_installs_it() {
        let error = ForgeError::Missing { folder: "target/emetis/forge".into() };

        let command = "`npm install --prefix target/emetis/forge @foundry-rs/forge@1.7.1`";
        assert!(error.to_string().contains(command), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn cpu_time_of_a_child_is_counted_once_it_has_ended() {
        let before = children_cpu().unwrap();

        let work = "i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done";
        Command::new("sh").args(["-c", work]).status().unwrap();

        assert!(children_cpu().unwrap() > before);
    }
}
