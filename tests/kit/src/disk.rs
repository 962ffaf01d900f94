//! Generated files against the files of the project.

use crate::corpus::Tree;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How a file of the project differs from what is generated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is not there.
    Missing(String),
    /// It has another content.
    Changed(String),
    /// It is there, and nothing generates it any more.
    Stale(String),
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Difference::Missing(path) => write!(f, "missing  {path}"),
            Difference::Changed(path) => write!(f, "changed  {path}"),
            Difference::Stale(path) => write!(f, "stale    {path}"),
        }
    }
}

/// The project's root.
pub fn project_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares what is generated with what is in `root`. Inside the generated `folders` every file must be generated, but
/// for those that are `kept`: written by hand.
pub fn differences(root: &Path, tree: &Tree, folders: &[&str], kept: &[&str]) -> io::Result<Vec<Difference>> {
    let mut found = Vec::new();
    for (path, bytes) in tree {
        match fs::read(root.join(path)) {
            Ok(old) if old == *bytes => {}
            Ok(_) => found.push(Difference::Changed(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.push(Difference::Missing(path.clone()))
            }
            Err(error) => return Err(error),
        }
    }
    for folder in folders {
        let mut on_disk = Vec::new();
        list(root, folder, &mut on_disk)?;
        on_disk.retain(|path| !tree.contains_key(path) && !kept.contains(&path.as_str()));
        found.extend(on_disk.into_iter().map(Difference::Stale));
    }
    found.sort();
    Ok(found)
}

/// Makes the project's files those that are generated.
pub fn apply(root: &Path, tree: &Tree, differences: &[Difference]) -> io::Result<()> {
    for difference in differences {
        match difference {
            Difference::Missing(path) | Difference::Changed(path) => {
                let file = root.join(path);
                fs::create_dir_all(file.parent().expect("a path below the root"))?;
                fs::write(file, &tree[path])?;
            }
            Difference::Stale(path) => {
                fs::remove_file(root.join(path))?;
                remove_empty_folders(root, path);
            }
        }
    }
    Ok(())
}

/// Lists the files below a folder as paths from the root.
fn list(root: &Path, folder: &str, out: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(root, &path, out)?;
        } else {
            out.push(path);
        }
    }
    Ok(())
}

/// Removes the folders above a removed file that have nothing left in them.
fn remove_empty_folders(root: &Path, path: &str) {
    let above = Path::new(path).ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty());
    for folder in above {
        // Refused by the system where something is left.
        if fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
}
