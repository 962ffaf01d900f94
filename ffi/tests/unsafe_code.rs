//! The unsafe code of all sources is at the borders: to C, and to PHP.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What may say `unsafe` anywhere in the C library: the attribute that gives an export its name.
const EXPORT: &str = "#[unsafe(no_mangle)]";

/// The files and folders with unsafe code. Those of fuzz call the C library as programs in C do.
const BORDERS: [&str; 5] = [
    "ffi/src/border",
    "ffi/src/border.rs",
    "fuzz/build.rs",
    "fuzz/targets/c_abi.rs",
    "php-ext/src/engine.rs",
];

/// This file, which has the word in strings.
const OURSELVES: &str = "ffi/tests/unsafe_code.rs";

/// Folders of what is built or fetched.
const SKIPPED: [&str; 5] = ["build", "dist", "node_modules", "target", "vendor"];

/// The project. This crate is never packaged, so it is always in it.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project's folder")
}

#[test]
fn only_the_borders_are_unsafe() {
    let (mut files, mut outside, mut seen) = (0, Vec::new(), BTreeSet::new());
    visit(&root(), &mut |path, text| {
        files += 1;
        let border = BORDERS.iter().find(|border| path.starts_with(border));
        let is_export = |code: &str| code == EXPORT && path.starts_with("ffi/src");
        for line in text.lines().filter(|line| is_unsafe(line)) {
            match border {
                Some(border) => drop(seen.insert(*border)),
                None if is_export(line.trim()) || path == Path::new(OURSELVES) => {}
                None => outside.push(format!("{}: {line}", path.display())),
            }
        }
    });
    assert!(files > 300, "only {files} files were read");
    assert!(outside.is_empty(), "unsafe code outside of the borders:\n{}", outside.join("\n"));
    assert_eq!(seen, BTreeSet::from(BORDERS), "what has no unsafe code is no border");
}

#[test]
fn the_word_is_found_and_its_likes_are_not() {
    for line in
        ["unsafe { x() }", "    unsafe fn x() {}", "pub unsafe extern \"C\" fn x()", EXPORT, "x(unsafe{y()})"]
    {
        assert!(is_unsafe(line), "{line}");
    }
    for line in
        ["// unsafe {", "x(); // unsafe", "#![deny(unsafe_code)]", "says(\"style-src 'unsafe-inline'\")"]
    {
        assert!(!is_unsafe(line), "{line}");
    }
}

/// Whether a line has the word, outside of a comment: followed by what makes code unsafe.
fn is_unsafe(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("unsafe").any(|(at, word)| {
        let before = code.get(..at).unwrap_or_default().chars().next_back();
        let after = code.get(at..).unwrap_or_default().trim_start_matches(word).trim_start();
        let is_word = before.is_none_or(|before| !before.is_alphanumeric() && !"_'\"".contains(before));
        let begins = |start: &&str| after.starts_with(*start);
        is_word && ["{", "(", "fn ", "impl ", "impl<", "extern ", "trait "].iter().any(begins)
    })
}

/// Calls back with the path and the text of every source in Rust.
fn visit(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    let root = root();
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be listed").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_symlink() || name.starts_with('.') || SKIPPED.contains(&name) {
            continue;
        }
        if path.is_dir() {
            visit(&path, see);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).expect("the sources can be read");
            see(path.strip_prefix(&root).expect("below the root"), &text);
        }
    }
}
