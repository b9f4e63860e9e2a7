//! ^C.

#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{command, file, json};

/// A campaign of days.
const ENDLESS: &str = "100000000";
/// Longer than any campaign should take to end.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_interrupted_campaign_prints_and_writes_what_it_did_and_exits_with_130() {
    const INTERRUPTED: i32 = 130;
    let path = file("interrupted.json");
    let mut arguments = vec!["fuzz", "--cases", ENDLESS, "--seed", "1", "--jobs", "2"];
    arguments.extend(["--json", path.to_str().unwrap()]);
    let mut child =
        command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    // Progress is told now and then; by the second line of it, calls have been made.
    let begun = lines.by_ref().filter(|line| line.contains("Fuzzing")).nth(1);
    assert!(begun.is_some_and(|line| line.contains("calls")));

    let told = Instant::now();
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();

    assert!(told.elapsed() < PATIENCE, "{:?}", told.elapsed());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(INTERRUPTED), "{text}");
    let verdict = text.lines().find(|line| line.starts_with("INTERRUPTED: "));
    assert!(verdict.is_some() && text.contains("must hold"), "{text}");
    let report = json(&path);
    assert_eq!(report["interrupted"], true);
    assert_eq!(report["passed"], false);
    assert!(report["calls"].as_u64().unwrap() > 0);
    for row in report["properties"].as_array().unwrap() {
        let [minimum, rate] = ["minimum", "minimum_per_10k"].map(|field| row[field].as_u64());
        let scaled = rate.unwrap() * report["calls"].as_u64().unwrap() / 10_000;
        assert_eq!(minimum, Some(scaled), "{row}");
    }
}
