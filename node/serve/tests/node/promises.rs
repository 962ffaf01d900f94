//! The table of node/README.md names tests that exist, and that run on the hosts of which it says so.

use std::path::Path;

/// The rows of the table, with the tests that each names.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = include_str!("../../../README.md");
    let (_, section) = text.split_once("\n| promise | test |\n|---|---|\n").unwrap();
    let lines = section.lines().take_while(|line| line.starts_with('|'));
    let names = |line: &str| -> Vec<String> {
        let quoted = line.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
        quoted.map(str::to_owned).collect()
    };
    lines.map(|line| (line.to_owned(), names(line))).collect()
}

/// A test, from its name to the end of its body; `None` if there is none.
fn body(name: &str) -> Option<String> {
    let (module, test) = name.split_once("::")?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/node/{module}.rs"));
    let text = std::fs::read_to_string(path).ok()?;
    let (_, rest) = text.split_once(&format!("#[test]\nfn {test}() {{\n"))?;
    Some(rest.split("\n}\n").next()?.to_owned())
}

#[test]
fn each_promise_names_tests_that_exist_and_run_on_both_hosts() {
    let rows = rows();
    assert!(rows.len() > 10, "the table is not where it was");
    for (row, names) in rows {
        assert!(!names.is_empty(), "no test: {row}");
        for name in names {
            let body = body(&name).unwrap_or_else(|| panic!("there is no such test: {name}"));
            let is_of_one = body.contains("is_native(") || body.contains("Host::chosen()");
            assert_eq!(is_of_one, row.contains(" only: "), "which hosts {name} runs on: {row}");
        }
    }
    assert_eq!(body("sources::no_such_test"), None);
}
