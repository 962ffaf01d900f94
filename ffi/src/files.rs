//! Files that callers name.

use crate::call::argument;
use fedverify::report::Check;
use fedverify::{Error, quote};
use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Opens a file for the step that wants it.
pub(crate) fn open(path: &[u8], check: Check) -> Result<File, Error> {
    let path = path_of(path)?;
    File::open(&path).map_err(|error| {
        let message = format!("{} cannot be read: {error}", quote(&path.to_string_lossy()));
        Error::unreadable_file(error.kind() == ErrorKind::NotFound, message).at(check)
    })
}

#[cfg(unix)]
fn path_of(path: &[u8]) -> Result<PathBuf, Error> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    check_empty(path)?;
    Ok(PathBuf::from(OsStr::from_bytes(path)))
}

#[cfg(not(unix))]
fn path_of(path: &[u8]) -> Result<PathBuf, Error> {
    check_empty(path)?;
    let path =
        std::str::from_utf8(path).map_err(|_| argument("expected a path in UTF-8, found other bytes"))?;
    Ok(PathBuf::from(path))
}

fn check_empty(path: &[u8]) -> Result<(), Error> {
    if path.is_empty() { Err(argument("expected a path, found an empty one")) } else { Ok(()) }
}
