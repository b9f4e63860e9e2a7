//! The Solidity fixtures' artefacts belong to their sources.

use std::collections::BTreeSet;

use alloy_json_abi::{Error, Event};
use emetis::abi::{contracts, differing_from_solidity};
use emetis::artifacts::fixtures::{
    FixtureError, compile_fixtures, fingerprint, fixture, fixture_names, fixtures_dir, sources,
};
use serde_json::Value;

#[test]
fn every_artefact_was_compiled_from_the_source_beside_it() {
    let folder = fixtures_dir();
    let mut compiled = BTreeSet::new();

    for name in fixture_names().unwrap() {
        let fixture = fixture(&name).unwrap();

        assert_eq!(fixture.name, name);
        assert!(!fixture.init_code.is_empty() && !fixture.runtime.is_empty());
        let hash = fingerprint(&folder, &fixture.source).unwrap();
        assert_eq!(fixture.hash, hash, "{name} is stale: run `cargo run --release -- fixtures`");
        compiled.insert(fixture.source);
    }

    assert_eq!(compiled, sources(&folder).unwrap().into_iter().collect());
}

#[test]
#[ignore = "needs Node.js, and the network the first time"]
fn every_artefact_is_what_its_source_compiles_to() {
    let report = compile_fixtures(true).unwrap();

    assert_eq!(report.changed, Vec::<String>::new());
}

#[test]
#[ignore = "needs Node.js, and the network the first time"]
fn the_compiler_tells_the_same_abis() {
    assert_eq!(differing_from_solidity().unwrap(), Vec::<&str>::new());
}

#[test]
fn a_fixture_that_is_not_there_gets_the_names_that_are() {
    let error = fixture("Angel").unwrap_err();

    assert!(matches!(&error, FixtureError::Unknown { name, .. } if name == "Angel"));
    assert!(error.to_string().contains("Donor"), "{error}");
}

#[test]
fn the_lean_twins_speak_as_the_programs_do() {
    let counts = [
        ("LeanHub", "LiquidStaking", (3, 9)),
        ("LeanStakingHub", "LiquidStaking", (4, 10)),
        ("LeanVault", "StakedMetis", (8, 27)),
    ];
    for (twin, program, count) in counts {
        let fixture = fixture(twin).unwrap().abi;
        let entries = |kind: &str| -> Vec<String> {
            let entries = fixture.as_array().unwrap().iter();
            entries.filter(|entry| entry["type"] == kind).map(signature).collect()
        };
        let abi = contracts().into_iter().find(|abi| abi.name == program).unwrap().to_abi();

        let (events, errors) = (entries("event"), entries("error"));

        assert_eq!((events.len(), errors.len()), count, "{twin}");
        let told: BTreeSet<String> = abi.events().map(Event::signature).collect();
        assert!(events.iter().all(|event| told.contains(event)), "{twin}: {events:?}");
        let told: BTreeSet<String> = abi.errors().map(Error::signature).collect();
        assert!(errors.iter().all(|error| told.contains(error)), "{twin}: {errors:?}");
    }
}

/// What a selector is the hash of. Nothing in question has a struct among its parameters.
fn signature(entry: &Value) -> String {
    let inputs = entry["inputs"].as_array().unwrap().iter();
    let types: Vec<&str> = inputs.map(|input| input["type"].as_str().unwrap()).collect();
    format!("{}({})", entry["name"].as_str().unwrap(), types.join(","))
}
