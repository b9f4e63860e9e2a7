use super::*;

fn artifact() -> Artifact {
    let figures = Figures { functions: 3, operators: 900, ..Figures::default() };
    let (wasm, code) = (vec![0, 1, 2], vec![0xef, 0xf0, 0]);
    Artifact {
        name: "emetis-hub".to_owned(),
        wasm,
        code,
        figures,
        features: vec!["mutants".to_owned()],
    }
}

#[test]
fn what_was_put_is_found_again_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_target(folder.path());
    let (key, other) = (B256::repeat_byte(1), B256::repeat_byte(2));

    cache.put(key, &[artifact()]);

    assert_eq!(cache.get(key), Some(vec![artifact()]));
    assert_eq!(cache.get(other), None);
}

#[test]
fn a_torn_or_damaged_file_is_as_good_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_target(folder.path());
    let key = B256::repeat_byte(1);
    cache.put(key, &[artifact()]);
    let whole = fs::read(cache.path(key)).unwrap();

    for length in [0, 10, 67, 80, whole.len() - 1] {
        fs::write(cache.path(key), &whole[..length]).unwrap();
        assert_eq!(cache.get(key), None, "the first {length} bytes");
    }
    let mut damaged = whole.clone();
    damaged[100] ^= 1;
    fs::write(cache.path(key), damaged).unwrap();
    assert_eq!(cache.get(key), None);

    cache.put(key, &[artifact()]);
    assert_eq!(cache.get(key), Some(vec![artifact()]));
}

#[test]
fn old_files_make_room() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_target(folder.path());

    for key in 0..=KEPT as u8 {
        cache.put(B256::repeat_byte(key), &[artifact()]);
    }

    assert_eq!(fs::read_dir(&cache.folder).unwrap().count(), KEPT);
    assert!(cache.get(B256::repeat_byte(KEPT as u8)).is_some());
}

#[test]
fn every_file_that_makes_artefacts_counts() {
    let stylus = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stylus");
    let alone = ["activate.rs", "imports.rs", "instrument.rs", "normalize.rs", "package.rs"];
    let mut files: Vec<PathBuf> = alone.iter().map(|name| stylus.join(name)).collect();
    for folder in ["activate", "instrument", "normalize", "package"] {
        let parts = fs::read_dir(stylus.join(folder)).into_iter().flatten();
        files.extend(parts.map(|part| part.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some_and(|kind| kind == "rs"));
    files.retain(|path| !path.ends_with("tests.rs"));

    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(ENGINE.contains(&text.as_str()), "{} is not in ENGINE", file.display());
    }
}
