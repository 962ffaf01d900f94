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

/// Where the public vectors may be, below the project's root: beside it, or where tests/vectors.sh puts them.
const VECTORS: [&str; 2] = ["../shared/vectors", "target/vectors"];

/// The folder of the public vectors, if there is one. One that `FEDVERIFY_VECTORS` names must be there.
fn public_vectors() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FEDVERIFY_VECTORS").filter(|named| !named.is_empty()) {
        let folder = project_root().join(named);
        assert!(folder.is_dir(), "FEDVERIFY_VECTORS: there is no folder {}", folder.display());
        return Some(folder);
    }
    VECTORS.map(|folder| project_root().join(folder)).into_iter().find(|folder| folder.is_dir())
}

/// A file or folder of the public vectors: data that others published, and that is never copied into the project. Where it is
/// missing, the tests that need it are skipped, and say so past the capture of their output: a skipped test must not look
/// like a passed one. Where it is there, a file that is not is a failure.
pub fn public_vector(name: &str) -> Option<PathBuf> {
    let Some(root) = public_vectors() else {
        let note = format!(
            "skipped: a test of {name} (there are no public vectors; tests/vectors.sh fetches them)\n"
        );
        std::io::stderr().write_all(note.as_bytes()).expect("standard error can be written");
        return None;
    };
    let path = root.join(name);
    assert!(path.exists(), "{} is missing", path.display());
    Some(path)
}
