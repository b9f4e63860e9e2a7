//! Equal sources make equal bytes, whatever the user has set up.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use emetis::artifacts::{Artifact, Builder, RUSTFLAGS, contracts_dir};

use super::folder::{Folder, variables};

/// A cargo configuration that would spoil every program.
const HOSTILE: &str = r#"
[build]
rustflags = ["-C", "debuginfo=2", "-C", "target-feature=+reference-types"]
rustc-wrapper = "/nonexistent/wrapper"
rustc = "/nonexistent/rustc"
target-dir = "/nonexistent/target"
build-dir = "/nonexistent/build"
incremental = true

[target.wasm32-unknown-unknown]
rustflags = ["-C", "link-arg=-zstack-size=65536"]
linker = "/nonexistent/linker"

[target.'cfg(target_arch = "wasm32")']
rustflags = ["-C", "target-feature=+simd128"]

[profile.release]
opt-level = "z"
debug = 2
lto = false
codegen-units = 16
panic = "unwind"
overflow-checks = true
debug-assertions = true
strip = false
rpath = true
"#;

/// Variables that would.
const HOSTILE_VARIABLES: [(&str, &str); 16] = [
    ("RUSTFLAGS", "-C debuginfo=2"),
    ("CARGO_ENCODED_RUSTFLAGS", "-C\u{1f}opt-level=0"),
    ("CARGO_BUILD_RUSTFLAGS", "-C opt-level=1"),
    ("CARGO_BUILD_TARGET_DIR", "/nonexistent/target"),
    ("CARGO_TARGET_DIR", "/nonexistent/target"),
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-C opt-level=1"),
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/nonexistent/linker"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true"),
    ("CARGO_INCREMENTAL", "1"),
    ("RUSTC", "/nonexistent/rustc"),
    ("RUSTC_WRAPPER", "/nonexistent/wrapper"),
    ("RUSTC_WORKSPACE_WRAPPER", "/nonexistent/wrapper"),
    ("RUSTUP_TOOLCHAIN", "nightly"),
];

/// Another cargo home, with hostile settings, beside and above the contracts.
fn make_hostile(folder: &Folder, more: &str) -> impl Iterator<Item = (OsString, OsString)> {
    let settings = format!("{HOSTILE}{more}");
    folder.write("home of another user/config.toml", &settings);
    folder.write(".cargo/config.toml", &settings);
    let home = folder.root().join("home of another user");
    // Packages are not downloaded again.
    let packages = cargo_home().join("registry");
    if packages.is_dir() {
        link(packages, home.join("registry"));
    }
    let hostile = HOSTILE_VARIABLES.map(|(name, value)| (name, OsString::from(value)));
    variables(hostile)
        .filter(|(name, _)| name != "CARGO_HOME")
        .chain([(OsString::from("CARGO_HOME"), home.into())])
}

fn cargo_home() -> PathBuf {
    let default = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo");
    std::env::var_os("CARGO_HOME").map_or_else(default, PathBuf::from)
}

#[cfg(unix)]
fn link(from: PathBuf, to: PathBuf) {
    std::os::unix::fs::symlink(from, to).unwrap();
}

#[cfg(windows)]
fn link(from: PathBuf, to: PathBuf) {
    std::os::windows::fs::symlink_dir(from, to).unwrap();
}

fn assert_same(one: &[Artifact], other: &[Artifact]) {
    let names = |artifacts: &[Artifact]| -> Vec<String> {
        artifacts.iter().map(|artifact| artifact.name.clone()).collect()
    };
    assert_eq!(names(one), names(other));
    for (one, other) in one.iter().zip(other) {
        let sizes = (one.wasm.len(), other.wasm.len());
        assert!(one.wasm == other.wasm, "{}: bytes differ, sizes {sizes:?}", one.name);
        assert!(one == other, "{}: equal WASM, unequal artefacts", one.name);
    }
}

#[test]
fn hostile_settings_and_another_folder_change_no_byte_of_the_suite() {
    let ordinary = Builder::new().build().unwrap();
    let folder = Folder::of_contracts();

    let variables = make_hostile(&folder, "");
    let hostile = folder.builder().environment(variables).build().unwrap();

    assert_same(&ordinary, &hostile);
}

#[test]
fn hostile_settings_and_another_folder_change_no_byte_of_a_program_with_paths_in_it() {
    let (ordinary, folder) = (Folder::of_tiny_program(), Folder::of_tiny_program());
    let by_package = "[profile.release.package.tiny]\nopt-level = 0\ncodegen-units = 7\n";

    let ordinary = ordinary.builder().build().unwrap();
    let variables = make_hostile(&folder, by_package);
    let hostile = folder.builder().environment(variables).build().unwrap();

    assert_same(&ordinary, &hostile);
    let holds =
        |text: &str| hostile[0].wasm.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("/contracts/tiny/src/rows.rs"));
    assert!(!holds(folder.root().to_str().unwrap()));
}

#[test]
fn the_flags_are_those_that_others_build_with() {
    let settings = fs::read_to_string(contracts_dir().join(".cargo/config.toml")).unwrap();
    let (_, flags) = settings.split_once("rustflags = [").unwrap();
    let (flags, _) = flags.split_once("\n]").unwrap();

    let flags: Vec<&str> = flags
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect();

    assert_eq!(flags, RUSTFLAGS);
}
