//! The nested cargo: one run per program, so that each gets its own features and no others', as it
//! does from those who deploy it alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde::Deserialize;

use super::environment::Environment;
use super::error::BuildError;
use super::settings;
use super::toolchain::{self, TARGET, Toolchain};

/// What a nested cargo is to do.
pub(super) struct Nested<'a> {
    /// The workspace, as an absolute path without links.
    pub(super) contracts: &'a Path,
    /// Folders outside of it that packages may come from, likewise.
    pub(super) beside: &'a [PathBuf],
    /// Where finished programs of this set of features go.
    pub(super) target: &'a Path,
    /// Where all else goes: sets of features share compiled dependencies.
    pub(super) workshop: &'a Path,
    /// The pinned toolchain.
    pub(super) pin: &'a str,
    pub(super) toolchain: &'a Toolchain,
    pub(super) environment: &'a Environment,
    pub(super) offline: bool,
    /// To switch on wherever they are.
    pub(super) features: &'a BTreeSet<String>,
    /// Hears the name of each package that is compiled.
    pub(super) tell: &'a dyn Fn(&str),
}

/// A program as it comes out of the compiler.
pub(super) struct Raw {
    /// Name of its package.
    pub(super) name: String,
    /// What it has of the features asked for.
    pub(super) features: Vec<String>,
    pub(super) wasm: Vec<u8>,
}

/// A package of the workspace.
#[derive(Deserialize)]
struct Package {
    name: String,
    features: serde_json::Map<String, serde_json::Value>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

/// What cargo tells about a package it has compiled.
#[derive(Deserialize)]
struct Made {
    package_id: String,
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Profile {
    opt_level: String,
}

impl Nested<'_> {
    /// Compiles every program of the workspace, in alphabetical order.
    pub(super) fn build(&self) -> Result<Vec<Raw>, BuildError> {
        fs::create_dir_all(self.target).map_err(BuildError::file(self.target))?;
        let packages = self.packages()?;
        self.judge_packages(&packages)?;
        let members: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
        let profile = settings::profile(self.contracts, &members)?;
        let path = self.target.join("profile.toml");
        fs::write(&path, &profile).map_err(BuildError::file(&path))?;

        let mut programs = Vec::new();
        for package in packages.iter().filter(|package| package.is_program()) {
            let wasm = self.compile(package, &profile, &path)?;
            let features = package.of(self.features).cloned().collect();
            programs.push(Raw { name: package.name.clone(), features, wasm });
        }
        programs.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(programs)
    }

    fn packages(&self) -> Result<Vec<Package>, BuildError> {
        #[derive(Deserialize)]
        struct Metadata {
            packages: Vec<Package>,
        }

        let mut command = self.cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let mut text = String::new();
        self.run(command, "cargo metadata", &mut |line| text.push_str(line))?;
        let metadata: Metadata = serde_json::from_str(&text).map_err(|error| {
            self.failed("cargo metadata", &format!("its answer is not understood: {error}"))
        })?;
        Ok(metadata.packages)
    }

    /// What is wrong with a workspace before anything is compiled.
    fn judge_packages(&self, packages: &[Package]) -> Result<(), BuildError> {
        if !packages.iter().any(Package::is_program) {
            return Err(BuildError::ProgramMissing(self.contracts.to_owned()));
        }
        let known = |feature: &&String| packages.iter().any(|package| package.has(feature));
        match self.features.iter().find(|feature| !known(feature)) {
            Some(feature) => Err(BuildError::FeatureMissing {
                feature: feature.clone(),
                folder: self.contracts.to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn compile(
        &self,
        package: &Package,
        profile: &str,
        config: &Path,
    ) -> Result<Vec<u8>, BuildError> {
        let mut command = self.cargo();
        command.args(["build", "--release", "--locked", "--lib", "--target", TARGET]);
        command.args(["--package", &package.name, "--message-format", "json-render-diagnostics"]);
        command.arg("--target-dir").arg(self.target).arg("--config").arg(config);
        command.env("CARGO_BUILD_BUILD_DIR", self.workshop);
        if self.offline {
            command.arg("--offline");
        }
        for feature in package.of(self.features) {
            command.args(["--features", feature]);
        }

        let (mut wasm, mut wrong) = (None, None);
        let shown = format!("cargo build --release --target {TARGET} --package {}", package.name);
        self.run(command, &shown, &mut |line| {
            // Lines of other kinds are of no interest.
            let Ok(made) = serde_json::from_str::<Made>(line) else { return };
            (self.tell)(made.name());
            wrong = wrong.take().or_else(|| self.judge(&made, profile));
            if made.name() == package.name && made.target.is_program() {
                wasm = made
                    .filenames
                    .into_iter()
                    .find(|file| file.extension() == Some("wasm".as_ref()));
            }
        })?;
        match (wrong, wasm) {
            (Some(error), _) => Err(error),
            (None, None) => Err(BuildError::WasmMissing(package.name.clone())),
            (None, Some(path)) => fs::read(&path).map_err(BuildError::file(&path)),
        }
    }

    /// What is wrong with a package as it was compiled, if anything.
    fn judge(&self, made: &Made, profile: &str) -> Option<BuildError> {
        let package = made.name().to_owned();
        let local = made.package_id.starts_with("path+");
        let is_own = made.manifest_path.starts_with(self.contracts)
            || self.beside.iter().any(|folder| made.manifest_path.starts_with(folder));
        if local && !is_own {
            return Some(BuildError::Foreign { package, path: made.manifest_path.clone() });
        }
        // Build scripts and macros run here, and are optimised as cargo sees fit.
        let there = [self.target.join(TARGET), self.workshop.join(TARGET)];
        let runs_there =
            made.filenames.iter().all(|file| there.iter().any(|folder| file.starts_with(folder)));
        let own = settings::has_own_profile(profile, &package);
        if runs_there && !own && made.profile.opt_level != settings::opt_level(profile) {
            return Some(BuildError::Profile { package });
        }
        None
    }

    /// A cargo of the pinned toolchain, with flags of our own and no settings of the user's that
    /// could change a program.
    fn cargo(&self) -> Command {
        let cargo_home = toolchain::cargo_home(self.environment);
        let flags = settings::encoded_flags(
            self.toolchain,
            &cargo_home,
            self.contracts,
            self.beside,
            self.workshop,
        );
        let mut command = self.environment.command(&self.toolchain.cargo);
        command
            .current_dir(self.contracts)
            .env("RUSTUP_TOOLCHAIN", self.pin)
            .env("RUSTC", &self.toolchain.rustc)
            .env("RUSTC_WRAPPER", "")
            .env("RUSTC_WORKSPACE_WRAPPER", "")
            .env("CARGO_ENCODED_RUSTFLAGS", flags)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "rust-lld")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never");
        command
    }

    /// Runs a command to its end; `hear` gets each line that it prints for machines.
    fn run(
        &self,
        mut command: Command,
        shown: &str,
        hear: &mut dyn FnMut(&str),
    ) -> Result<(), BuildError> {
        let spawned =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let failed = |source| BuildError::Spawn { command: shown.to_owned(), source };
        let mut child = spawned.map_err(failed)?;
        let (output, mut errors) = (child.stdout.take(), child.stderr.take());
        let printed = thread::scope(|scope| {
            let printed = scope.spawn(move || {
                let mut text = Vec::new();
                // What was read before an error is shown nevertheless.
                let _ = errors.as_mut().map(|errors| errors.read_to_end(&mut text));
                text
            });
            for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()) {
                hear(&line.map_err(failed)?);
            }
            Ok(printed.join().unwrap_or_default())
        })?;
        let status = child.wait().map_err(failed)?;
        if status.success() {
            return Ok(());
        }
        Err(self.failed(shown, &toolchain::tail(&printed)))
    }

    fn failed(&self, command: &str, output: &str) -> BuildError {
        BuildError::Cargo {
            command: command.to_owned(),
            folder: self.contracts.to_owned(),
            output: output.to_owned(),
        }
    }
}

impl Package {
    fn has(&self, feature: &str) -> bool {
        self.features.contains_key(feature)
    }

    /// Those of some features that the package has.
    fn of<'f>(&self, features: &'f BTreeSet<String>) -> impl Iterator<Item = &'f String> {
        features.iter().filter(|feature| self.has(feature))
    }

    fn is_program(&self) -> bool {
        self.targets.iter().any(Target::is_program)
    }
}

impl Target {
    fn is_program(&self) -> bool {
        self.crate_types.iter().any(|kind| kind == "cdylib")
    }
}

impl Made {
    /// The package's name: `registry+…#name@version`, `path+…/name#version`.
    fn name(&self) -> &str {
        let (place, version) = self.package_id.rsplit_once('#').unwrap_or(("", &self.package_id));
        match version.split_once('@') {
            Some((name, _)) => name,
            None => place.rsplit('/').next().unwrap_or(place),
        }
    }
}
