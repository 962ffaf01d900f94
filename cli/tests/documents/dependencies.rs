//! What `docs/dependencies.md` says of a dependency was read in the version that is built, and it has every dependency.

use crate::pinned::named;
use crate::root;
use std::collections::BTreeSet;

/// The lock files of what ships: the workspace, the node for Workers, what makes the JavaScript of the npm package.
const SHIPPED: [&str; 3] = ["Cargo.lock", "node/worker/Cargo.lock", "wasm/bindgen/Cargo.lock"];

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

/// Whether a lock file has this crate, whatever its version.
fn has(lock: &str, name: &str) -> bool {
    lock.contains(&format!("name = \"{name}\"\nversion = \""))
}

/// What is wrong with what was read: of each crate, each lock file that has it must have a version that was read, and some must.
fn stale(reviewed: &[(String, String)], locks: &[String]) -> Vec<String> {
    let names: BTreeSet<&str> = reviewed.iter().map(|(name, _)| name.as_str()).collect();
    let was_read = |lock: &str, name: &str| {
        reviewed.iter().any(|(other, version)| other == name && is_locked(lock, name, version))
    };
    let unread = |name: &&str| {
        let mut with: Vec<_> = locks.iter().filter(|lock| has(lock, name)).collect();
        with.retain(|lock| !was_read(lock, name));
        !with.is_empty()
    };
    let gone = |(name, version): &&(String, String)| !locks.iter().any(|lock| is_locked(lock, name, version));
    let unread = names.into_iter().filter(unread).map(|name| format!("another version of {name} is locked"));
    unread
        .chain(reviewed.iter().filter(gone).map(|(name, version)| format!("{name} {version} is not locked")))
        .collect()
}

#[test]
fn what_was_read_is_what_is_built() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (document, locks) = (read("docs/dependencies.md"), SHIPPED.map(read));
    let reviewed = reviewed(&document);
    assert!(reviewed.len() > 50, "{} crates: the table is not read as it should be", reviewed.len());
    let stale = stale(&reviewed, &locks);
    assert!(stale.is_empty(), "read what changed, then correct the row in docs/dependencies.md: {stale:?}");
}

/// The crates that a manifest names, for whatever target, to build or to test.
fn direct(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut is_list = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_list = section.ends_with("dependencies");
            if let Some((_, name)) = section.rsplit_once("dependencies.") {
                names.insert(name.to_owned());
            }
        } else if let Some((name, _)) = line.split_once('=').filter(|_| is_list) {
            names.insert(name.trim().trim_end_matches(".workspace").to_owned());
        }
    }
    names.retain(|name| !name.starts_with(['#', ' ', '"']) && !name.starts_with("fedverify"));
    names
}

/// The crates in the first columns of the document's tables.
fn in_rows(document: &str) -> BTreeSet<&str> {
    let cells =
        document.lines().filter_map(|line| line.strip_prefix("| ")).filter_map(|row| row.split('|').next());
    cells.flat_map(|cell| cell.split([' ', ',', ';'])).collect()
}

#[test]
fn every_dependency_has_a_row() {
    let read = |path: &std::path::Path| std::fs::read_to_string(root().join(path)).unwrap();
    let document = read("docs/dependencies.md".as_ref());
    let rows = in_rows(&document);
    let manifests = named("Cargo.toml");
    let found: BTreeSet<String> = manifests.iter().flat_map(|path| direct(&read(path))).collect();
    assert!(manifests.len() > 12 && found.len() > 55, "{manifests:?} {found:?}");
    let missing: Vec<_> = found.iter().filter(|name| !rows.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "no row of docs/dependencies.md has {missing:?}");
}

#[test]
fn a_dependency_is_found_however_it_is_written() {
    let manifest = "[package]\nname = \"x\"\n\n[dependencies]\none.workspace = true\n# no = 1\ntwo = { version = \"1\" }\n\
                    fedverify-net.workspace = true\n[target.'cfg(unix)'.build-dependencies]\nthree = \"1\"\n[lints]\nfour = 1\n\
                    [dev-dependencies.five]\nversion = \"1\"\n";
    let names: Vec<_> = direct(manifest).into_iter().collect();
    assert_eq!(names, ["five", "one", "three", "two"]);
    assert!(in_rows("| one, two 1.0.0 | three |\n").contains("two"));
    assert!(!in_rows("| one, two 1.0.0 | three |\n").contains("three"));
}

#[test]
fn another_version_is_found() {
    let row = "| one 1.2.3, two 0.4.0 | somebody | reads; three 5.0.0: yes | in 2.5 MB |";
    let names: Vec<_> = named_with_versions(row).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["one", "two", "three"]);
    let lock = "[[package]]\nname = \"one\"\nversion = \"1.2.3\"\nsource = \"registry\"\n";
    assert!(is_locked(lock, "one", "1.2.3"));
    assert!(!is_locked(lock, "one", "1.2.4"));
    let reviewed = |version: &str| vec![("one".to_owned(), version.to_owned())];
    let locks = [lock.to_owned(), lock.replace("1.2.3", "1.2.4"), String::new()];
    assert_eq!(stale(&reviewed("1.2.3"), &locks[..1]), Vec::<String>::new());
    assert_eq!(stale(&reviewed("1.2.3"), &locks), ["another version of one is locked"]);
    assert_eq!(stale(&reviewed("1.2.3"), &locks[2..]), ["one 1.2.3 is not locked"]);
}
