//! The documents are true: every link leads somewhere, every command in them runs, and every test that they name is there.

// A test says what is wrong by panicking.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[cfg(unix)]
mod blocks;
mod claims;
mod codes;
mod dependencies;
mod links;
mod manifests;
mod mutants;
mod pinned;

use std::path::{Path, PathBuf};

/// Folders of what is built or fetched, and the test kit, whose template of examples/README.md is read there.
const SKIPPED: [&str; 5] = ["target", "node_modules", "dist", "build", "kit"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every Markdown document of the project, with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_symlink() || name.starts_with('.') || SKIPPED.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".md") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "the documents are not where they were");
    found
}
