//! Folders that a test may spoil.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use emetis::artifacts::{Builder, contracts_dir};
use tempfile::TempDir;

/// A workspace of contracts in a folder of its own, with its own target folder.
pub(super) struct Folder {
    root: TempDir,
}

impl Folder {
    /// A copy of the suite's contracts.
    pub(super) fn of_contracts() -> Self {
        let folder = Self::empty();
        copy(&contracts_dir(), &folder.contracts());
        folder
    }

    /// A workspace with one small program, `tiny`, that compiles in a second.
    pub(super) fn of_tiny_program() -> Self {
        let folder = Self::empty();
        fs::create_dir_all(folder.contracts()).unwrap();
        let toolchain = fs::read(contracts_dir().join("rust-toolchain.toml")).unwrap();
        fs::write(folder.contracts().join("rust-toolchain.toml"), toolchain).unwrap();
        folder.write("contracts/Cargo.toml", MANIFEST);
        folder.write("contracts/Cargo.lock", LOCK);
        folder.write("contracts/tiny/Cargo.toml", TINY_MANIFEST);
        folder.write("contracts/tiny/src/lib.rs", TINY);
        folder.write("contracts/tiny/src/rows.rs", TINY_ROWS);
        folder
    }

    fn empty() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// Where everything is, without links.
    pub(super) fn root(&self) -> PathBuf {
        fs::canonicalize(self.root.path()).unwrap()
    }

    pub(super) fn contracts(&self) -> PathBuf {
        self.root().join("contracts")
    }

    /// Writes a file by its path from the root.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a piece of a file that is there once.
    pub(super) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from} in {path}");
        self.write(path, &text.replace(from, to));
    }

    /// A builder of these contracts that does not use the network.
    pub(super) fn builder(&self) -> Builder {
        Builder::new()
            .contracts(self.contracts())
            .target(self.root().join("target"))
            .environment(variables([]))
            .offline(true)
    }
}

/// The variables of this process, with others in their place.
pub(super) fn variables<const N: usize>(
    others: [(&str, OsString); N],
) -> impl Iterator<Item = (OsString, OsString)> {
    let replaced = others.clone().map(|(name, _)| OsString::from(name));
    std::env::vars_os()
        .filter(move |(name, _)| !replaced.contains(name))
        .chain(others.map(|(name, value)| (OsString::from(name), value)))
}

/// Copies all but build output.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if name == "target" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

const MANIFEST: &str = r#"
[workspace]
resolver = "3"
members = ["tiny"]

[profile.release]
opt-level = 3
lto = true
codegen-units = 1
panic = "abort"
strip = true
"#;

const LOCK: &str = r#"
version = 4

[[package]]
name = "tiny"
version = "0.1.0"
"#;

const TINY_MANIFEST: &str = r#"
[package]
name = "tiny"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["lib", "cdylib"]

[features]
mutants = []
"#;

const TINY: &str = r#"
#![no_std]

#[link(wasm_import_module = "vm_hooks")]
unsafe extern "C" {
    fn pay_for_memory_grow(pages: u32);
    fn write_result(data: *const u8, length: usize);
}

#[unsafe(no_mangle)]
pub extern "C" fn user_entrypoint(length: usize) -> usize {
    let answer = if cfg!(feature = "mutants") { b"mutant" } else { b"honest" };
    unsafe {
        pay_for_memory_grow(0);
        write_result(answer.as_ptr(), answer.len());
    }
    if row(length) > 4 { 1 } else { 0 }
}

// Compilers know this file by its whole path.
include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rows.rs"));

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    // Paths of files that may panic become part of the program.
    let file = info.location().map_or("", |place| place.file());
    unsafe { write_result(file.as_ptr(), file.len()) };
    core::arch::wasm32::unreachable()
}
"#;

const TINY_ROWS: &str = r#"
fn row(number: usize) -> usize {
    let rows = [1, 1, 2, 3, 5, 8, 13];
    rows[number]
}
"#;
