//! `fedverify key`.

use crate::input;
use crate::job::Job;
use fedverify::tables::{InputName, Kind};
use fedverify::{Error, Limits, Report};
use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::Path;

/// Reads a key from the argument itself, or from the file that it names. What is written as a key is one: no file can take its
/// place, so one of such a name is given as `./did:key:…`.
pub(crate) fn key(argument: &str, limits: &Limits) -> Report {
    let mut job = Job::new(Kind::Key, limits);
    let path = Path::new(argument);
    if is_key(argument) {
        job.bytes(InputName::Key, Ok(Cow::Borrowed(argument.as_bytes())));
    } else if path.exists() || input::is_stdin(path) {
        job.file(InputName::Key, path);
    } else {
        // Not repeated in the message: it may be a private key.
        let message =
            "expected a did:key, a multibase string or a file with a key; found no file of this name";
        job.bytes(InputName::Key, Err(Error::unreadable_file(ErrorKind::NotFound, message)));
    }
    job.report()
}

/// Whether the argument is itself meant to be a key: a did:key, multibase or PEM. Other DIDs are too, since core says what
/// they are instead.
fn is_key(argument: &str) -> bool {
    let is_multibase = argument.starts_with('z') && argument.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_multibase || argument.starts_with("did:") || argument.starts_with("-----BEGIN")
}
