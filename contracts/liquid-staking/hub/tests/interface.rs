//! The program serves the interface, all of it.

use emetis_common::abi::ILiquidStaking::ILiquidStakingCalls as Calls;

const TABLE: &str = include_str!("../src/lib.rs");
const INTERFACE: &str = include_str!("../../../interfaces/ILiquidStaking.sol");

/// Where the alphabetical list of calls names overloads, the program does as well.
fn entry(name: &str, overload: usize) -> String {
    match name {
        "permit" => format!("permit_{overload}Call =>"),
        _ => format!("{name}Call =>"),
    }
}

#[test]
fn every_function_of_the_interface_is_in_the_dispatch_table() {
    let declared = INTERFACE.lines().filter(|line| line.trim().starts_with("function ")).count();

    assert_eq!(declared, Calls::SELECTORS.len());
    for name in INTERFACE.lines().filter_map(|line| {
        line.trim().strip_prefix("function ").and_then(|rest| rest.split('(').next())
    }) {
        for overload in 0..2 {
            assert_eq!(TABLE.matches(&entry(name, overload)).count(), 1, "{name}");
        }
    }
}

#[test]
fn every_error_and_event_of_the_interface_is_used_by_the_program() {
    let sources = [
        include_str!("../src/construct.rs"),
        include_str!("../src/deposit.rs"),
        include_str!("../src/errors.rs"),
        include_str!("../src/rewards.rs"),
        include_str!("../src/sweep.rs"),
        include_str!("../../../common/src/erc20.rs"),
        include_str!("../../../common/src/errors.rs"),
    ]
    .concat();

    for kind in ["error ", "event "] {
        for name in INTERFACE.lines().filter_map(|line| {
            line.trim().strip_prefix(kind).and_then(|rest| rest.split('(').next())
        }) {
            assert!(sources.contains(name), "{kind}{name}");
        }
    }
}
