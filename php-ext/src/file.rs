//! Files that PHP names by their paths: opened once, by PHP's own rules.

use crate::arguments::wrong;
use crate::engine;
use fedverify::{Error, quote};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Opening does not wait: fcntl.h.
const O_NONBLOCK: i32 = if cfg!(target_os = "linux") { 0o4000 } else { 0x4 };

/// Refuses what PHP would take for a stream of some wrapper.
///
/// # Errors
///
/// [`Code::ApiArgument`](fedverify::Code::ApiArgument).
pub(crate) fn check_local(path: &[u8]) -> Result<(), Error> {
    let Some(wrapper) = stream_wrapper(path) else { return Ok(()) };
    Err(wrong(format!(
        "expected the path of a local file, found a stream of {}: {}. Copy it into a file first",
        quote(&wrapper),
        shown(path)
    )))
}

/// What a file holds, up to this many bytes.
///
/// # Errors
///
/// `io.*`.
pub(crate) fn content(path: &[u8], most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = open(path)?.take(most).read_to_end(&mut bytes);
    read.map_err(|error| failed(&shown(path), &error))?;
    Ok(bytes)
}

/// Opens a regular file that `open_basedir` allows.
///
/// # Errors
///
/// `io.*`.
pub(crate) fn open(path: &[u8]) -> Result<File, Error> {
    let shown = shown(path);
    let Some(absolute) = engine::absolute_path(path).filter(|_| !path.is_empty()) else {
        return Err(unreadable(format!("{shown} is not a path")));
    };
    check_allowed(&absolute, &shown)?;
    // Opening a pipe would wait for a writer, maybe forever.
    let metadata = fs::metadata(&absolute).map_err(|error| failed(&shown, &error))?;
    check_regular(&metadata, &shown)?;
    // Nor may a pipe that was put there in between make it wait. Regular files read as ever.
    let opened = OpenOptions::new().read(true).custom_flags(O_NONBLOCK).open(&absolute);
    let file = opened.map_err(|error| failed(&shown, &error))?;
    let metadata = file.metadata().map_err(|error| failed(&shown, &error))?;
    check_regular(&metadata, &shown)?;
    // Between the first check and the opening, a link may have been put into the path. Where the system tells the name of an
    // open file, that name counts.
    if let Some(true_path) = true_path(&file) {
        check_allowed(&true_path, &shown)?;
    }
    Ok(file)
}

fn shown(path: &[u8]) -> String {
    quote(&String::from_utf8_lossy(path))
}

/// The wrapper that a path names, as PHP finds it: letters, digits, `+`, `-` and `.` before `://`; or `data:`.
fn stream_wrapper(path: &[u8]) -> Option<String> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let name: Vec<u8> = path.iter().copied().take_while(is_of_name).collect();
    let rest = path.get(name.len()..).unwrap_or_default();
    let is_wrapper =
        rest.starts_with(b"://") || (name.eq_ignore_ascii_case(b"data") && rest.starts_with(b":"));
    (is_wrapper && !name.is_empty()).then(|| String::from_utf8_lossy(&name).into_owned())
}

fn check_allowed(path: &Path, shown: &str) -> Result<(), Error> {
    if engine::is_within_open_basedir(path) {
        return Ok(());
    }
    Err(unreadable(format!("{shown} is not within the folders that open_basedir allows")))
}

fn check_regular(metadata: &fs::Metadata, shown: &str) -> Result<(), Error> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(unreadable(format!("{shown} is not a regular file")))
}

/// The path of an open file, without links; only where the system has `/proc`.
fn true_path(file: &File) -> Option<PathBuf> {
    fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd())).ok()
}

fn failed(shown: &str, error: &std::io::Error) -> Error {
    Error::unreadable_file(error.kind(), format!("{shown} cannot be read: {error}"))
}

fn unreadable(message: String) -> Error {
    Error::unreadable_file(ErrorKind::Other, message)
}
