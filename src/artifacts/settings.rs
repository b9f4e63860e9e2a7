//! Flags and profile of the nested cargo.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::BuildError;
use super::toolchain::Toolchain;

/// What every program is compiled with, as in `contracts/.cargo/config.toml`, which serves those
/// who build without this harness.
pub const RUSTFLAGS: &[&str] = &[
    "-C",
    "link-arg=-zstack-size=32768",
    "-C",
    "target-feature=-reference-types",
    "-C",
    "target-feature=+bulk-memory",
];

/// What a release profile is where a manifest says nothing.
const DEFAULTS: &[(&str, &str)] = &[
    ("opt-level", "3"),
    ("debug", "false"),
    ("strip", "\"none\""),
    ("debug-assertions", "false"),
    ("overflow-checks", "false"),
    ("lto", "false"),
    ("panic", "\"unwind\""),
    ("incremental", "false"),
    ("codegen-units", "16"),
    ("rpath", "false"),
];

/// Keys that only a whole profile may have.
const WHOLE: &[&str] = &["lto", "panic", "rpath"];

/// Values of the variable `CARGO_ENCODED_RUSTFLAGS`: [`RUSTFLAGS`], and no path of this machine.
///
/// Of several prefixes that match a path, rustc takes the last: the special come after the general.
pub(super) fn encoded_flags(
    toolchain: &Toolchain,
    cargo_home: &Path,
    contracts: &Path,
    beside: &[PathBuf],
    workshop: &Path,
) -> String {
    let source = toolchain.sysroot.join("lib/rustlib/src/rust");
    let compiler = format!("/rustc/{}", toolchain.commit);
    let mut mapped: Vec<_> = beside.iter().map(|folder| (folder.to_owned(), "/beside")).collect();
    mapped.extend([
        (contracts.to_owned(), "/contracts"),
        // Sources that build scripts have written.
        (workshop.to_owned(), "/target"),
        (cargo_home.to_owned(), "/cargo"),
        (toolchain.sysroot.clone(), "/rust"),
        // Where the library's sources are installed, they are known by their place.
        (source, compiler.as_str()),
    ]);
    let mut flags: Vec<String> = RUSTFLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    for (path, name) in mapped {
        let mut forms = vec![path.clone()];
        forms.extend(fs::canonicalize(&path));
        forms.dedup();
        for form in forms {
            flags.push(format!("--remap-path-prefix={}={name}", form.display()));
        }
    }
    flags.join("\x1f")
}

/// Text of a cargo configuration that repeats the release profile of the contracts' manifest.
///
/// On the command line of cargo it goes before all files and variables, so that a profile in the
/// user's own configuration has no say. `members` are the packages of the workspace: for these it
/// goes before a profile by package, too.
pub(super) fn profile(contracts: &Path, members: &[String]) -> Result<String, BuildError> {
    let manifest = contracts.join("Cargo.toml");
    let manifest = fs::read_to_string(&manifest).map_err(BuildError::file(&manifest))?;
    let release = overlaid(DEFAULTS.to_vec(), &table(&manifest, "profile.release"));

    let mut text = String::from("[profile.release]\n");
    write(&mut text, &release);
    for member in members {
        let part: Vec<_> =
            release.iter().filter(|(key, _)| !WHOLE.contains(key)).copied().collect();
        let name = format!("profile.release.package.{member}");
        text.push_str(&format!("\n[{name}]\n"));
        write(&mut text, &overlaid(part, &table(&manifest, &name)));
    }
    Ok(text)
}

/// The optimisation level that the manifest names for all packages, as cargo reports it.
pub(super) fn opt_level(profile: &str) -> String {
    let release = table(profile, "profile.release");
    let level = release.iter().find(|(key, _)| *key == "opt-level");
    level.map_or_else(String::new, |(_, value)| value.trim_matches('"').to_owned())
}

/// Whether the contracts' manifest has a profile for this one package.
pub(super) fn has_own_profile(profile: &str, package: &str) -> bool {
    !table(profile, &format!("profile.release.package.{package}")).is_empty()
}

/// Keys and values of a table in TOML whose values take one line each.
fn table<'t>(text: &'t str, name: &str) -> Vec<(&'t str, &'t str)> {
    text.lines()
        .map(str::trim)
        .skip_while(|line| line.replace('"', "") != format!("[{name}]"))
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim(), value.split('#').next().unwrap_or_default().trim()))
        .collect()
}

fn overlaid<'t>(
    mut below: Vec<(&'t str, &'t str)>,
    above: &[(&'t str, &'t str)],
) -> Vec<(&'t str, &'t str)> {
    below.retain(|(key, _)| above.iter().all(|(other, _)| other != key));
    below.extend(above);
    below
}

fn write(text: &mut String, table: &[(&str, &str)]) {
    for (key, value) in table {
        text.push_str(&format!("{key} = {value}\n"));
    }
}

/// Whether a channel is a version with all its three numbers, such as `1.95.0`.
fn is_exact(channel: &str) -> bool {
    let numbers = channel.split('.');
    numbers.clone().count() == 3 && numbers.into_iter().all(|number| number.parse::<u32>().is_ok())
}

/// The pinned toolchain of the contracts, such as `1.95.0`.
pub(super) fn pin(contracts: &Path) -> Result<String, BuildError> {
    let path: PathBuf = contracts.join("rust-toolchain.toml");
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text.map_err(BuildError::file(&path))?,
    };
    let toolchain = table(&text, "toolchain");
    let channel = toolchain.iter().find(|(key, _)| *key == "channel");
    let channel = channel.map(|(_, value)| value.trim_matches('"').to_owned());
    channel.filter(|channel| is_exact(channel)).ok_or(BuildError::PinMissing(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_that_moves_is_not_exact() {
        let channels = ["1.95.0", "stable", "nightly-2026-01-01", "1.95", "1.95.0-beta.1", ""];

        let exact = channels.map(is_exact);

        assert_eq!(exact, [true, false, false, false, false, false]);
    }

    #[test]
    fn a_table_ends_where_the_next_begins() {
        let text = "[a]\nx = 1\n\n[b] \n# no = 3\ny = \"2\" # two\n[c]\nz = 3\n";

        assert_eq!(table(text, "b"), [("y", "\"2\"")]);
        assert_eq!(table(text, "d"), []);
    }
}
