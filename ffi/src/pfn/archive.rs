//! Archives of plugins.

use crate::border::{Bytes, Place, Text};
use crate::call::{free, make};
use crate::error::fedverify_error;
use crate::files;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::pfn::PluginArchive;
use fedverify::report::Check;
use fedverify::{Error, Limits, PackageDigests};
use std::io::{Cursor, Read, Seek};

/// What a plugin's archive says of itself, and the digests of its bytes. A claim. Freed with `fedverify_pfn_archive_free`.
pub struct fedverify_pfn_archive(pub(super) PluginArchive);

/// Reads a plugin's ZIP from a file. `path` is as for `fedverify_package_digests_of_file`. Of the limits `packageBytes` and
/// `archiveEntries` count.
///
/// Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
/// `FEDVERIFY_PFN_ARCHIVE_UNREADABLE`, `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_read_file(
    path: Text<'_>,
    path_len: usize,
    limits: Option<&fedverify_limits>,
    archive: Place<'_, fedverify_pfn_archive>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(archive, error, || {
        let mut file = files::open(path.read_bytes(path_len, "a path")?, Check::PfnArchive)?;
        read(&mut file, &fedverify_limits::of(limits))
    })
}

/// Reads a plugin's ZIP that lies in memory. As `fedverify_pfn_archive_read_file`, without the errors of files.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_read_bytes(
    zip: Bytes<'_>,
    zip_len: usize,
    limits: Option<&fedverify_limits>,
    archive: Place<'_, fedverify_pfn_archive>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(archive, error, || {
        let mut zip = Cursor::new(zip.read(zip_len, "an archive")?);
        read(&mut zip, &fedverify_limits::of(limits))
    })
}

/// Hashes the archive and reads its header through the same reader, so that nothing can change in between.
fn read(zip: &mut (impl Read + Seek), limits: &Limits) -> Result<fedverify_pfn_archive, Error> {
    let digests =
        PackageDigests::of_with(&mut *zip, limits, |_| {}).map_err(|error| error.at(Check::PfnArchive))?;
    PluginArchive::read(zip, digests, limits).map(fedverify_pfn_archive)
}

/// Takes an archive back. NULL is allowed, the same archive twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_free(archive: Option<Box<fedverify_pfn_archive>>) {
    free(archive);
}
