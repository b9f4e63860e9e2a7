//! The contracts' own tests: the pure modules, natively, in their workspace.

use std::process::{Command, Stdio};

use emetis::artifacts::{contracts_dir, target_dir};

#[test]
fn the_native_tests_of_the_contracts_pass() {
    let mut command = Command::new("cargo");
    // The contracts pin a toolchain and profiles of their own.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let is_cargos = name.starts_with("CARGO") && name != "CARGO_HOME";
        if is_cargos || matches!(name.as_str(), "RUSTUP_TOOLCHAIN" | "RUSTFLAGS" | "RUSTC_WRAPPER")
        {
            command.env_remove(name);
        }
    }

    let output = command
        // The profile of programs, which takes its time to make them small, is of no use here.
        .envs([("CARGO_PROFILE_RELEASE_LTO", "off"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")])
        .args(["test", "--release", "--locked", "--workspace", "--target-dir"])
        .arg(target_dir().join("contracts-native"))
        .current_dir(contracts_dir())
        .stdin(Stdio::null())
        .output()
        .expect("cargo is on the path of those who run its tests");

    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(output.status.success(), "{stdout}\n{stderr}");
    let passed: u64 = stdout
        .lines()
        .filter_map(|line| {
            line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u64>().ok()
        })
        .sum();
    assert!(passed > 0, "nothing was tested:\n{stdout}");
}
