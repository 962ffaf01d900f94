//! `fedverify key`.

use crate::input;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Limits, PublicKey};
use std::path::Path;

/// Reads a key from the argument itself, or from the file that it names.
pub(crate) fn key(argument: &str, limits: &Limits) -> Report {
    match read(argument, limits) {
        Ok(key) => Report::of_key(&key),
        Err(error) => Report::refused(Kind::Key, &error),
    }
}

fn read(argument: &str, limits: &Limits) -> Result<PublicKey, Error> {
    let path = Path::new(argument);
    if !path.exists() && (argument.starts_with("did:") || argument.starts_with('z')) {
        return PublicKey::read(argument.as_bytes(), limits);
    }
    PublicKey::read(&input::document(path, limits.record_bytes, Check::Key)?, limits)
}
