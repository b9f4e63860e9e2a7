//! Replay files: what a campaign has found, to be run again.

use std::fs;
use std::path::{Path, PathBuf};

use emetis::campaign::{Found, Plan};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::build::{cannot_write, folder};

/// A list of actions that violates a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Replay {
    /// Seed of the campaign that found it.
    pub(super) seed: u64,
    /// Number of the case it was found in.
    pub(super) case: u64,
    /// Number of the broken variant in force; `null` for the programs as released.
    pub(super) mutant: Option<u32>,
    /// The violated property.
    pub(super) property: String,
    /// Whether the campaign watched no other property.
    pub(super) only: bool,
    /// The actions, as campaigns write them.
    pub(super) actions: Vec<Value>,
}

impl Replay {
    pub(super) fn new(plan: &Plan, mutant: Option<u32>, found: &Found) -> Self {
        Self {
            seed: plan.seed,
            case: found.case,
            mutant,
            property: found.violation.property.clone(),
            only: plan.only.is_some(),
            actions: found.actions.clone(),
        }
    }

    /// Writes it beside the build output and returns where.
    pub(super) fn write(&self) -> Result<PathBuf, String> {
        let Self { seed, case, .. } = self;
        let mutant = self.mutant.map_or(String::new(), |number| format!("-mutant-{number}"));
        let path = folder().join(format!("replay-{seed}-{case}{mutant}.json"));
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::create_dir_all(folder())
            .and_then(|()| fs::write(&path, text + "\n"))
            .map_err(|error| cannot_write(&path, &error))?;
        Ok(path)
    }

    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| {
            format!("{shown}: {error}; name a file that a failing campaign has written")
        })?;
        serde_json::from_str(&text).map_err(|error| {
            format!("{shown} is no replay file: {error}; run the campaign of its seed again")
        })
    }

    /// The actions, or why they are not such as the campaign draws now.
    pub(super) fn decode<A: for<'de> Deserialize<'de>>(&self) -> Result<Vec<A>, String> {
        let decode = |(at, action): (usize, &Value)| {
            A::deserialize(action).map_err(|error| {
                format!(
                    "action {} of the replay file is not known: {error}; run the campaign of \
                     its seed again",
                    at + 1
                )
            })
        };
        self.actions.iter().enumerate().map(decode).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Replay;

    #[test]
    fn a_replay_file_says_the_same_after_a_round_trip() {
        let replay = Replay {
            seed: u64::MAX,
            case: 7,
            mutant: Some(13),
            property: "SOL-3".into(),
            only: true,
            actions: vec![serde_json::json!({ "Wait": { "seconds": 1 } })],
        };

        let text = serde_json::to_string(&replay).unwrap();

        assert_eq!(serde_json::from_str::<Replay>(&text).unwrap(), replay);
    }
}
