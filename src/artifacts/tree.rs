//! The hash of all that goes into a build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use alloy_primitives::{B256, Keccak256};

use super::error::BuildError;

/// Keccak-256 of the files of a folder that can matter to a build, and of `parts`.
///
/// Left out are prose, build output, packages of npm and hidden files; cargo's own configuration counts.
pub(super) fn hash(folder: &Path, parts: &[&str]) -> Result<B256, BuildError> {
    let mut files = BTreeMap::new();
    collect(folder, String::new(), &mut files)?;

    let mut hash = Keccak256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    for part in parts {
        add(part.as_bytes());
    }
    for (name, path) in files {
        add(name.as_bytes());
        add(&fs::read(&path).map_err(BuildError::file(&path))?);
    }
    Ok(hash.finalize())
}

/// Finds the files, by their path from the start with `/` between the parts.
fn collect(
    folder: &Path,
    prefix: String,
    files: &mut BTreeMap<String, PathBuf>,
) -> Result<(), BuildError> {
    for entry in fs::read_dir(folder).map_err(BuildError::file(folder))? {
        let path = entry.map_err(BuildError::file(folder))?.path();
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            continue;
        };
        if !matters(&name) {
            continue;
        }
        let place = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, place + "/", files)?;
        } else {
            files.insert(place, path);
        }
    }
    Ok(())
}

fn matters(name: &str) -> bool {
    let hidden = name.starts_with('.') && name != ".cargo";
    !(hidden
        || ["target", "node_modules"].contains(&name)
        || name.ends_with(".md")
        || name.ends_with('~'))
}
