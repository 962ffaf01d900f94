//! What is known of a package's bytes.

use crate::border::{Bytes, Context, Place, Reader, Str, fedverify_str};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::files;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::source::Source;
use crate::status::fedverify_status;
use fedverify::tables::Check;
use fedverify::{ApiFault, Error, PackageDigests, PackageHasher};
use std::sync::{Mutex, MutexGuard};

/// Size, SHA-256 and SHA-384 of a package: all that verifying needs of its bytes. Freed with
/// `fedverify_package_digests_free`.
pub struct fedverify_package_digests {
    pub(crate) digests: PackageDigests,
    pub(crate) sha256: String,
    pub(crate) sha384: String,
}

/// Takes a package's bytes in pieces, for callers that have neither a file nor all of the bytes at once. Calls on the same
/// hasher wait for one another. Freed with `fedverify_package_hasher_free`.
pub struct fedverify_package_hasher(Mutex<Option<PackageHasher>>);

impl fedverify_package_digests {
    pub(crate) fn new(digests: PackageDigests) -> Self {
        let (sha256, sha384) = (digests.sha256_hex(), digests.sha384_hex());
        fedverify_package_digests { digests, sha256, sha384 }
    }
}

impl fedverify_package_hasher {
    fn lock(&self) -> MutexGuard<'_, Option<PackageHasher>> {
        self.0.lock().unwrap_or_else(|poisoned| {
            // A hasher that a panic left half-way must not be used on.
            let mut hasher = poisoned.into_inner();
            *hasher = None;
            hasher
        })
    }
}

/// Reads a file to its end, in constant memory. Install the same file: hash it in a folder that only you can write to.
///
/// `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
/// once.
///
/// Limits: `packageBytes`.
///
/// Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_from_file(
    path: Str<'_>,
    path_len: usize,
    limits: Option<&fedverify_limits>,
    digests: Place<'_, fedverify_package_digests>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(digests, error, || {
        let path = files::path(path.read_bytes(path_len, "a path")?)?;
        let file = files::open(&path).map_err(|error| error.at(Check::FairBytes))?;
        let digests = PackageDigests::from_reader(file, &fedverify_limits::or_default(limits));
        digests.map(fedverify_package_digests::new).map_err(|error| error.at(Check::FairBytes))
    })
}

/// Takes a package that is in memory.
///
/// Limits: `packageBytes`.
///
/// Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_from_bytes(
    package: Bytes<'_>,
    package_len: usize,
    limits: Option<&fedverify_limits>,
    digests: Place<'_, fedverify_package_digests>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(digests, error, || {
        let package = package.read(package_len, "a package")?;
        let digests = PackageDigests::from_reader(package, &fedverify_limits::or_default(limits));
        digests.map(fedverify_package_digests::new).map_err(|error| error.at(Check::FairBytes))
    })
}

/// Takes a package that a function of the caller gives piece by piece, for streams.
///
/// Limits: `packageBytes`.
///
/// Errors: why the function could not read on, of the families `FEDVERIFY_IO_FILE_` and `FEDVERIFY_IO_NETWORK_` or
/// `FEDVERIFY_IO_MEMORY`; `FEDVERIFY_INPUT_TOO_LARGE`; `FEDVERIFY_API_ARGUMENT`, also where the function says that it wrote more
/// than it was asked for.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_from_reader(
    reader: Reader<'_>,
    context: Context<'_>,
    limits: Option<&fedverify_limits>,
    digests: Place<'_, fedverify_package_digests>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(digests, error, || {
        let digests = Source::new(reader, context)?.digests(&fedverify_limits::or_default(limits));
        digests.map(fedverify_package_digests::new).map_err(|error| error.at(Check::FairBytes))
    })
}

/// Frees digests. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_free(digests: Option<Box<fedverify_package_digests>>) {
    free(digests);
}

/// The number of bytes.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_size(digests: Option<&fedverify_package_digests>) -> u64 {
    look(digests, |digests| digests.digests.size())
}

/// The SHA-256 digest in lower-case hexadecimal. Valid until the digests are freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_sha256(
    digests: Option<&fedverify_package_digests>,
) -> fedverify_str {
    look(digests, |digests| fedverify_str::new(&digests.sha256))
}

/// The SHA-384 digest in lower-case hexadecimal. Valid until the digests are freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_digests_sha384(
    digests: Option<&fedverify_package_digests>,
) -> fedverify_str {
    look(digests, |digests| fedverify_str::new(&digests.sha384))
}

/// Starts a package. Never NULL.
///
/// Limits: `packageBytes`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_hasher_new(
    limits: Option<&fedverify_limits>,
) -> Option<Box<fedverify_package_hasher>> {
    let hasher = PackageHasher::new(&fedverify_limits::or_default(limits));
    Some(Box::new(fedverify_package_hasher(Mutex::new(Some(hasher)))))
}

/// Frees a hasher, finished or not. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_hasher_free(hasher: Option<Box<fedverify_package_hasher>>) {
    free(hasher);
}

/// A second hasher that has taken the same bytes: a new hasher, to be freed.
///
/// Errors: `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_hasher_copy(
    hasher: Option<&fedverify_package_hasher>,
    copy: Place<'_, fedverify_package_hasher>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(copy, error, || {
        let hasher = given(hasher, "a hasher")?.lock().clone().ok_or_else(used_up)?;
        Ok(fedverify_package_hasher(Mutex::new(Some(hasher))))
    })
}

/// Takes the next bytes of the package.
///
/// Errors: `FEDVERIFY_INPUT_TOO_LARGE`, after which the hasher is used up: part of a package must not pass for the whole;
/// `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_hasher_update(
    hasher: Option<&fedverify_package_hasher>,
    bytes: Bytes<'_>,
    bytes_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let mut hasher = given(hasher, "a hasher")?.lock();
        let bytes = bytes.read(bytes_len, "bytes of a package")?;
        let taken = hasher.as_mut().ok_or_else(used_up)?.update(bytes);
        taken.map_err(|error| {
            *hasher = None;
            error.at(Check::FairBytes)
        })
    })
}

/// The digests of all bytes taken. It uses the hasher up, which still has to be freed.
///
/// Errors: `FEDVERIFY_API_USED_UP`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_hasher_finish(
    hasher: Option<&fedverify_package_hasher>,
    digests: Place<'_, fedverify_package_digests>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(digests, error, || {
        let hasher = given(hasher, "a hasher")?.lock().take();
        hasher.map(|hasher| fedverify_package_digests::new(hasher.finish())).ok_or_else(used_up)
    })
}

fn used_up() -> Error {
    let message = "this hasher is finished or failed; create a new one";
    Error::misuse(ApiFault::UsedUp, message)
}
