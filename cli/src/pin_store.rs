//! Where pins are kept: one file for each identity, replaced as a whole or not at all.

use crate::input;
use fedverify::{Error, Limits, Pin, quote};
use fs4::TryLockError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How often to look whether another run has let go of the pin.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// The pin of one identity, held by this run alone until it is dropped.
///
/// The lock is the operating system's, on a file beside the pin that is not removed: the lock ends with the process, however
/// that ends.
pub(crate) struct PinStore {
    path: PathBuf,
    _lock: File,
}

impl PinStore {
    /// Takes the pin file of this path, or the default one of the identity, and waits up to `patience` while another run has it.
    pub(crate) fn open(path: Option<&Path>, did: &str, patience: Duration) -> Result<Self, Error> {
        let path = match path {
            // A symbolic link is kept: its target is replaced.
            Some(path) => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            None => default_path(did)?,
        };
        let lock = lock(&path, patience).map_err(|error| unwritable(&path, &error))?;
        Ok(PinStore { path, _lock: lock })
    }

    /// The pin as it was stored; `None` on a first visit.
    ///
    /// # Errors
    ///
    /// `io.file.unreadable`.
    pub(crate) fn load(&self, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
        match self.read(limits.pin_bytes) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(input::unreadable(&self.path, &error)),
        }
    }

    /// Reads at most one byte more than the limit, so that core sees that it is too large.
    fn read(&self, max_bytes: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&self.path)?.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Replaces the pin. Whatever fails or is interrupted, either the old file or the new one is there, whole.
    pub(crate) fn save(&self, pin: &Pin) -> Result<(), Error> {
        self.replace(pin.to_json().as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }

    fn replace(&self, json: &[u8]) -> io::Result<()> {
        let limit = u64::try_from(json.len()).unwrap_or(u64::MAX);
        if self.read(limit).is_ok_and(|old| old == json) {
            return Ok(());
        }
        let folder = folder_of(&self.path);
        // With an unguessable name and for this user only; removed if anything below fails.
        let mut file = tempfile::Builder::new().prefix(".fedverify-pin-").tempfile_in(folder)?;
        file.write_all(json)?;
        // The bytes must be on disk before the name leads to them, and the name before anyone relies on it.
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder)
    }
}

/// The folder that holds a file.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
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

fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = private().open(name)?;
    let start = Instant::now();
    loop {
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(LOCK_POLL),
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other("another run is using it; try again when it is done"));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Creates files for this user only.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn default_path(did: &str) -> Result<PathBuf, Error> {
    let folder = state_folder().ok_or_else(|| {
        let message = "no folder to remember in: set XDG_STATE_HOME or HOME, or give --pin or --no-pin";
        Error::unwritable_file(message)
    })?;
    let folder = folder.join("fedverify").join("pins");
    create_private(&folder).map_err(|error| unwritable(&folder, &error))?;
    // No DID holds a plus sign, so no two DIDs have the same file.
    Ok(folder.join(format!("{}.json", did.replace(':', "+"))))
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

fn unwritable(path: &Path, error: &io::Error) -> Error {
    let message = format!("{} cannot be kept: {error}", quote(&path.to_string_lossy()));
    Error::unwritable_file(message)
}
