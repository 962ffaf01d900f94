//! The table of codes and the tests that reach them, held to these tests. That it has every code of core is tested where core can be
//! asked: cli/tests/documents/codes.rs.

use fedverify_kit::codes::named::ROWS;
use fedverify_kit::codes::{Account, Binding, Cell, How, Row};
use fedverify_kit::disk::project_root;

fn faults(rows: Vec<Row>) -> Vec<String> {
    Account::of(&project_root(), rows).expect("the tables and the runners").faults()
}

#[test]
fn every_code_is_reached_in_every_binding_or_it_is_said_why_not() {
    let account = Account::read(&project_root()).expect("the tables and the runners");
    assert_eq!(account.faults(), [""; 0]);
    let printed = account.to_string();
    let last = printed.lines().last().expect("a last line");
    assert!(last.ends_with(" 0 missing"), "{last}");
    for entry in account.entries() {
        let text = &entry.text;
        assert!(printed.lines().any(|line| line.split_whitespace().next() == Some(text)), "{text}");
    }
}

/// The rows with one more, or with another in place of those about a code.
fn with(row: Row, instead_of: Option<&str>) -> Vec<Row> {
    let others =
        ROWS.iter().copied().filter(|other| instead_of.is_none_or(|code| !other.codes.contains(&code)));
    others.chain([row]).collect()
}

const MEMORY: &[&str] = &["io.memory"];

#[test]
fn what_is_missing_is_found() {
    let without: Vec<Row> = ROWS.iter().copied().filter(|row| row.codes != MEMORY).collect();
    let found = faults(without);
    assert_eq!(found.len(), Binding::ALL.len(), "{found:?}");
    assert!(
        found.iter().all(|fault| fault.starts_with("io.memory in ") && fault.contains("no named test")),
        "{found:?}"
    );
}

#[test]
fn a_row_that_is_not_true_is_found() {
    let row = |codes, how| Row { codes, bindings: &[Binding::Core], how };
    let test = |file, name| How::Test(file, name);
    let known = test("core/tests/codes.rs", "memory_that_runs_out_is_no_verdict");
    for (row, instead_of, words) in [
        (row(MEMORY, test("core/tests/none.rs", "x")), Some("io.memory"), "none.rs cannot be read"),
        (
            row(MEMORY, test("core/tests/codes.rs", "no_such_test")),
            Some("io.memory"),
            "has no test no_such_test",
        ),
        (
            row(MEMORY, test("core/tests/codes.rs", "a_private_network_that_was_asked_is_a_warning")),
            Some("io.memory"),
            "does not mention it",
        ),
        (row(MEMORY, How::Cannot("no")), Some("io.memory"), "is no reason"),
        (row(MEMORY, known), None, "2 rows are about it"),
        (row(&["plc.cid.mismatch"], How::Cannot("it would be a reason")), None, "the corpus reaches it"),
        (row(&["no.such.code"], known), None, "no.such.code is neither a code nor a warning"),
    ] {
        let found = faults(with(row, instead_of));
        assert!(found.iter().any(|fault| fault.contains(words)), "{words}: {found:?}");
    }
}

#[test]
fn a_count_is_that_of_the_corpus() {
    let account = Account::read(&project_root()).expect("the tables and the runners");
    let entry = account.entries().iter().find(|entry| entry.text == "api.argument").expect("a code");
    let cases = fedverify_kit::cases::all();
    let expected = cases.iter().filter(|case| case.code() == Some("api.argument")).count();
    assert!(expected > 0);
    for binding in Binding::ALL {
        assert_eq!(account.cell(entry, binding), Cell::Corpus(expected));
    }
}
