//! `emetis abi`: files that front-ends read.

use std::process::{Command, Output};

use alloy_json_abi::JsonAbi;
use emetis::abi::contracts;

fn emetis(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_emetis"));
    command.arg("abi").args(arguments).output().unwrap()
}

#[test]
fn every_contract_is_written_and_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("folder");

    let output = emetis(&["--out", path.to_str().unwrap()]);

    assert!(output.status.success(), "{output:?}");
    for abi in contracts() {
        let name = format!("{}.json", abi.name);
        let text = std::fs::read_to_string(path.join(&name)).unwrap();
        assert_eq!(JsonAbi::from_json_str(&text).unwrap(), abi.to_abi());
        assert!(String::from_utf8_lossy(&output.stderr).contains(&name), "{output:?}");
    }
    assert_eq!(std::fs::read_dir(&path).unwrap().count(), contracts().len());
}

#[test]
fn one_contract_is_printed_as_it_is_written() {
    for abi in contracts() {
        let output = emetis(&["--print", abi.name]);

        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), abi.to_string());
    }
}

#[test]
fn an_unknown_contract_gets_the_names_that_are_known() {
    let output = emetis(&["--print", "Angel"]);

    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("LiquidStaking") && told.contains("StakedMetis"), "{told}");
}
