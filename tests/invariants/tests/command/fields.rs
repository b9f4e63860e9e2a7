//! Every field of a report is documented, and every documented field is in a report.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{FOUND, PASSED, assert_code, emetis, file, json};

/// Where the fields are documented.
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/script/README.md");

/// Paths of all fields: `*` stands for any name, `[]` for any element.
fn fields(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    if !path.is_empty() {
        into.insert(path.to_owned());
    }
    match value {
        // The campaign's own data: their shape is that of its actions.
        _ if path == "found.actions" => {}
        Value::Object(object) => {
            for (name, value) in object {
                let name = if path == "actions" { "*" } else { name };
                let dot = if path.is_empty() { "" } else { "." };
                fields(value, &format!("{path}{dot}{name}"), into);
            }
        }
        Value::Array(array) => {
            for value in array.iter().filter(|value| value.is_object()) {
                fields(value, &format!("{path}[]"), into);
            }
        }
        _ => {}
    }
}

/// First cells of the table under this heading, which hold a field each in backticks.
fn documented(heading: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(README).unwrap();
    let (_, section) = text.split_once(heading).unwrap();
    let rows = section.lines().skip(1).take_while(|line| !line.starts_with("## "));
    let fields = rows.filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0));
    fields.map(str::to_owned).collect()
}

#[test]
fn the_documented_fields_of_reports_are_those_that_are_written() {
    let (passing, failing) = (file("fields-passing.json"), file("fields-failing.json"));
    let [pass, fail] = [&passing, &failing].map(|path| path.to_str().unwrap());
    assert_code(&emetis(&["fuzz", "--cases", "200", "--seed", "11", "--json", pass]), PASSED);
    let broken =
        ["fuzz", "--mutant", "13", "--seed", "21", "--shard", "1/2", "--property", "SOL-3"];
    assert_code(&emetis(&[&broken[..], &["--json", fail]].concat()), FOUND);

    let mut written = BTreeSet::new();
    for path in [&passing, &failing] {
        fields(&json(path), "", &mut written);
    }
    // Elements of arrays and names of maps are not fields.
    written.retain(|path| !path.ends_with(['*', ']']));

    assert_eq!(written, documented("## The report as data"));
    assert!(written.len() > 20, "{written:?}");
}
