//! Each program serves its interface, all of it.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests, not programs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use emetis_common::abi::{
    IAccessManager::IAccessManagerCalls as Manager, ILens::ILensCalls as Lens,
    ILiquidStaking::ILiquidStakingCalls as Hub, IRedemptionQueue::IRedemptionQueueCalls as Queue,
    ISequencerQuota::ISequencerQuotaCalls as Quota,
    ISequencerRegistry::ISequencerRegistryCalls as Registry,
    ISequencerStaking::ISequencerStakingCalls as Staking,
    ISlashingCourt::ISlashingCourtCalls as Court, IStakedMetis::IStakedMetisCalls as Vault,
};

struct Program {
    interface: &'static str,
    folder: &'static str,
    entries: usize,
}

const PROGRAMS: [Program; 9] = [
    Program {
        interface: "ILiquidStaking.sol",
        folder: "liquid-staking/hub/src",
        entries: Hub::SELECTORS.len(),
    },
    Program {
        interface: "IStakedMetis.sol",
        folder: "liquid-staking/vault/src",
        entries: Vault::SELECTORS.len(),
    },
    Program {
        interface: "IRedemptionQueue.sol",
        folder: "liquid-staking/queue/src",
        entries: Queue::SELECTORS.len(),
    },
    Program {
        interface: "IAccessManager.sol",
        folder: "access-manager/src",
        entries: Manager::SELECTORS.len(),
    },
    Program {
        interface: "ISequencerRegistry.sol",
        folder: "staking/registry/src",
        entries: Registry::SELECTORS.len(),
    },
    Program {
        interface: "ISequencerStaking.sol",
        folder: "staking/money/src",
        entries: Staking::SELECTORS.len(),
    },
    Program {
        interface: "ISlashingCourt.sol",
        folder: "staking/court/src",
        entries: Court::SELECTORS.len(),
    },
    Program {
        interface: "ISequencerQuota.sol",
        folder: "sequencer-quota/src",
        entries: Quota::SELECTORS.len(),
    },
    Program { interface: "ILens.sol", folder: "lens/src", entries: Lens::SELECTORS.len() },
];

fn contracts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Names that the interface declares with a keyword, in its order, overloads as often as they are.
fn declared(interface: &str, keyword: &str) -> Vec<String> {
    let text = fs::read_to_string(contracts().join("interfaces").join(interface)).unwrap();
    let names =
        text.lines().filter_map(|line| line.trim().strip_prefix(keyword)?.split('(').next());
    names.map(str::to_owned).collect()
}

/// All Rust sources of a folder, in one text.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[test]
fn every_function_of_an_interface_is_in_the_dispatch_table_of_its_program() {
    for program in &PROGRAMS {
        let table = contracts().join(program.folder).join("lib.rs");
        let table = fs::read_to_string(table).unwrap();
        let declared = declared(program.interface, "function ");

        assert_eq!(declared.len(), program.entries, "{}", program.interface);
        for name in &declared {
            let overloads = declared.iter().filter(|other| *other == name).count();
            for overload in 0..overloads {
                let entry = match overloads {
                    1 => format!(" {name}Call =>"),
                    _ => format!(" {name}_{overload}Call =>"),
                };
                assert_eq!(table.matches(&entry).count(), 1, "{entry} in {}", program.folder);
            }
        }
    }
}

#[test]
fn every_error_and_event_of_an_interface_is_used_by_its_program_or_comes_from_another() {
    let common = sources(&contracts().join("common/src"));
    // What the vault refuses in `depositAndStake` comes back through the hub, what the hub refuses
    // through the queue.
    let vault = sources(&contracts().join("liquid-staking/vault/src"));
    let hub = sources(&contracts().join("liquid-staking/hub/src"));
    // What the authority refuses when a scheduled call takes place, through any program.
    let authority = declared("IAccessManager.sol", "error ");
    for program in &PROGRAMS {
        let own = sources(&contracts().join(program.folder));

        for event in declared(program.interface, "event ") {
            assert!([&own, &common].iter().any(|text| text.contains(&event)), "event {event}");
        }
        for error in declared(program.interface, "error ") {
            let name = format!("::{error}>");
            let raised = [&own, &common, &vault, &hub].iter().any(|text| text.contains(&name));
            let relayed = error.starts_with("AccessManager") && authority.contains(&error);
            assert!(raised || relayed, "error {error} of {}", program.interface);
        }
    }
}

/// The errors of an interface: name, and types of the arguments without their names.
fn errors(program: &Program) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(contracts().join("interfaces").join(program.interface)).unwrap();
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("error "));
    lines
        .map(|line| {
            let (name, arguments) = line.trim_end_matches(");").split_once('(').unwrap();
            let kinds =
                arguments.split(',').filter_map(|argument| argument.split_whitespace().next());
            (name.to_owned(), kinds.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn errors_of_one_name_have_one_selector() {
    let all = PROGRAMS.map(|program| errors(&program));

    let mut shared = 0;
    for (index, one) in all.iter().enumerate() {
        for other in &all[..index] {
            for name in one.keys().filter(|name| other.contains_key(*name)) {
                assert_eq!(one[name], other[name], "{name}");
                shared += 1;
            }
        }
    }
    assert!(shared > 100, "{shared}");
}
