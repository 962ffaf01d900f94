//! What `docs/dependencies.md` says of a dependency was read in the version that is built.

use crate::root;

/// The crates and versions in the first column of the review, or named with their version in another.
fn reviewed(document: &str) -> Vec<(String, String)> {
    let section = document.split("\n## What reads bytes from outside\n").nth(1).unwrap();
    let rows = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| "));
    rows.flat_map(named_with_versions).collect()
}

/// `name 1.2.3`, anywhere in a row.
fn named_with_versions(row: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = row.split([' ', ',', ';', ':']).filter(|word| !word.is_empty()).collect();
    let is_version =
        |word: &str| word.split('.').count() == 3 && word.split('.').all(|part| part.parse::<u32>().is_ok());
    let pairs = words.windows(2).filter(|pair| is_version(pair[1]));
    pairs.map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

fn is_locked(lock: &str, name: &str, version: &str) -> bool {
    lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n"))
}

#[test]
fn what_was_read_is_what_is_built() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (document, lock) = (read("docs/dependencies.md"), read("Cargo.lock"));
    let reviewed = reviewed(&document);
    assert!(reviewed.len() > 30, "{} crates: the table is not read as it should be", reviewed.len());
    let stale: Vec<_> = reviewed.iter().filter(|(name, version)| !is_locked(&lock, name, version)).collect();
    assert!(stale.is_empty(), "read what changed, then correct the row in docs/dependencies.md: {stale:?}");
}

#[test]
fn another_version_is_found() {
    let row = "| one 1.2.3, two 0.4.0 | somebody | reads; three 5.0.0: yes | in 2.5 MB |";
    let names: Vec<_> = named_with_versions(row).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["one", "two", "three"]);
    let lock = "[[package]]\nname = \"one\"\nversion = \"1.2.3\"\nsource = \"registry\"\n";
    assert!(is_locked(lock, "one", "1.2.3"));
    assert!(!is_locked(lock, "one", "1.2.4"));
}
