//! Finished programs on disk: one file per state of everything that went into them.
//!
//! A file is the hash of the rest on its first line, then JSON. It is written beside its place and
//! moved there, so that no process ever sees half of one; one that was damaged is as good as none.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use alloy_primitives::{B256, Bytes, keccak256};
use serde::{Deserialize, Serialize};

use super::artifact::Artifact;
use crate::stylus::activate::Figures;

/// Files that are kept: as many states can be gone back to without a build.
const KEPT: usize = 16;

/// What turns raw WASM into an artefact. Other code makes other artefacts, so it is part of what
/// each is kept under.
pub(super) const ENGINE: &[&str] = &[
    include_str!("cache.rs"),
    include_str!("../stylus/activate.rs"),
    include_str!("../stylus/imports.rs"),
    include_str!("../stylus/instrument.rs"),
    include_str!("../stylus/instrument/depth.rs"),
    include_str!("../stylus/instrument/dynamic.rs"),
    include_str!("../stylus/instrument/emit.rs"),
    include_str!("../stylus/instrument/heap.rs"),
    include_str!("../stylus/instrument/meter.rs"),
    include_str!("../stylus/instrument/module.rs"),
    include_str!("../stylus/instrument/operator.rs"),
    include_str!("../stylus/instrument/rules.rs"),
    include_str!("../stylus/normalize.rs"),
    include_str!("../stylus/package.rs"),
];

/// A folder of finished programs.
pub(super) struct Cache {
    folder: PathBuf,
}

/// An artefact as it is written.
#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    wasm: Bytes,
    code: Bytes,
    features: Vec<String>,
    functions: u64,
    type_words: u64,
    wasm_bytes: u64,
    globals: u64,
    data_bytes: u64,
    data_payload: u64,
    element_bytes: u64,
    pages: u16,
    operators: u64,
}

impl Cache {
    /// The cache in a target folder.
    pub(super) fn in_target(target: &Path) -> Self {
        Self { folder: target.join("emetis-cache") }
    }

    /// What is kept under a key; nothing if it is missing or damaged.
    pub(super) fn get(&self, key: B256) -> Option<Vec<Artifact>> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (hash, json) = text.split_once('\n')?;
        if hash.parse() != Ok(keccak256(json)) {
            return None;
        }
        let entries: Vec<Entry> = serde_json::from_str(json).ok()?;
        Some(entries.into_iter().map(Artifact::from).collect())
    }

    /// Keeps artefacts under a key. Failing to is no error: they are there, and only cost a build
    /// again.
    pub(super) fn put(&self, key: B256, artifacts: &[Artifact]) {
        let entries: Vec<Entry> = artifacts.iter().map(Entry::from).collect();
        let Ok(json) = serde_json::to_string(&entries) else { return };
        let text = format!("{}\n{json}", keccak256(&json));
        let path = self.path(key);
        let draft = path.with_extension(format!("{}-{:?}", std::process::id(), thread_id()));
        let written = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&draft, text))
            .and_then(|()| fs::rename(&draft, &path));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        self.prune();
    }

    /// Removes the oldest files, drafts of dead processes among them.
    fn prune(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let age = |entry: &fs::DirEntry| entry.metadata().and_then(|data| data.modified()).ok();
        let mut files: Vec<(Option<SystemTime>, PathBuf)> =
            entries.flatten().map(|entry| (age(&entry), entry.path())).collect();
        files.sort();
        let excess = files.len().saturating_sub(KEPT);
        for (_, path) in files.into_iter().take(excess) {
            let _ = fs::remove_file(path);
        }
    }

    fn path(&self, key: B256) -> PathBuf {
        self.folder.join(format!("{key:x}.json"))
    }
}

fn thread_id() -> std::thread::ThreadId {
    std::thread::current().id()
}

impl From<&Artifact> for Entry {
    fn from(artifact: &Artifact) -> Self {
        let Artifact { name, wasm, code, figures, features } = artifact.clone();
        let Figures { functions, type_words, wasm_bytes, globals, .. } = figures;
        let Figures { data_bytes, data_payload, element_bytes, pages, operators, .. } = figures;
        Self {
            name,
            wasm: wasm.into(),
            code: code.into(),
            features,
            functions,
            type_words,
            wasm_bytes,
            globals,
            data_bytes,
            data_payload,
            element_bytes,
            pages,
            operators,
        }
    }
}

impl From<Entry> for Artifact {
    fn from(entry: Entry) -> Self {
        let Entry { name, wasm, code, features, functions, type_words, wasm_bytes, .. } = entry;
        let Entry { globals, data_bytes, data_payload, element_bytes, pages, operators, .. } =
            entry;
        let figures = Figures {
            functions,
            type_words,
            wasm_bytes,
            globals,
            data_bytes,
            data_payload,
            element_bytes,
            pages,
            operators,
        };
        Self { name, wasm: wasm.into(), code: code.into(), figures, features }
    }
}

#[cfg(test)]
mod tests;
