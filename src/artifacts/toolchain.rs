//! The Rust that compiles the contracts: the pinned one, completed where something is missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::environment::Environment;
use super::error::BuildError;

/// What programs are compiled for.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// Lines of a command's output that an error repeats.
const TAIL: usize = 60;

/// A complete toolchain.
#[derive(Clone, Debug)]
pub(super) struct Toolchain {
    pub(super) cargo: PathBuf,
    pub(super) rustc: PathBuf,
    pub(super) sysroot: PathBuf,
    /// Commit that the compiler was made from.
    pub(super) commit: String,
}

impl Toolchain {
    /// Finds the toolchain `pin`, by rustup if there is one, and adds what it lacks.
    ///
    /// `tell` hears what is about to be installed.
    pub(super) fn find(
        pin: &str,
        environment: &Environment,
        tell: &dyn Fn(&str),
    ) -> Result<Self, BuildError> {
        // Asked for its version, rustup would install what the folder at hand asks for.
        let rustup = run(without_installing(environment).arg("--version"));
        if rustup.is_ok_and(|output| output.status.success()) {
            Self::by_rustup(pin, environment, tell)
        } else {
            Self::by_path(pin, environment)
        }
    }

    fn by_rustup(
        pin: &str,
        environment: &Environment,
        tell: &dyn Fn(&str),
    ) -> Result<Self, BuildError> {
        let which = |tool: &str| -> Result<Option<PathBuf>, BuildError> {
            let mut command = without_installing(environment);
            let output = run(command.args(["which", tool, "--toolchain", pin]))?;
            let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            Ok(output.status.success().then(|| PathBuf::from(path)))
        };
        let rustup = |arguments: &[&str]| -> Result<(), BuildError> {
            tell(&format!("rustup {}", arguments.join(" ")));
            let mut command = environment.command("rustup");
            let output = run(command.args(arguments))?;
            if output.status.success() {
                return Ok(());
            }
            let command = format!("rustup {}", arguments.join(" "));
            Err(BuildError::Rustup { command, output: tail(&output.stderr) })
        };

        if which("rustc")?.is_none() || which("cargo")?.is_none() {
            let minimal = ["--profile", "minimal", "--no-self-update", "--target", TARGET];
            rustup(&[&["toolchain", "install", pin], &minimal[..]].concat())?;
        }
        let missing = || BuildError::CargoMissing { pin: pin.to_owned() };
        let (cargo, rustc) = (which("cargo")?, which("rustc")?);
        let (cargo, rustc) = (cargo.ok_or_else(missing)?, rustc.ok_or_else(missing)?);
        let found = Self::inspect(cargo, rustc, pin, environment)?;
        if !found.has_target() {
            rustup(&["target", "add", TARGET, "--toolchain", pin])?;
        }
        Ok(found)
    }

    fn by_path(pin: &str, environment: &Environment) -> Result<Self, BuildError> {
        let found = Self::inspect("cargo".into(), "rustc".into(), pin, environment)?;
        if found.has_target() { Ok(found) } else { Err(BuildError::TargetMissing(found.sysroot)) }
    }

    /// Asks a compiler what it is.
    fn inspect(
        cargo: PathBuf,
        rustc: PathBuf,
        pin: &str,
        environment: &Environment,
    ) -> Result<Self, BuildError> {
        let ask = |arguments: &[&str]| -> Result<String, BuildError> {
            let output = run(environment.command(&rustc).args(arguments))
                .map_err(|_| BuildError::CargoMissing { pin: pin.to_owned() })?;
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };

        let verbose = ask(&["--version", "--verbose"])?;
        let field = |name: &str| {
            let line = verbose.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or("unknown").trim().to_owned()
        };
        let (release, commit) = (field("release:"), field("commit-hash:"));
        if release != pin {
            return Err(BuildError::WrongRust { pin: pin.to_owned(), found: release });
        }
        let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
        Ok(Self { cargo, rustc, sysroot, commit })
    }

    fn has_target(&self) -> bool {
        self.sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir()
    }
}

/// A rustup that only answers.
fn without_installing(environment: &Environment) -> Command {
    let mut command = environment.command("rustup");
    command.env("RUSTUP_AUTO_INSTALL", "0");
    command
}

/// Where cargo keeps packages.
pub(super) fn cargo_home(environment: &Environment) -> PathBuf {
    let home = || environment.get("HOME").or_else(|| environment.get("USERPROFILE"));
    match environment.get("CARGO_HOME") {
        Some(path) => PathBuf::from(path),
        None => Path::new(home().map_or("".as_ref(), |path| path.as_os_str())).join(".cargo"),
    }
}

/// Runs a command to its end, without input.
fn run(command: &mut Command) -> Result<Output, BuildError> {
    command.stdin(Stdio::null()).output().map_err(|source| BuildError::Spawn {
        command: command.get_program().to_string_lossy().into_owned(),
        source,
    })
}

/// The last lines of what a command printed.
pub(super) fn tail(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL)..].join("\n")
}
