//! Shards of a campaign, run and merged from the command line.

use serde_json::Value;

use super::{FOUND, PASSED, UNUSABLE, assert_code, emetis, file, json, stdout};

/// Runs a shard and returns where its report is.
fn shard(name: &str, arguments: &[&str], code: i32) -> String {
    let path = file(name).to_str().unwrap().to_owned();
    let output = emetis(&[&["fuzz"], arguments, &["--json", &path]].concat());
    assert_code(&output, code);
    path
}

fn merge(reports: &[&str]) -> std::process::Output {
    emetis(&[&["fuzz", "merge"], reports].concat())
}

/// The lines of the tables and the verdict without its times.
fn tables(text: &str) -> Vec<&str> {
    let lines = text.lines().skip_while(|line| !line.starts_with("action"));
    lines.take_while(|line| !line.starts_with("PASSED")).collect()
}

#[test]
fn merged_shards_print_and_write_what_the_whole_campaign_does() {
    const PLAN: [&str; 4] = ["--seed", "31", "--cases", "201"];
    let whole = file("whole.json");
    let whole = whole.to_str().unwrap();
    let output = emetis(&[&["fuzz"], &PLAN[..], &["--json", whole]].concat());
    assert_code(&output, PASSED);
    let [one, two, three] = ["1/3", "2/3", "3/3"].map(|text| {
        let name = format!("shard-{}.json", &text[..1]);
        shard(&name, &[&PLAN[..], &["--shard", text, "--jobs", &text[..1]]].concat(), PASSED)
    });
    let written = file("merged.json");

    let merged = merge(&[&three, &one, &two, "--json", written.to_str().unwrap()]);

    assert_code(&merged, PASSED);
    assert_eq!(tables(&stdout(&merged)), tables(&stdout(&output)));
    assert!(tables(&stdout(&merged)).len() > 20);
    let essence = |mut report: Value| {
        for (object, field) in [("", "elapsed_ms"), ("", "cpu_ms"), ("/plan", "jobs")] {
            report.pointer_mut(object).unwrap()[field] = Value::Null;
        }
        report
    };
    assert_eq!(essence(json(&written)), essence(json(whole.as_ref())));
    let again = "again:  cargo run --release -- fuzz --seed 31 --cases 201 --depth 60";
    assert!(stdout(&merged).lines().any(|line| line == again), "{}", stdout(&merged));
}

#[test]
fn a_shard_that_found_something_fails_the_merge_and_its_story_is_shown() {
    // Both programs are broken alike; which of the shards is the first to notice is up to the seed.
    const PLAN: [&str; 6] = ["--mutant", "13", "--seed", "21", "--cases", "400"];
    let [one, two] = ["1/2", "2/2"].map(|text| {
        let name = format!("broken-{}.json", &text[..1]);
        shard(&name, &[&PLAN[..], &["--shard", text]].concat(), FOUND)
    });

    let merged = merge(&[&one, &two]);

    assert_code(&merged, FOUND);
    let text = stdout(&merged);
    let first = [one, two].map(|path| json(path.as_ref())["found"].clone());
    let first = first.iter().min_by_key(|found| found["case"].as_u64()).unwrap();
    assert!(text.contains(first["violation"]["message"].as_str().unwrap()), "{text}");
    assert!(text.contains(first["story"][0].as_str().unwrap()), "{text}");
    assert!(text.contains("replay: cargo run --release -- fuzz --replay "), "{text}");
}

#[test]
fn reports_that_are_not_the_shards_of_one_campaign_are_refused_by_name() {
    let run = |name: &str, seed: &str, text: &str| {
        shard(name, &["--cases", "4", "--seed", seed, "--shard", text], PASSED)
    };
    let (one, two) = (run("refuse-1.json", "1", "1/3"), run("refuse-2.json", "1", "2/3"));
    let other = run("refuse-other.json", "2", "3/3");
    let changed = |name: &str, field: &str, value: Value| {
        let mut report = json(two.as_ref());
        report[field] = value;
        let path = file(name);
        std::fs::write(&path, report.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mutant = changed("refuse-mutant.json", "mutant", 13.into());
    let old = changed("refuse-old.json", "schema", 1.into());
    let cut = changed("refuse-cut.json", "cases", 0.into());

    let cases: [(&[&str], &[&str]); 6] = [
        (&[&one, &two], &["missing", "3/3"]),
        (&[&one, &two, &one], &["refuse-1.json", "1/3", "once"]),
        (&[&one, &two, &other], &["refuse-other.json", "seed"]),
        (&[&one, &mutant], &["refuse-mutant.json", "mutant"]),
        (&[&one, &old], &["refuse-old.json", "schema 1", "again"]),
        (&[&one, &cut], &["refuse-cut.json", "2/3", "again"]),
    ];
    for (reports, said) in cases {
        let output = merge(reports);

        assert_code(&output, UNUSABLE);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(said.iter().all(|word| stderr.contains(word)), "{said:?}: {stderr}");
    }
}
