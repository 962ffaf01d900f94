//! What holds for the corpus as a whole.

use fedverify_kit::corpus::Tree;
use fedverify_kit::disk::{differences, project_root};
use fedverify_kit::{Case, FOLDERS, KEPT, cases, generated};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases::all);
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

/// The texts of the core's table of error codes, read as text: the kit does not depend on the core.
fn codes() -> BTreeSet<String> {
    let table = std::fs::read_to_string(project_root().join("core/src/error/code.rs")).unwrap();
    let lines = table.lines().skip_while(|line| !line.starts_with("codes! {")).skip(1);
    let rows = lines
        .take_while(|line| *line != "}")
        .filter(|line| line.trim().starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|line| line.split('"').nth(1).expect("a code in quotes").to_owned()).collect()
}

/// Codes, or starts of codes, that have no case, and why. A case gives inputs to one verification; nothing else happens.
const WITHOUT_CASES: [(&str, &str); 4] = [
    ("api.", "needs a program that calls a face wrongly"),
    ("io.network.", "needs a network that fails"),
    ("io.file.unwritable", "verifying writes nothing but pins"),
    ("plc.directory.disagree", "needs two directories"),
];

#[test]
fn every_code_has_a_case_and_every_case_a_code_that_exists() {
    let codes = codes();
    assert!(codes.contains("plc.log.empty") && codes.len() > 50, "{codes:?}");
    let used: BTreeSet<String> = CASES.iter().filter_map(Case::code).map(str::to_owned).collect();
    let is_excused = |code: &&String| WITHOUT_CASES.iter().any(|(start, _)| code.starts_with(start));
    let without_case: Vec<_> = codes.difference(&used).filter(|code| !is_excused(code)).collect();
    assert!(without_case.is_empty(), "codes without a case: {without_case:?}");
    let unknown: Vec<_> = used.difference(&codes).collect();
    assert!(unknown.is_empty(), "codes that do not exist: {unknown:?}");
}

#[test]
fn names_are_unique_paths_on_every_file_system() {
    let mut seen = BTreeMap::new();
    for case in CASES.iter() {
        let name = case.name();
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-+._".contains(&byte)), "{name}");
        assert!(seen.insert(name.to_lowercase(), name.to_owned()).is_none(), "{name} is there twice");
    }
}

#[test]
fn the_corpus_is_large_in_cases_and_small_in_bytes() {
    assert!(CASES.len() >= 150);
    let size: usize = GENERATED.values().map(Vec::len).sum();
    assert!(size < 3 << 20, "{size} bytes");
}
