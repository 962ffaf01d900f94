//! Files that PHP names by their paths: opened once, by PHP's own rules.

use crate::arguments::wrong;
use crate::engine;
use fedverify::report::Check;
use fedverify::{Error, Limits, PackageDigests, quote};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

/// Opens a file, and reads it to its end in constant memory. The file stays open, so that whoever reads more of it reads
/// the same.
///
/// Errors: those of [`open`]; [`Code::InputTooLarge`](fedverify::Code::InputTooLarge).
pub(crate) fn digest(path: &[u8], limits: &Limits, check: Check) -> Result<(File, PackageDigests), Error> {
    let read = || {
        let file = open(path)?;
        let digests = PackageDigests::of_with(&file, limits, |_| {})?;
        Ok((file, digests))
    };
    read().map_err(|error: Error| error.at(check))
}

/// Opens a regular file that `open_basedir` allows.
///
/// Errors: [`Code::ApiArgument`](fedverify::Code::ApiArgument) for an address; `io.file.*`.
fn open(path: &[u8]) -> Result<File, Error> {
    let shown = quote(&String::from_utf8_lossy(path));
    if let Some(wrapper) = stream_wrapper(path) {
        return Err(wrong(format!(
            "expected the path of a local file, found a stream of {}: {shown}. Copy it into a file first",
            quote(&wrapper)
        )));
    }
    let Some(absolute) = engine::absolute_path(path).filter(|_| !path.is_empty()) else {
        return Err(unreadable(format!("{shown} is not a path")));
    };
    check_allowed(&absolute, &shown)?;
    // A pipe would wait for a writer, maybe for ever.
    let metadata = fs::metadata(&absolute).map_err(|error| failed(&shown, &error))?;
    check_regular(&metadata, &shown)?;
    let file = File::open(&absolute).map_err(|error| failed(&shown, &error))?;
    let metadata = file.metadata().map_err(|error| failed(&shown, &error))?;
    check_regular(&metadata, &shown)?;
    // Between the first check and the opening, somebody may have put a link in the path. Where the system tells the name
    // of an open file, that name is what counts.
    if let Some(true_path) = true_path(&file) {
        check_allowed(&true_path, &shown)?;
    }
    Ok(file)
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
    let is_missing = error.kind() == ErrorKind::NotFound;
    Error::unreadable_file(is_missing, format!("{shown} cannot be read: {error}"))
}

fn unreadable(message: String) -> Error {
    Error::unreadable_file(false, message)
}
