//! The lock of a pin: one run at a time has it.

use fedverify::quote;
use fs4::TryLockError;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How often to look whether another run has let go of the pin.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Takes the lock, which must be a file and no link: whoever put a link there could otherwise let this run create a file
/// anywhere.
pub(super) fn take(path: &Path, patience: Duration) -> io::Result<File> {
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

/// Opens no symbolic link, not even one that was put there after the check.
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
