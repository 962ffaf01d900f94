//! Archives of plugins, as far as they say what they are: their folder, and their own plugin headers (pfn.md, "Archive
//! consistency").
//!
//! None of this is proof. An archive whose bytes are not signed can say whatever its maker likes; comparing it with the signed
//! record finds mix-ups, old versions and careless forgeries.

mod attributes;
mod content;
mod end;
mod entries;
mod header;
mod own_header;
mod source;

use crate::digest::PackageDigests;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use header::PluginHeader;
use rawzip::{RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipLocator};
use source::Source;
use std::io::{Read, Seek};

/// What an archive says about itself. Untrusted; [`VerifiedPlugin::with_archive`](super::VerifiedPlugin::with_archive)
/// compares it with what was signed.
///
/// ```
/// use fedverify::{Code, Limits, PackageDigests, pfn::PluginArchive};
/// use std::io::Cursor;
///
/// # let mut zip = Vec::new();
/// # let mut writer = rawzip::ZipArchiveWriter::new(&mut zip);
/// # let (mut entry, config) = writer.new_file("gallery/gallery.php").start()?;
/// # let mut file = config.wrap(&mut entry);
/// # std::io::Write::write_all(&mut file, b"<?php\n// Plugin Name: Gallery\n// Version: 1.0.0\n")?;
/// # let (_, descriptor) = file.finish()?;
/// # entry.finish(descriptor)?;
/// # writer.finish()?;
/// let limits = Limits::default();
/// let digests = PackageDigests::from_reader(zip.as_slice(), &limits)?;
/// let archive = PluginArchive::read(Cursor::new(zip), digests, &limits)?;
/// assert_eq!(archive.digests().sha384().len(), 48);
///
/// let other = b"not a ZIP file";
/// let digests = PackageDigests::from_reader(other.as_slice(), &limits)?;
/// let refusal = PluginArchive::read(Cursor::new(other), digests, &limits).unwrap_err();
/// assert_eq!(refusal.code(), Code::PfnArchiveUnreadable);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginArchive {
    digests: PackageDigests,
    folder: Vec<u8>,
    /// Never empty. Two of a file that one WordPress reads otherwise than another.
    headers: Vec<PluginHeader>,
}

impl PluginArchive {
    /// Reads the list of entries and the start of the PHP files in the plugin's folder, as WordPress does to find a
    /// plugin: of each file the first 8 KiB, whatever its size.
    ///
    /// The digests must be of the same bytes: compute them first, in one pass over the same open file.
    ///
    /// Everything is in one folder; `__MACOSX`, which WordPress does not unpack, is ignored. An entry that occurs twice is
    /// refused, and so are names that some systems read differently: with `..`, `.` or an empty part, with a backslash, a
    /// colon, a semicolon or a control character, with a dot or a space at the end of a part, or with bytes that are not UTF-8
    /// (pfn.md, "Names of entries"). So is an entry that is neither a file nor a folder, such as a symbolic link (pfn.md,
    /// "Attributes of entries"). So is an entry whose own header says something else than the list (pfn.md, "Headers of
    /// entries"), and a file with two end records, or with bytes after its end, because two readers could see two archives
    /// (pfn.md, "ZIP end records").
    ///
    /// # Errors
    ///
    /// [`Code::PfnArchiveUnreadable`], also for encrypted archives, and for more entries than `limits.archive_entries`;
    /// [`Code::PfnArchiveInconsistent`] if it is not one folder; [`Code::IoFileUnreadable`] if the reader fails, or has
    /// another size than the digests.
    pub fn read(reader: impl Read + Seek, digests: PackageDigests, limits: &Limits) -> Result<Self, Error> {
        let archive = Source::new(reader, digests.size()).and_then(|source| {
            // A reader that failed is not a verdict on the archive, whatever came of the missing bytes.
            let archive = PluginArchive::read_from(&source, digests, limits);
            archive.map_err(|error| source.failure().unwrap_or(error))
        });
        archive.map_err(|error| error.at(Check::PfnArchive))
    }

    fn read_from<R: Read + Seek>(
        source: &Source<R>,
        digests: PackageDigests,
        limits: &Limits,
    ) -> Result<Self, Error> {
        end::check(source)?;
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let search_bytes = u64::try_from(end::SEARCH_BYTES).unwrap_or(u64::MAX);
        let archive: ZipArchive<&Source<R>> = ZipLocator::new()
            .max_search_space(search_bytes)
            .locate_in_reader(source, &mut buffer, digests.size())
            .map_err(|(_, fault)| damaged(&fault))?;
        let listing = entries::list(&archive, &mut buffer, limits)?;
        let mut headers = Vec::new();
        for file in &listing.php_files {
            let start = content::start_of(&archive, file)?;
            headers.extend(PluginHeader::readings(&file.name, &start));
        }
        if headers.is_empty() {
            let folder = quote_bytes(&listing.folder);
            return Err(unreadable(&format!(
                "no PHP file directly in {folder} has a Plugin Name in its first 8 KiB"
            )));
        }
        Ok(PluginArchive { digests, folder: listing.folder, headers })
    }

    /// Size and digests of the archive.
    pub fn digests(&self) -> &PackageDigests {
        &self.digests
    }

    /// Compares the folder and every plugin header with what was signed.
    ///
    /// # Errors
    ///
    /// [`Code::PfnArchiveInconsistent`].
    pub(super) fn compare(&self, id: &str, name: Option<&str>, version: Option<&str>) -> Result<(), Error> {
        if self.folder != id.as_bytes() {
            return Err(differs("the plugin's folder", Some(&self.folder), id));
        }
        for header in &self.headers {
            let file = quote_bytes(&header.file);
            if let Some(name) = name.filter(|name| header.name != name.as_bytes()) {
                return Err(differs(&format!("the Plugin Name in {file}"), Some(&header.name), name));
            }
            let found = header.version.as_deref();
            if let Some(version) = version.filter(|version| found != Some(version.as_bytes())) {
                return Err(differs(&format!("the Version in {file}"), found, version));
            }
        }
        Ok(())
    }
}

/// How an archive is tied to the record that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArchiveBinding {
    /// The archive's folder and header match what was signed. Its bytes are not signed.
    Consistent,
    /// The archive's folder and header match what was signed, and the publisher's key signed its bytes.
    Signed,
}

/// The archive that was checked against a [`VerifiedPlugin`](super::VerifiedPlugin).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedArchive {
    digests: PackageDigests,
    binding: ArchiveBinding,
}

impl CheckedArchive {
    pub(super) fn new(digests: PackageDigests, binding: ArchiveBinding) -> Self {
        CheckedArchive { digests, binding }
    }

    /// Size and digests of the archive.
    pub fn digests(&self) -> &PackageDigests {
        &self.digests
    }

    /// How the archive is tied to the record.
    pub fn binding(&self) -> ArchiveBinding {
        self.binding
    }
}

fn differs(what: &str, found: Option<&[u8]>, signed: &str) -> Error {
    let found = found.map_or("missing".to_owned(), quote_bytes);
    inconsistent(&format!("{what} is {found}, but the signed value is {}", quote(signed)))
}

fn inconsistent(what: &str) -> Error {
    Error::new(Code::PfnArchiveInconsistent, format!("the archive does not match the signed record: {what}"))
}

fn unreadable(what: &str) -> Error {
    Error::new(Code::PfnArchiveUnreadable, format!("the archive is not readable as a plugin: {what}"))
}

fn damaged(fault: &rawzip::Error) -> Error {
    unreadable(&format!("the ZIP file is damaged ({})", quote(&fault.to_string())))
}

fn quote_bytes(bytes: &[u8]) -> String {
    quote(&String::from_utf8_lossy(bytes))
}

#[cfg(test)]
mod tests;
