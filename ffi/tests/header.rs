//! `include/fedverify.h` documents every function, and mentions nothing that it does not declare. `tests/generate` makes it
//! from the sources of this crate.

use fedverify::Limits;
use std::collections::BTreeSet;

#[test]
fn every_function_is_documented_and_every_name_in_it_exists() {
    let header = include_str!("../../include/fedverify.h");
    let names = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let is_ours = |word: &&str| word.starts_with("fedverify_") || word.starts_with("FEDVERIFY_");
        words.filter(is_ours).map(str::to_owned).collect()
    };
    let (mut declared, mut mentioned) = (BTreeSet::new(), BTreeSet::new());
    for item in header.split("\n\n") {
        let (comment, code) = item.rsplit_once("*/").unwrap_or(("", item));
        mentioned.extend(names(comment));
        declared.extend(names(code));
        let is_function = code.contains(");") && !code.contains("#define");
        assert!(!is_function || comment.contains("/**"), "without documentation: {code}");
    }
    // A name that ends in an underscore means all that start with it.
    let is_known = |name: &&String| {
        declared.contains(*name)
            || name.ends_with('_') && declared.iter().any(|known| known.starts_with(*name))
    };
    let unknown: Vec<_> = mentioned.iter().filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "mentioned, but nowhere declared: {unknown:?}");
}

#[test]
fn every_function_that_takes_limits_names_those_that_it_counts() {
    let header = include_str!("../../include/fedverify.h");
    let mut functions = 0;
    for item in header.split("\n\n").filter(|item| item.contains("const fedverify_limits *limits")) {
        let (comment, code) = item.rsplit_once("*/").unwrap_or(("", item));
        // It reads any limit.
        if code.contains(" fedverify_limits_get(") {
            continue;
        }
        functions += 1;
        let paragraph =
            comment.split(" * Limits: ").nth(1).map(|rest| rest.split(" *\n").next().unwrap_or_default());
        assert!(paragraph.is_some() || comment.contains("As `fedverify_"), "no limits are named: {code}");
        let names = paragraph.unwrap_or_default().split('`').skip(1).step_by(2);
        for name in names.filter(|name| !name.starts_with("fedverify_")) {
            assert!(Limits::NAMES.contains(&name), "named as a limit, and none: {name} in {code}");
        }
    }
    assert!(functions > 15, "{functions} functions: the header is not read as it should be");
}
