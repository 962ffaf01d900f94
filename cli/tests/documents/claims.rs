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

/// `FILE: NAME`, or `tests/corpus: BEGINNING` of the names of cases. What is wrong with it, or nothing.
fn fault(root: &Path, test: &str) -> Option<String> {
    let Some((file, name)) = test.split_once(": ") else {
        return Some(format!("{test}: expected FILE: NAME"));
    };
    let path = match file {
        "tests/corpus" if name.starts_with("directories/") => "tests/corpus/directories.json",
        "tests/corpus" => "tests/corpus/manifest.json",
        file => file,
    };
    let Ok(text) = std::fs::read_to_string(root.join(path)) else {
        return Some(format!("{test}: {path} cannot be read"));
    };
    let is_there = match file {
        "tests/corpus" => text.contains(&format!("\"name\": \"{name}")),
        file if file.starts_with("fuzz/targets/") => is_code(&text, &format!("{name}!(")),
        file if file.ends_with(".rs") => is_test(&text, name),
        _ => is_code(&text, name),
    };
    (!is_there).then(|| format!("{test}: {file} has no test of this name"))
}

/// Whether a source in Rust has a test of exactly this name: a function with the attribute of tests above it.
fn is_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let start = format!("fn {name}(");
    lines.iter().enumerate().filter(|(_, line)| line.starts_with(&start)).any(|(at, _)| {
        let above =
            lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        above.into_iter().any(|line| *line == "#[test]")
    })
}

/// Whether the words are in a line of a script or a program that is no comment.
fn is_code(text: &str, words: &str) -> bool {
    let is_comment =
        |line: &str| ["#", "//", "*", "/*"].iter().any(|start| line.trim_start().starts_with(start));
    text.lines().any(|line| line.contains(words) && !is_comment(line))
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
    assert_eq!(fault(&root, "tests/corpus: directories/bare/ahead"), None);
    assert!(fault(&root, "tests/corpus: directories/no-such-case").is_some());
    assert_eq!(fault(&root, "cli/tests/documents/claims.rs: a_test_that_is_not_there_is_found"), None);
    assert!(fault(&root, "cli/tests/documents/no-such-file.rs: x").is_some());
    assert!(fault(&root, "x").is_some());
    // A word of a comment, a part of a name, a function that is no test.
    assert!(fault(&root, "cli/tests/documents/claims.rs: a_test_that_is").is_some());
    assert!(fault(&root, "cli/tests/documents/claims.rs: is_test").is_some());
    assert!(fault(&root, "tests/deep.sh: before a release").is_some());
    assert_eq!(fault(&root, "tests/deep.sh: fuzz/run.sh"), None);
    assert_eq!(fault(&root, "fuzz/targets/request.rs: fuzz_target"), None);
}
