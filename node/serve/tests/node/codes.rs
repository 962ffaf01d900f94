//! Every code of the node's own is explained in node/codes.md, and some test names it.

use crate::host::is_native;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a code starts with in the sources.
const START: &str = "\"node.";

/// Names of files and hosts that look like codes.
const NO_CODES: [&str; 4] = ["node.example", "node.lock", "node.sqlite", "node.sqlite.unfinished"];

#[test]
fn every_code_is_explained_and_tested() {
    if !is_native("the sources are the same") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut emitted, mut tested) = (BTreeSet::new(), BTreeSet::new());
    for path in
        ["core/src", "serve/src", "worker/src"].into_iter().flat_map(|folder| sources(&root.join(folder)))
    {
        let text = fs::read_to_string(path).unwrap();
        let (code, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        emitted.extend(codes(code, START));
        tested.extend(codes(tests, START));
    }
    for path in sources(&root.join("serve/tests")) {
        let text = fs::read_to_string(path).unwrap();
        tested.extend(codes(&text, START));
        tested.extend(codes(&text, "[node."));
    }
    let explained = codes(&fs::read_to_string(root.join("codes.md")).unwrap(), "| `node.");
    assert_eq!(emitted, explained, "the sources, and node/codes.md");
    let untested: Vec<&String> = emitted.difference(&tested).collect();
    assert!(untested.is_empty(), "no test names {untested:?}");
}

/// The codes of a text. What comes before one, with the first part of it, tells it from other words.
fn codes(text: &str, start: &str) -> BTreeSet<String> {
    let is_of_code = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
    let found = text.split(start).skip(1).map(|rest| {
        let end = rest.find(|c| !is_of_code(c)).unwrap_or(rest.len());
        format!("node.{}", &rest[..end])
    });
    found.filter(|code| !NO_CODES.contains(&code.as_str())).collect()
}

/// The files in a folder and below it whose names end with .rs.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
