//! Where a pin is: in the file that was named, or in the one that an identity has by default.

use super::{not_a_file, unwritable};
use fedverify::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the pin really is. A symbolic link is kept: what it leads to is replaced.
///
/// # Errors
///
/// If there is something other than a file: a device, which the pin would replace if root runs this, a pipe, a folder, or a link
/// that leads nowhere, so that it is not clear what was meant.
pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(path) if fs::metadata(&path)?.is_file() => Ok(path),
        Ok(_) => Err(not_a_file()),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) => {
            Err(io::Error::other("it is a dangling symbolic link"))
        }
        Err(_) => Ok(path.to_owned()),
    }
}

/// The folder that holds a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}

/// The same, after its folder has been created if it was missing.
///
/// # Errors
///
/// `io.file.unwritable`.
pub(super) fn default_for_writing(did: &str) -> Result<PathBuf, Error> {
    let path = default(did).ok_or_else(|| {
        let message = "no folder for pins: set XDG_STATE_HOME or HOME, or give --pin or --no-pin";
        Error::unwritable_file(message)
    })?;
    let folder = folder_of(&path);
    create_private(folder).map_err(|error| unwritable(folder, &error))?;
    Ok(path)
}

/// The file that an identity has by default, whether it exists or not; `None` if this user has no state folder.
pub(super) fn default(did: &str) -> Option<PathBuf> {
    // No DID holds a plus sign, so no two DIDs have the same file.
    let name = format!("{}.json", did.replace(':', "+"));
    state_folder().map(|state| state.join("fedverify").join("pins").join(name))
}

/// Where programs keep what should outlive a restart (XDG Base Directory Specification; on Windows its counterpart).
fn state_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local").join("state")))
}

/// Creates a folder, and those above it, for this user only. What is there stays as it is.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
