//! Gas and sizes are what they were, and within their budgets.

use std::fmt::Write;
use std::path::PathBuf;

use emetis::artifacts::Builder;
use emetis::gas::{GasRow, Size, flat, measure, sizes};
use emetis::stylus::Version;
use serde_json::{Map, Value, json};

use super::kit::programs;

const BLESS: &str = "EMETIS_BLESS=1 cargo test --release --test contracts snapshots";

/// What operations of staking may cost at most, in gas.
const BUDGETS: [(&str, u64); 6] = [
    ("staking: delegate", 99_000),
    ("staking: undelegate", 99_000),
    ("staking: claimRewards", 75_000),
    ("staking: notifyRewards", 52_000),
    ("registry: register", 300_000),
    ("staking: claimUnlocked", 90_000),
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name)
}

/// Compares with the committed snapshot, or writes it if `EMETIS_BLESS` is set.
#[track_caller]
fn compare(name: &str, found: &Map<String, Value>) {
    let path = path(name);
    if std::env::var_os("EMETIS_BLESS").is_some() {
        let text = serde_json::to_string_pretty(found).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
        return;
    }
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}\nwrite it with\n  {BLESS}", path.display()));
    let expected: Map<String, Value> = serde_json::from_str(&text).unwrap();

    let difference = difference(&expected, found);
    assert!(
        difference.is_empty(),
        "tests/snapshots/{name} moved:\n{difference}if that is meant, write it anew with\n  {BLESS}"
    );
}

/// One line for each figure that moved, came or went.
fn difference(expected: &Map<String, Value>, found: &Map<String, Value>) -> String {
    let mut text = String::new();
    for (key, before) in expected {
        let Some(after) = found.get(key) else {
            let _ = writeln!(text, "  {key}: gone");
            continue;
        };
        for (figure, before) in before.as_object().unwrap() {
            let after = &after[figure];
            if after != before {
                let moved = match (before.as_i64(), after.as_i64()) {
                    (Some(before), Some(after)) => format!(" ({:+})", after - before),
                    _ => String::new(),
                };
                let _ = writeln!(text, "  {key}, {figure}: {before} → {after}{moved}");
            }
        }
    }
    for key in found.keys().filter(|key| !expected.contains_key(*key)) {
        let _ = writeln!(text, "  {key}: new");
    }
    text
}

fn gas_figures(row: &GasRow) -> Value {
    let mut figures = json!({ "cached": row.gas, "not cached": row.uncached });
    if let Some((peer, gas)) = &row.peer {
        figures[peer] = json!(gas);
    }
    figures
}

fn size_figures(size: &Size) -> Value {
    json!({
        "WASM bytes": size.wasm,
        "code bytes": size.code,
        "functions": size.functions,
        "data section bytes": size.data,
        "cached init gas": size.cached_init,
        "init gas": size.init,
        "activation gas": size.activation,
    })
}

#[test]
fn gas_is_what_it_was() {
    let rows = measure(programs());

    let found = rows.iter().map(|row| (row.key.clone(), gas_figures(row))).collect();
    compare("gas.json", &found);
}

#[test]
fn no_operation_is_over_its_budget() {
    let rows = measure(programs());

    let budgets: Vec<_> = rows.iter().filter(|row| row.budget.is_some()).collect();
    for operation in ["deposit", "transfer", "depositAndStake", "vault: deposit", "vault: redeem"] {
        let has_budget = budgets.iter().any(|row| row.key.starts_with(operation));
        assert!(has_budget, "{operation} has no budget");
    }
    for (operation, budget) in BUDGETS {
        let row = budgets.iter().find(|row| row.key == operation);
        let row = row.unwrap_or_else(|| panic!("{operation} has no budget"));
        assert!(row.budget <= Some(budget), "{operation} may cost {:?}", row.budget);
    }
    for row in budgets {
        assert!(!row.is_over_budget(), "{}: {} of {:?} gas", row.key, row.gas, row.budget);
    }
}

#[test]
fn users_of_staking_pay_the_same_among_few_and_among_many() {
    let rows = flat(programs());

    let operations: Vec<_> = rows.iter().map(|row| row.key).collect();
    for (operation, _) in BUDGETS.iter().filter(|(operation, _)| operation.starts_with("staking")) {
        assert!(operations.contains(operation), "{operation} is not measured");
    }
    for row in rows {
        assert!(row.spread() <= 200, "{row:?}");
    }
}

#[test]
fn sizes_are_what_they_were() {
    let programs = Builder::new().build().unwrap();

    let sizes = sizes(&programs, &Version::ARBOS_60);
    let found = sizes.iter().map(|size| (size.program.clone(), size_figures(size))).collect();
    compare("sizes.json", &found);
}

#[test]
fn every_program_fits_and_has_no_data_section() {
    let programs = Builder::new().build().unwrap();

    for size in sizes(&programs, &Version::ARBOS_60) {
        assert!(size.code <= 24_576, "{}: {} bytes of code", size.program, size.code);
        assert_eq!(size.data, 0, "{}: bytes in the data section", size.program);
    }
}

#[test]
fn a_difference_names_what_moved() {
    let before = json!({ "deposit": { "cached": 100 }, "sweep": { "cached": 1 } });
    let after = json!({ "deposit": { "cached": 107 }, "permit": { "cached": 2 } });

    let text = difference(before.as_object().unwrap(), after.as_object().unwrap());
    assert_eq!(text, "  deposit, cached: 100 → 107 (+7)\n  sweep: gone\n  permit: new\n");
}
