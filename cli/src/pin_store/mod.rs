//! Where pins are kept: one file for each identity, replaced as a whole or not at all.

mod leftovers;
mod lock;
mod path;

use crate::input;
use fedverify::{Error, Limits, Pin, printable, quote};
use leftovers::{PREFIX, RANDOM_LETTERS};
use path::folder_of;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The pin of one identity, held by this run alone until it is dropped.
///
/// The lock is the operating system's, on the file `….lock` beside the pin, which is not removed: the lock ends with the process,
/// however that ends. Where a symbolic link leads to the pin, both are where the link leads.
pub(crate) struct PinStore {
    path: PathBuf,
    _lock: File,
}

impl PinStore {
    /// Takes the pin file of this path, or the default one of the identity, and waits up to `patience` while another run has it.
    pub(crate) fn open(path: Option<&Path>, did: &str, patience: Duration) -> Result<Self, Error> {
        let path = match path {
            Some(path) => path.to_owned(),
            None => path::default_for_writing(did)?,
        };
        let path = path::real(&path).map_err(|error| input::unreadable(&path, &error))?;
        let lock = lock::take(&path, patience).map_err(|error| unwritable(&path, &error))?;
        Ok(PinStore { path, _lock: lock })
    }

    /// The pin as it was stored; `None` on a first visit.
    ///
    /// # Errors
    ///
    /// `io.file.unreadable`.
    pub(crate) fn load(&self, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
        load(&self.path, limits)
    }

    /// Replaces the pin. Whatever fails or is interrupted, either the old file or the new one is there, whole.
    pub(crate) fn save(&self, pin: &Pin) -> Result<(), Error> {
        self.replace(pin.to_json().as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }

    fn replace(&self, json: &[u8]) -> io::Result<()> {
        let limit = u64::try_from(json.len()).unwrap_or(u64::MAX);
        if read(&self.path, limit).is_ok_and(|old| old == json) {
            return Ok(());
        }
        let folder = folder_of(&self.path);
        // With an unguessable name and for this user only; removed if anything below fails.
        let mut name = tempfile::Builder::new();
        let mut file = name.prefix(PREFIX).rand_bytes(RANDOM_LETTERS).tempfile_in(folder)?;
        leftovers::remove(folder, file.as_file());
        file.write_all(json)?;
        // The bytes must be on disk before the name leads to them, and the name before anyone relies on it.
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder)
    }
}

/// The pin at this path, or the default one of the identity, to look at; `None` where there is none. Nothing is created and
/// nothing is locked: who may only read may look, and a pin is replaced as a whole, so there is always a whole one to read.
///
/// # Errors
///
/// `io.file.unreadable`; `io.file.missing` for one that was named: without it nothing would look new, and a log that was cut back
/// would pass.
pub(crate) fn look(named: Option<&Path>, did: &str, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match path::default(did) {
            Some(path) => path,
            // Then there is no pin of `verify` either.
            None => return Ok(None),
        },
    };
    let path = path::real(&path).map_err(|error| input::unreadable(&path, &error))?;
    match load(&path, limits)? {
        None if named.is_some() => {
            let path = quote(&path.to_string_lossy());
            let message = format!("there is no pin {path}; log verify --pin and verify --pin make one");
            Err(Error::unreadable_file(ErrorKind::NotFound, message))
        }
        found => Ok(found),
    }
}

fn load(path: &Path, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
    match read(path, limits.pin_bytes) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(input::unreadable(path, &error)),
    }
}

/// Reads at most one byte more than the limit, so that core sees that it is too large.
fn read(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = at_once(OpenOptions::new().read(true)).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(not_a_file());
    }
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_a_file() -> io::Error {
    io::Error::other("a pin must be a regular file, not a directory or a device")
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened as files there; the file system writes names in order.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Opens without waiting, even a pipe that nobody writes to. What was opened is checked afterwards.
fn at_once(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK);
    options
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    // It may name a file beside the pin.
    let error = printable(&error.to_string());
    let message = format!("{} cannot be kept: {error}", quote(&path.to_string_lossy()));
    Error::unwritable_file(message)
}
