//! Archives of plugins.

use super::key::fedverify_pfn_key;
use crate::border::{Bytes, Context, Place, Reader, Str};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::files;
use crate::handle::free;
use crate::limits::fedverify_limits;
use crate::source::Source;
use crate::status::fedverify_status;
use fedverify::pfn::{ArchiveDigest, PluginArchive};
use fedverify::tables::Check;
use fedverify::{Error, Limits, PackageDigests};
use std::io::{Cursor, Read, Seek};

/// What a plugin's archive says of itself, and the digests of its bytes. A claim. Freed with `fedverify_pfn_archive_free`.
pub struct fedverify_pfn_archive(pub(super) PluginArchive);

/// Reads a plugin's ZIP from a file. `path` is as for `fedverify_package_digests_from_file`.
///
/// Limits: `packageBytes`, `archiveEntries`.
///
/// Errors: `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_INPUT_TOO_LARGE`,
/// `FEDVERIFY_PFN_ARCHIVE_UNREADABLE`, `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_from_file(
    path: Str<'_>,
    path_len: usize,
    limits: Option<&fedverify_limits>,
    archive: Place<'_, fedverify_pfn_archive>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(archive, error, || {
        let path = files::path(path.read_bytes(path_len, "a path")?)?;
        let mut file = files::open(&path).map_err(|error| error.at(Check::PfnArchive))?;
        read(&mut file, &fedverify_limits::or_default(limits))
    })
}

/// Reads a plugin's ZIP that is in memory. As `fedverify_pfn_archive_from_file`, without the errors of files.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_from_bytes(
    zip: Bytes<'_>,
    zip_len: usize,
    limits: Option<&fedverify_limits>,
    archive: Place<'_, fedverify_pfn_archive>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(archive, error, || {
        let mut zip = Cursor::new(zip.read(zip_len, "an archive")?);
        read(&mut zip, &fedverify_limits::or_default(limits))
    })
}

/// Reads a plugin's ZIP that a function of the caller gives piece by piece. A ZIP is read from its end, so it is held in memory
/// until then. As `fedverify_pfn_archive_from_file`, without the errors of files.
///
/// Errors: as `fedverify_package_digests_from_reader`, too.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_from_reader(
    reader: Reader<'_>,
    context: Context<'_>,
    limits: Option<&fedverify_limits>,
    archive: Place<'_, fedverify_pfn_archive>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(archive, error, || {
        let limits = fedverify_limits::or_default(limits);
        let read = Source::new(reader, context)?.bytes(&limits);
        let (zip, digests) = read.map_err(|error| error.at(Check::PfnArchive))?;
        PluginArchive::read(Cursor::new(zip), digests, &limits).map(fedverify_pfn_archive)
    })
}

/// Hashes the archive and reads its header through the same reader, so that nothing can change in between.
fn read(zip: &mut (impl Read + Seek), limits: &Limits) -> Result<fedverify_pfn_archive, Error> {
    let digests =
        PackageDigests::from_reader(&mut *zip, limits).map_err(|error| error.at(Check::PfnArchive))?;
    PluginArchive::read(zip, digests, limits).map(fedverify_pfn_archive)
}

/// Frees an archive. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_free(archive: Option<Box<fedverify_pfn_archive>>) {
    free(archive);
}

/// Checks that a publisher's key signed a digest as that of an archive: `sha384` is the SHA-384 digest that a node lists, in
/// hexadecimal. It says nothing about bytes until they are found to have that digest; of bytes that are there,
/// `fedverify_pfn_plugin_with_archive` checks it.
///
/// Errors: `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`; `FEDVERIFY_API_ARGUMENT`, also for what is
/// no digest.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_archive_check_signature(
    key: Option<&fedverify_pfn_key>,
    sha384: Str<'_>,
    sha384_len: usize,
    signature: Str<'_>,
    signature_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let key = &given(key, "a key")?.key;
        let digest = ArchiveDigest::parse(sha384.read(sha384_len, "a digest")?)?;
        digest.check_signature(key, signature.read(signature_len, "a signature")?)
    })
}
