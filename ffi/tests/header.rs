//! `include/fedverify.h` documents every function, and mentions nothing that it does not declare. `tests/generate` makes it
//! from the sources of this crate.

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
