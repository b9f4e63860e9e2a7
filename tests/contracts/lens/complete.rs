//! The interface, held against these tests.

use std::path::Path;

use alloy_json_abi::AbiItem;
use emetis::abi::contracts;

#[test]
fn every_error_and_event_of_the_lens_is_named_by_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts/lens");
    let entries = std::fs::read_dir(tests).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    let text: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let abis = contracts();
    let abi = abis.iter().find(|abi| abi.name == "Lens").unwrap();

    let names = abi.items.iter().filter_map(|item| match item {
        AbiItem::Error(error) => Some(&error.name),
        AbiItem::Event(event) => Some(&event.name),
        _ => None,
    });
    let missing: Vec<_> =
        names.filter(|name| !text.contains(&format!("Lens::{name} {{"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
