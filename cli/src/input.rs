//! Files in: each is opened once, bounded, and read once. The path `-` is standard input.

use crate::progress::Progress;
use fedverify::{Error, Verification, quote};
use std::fs::File;
use std::io::{self, ErrorKind, Read, stdin};
use std::path::Path;

/// How much of standard input is read at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Whether the path is standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a document of at most `max_bytes`, and one byte more where there is more, so that core sees that it is too
/// large.
pub(crate) fn document(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Error> {
    let (reader, is_file): (Box<dyn Read>, bool) = if is_stdin(path) {
        (Box::new(stdin()), false)
    } else {
        let file = open(path)?;
        let is_file = is_file(&file);
        (Box::new(file), is_file)
    };
    let mut bytes = Vec::new();
    match reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(0) if !is_file => Err(empty_pipe(path)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Opens a file.
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// Whether it is a file that was stored, and not a pipe by another name (`/dev/stdin`, what a shell makes of `<(…)`).
fn is_file(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Reads a package or an archive through once, with a progress bar on a terminal.
pub(crate) fn stream(path: &Path, verification: &mut Verification) {
    let outcome =
        if is_stdin(path) { from_pipe(stdin(), path, verification) } else { from_file(path, verification) };
    if let Err(error) = outcome {
        verification.fail(error);
    }
}

fn from_file(path: &Path, verification: &mut Verification) -> Result<(), Error> {
    let file = open(path)?;
    if !is_file(&file) {
        return from_pipe(file, path, verification);
    }
    let progress = Progress::new("hashing", file.metadata().map_or(0, |metadata| metadata.len()));
    verification.read(file, |bytes| progress.set(bytes));
    progress.finish();
    Ok(())
}

fn from_pipe(mut pipe: impl Read, path: &Path, verification: &mut Verification) -> Result<(), Error> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut is_empty = true;
    loop {
        let count = match pipe.read(&mut chunk) {
            Ok(0) if is_empty => return Err(empty_pipe(path)),
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(path, &error)),
        };
        is_empty = false;
        if !verification.update(chunk.get(..count).unwrap_or_default()) {
            return Ok(());
        }
    }
}

/// As a rule, the program before this one in the pipe failed, and said why. What it should have printed is not known.
fn empty_pipe(path: &Path) -> Error {
    let place = if is_stdin(path) { "on standard input".to_owned() } else { format!("from {}", name(path)) };
    let message =
        format!("expected a document {place}, found nothing: the command before it printed no output");
    Error::unreadable_file(ErrorKind::UnexpectedEof, message)
}

/// The error for a file that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::unreadable_file(error.kind(), format!("{} cannot be read: {error}", name(path)))
}

/// What messages call an input.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { quote(&path.to_string_lossy()) }
}
