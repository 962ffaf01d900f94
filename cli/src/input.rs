//! Files in: each is opened once, bounded, and read once.

use crate::progress::Progress;
use fedverify::report::Check;
use fedverify::{Error, Limits, PackageDigests, quote};
use std::fs::File;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;

/// Reads a document of at most `max_bytes`, and one byte more where there is more, so that core sees that it is too
/// large. `-` is standard input. An error belongs to the step that wanted the document.
pub(crate) fn document(path: &Path, max_bytes: u64, check: Check) -> Result<Vec<u8>, Error> {
    let is_stdin = path == Path::new("-");
    let reader: Box<dyn Read> = if is_stdin { Box::new(stdin()) } else { Box::new(open(path, check)?) };
    let mut bytes = Vec::new();
    match reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(path, &error).at(check)),
    }
}

/// Opens a file.
pub(crate) fn open(path: &Path, check: Check) -> Result<File, Error> {
    File::open(path).map_err(|error| unreadable(path, &error).at(check))
}

/// Reads an open package through once, in constant memory, with a progress bar where somebody watches.
pub(crate) fn digests(file: &File, limits: &Limits, check: Check) -> Result<PackageDigests, Error> {
    let progress = Progress::new("hashing", file.metadata().map_or(0, |metadata| metadata.len()));
    let digests = PackageDigests::of_with(file, limits, |bytes| progress.set(bytes));
    progress.finish();
    digests.map_err(|error| error.at(check))
}

/// Says that a file cannot be read.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let is_missing = error.kind() == ErrorKind::NotFound;
    Error::unreadable_file(
        is_missing,
        format!("{} cannot be read: {}", quote(&path.to_string_lossy()), error),
    )
}
