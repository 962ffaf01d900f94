//! Data that others published, read from a folder beside the repository and never copied into it. Where the folder is missing,
//! the tests that need it are skipped, and say so past the capture of their output: a skipped test must not look like a passed
//! one. Where it is there, a file that is not is a failure. The tests in `core/tests` include this file, too.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file or folder of the public vectors.
pub(crate) fn public_vector(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    if !root.is_dir() {
        let note = format!("skipped: a test of {name} (there are no public vectors at {})\n", root.display());
        std::io::stderr().write_all(note.as_bytes()).unwrap();
        return None;
    }
    let path = root.join(name);
    assert!(path.exists(), "{} is missing", path.display());
    Some(path)
}
