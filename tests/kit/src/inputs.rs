//! Inputs of tests that are files: the signed examples of the project, and what others published.

use crate::disk::project_root;
use std::io::Write;
use std::path::PathBuf;

/// A file below `examples`.
pub fn example(path: &str) -> Vec<u8> {
    let path = project_root().join("examples").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file below `examples` that holds one line.
pub fn example_line(path: &str) -> String {
    String::from_utf8(example(path)).expect("the example is UTF-8").trim_end().to_owned()
}

/// A file or folder of the public vectors: data that others published, read from a folder beside the repository and never
/// copied into it. Where the folder is missing, the tests that need it are skipped, and say so past the capture of their
/// output: a skipped test must not look like a passed one. Where it is there, a file that is not is a failure.
pub fn public_vector(name: &str) -> Option<PathBuf> {
    let root = project_root().join("../shared/vectors");
    if !root.is_dir() {
        let note = format!("skipped: a test of {name} (there are no public vectors at {})\n", root.display());
        std::io::stderr().write_all(note.as_bytes()).expect("standard error can be written");
        return None;
    }
    let path = root.join(name);
    assert!(path.exists(), "{} is missing", path.display());
    Some(path)
}
