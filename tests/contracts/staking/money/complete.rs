//! The interface, held against these tests.

use std::path::Path;

use alloy_json_abi::AbiItem;
use emetis::abi::contracts;

/// The text of all tests in a folder and below.
fn texts(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: std::path::PathBuf| {
        if path.is_dir() { texts(&path) } else { std::fs::read_to_string(path).unwrap() }
    };
    entries.map(text).collect()
}

#[test]
fn every_error_and_event_of_staking_is_named_by_a_test() {
    /// Of the entrance and of the authority: tests of these name them by other programs as well.
    const SHARED: [&str; 3] =
        ["AccessManagerNotScheduled", "AccessManagerNotReady", "AccessManagerExpired"];
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts/staking");
    let text = texts(&tests);
    let abis = contracts();
    let abi = abis.iter().find(|abi| abi.name == "SequencerStaking").unwrap();

    let mut missing = Vec::new();
    for item in &abi.items {
        let name = match item {
            AbiItem::Error(error) => &error.name,
            AbiItem::Event(event) => &event.name,
            _ => continue,
        };
        let is_named = ["{", " {", "(", ","].iter().any(|after| {
            text.contains(&format!("Staking::{name}{after}"))
                || text.contains(&format!("Staking::{name}>{after}"))
        });
        if !is_named && !SHARED.contains(&&**name) {
            missing.push(name.clone());
        }
    }

    assert!(missing.is_empty(), "{missing:?}");
}
