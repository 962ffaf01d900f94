//! Files that callers name, and inputs that callers could not read.

use crate::border::argument;
use crate::status::{fedverify_status, status_of};
use fedverify::{Error, NetworkFault, quote};
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The path that a caller names.
///
/// # Errors
///
/// [`fedverify::Code::ApiArgument`] for an empty path, and where paths must be UTF-8 and this one is not.
pub(crate) fn path(path: &[u8]) -> Result<PathBuf, Error> {
    if path.is_empty() { Err(argument("expected a path, found an empty string")) } else { path_of(path) }
}

/// Opens a regular file, once: what it is was asked of the open file, so that nothing can be put in its place in between. A
/// pipe or a device is refused without waiting for its other end.
///
/// # Errors
///
/// `io.file.missing`, `io.file.unreadable`, `io.memory`.
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    open_regular(path).map_err(|error| cannot_be_read(path, &error))
}

/// Reads a file, and stops after so many bytes.
///
/// # Errors
///
/// As [`open`].
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let mut content = Vec::new();
    open(path)?.take(most).read_to_end(&mut content).map_err(|error| cannot_be_read(path, &error))?;
    Ok(content)
}

fn cannot_be_read(path: &Path, error: &io::Error) -> Error {
    let message = format!("{} cannot be read: {error}", quote(&path.to_string_lossy()));
    Error::unreadable_file(error.kind(), message)
}

fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    do_not_wait(&mut options);
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

#[cfg(unix)]
fn do_not_wait(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    // Opening a FIFO waits for a writer without it. Reading a regular file takes no notice (POSIX, open).
    options.custom_flags(libc::O_NONBLOCK);
}

#[cfg(not(unix))]
fn do_not_wait(_: &mut OpenOptions) {}

#[cfg(unix)]
fn path_of(path: &[u8]) -> Result<PathBuf, Error> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    Ok(PathBuf::from(OsStr::from_bytes(path)))
}

#[cfg(not(unix))]
fn path_of(path: &[u8]) -> Result<PathBuf, Error> {
    let path =
        std::str::from_utf8(path).map_err(|_| argument("expected a path in UTF-8, found other bytes"))?;
    Ok(PathBuf::from(path))
}

/// The error of an input that the caller could not read. `why` is the status that says what went wrong.
///
/// # Errors
///
/// [`fedverify::Code::ApiArgument`] for a status that says something else.
pub(crate) fn unreadable(why: fedverify_status, message: &str) -> Result<Error, Error> {
    let of_files = [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::OutOfMemory];
    let of_files = of_files.into_iter().map(|kind| Error::unreadable_file(kind, message));
    let of_networks = NETWORK_FAULTS.into_iter().map(|fault| Error::unreachable(fault, message));
    let error = of_files.chain(of_networks).find(|error| status_of(error.code()) == why);
    error.ok_or_else(|| {
        argument(format!("expected a FEDVERIFY_IO_ status for an input that cannot be read, found {why}"))
    })
}

const NETWORK_FAULTS: [NetworkFault; 10] = [
    NetworkFault::Dns,
    NetworkFault::Connect,
    NetworkFault::Tls,
    NetworkFault::Timeout,
    NetworkFault::Status,
    NetworkFault::Redirect,
    NetworkFault::Insecure,
    NetworkFault::Answer,
    NetworkFault::UnknownDid,
    NetworkFault::DeactivatedDid,
];

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    #[test]
    fn every_reason_that_an_input_cannot_be_read_has_a_status() {
        for code in Code::ALL {
            let expected = if code.family() == "io" && *code != Code::IoFileUnwritable {
                Ok(*code)
            } else {
                Err(Code::ApiArgument)
            };
            let found = unreadable(status_of(*code), "on purpose");
            assert_eq!(found.map(|error| error.code()).map_err(|error| error.code()), expected, "{code}");
        }
    }

    #[test]
    #[cfg(unix)]
    #[cfg_attr(miri, ignore = "Miri has no files")]
    fn only_regular_files_are_opened() {
        assert!(open(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path()).is_ok());
        let refused = |path: &str| open(Path::new(path)).err().map(|error| error.code());
        assert_eq!(refused(env!("CARGO_MANIFEST_DIR")), Some(Code::IoFileUnreadable));
        assert_eq!(refused("/dev/zero"), Some(Code::IoFileUnreadable));
        assert_eq!(refused("/no/such/file"), Some(Code::IoFileMissing));
    }
}
