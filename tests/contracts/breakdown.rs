//! What gas is made of adds up, and agrees with what the chain's rules say.

use emetis::gas::{GasRow, GasTable, measure};

use super::kit::programs;

/// A transaction, whatever it does.
const BASE: u64 = 21_000;
/// Refund for a slot that is cleared.
const CLEARED: u64 = 4_800;

fn row<'a>(rows: &'a [GasRow], key: &str) -> &'a GasRow {
    rows.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no row is called {key}"))
}

#[test]
fn the_parts_of_every_row_add_up_to_its_gas() {
    for row in measure(programs()) {
        assert_eq!(row.breakdown.total(), row.gas, "{}: {:?}", row.key, row.breakdown);
        assert_eq!(row.breakdown.named().map(|(_, gas)| gas).sum::<u64>(), {
            row.gas + 2 * row.breakdown.refund
        });
        assert!(row.uncached >= row.gas, "{}: {row:?}", row.key);
    }
}

#[test]
fn what_a_row_says_of_storage_and_calldata_follows_from_the_rules() {
    let rows = measure(programs());

    let deposit = row(&rows, "deposit, old holder").breakdown;
    let new = row(&rows, "deposit, new holder").breakdown;
    // A slot that was zero costs 20,000 to set, one that was not 2,900.
    assert_eq!(new.storage - deposit.storage, 20_000 - 2_900);
    assert!(deposit.intrinsic > BASE && deposit.intrinsic < BASE + 68 * 16);
    assert!(deposit.calls == 0 && deposit.refund == 0);

    assert_eq!(row(&rows, "transfer of everything, old holder").breakdown.refund, CLEARED);
    assert!(row(&rows, "sweep to an old account").breakdown.calls > 0);
    assert_eq!(row(&rows, "refused re-entry, the call alone").breakdown.intrinsic, 0);
    assert_eq!(row(&rows, "balanceOf, as a transaction").breakdown.logs, 0);
}

#[test]
fn keys_are_unique_and_the_table_names_all_of_them() {
    let rows = measure(programs());

    let mut keys: Vec<_> = rows.iter().map(|row| row.key.clone()).collect();
    let table = GasTable(rows).to_string();
    for key in &keys {
        let lines = table.lines().filter(|line| line.starts_with(&format!("{key}  ")));
        assert_eq!(lines.count(), 2, "{key}\n{table}");
    }
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len() * 2, table.lines().count() - 3);
}
