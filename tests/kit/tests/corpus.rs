//! What holds for the corpus as a whole.

use fedverify_kit::corpus::Tree;
use fedverify_kit::disk::{differences, project_root};
use fedverify_kit::{Case, FOLDERS, KEPT, cases, directories, generated};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases::all);
static OF_DIRECTORIES: LazyLock<Vec<directories::Case>> = LazyLock::new(cases::directories::all);
static GENERATED: LazyLock<Tree> = LazyLock::new(generated);

#[test]
fn regenerating_gives_identical_bytes() {
    assert!(*GENERATED == generated());
}

#[test]
fn what_is_committed_is_what_is_generated() {
    let found = differences(&project_root(), &GENERATED, &FOLDERS, &KEPT).unwrap();
    assert!(found.is_empty(), "run `cargo run -p fedverify-kit -- generate`: {found:#?}");
}

/// The strings in quotation marks that come first on the rows of one of the core's tables. The tables are read as files: the
/// kit does not depend on the core.
fn table(name: &str, is_row: fn(&str) -> bool) -> BTreeSet<String> {
    let table = std::fs::read_to_string(project_root().join("core/src/tables").join(name)).unwrap();
    let rows = table.lines().map(str::trim).filter(|line| is_row(line));
    rows.map(|line| line.split('"').nth(1).expect("a string in quotation marks").to_owned()).collect()
}

/// Every row of a table is used, but for those that start with one of `excused`, and nothing else is.
fn assert_all_used(table: &BTreeSet<String>, used: &BTreeSet<String>, excused: &[(&str, &str)]) {
    let is_excused = |row: &&String| excused.iter().any(|(start, _)| row.starts_with(start));
    let without_case: Vec<_> = table.difference(used).filter(|row| !is_excused(row)).collect();
    assert!(without_case.is_empty(), "without a case: {without_case:?}");
    let unknown: Vec<_> = used.difference(table).collect();
    assert!(unknown.is_empty(), "in no table: {unknown:?}");
}

/// Codes, or starts of codes, that have no case, and why.
const CODES_WITHOUT_CASES: [(&str, &str); 5] = [
    ("api.", "needs a program that calls a binding wrongly"),
    ("io.network.", "needs a network that fails"),
    ("io.directory.", "needs a directory that is asked"),
    ("io.file.unwritable", "verifying writes nothing but pins"),
    ("io.memory", "needs memory that runs out"),
];

#[test]
fn every_code_has_a_case_and_every_case_a_code_that_exists() {
    let codes = table("codes.rs", |line| line.starts_with(|c: char| c.is_ascii_digit()));
    assert!(codes.contains("plc.log.empty") && codes.len() > 50, "{codes:?}");
    let of_directories = OF_DIRECTORIES.iter().filter_map(directories::Case::code);
    let used = CASES.iter().filter_map(Case::code).chain(of_directories).map(str::to_owned).collect();
    assert_all_used(&codes, &used, &CODES_WITHOUT_CASES);
}

/// Warnings, or starts of warnings, that have no case, and why.
const WARNINGS_WITHOUT_CASES: [(&str, &str); 3] = [
    ("io.network.", "needs a network"),
    ("fair.alias.unconfirmed", "needs a DNS look-up beside the package"),
    ("plc.directory.unreachable", "needs a directory that is asked"),
];

#[test]
fn every_warning_has_a_case_and_every_case_warnings_that_exist() {
    let is_row =
        |line: &str| line.split_once(" \"").is_some_and(|(name, _)| name.chars().all(char::is_alphanumeric));
    let warnings = table("warnings.rs", is_row);
    assert!(warnings.contains("plc.log.bare") && warnings.len() > 10, "{warnings:?}");
    let of_directories = OF_DIRECTORIES.iter().filter_map(directories::Case::warning);
    let used = CASES.iter().flat_map(Case::warnings).copied().chain(of_directories);
    let used = used.map(str::to_owned).collect();
    assert_all_used(&warnings, &used, &WARNINGS_WITHOUT_CASES);
}

#[test]
fn every_case_says_what_it_is_about_and_which_rule_that_is() {
    for case in CASES.iter() {
        assert!(case.subject().ends_with('.'), "{}: {}", case.name(), case.subject());
        assert!(case.cites().contains(", "), "{}: {}", case.name(), case.cites());
    }
    for case in OF_DIRECTORIES.iter() {
        assert!(case.subject().ends_with('.'), "{}: {}", case.name(), case.subject());
        assert!(case.cites().starts_with("did-plc.md, "), "{}: {}", case.name(), case.cites());
    }
}

#[test]
fn names_are_unique_paths_on_every_file_system() {
    let mut seen = BTreeMap::new();
    for name in CASES.iter().map(Case::name).chain(OF_DIRECTORIES.iter().map(directories::Case::name)) {
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-+._".contains(&byte)), "{name}");
        assert!(seen.insert(name.to_lowercase(), name.to_owned()).is_none(), "{name} is there twice");
    }
}

#[test]
fn the_corpus_is_large_in_cases_and_small_in_bytes() {
    assert!(CASES.len() >= 1500, "{} cases", CASES.len());
    let (of_directories, others): (Vec<_>, Vec<_>) =
        GENERATED.iter().partition(|(path, _)| path.starts_with("tests/corpus/directories"));
    for (files, most) in [(others, 13 << 19), (of_directories, 192 << 10)] {
        let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(size < most, "{size} bytes");
    }
}
