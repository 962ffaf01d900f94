//! Where pins are kept: one file for each identity, replaced as a whole or not at all.

use crate::input;
use crate::leftovers::{self, PREFIX, RANDOM_LETTERS};
use fedverify::{Error, Limits, Pin, printable, quote};
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
            None => default_path(did)?,
        };
        let path = place(&path).map_err(|error| input::unreadable(&path, &error))?;
        let lock = lock(&path, patience).map_err(|error| unwritable(&path, &error))?;
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
        None => match state_folder() {
            Some(folder) => default_place(&folder, did),
            // Then there is no pin of `verify` either.
            None => return Ok(None),
        },
    };
    let path = place(&path).map_err(|error| input::unreadable(&path, &error))?;
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

/// Where the pin really is. A symbolic link is kept: what it leads to is replaced.
///
/// # Errors
///
/// If there is something else than a file: a device, which as root would be replaced by the pin, a pipe, a folder, or a link
/// that leads nowhere, of which nobody knows what was meant.
fn place(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(path) if fs::metadata(&path)?.is_file() => Ok(path),
        Ok(_) => Err(not_a_file()),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) => {
            Err(io::Error::other("it is a dangling symbolic link"))
        }
        Err(_) => Ok(path.to_owned()),
    }
}

fn not_a_file() -> io::Error {
    io::Error::other("a pin must be a regular file, not a directory or a device")
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

/// Takes the lock, which must be a file and no link: whoever put a link there could otherwise let this run create a file
/// anywhere.
fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let refused = || {
        let lock = quote(&name.to_string_lossy());
        io::Error::other(format!("{lock} is not a regular file; remove it"))
    };
    if fs::symlink_metadata(&name).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(refused());
    }
    let file = no_link(&mut private()).open(&name)?;
    if !file.metadata()?.is_file() {
        return Err(refused());
    }
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

/// Opens at once, also a pipe that nobody writes to: what it is shows when it is open.
fn at_once(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK);
    options
}

/// Opens no symbolic link, also not one that was put there since it was looked at.
fn no_link(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK | libc::O_NOFOLLOW);
    options
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
        let message = "no folder for pins: set XDG_STATE_HOME or HOME, or give --pin or --no-pin";
        Error::unwritable_file(message)
    })?;
    let path = default_place(&folder, did);
    let folder = folder_of(&path);
    create_private(folder).map_err(|error| unwritable(folder, &error))?;
    Ok(path)
}

/// The file of an identity below the state folder.
fn default_place(state: &Path, did: &str) -> PathBuf {
    // No DID holds a plus sign, so no two DIDs have the same file.
    state.join("fedverify").join("pins").join(format!("{}.json", did.replace(':', "+")))
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
    // It may name a file beside the pin.
    let error = printable(&error.to_string());
    let message = format!("{} cannot be kept: {error}", quote(&path.to_string_lossy()));
    Error::unwritable_file(message)
}
