//! Every test that a claim of SECURITY.md names is there.

use crate::root;
use std::path::Path;

const HEADING: &str = "## Claims, and the tests that hold them";

/// What stands in code in the last column of the table below the heading, row by row.
fn held_by(text: &str) -> Vec<Vec<String>> {
    let section = text.split(HEADING).nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    })
    .collect()
}

/// `FILE: WORDS`, or `tests/corpus: BEGINNING` of the names of cases. What is wrong with it, or nothing.
fn fault(root: &Path, test: &str) -> Option<String> {
    let Some((file, words)) = test.split_once(": ") else {
        return Some(format!("{test}: expected FILE: NAME"));
    };
    let (file, words) = match file {
        "tests/corpus" => ("tests/corpus/manifest.json", format!("\"{words}")),
        file => (file, words.to_owned()),
    };
    let has = std::fs::read_to_string(root.join(file)).is_ok_and(|text| text.contains(&words));
    (!has).then(|| format!("{test}: {file} has no {words}"))
}

#[test]
fn every_claim_names_tests_that_are_there() {
    let rows = held_by(&std::fs::read_to_string(root().join("SECURITY.md")).unwrap());
    assert!(rows.len() > 15, "{} claims: the table is not read as it should be", rows.len());
    assert!(rows.iter().all(|row| !row.is_empty()), "a claim names no test");
    let faults: Vec<String> = rows.iter().flatten().filter_map(|test| fault(&root(), test)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_test_that_is_not_there_is_found() {
    let root = root();
    assert_eq!(fault(&root, "tests/corpus: plc/cid"), None);
    assert!(fault(&root, "tests/corpus: plc/no-such-case").is_some());
    assert_eq!(fault(&root, "cli/tests/documents/claims.rs: a_test_that_is_not_there_is_found"), None);
    assert!(fault(&root, "cli/tests/documents/no-such-file.rs: x").is_some());
    assert!(fault(&root, "x").is_some());
}
