//! The command line: exit codes, replay lines that work, reports as data.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

mod fields;
mod interrupt;
mod shards;

/// All is well.
const PASSED: i32 = 0;
/// Something was found.
const FOUND: i32 = 1;
/// It could not be run.
const UNUSABLE: i32 = 2;

/// The command as one without a terminal runs it.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_emetis"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn emetis(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{}\n{stderr}", stdout(output));
}

/// What a file that the command has written says.
fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn a_campaign_that_finds_nothing_exits_with_0_and_writes_its_report() {
    let path = file("report.json");

    let output =
        emetis(&["fuzz", "--cases", "200", "--seed", "11", "--json", path.to_str().unwrap()]);

    assert_code(&output, PASSED);
    let text = stdout(&output);
    assert!(text.contains("PASSED") && text.contains("seed 11"), "{text}");
    let report = json(&path);
    assert_eq!(report["schema"], 2);
    assert_eq!(report["passed"], true);
    assert_eq!(report["plan"]["seed"], 11);
    assert_eq!(report["calls"], 200 * 60);
    assert_eq!(report["found"], Value::Null);
}

#[test]
fn a_violation_exits_with_1_and_its_replay_line_reproduces_it() {
    const HEAD: &str = "replay: cargo run --release -- ";

    let failing = emetis(&["fuzz", "--mutant", "13", "--seed", "21", "--cases", "2000"]);
    assert_code(&failing, FOUND);
    let text = stdout(&failing);
    let line = text.lines().find_map(|line| line.strip_prefix(HEAD));
    let line = line.unwrap_or_else(|| panic!("no replay line in\n{text}"));
    let arguments: Vec<&str> = line.split(' ').collect();
    let replayed = emetis(&arguments);

    assert_code(&replayed, FOUND);
    let violation = text.lines().find(|line| line.starts_with("VIOLATED")).unwrap();
    assert!(stdout(&replayed).contains(violation), "{violation}\n{}", stdout(&replayed));
}

#[test]
fn a_story_that_violates_nothing_any_more_exits_with_0() {
    let path = file("harmless.json");
    let replay = serde_json::json!({
        "seed": 1, "case": 0, "mutant": null, "property": "SOL-1", "only": false,
        "actions": [{ "Wait": { "seconds": 1 } }],
    });
    std::fs::write(&path, replay.to_string()).unwrap();

    let output = emetis(&["fuzz", "--replay", path.to_str().unwrap()]);

    assert_code(&output, PASSED);
}

#[test]
fn what_cannot_be_run_exits_with_2_and_says_what_to_do() {
    let broken = file("broken.json");
    std::fs::write(&broken, "{}").unwrap();
    let cases: [(&[&str], &str); 14] = [
        (&["nonsense"], "--help"),
        (&["fuzz", "--cases", "0"], "--help"),
        (&["fuzz", "--jobs", "0"], "--help"),
        (&["fuzz", "--property", "SOL-99"], "SOL-1"),
        (&["fuzz", "--mutant", "9999"], "emetis mutants"),
        (&["fuzz", "--replay", "no-such-file.json"], "failing campaign"),
        (&["fuzz", "--replay", broken.to_str().unwrap()], "again"),
        (&["fuzz", "--seed", "1", "--shard", "4/3"], "I from 1 to N"),
        (&["fuzz", "--seed", "1", "--shard", "0/3"], "I from 1 to N"),
        (&["fuzz", "--shard", "1/3"], "--seed"),
        (&["fuzz", "merge"], "--help"),
        (&["fuzz", "merge", "no-such-file.json"], "fuzz --json"),
        (&["fuzz", "merge", broken.to_str().unwrap()], "fuzz --json"),
        (&["fuzz", "--json", "no-such-folder/report.json"], "no-such-folder"),
    ];

    for (arguments, remedy) in cases {
        let output = emetis(arguments);

        assert_code(&output, UNUSABLE);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(remedy), "{arguments:?}: {said}");
    }
}

#[test]
fn nothing_is_coloured_without_a_terminal() {
    let output = emetis(&["fuzz", "--cases", "1", "--seed", "1"]);

    let all = [output.stdout, output.stderr].concat();
    assert!(!all.contains(&0x1b));
}

#[test]
fn build_and_check_tell_sizes_and_costs() {
    let [build, check] = ["build", "check"].map(|command| emetis(&[command]));

    assert_code(&build, PASSED);
    assert!(stdout(&build).contains("emetis-hub") && stdout(&build).contains("24,576"));
    assert_code(&check, PASSED);
    assert!(stdout(&check).contains("365 days"), "{}", stdout(&check));
}
