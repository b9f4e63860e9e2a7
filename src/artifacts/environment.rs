//! What the nested cargo may see of the user's environment.

use std::ffi::OsString;
use std::process::Command;

/// Variables of cargo, rustc and rustup that are handed on: where things are and how to reach
/// them. All others of theirs could change what is compiled, and are withheld.
const KEPT: &[&str] = &["CARGO_HOME", "RUSTUP_HOME"];

/// … and by how their names begin.
const KEPT_PREFIXES: &[&str] = &[
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "RUSTUP_DIST_",
    "RUSTUP_IO_",
    "RUSTUP_UPDATE_",
];

/// Beginnings of the names that belong to cargo, rustc and rustup.
const THEIRS: &[&str] = &["CARGO", "RUST", "__CARGO", "__RUST"];

/// Variables of a process.
#[derive(Clone, Debug)]
pub(super) struct Environment(Vec<(OsString, OsString)>);

impl Environment {
    /// The given variables without those that could change what is compiled.
    pub(super) fn scrubbed(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        Self(
            variables
                .into_iter()
                .filter(|(name, _)| is_harmless(&name.to_string_lossy()))
                .collect(),
        )
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&OsString> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A command that sees only these variables.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.0.iter().map(|(name, value)| (name, value)));
        command
    }
}

fn is_harmless(name: &str) -> bool {
    // Windows does not tell letters' case in names.
    let name = name.to_uppercase();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    !begins(THEIRS) || KEPT.contains(&name.as_str()) || begins(KEPT_PREFIXES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_locates_and_connects_is_handed_on() {
        let names = [
            "PATH",
            "HOME",
            "HTTPS_PROXY",
            "CARGO_HOME",
            "CARGO_NET_OFFLINE",
            "CARGO_REGISTRIES_MIRROR_TOKEN",
            "RUSTUP_HOME",
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_TARGET_DIR",
            "CARGO_PROFILE_RELEASE_LTO",
            "CARGO_TARGET_DIR",
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "CARGO_INCREMENTAL",
            "CARGO_MANIFEST_DIR",
            "CARGO_UNSTABLE_BUILD_STD",
            "RUSTC",
            "RUSTC_WRAPPER",
            "RUSTC_BOOTSTRAP",
            "RUSTUP_TOOLCHAIN",
        ];

        let kept = Environment::scrubbed(names.map(|name| (name.into(), "x".into())));

        let kept: Vec<_> = kept.0.iter().map(|(name, _)| name.to_string_lossy()).collect();
        assert_eq!(kept, names[..7]);
    }
}
