//! `include/fedverify.h` is what the sources of this crate and core's tables say.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "../header.rs"]
mod header;

use std::collections::BTreeSet;
use std::path::Path;

fn text() -> String {
    header::text(Path::new(env!("CARGO_MANIFEST_DIR")))
}

#[test]
fn the_header_is_what_the_sources_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/fedverify.h");
    let expected = text();
    if std::env::var_os("FEDVERIFY_WRITE_HEADER").is_some() {
        std::fs::write(&path, &expected).expect("include/fedverify.h can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "include/fedverify.h is stale: FEDVERIFY_WRITE_HEADER=1 cargo test -p fedverify-ffi --test header"
    );
}

#[test]
fn every_function_is_documented_and_every_name_in_it_exists() {
    let header = text();
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
