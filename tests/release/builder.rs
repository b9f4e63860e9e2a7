//! The builder on a workspace that compiles in a second.

use std::ffi::OsString;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use emetis::artifacts::{Artifact, BuildError, Builder, Step};

use super::folder::{Folder, variables};

/// Counts the packages that a builder has compiled.
fn counted(builder: Builder) -> (Builder, Arc<AtomicUsize>) {
    let steps = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&steps);
    let hear = move |_: Step<'_>| {
        count.fetch_add(1, Ordering::Relaxed);
    };
    (builder.progress(hear), steps)
}

fn holds(artifact: &Artifact, text: &str) -> bool {
    artifact.wasm.windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

#[test]
fn a_second_build_compiles_nothing() {
    let folder = Folder::of_tiny_program();
    let first = folder.builder().build().unwrap();

    let (builder, steps) = counted(folder.builder());
    let second = builder.build().unwrap();

    assert_eq!(first, second);
    assert_eq!(steps.load(Ordering::Relaxed), 0);
}

#[test]
fn an_edit_makes_another_program_and_prose_does_not() {
    let folder = Folder::of_tiny_program();
    let before = folder.builder().build().unwrap();

    folder.write("contracts/README.md", "Tiny.");
    let (builder, steps) = counted(folder.builder());
    assert_eq!(builder.build().unwrap(), before);
    assert_eq!(steps.load(Ordering::Relaxed), 0);

    folder.edit("contracts/tiny/src/lib.rs", "honest", "edited");
    let after = folder.builder().load("tiny").unwrap();
    assert!(holds(&after, "edited"));
    assert!(!holds(&after, "honest"));
}

#[test]
fn features_are_kept_apart() {
    let folder = Folder::of_tiny_program();

    for _ in 0..2 {
        for mutants in [false, true] {
            let program = folder.builder().mutants(mutants).load("tiny").unwrap();

            assert_eq!(holds(&program, "mutant"), mutants);
            assert_eq!(holds(&program, "honest"), !mutants);
            assert_eq!(program.features.contains(&"mutants".into()), mutants);
        }
    }
}

#[test]
fn builders_at_the_same_time_do_not_disturb_each_other() {
    let folder = Folder::of_tiny_program();

    thread::scope(|scope| {
        for turn in 0..6 {
            let builder = folder.builder().mutants(turn % 2 == 1);
            scope.spawn(move || {
                let program = builder.load("tiny").unwrap();
                assert_eq!(holds(&program, "mutant"), turn % 2 == 1);
            });
        }
    });
}

#[test]
fn a_program_that_does_not_compile_shows_why() {
    let folder = Folder::of_tiny_program();
    folder.edit("contracts/tiny/src/rows.rs", "rows[number]", "columns[number]");

    let error = folder.builder().build().unwrap_err();

    assert!(matches!(error, BuildError::Cargo { .. }));
    assert!(error.to_string().contains("cannot find value `columns`"), "{error}");
}

#[test]
fn a_program_that_would_not_activate_is_refused() {
    let folder = Folder::of_tiny_program();
    folder.edit("contracts/tiny/src/lib.rs", "user_entrypoint", "another_entrypoint");

    let error = folder.builder().build().unwrap_err();

    assert!(matches!(error, BuildError::Refused { name, .. } if name == "tiny"));
}

/// A tiny program that takes a number from a package outside its workspace.
fn with_a_package_aside() -> Folder {
    let folder = Folder::of_tiny_program();
    folder.write("other/aside/Cargo.toml", "[package]\nname = \"aside\"\nversion = \"0.1.0\"\n");
    folder.write("other/aside/src/lib.rs", "#![no_std]\npub const MOST: usize = 4;\n");
    folder.edit(
        "contracts/tiny/Cargo.toml",
        "[features]",
        "[dependencies]\naside = { path = \"../../other/aside\" }\n\n[features]",
    );
    folder.edit("contracts/tiny/src/lib.rs", "row(length) > 4", "row(length) > aside::MOST");
    let lock = "name = \"aside\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tiny\"";
    folder.edit("contracts/Cargo.lock", "name = \"tiny\"", lock);
    folder.edit("contracts/Cargo.lock", "name = \"tiny\"\nversion = \"0.1.0\"", TINY_LOCKED);
    folder
}

#[test]
fn a_package_swapped_by_the_user_is_noticed() {
    let folder = with_a_package_aside();

    let error = folder.builder().build().unwrap_err();

    assert!(matches!(error, BuildError::Foreign { package, .. } if package == "aside"));
}

#[test]
fn a_package_of_a_folder_beside_is_taken_and_watched() {
    let folder = with_a_package_aside();
    let builder = folder.builder().beside(folder.root().join("other"));

    let before = builder.load("tiny").unwrap();
    folder.edit("other/aside/src/lib.rs", "= 4", "= 5");
    let after = builder.load("tiny").unwrap();

    assert_ne!(before.wasm, after.wasm);
    let root = folder.root();
    let root = root.to_str().unwrap().as_bytes();
    assert!(!after.wasm.windows(root.len()).any(|bytes| bytes == root), "a path of this machine");
}

const TINY_LOCKED: &str = "name = \"tiny\"\nversion = \"0.1.0\"\ndependencies = [\"aside\"]";

#[test]
fn without_rust_the_message_names_what_to_install() {
    let folder = Folder::of_tiny_program();
    let nowhere = folder.root().join("empty");

    let variables = variables([("PATH", OsString::from(nowhere))]);
    let error = folder.builder().environment(variables).build().unwrap_err();

    assert!(matches!(error, BuildError::CargoMissing { .. }), "{error}");
    assert!(error.to_string().contains("https://rustup.rs"));
}

#[test]
fn a_toolchain_that_cannot_be_had_is_named_with_its_command() {
    let folder = Folder::of_tiny_program();
    folder.write("contracts/rust-toolchain.toml", "[toolchain]\nchannel = \"1.90.0\"\n");

    let nowhere = OsString::from("http://127.0.0.1:9");
    let variables = variables([
        ("RUSTUP_DIST_SERVER", nowhere),
        ("RUSTUP_HOME", folder.root().join("rustup").into()),
    ]);
    let error = folder.builder().environment(variables).build().unwrap_err();

    match error {
        BuildError::Rustup { command, .. } => {
            assert!(command.starts_with("rustup toolchain install 1.90.0 "), "{command}");
            assert!(command.ends_with("--target wasm32-unknown-unknown"), "{command}");
        }
        // Where there is no rustup.
        BuildError::WrongRust { pin, .. } => assert_eq!(pin, "1.90.0"),
        other => panic!("{other}"),
    }
}

#[test]
fn a_name_that_is_not_there_gets_the_names_that_are() {
    let folder = Folder::of_tiny_program();

    let error = folder.builder().load("huge").unwrap_err();

    assert_eq!(error.to_string(), "no program is called huge; there are: tiny");
}

#[test]
fn a_folder_without_contracts_is_named() {
    let folder = Folder::of_tiny_program();
    let elsewhere = folder.root().join("elsewhere");

    let error = folder.builder().contracts(&elsewhere).build().unwrap_err();

    assert!(matches!(error, BuildError::ContractsMissing(path) if path == elsewhere));
}

#[test]
fn a_workspace_without_a_pinned_toolchain_is_told_to_pin_one() {
    let folder = Folder::of_tiny_program();
    let pins = ["", "[toolchain]\nchannel = \"stable\"\n", "[toolchain]\nchannel = \"1.95\"\n"];

    for pin in pins {
        folder.write("contracts/rust-toolchain.toml", pin);
        let error = folder.builder().build().unwrap_err();

        assert!(matches!(error, BuildError::PinMissing(_)), "{error}");
        assert!(error.to_string().contains("channel = \"1.95.0\""), "{error}");
    }
    fs::remove_file(folder.contracts().join("rust-toolchain.toml")).unwrap();
    assert!(matches!(folder.builder().build(), Err(BuildError::PinMissing(_))));
}

#[test]
fn a_workspace_without_a_lock_is_told_to_make_one() {
    let folder = Folder::of_tiny_program();
    fs::remove_file(folder.contracts().join("Cargo.lock")).unwrap();

    let error = folder.builder().build().unwrap_err();

    assert!(matches!(error, BuildError::LockMissing(_)));
    assert!(error.to_string().contains("cargo generate-lockfile"), "{error}");
}

#[test]
fn a_workspace_without_a_program_is_told_what_a_program_is() {
    let folder = Folder::of_tiny_program();
    folder.edit("contracts/tiny/Cargo.toml", "[\"lib\", \"cdylib\"]", "[\"lib\"]");

    let error = folder.builder().build().unwrap_err();

    assert!(matches!(error, BuildError::ProgramMissing(_)));
    assert!(error.to_string().contains("\"cdylib\""), "{error}");
}

#[test]
fn a_workspace_needs_no_feature_for_mutants_unless_they_are_asked_for() {
    let folder = Folder::of_tiny_program();
    folder.edit("contracts/tiny/Cargo.toml", "mutants = []", "other = []");

    let program = folder.builder().load("tiny").unwrap();
    let other = folder.builder().feature("other").load("tiny").unwrap();
    let error = folder.builder().mutants(true).build().unwrap_err();

    assert!(program.features.is_empty());
    assert_eq!(other.features, ["other"]);
    assert!(matches!(error, BuildError::FeatureMissing { feature, .. } if feature == "mutants"));
}

#[test]
fn two_workspaces_in_one_target_folder_keep_their_programs_apart() {
    let (one, other) = (Folder::of_tiny_program(), Folder::of_tiny_program());
    other.edit("contracts/tiny/src/lib.rs", "honest", "others");
    let shared = |folder: &Folder| folder.builder().target(one.root().join("target"));

    thread::scope(|scope| {
        for turn in 0..4 {
            let (folder, text) = if turn % 2 == 0 { (&one, "honest") } else { (&other, "others") };
            let builder = shared(folder);
            scope.spawn(move || assert!(holds(&builder.load("tiny").unwrap(), text)));
        }
    });
}
