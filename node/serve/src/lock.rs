//! One node for a folder: two would each not know what the other does.

use fedverify_node::Fault;
use std::fs::{File, OpenOptions};
use std::path::Path;

/// The file that every folder has in which a node ran.
const NODE: &str = "node.lock";

/// The file that every copy has.
const COPY: &str = "copy.lock";

/// Held as long as the node runs. The system lets go of it, however the process ends.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a node's folder that exists.
    pub(crate) fn take(folder: &Path) -> Result<Self, Fault> {
        Lock::take_file(folder, NODE, "another node uses this folder")
    }

    /// Takes the lock of a copy's folder, in which no node ever ran.
    pub(crate) fn of_copy(folder: &Path) -> Result<Self, Fault> {
        if folder.join(NODE).exists() {
            let what = format!("a node runs or ran in {}: copy into another folder", folder.display());
            return Err(Fault::new(what));
        }
        Lock::take_file(folder, COPY, "another copy is being made in this folder")
    }

    fn take_file(folder: &Path, name: &str, in_use: &str) -> Result<Self, Fault> {
        let path = folder.join(name);
        let of = |what: String| Fault::new(format!("{} cannot be locked: {what}", path.display()));
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| of(error.to_string()))?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => Ok(Lock { _file: file }),
            Err(fs4::TryLockError::WouldBlock) => Err(of(in_use.to_owned())),
            Err(fs4::TryLockError::Error(error)) => Err(of(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_node() {
        let folder = std::env::temp_dir().join(format!("fedverify-node-lock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let first = Lock::take(&folder).unwrap();
        assert!(Lock::take(&folder).is_err());
        drop(first);
        assert!(Lock::take(&folder).is_ok());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
