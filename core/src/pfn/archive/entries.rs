//! The list of an archive's entries, and the parts of it that matter: one folder, and the PHP files directly in it.

use super::attributes;
use super::own_header::OwnHeaders;
use super::{damaged, inconsistent, quote_bytes, unreadable};
use crate::error::Error;
use crate::index::Index;
use crate::tables::{Code, Limits};
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord};

/// The longest name of an entry, in bytes; bounds memory. Paths within plugins have a few hundred at most.
const MAX_NAME_BYTES: usize = 1024;

/// The most PHP files that are read. 256: few plugins have ten directly in their folder. Bounds the work: 8 KiB of each are
/// inflated.
const MAX_PHP_FILES: usize = 256;

/// What macOS adds to an archive. WordPress does not unpack it (`unzip_file`).
const MACOS_PREFIX: &[u8] = b"__MACOSX/";

/// A PHP file directly in the plugin's folder.
#[derive(Debug)]
pub(super) struct PhpFile {
    pub(super) name: Vec<u8>,
    pub(super) method: CompressionMethod,
    pub(super) place: ZipArchiveEntryWayfinder,
}

/// The parts of a list of entries that matter.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) folder: Vec<u8>,
    pub(super) php_files: Vec<PhpFile>,
}

/// Reads all entries of an archive, and checks their own headers against the list. `buffer` holds one entry's
/// record at a time.
///
/// # Errors
///
/// [`Code::PfnArchiveUnreadable`], [`Code::PfnArchiveInconsistent`].
pub(super) fn list<R: ReaderAt>(
    archive: &ZipArchive<R>,
    buffer: &mut [u8],
    limits: &Limits,
) -> Result<Listing, Error> {
    let mut lister = Lister::default();
    let mut own_headers = OwnHeaders::new(archive);
    let mut count = 0u64;
    let mut entries = archive.entries(buffer);
    while let Some(entry) = entries.next_entry().map_err(|fault| damaged(&fault))? {
        count = count.saturating_add(1);
        if count > limits.archive_entries {
            return Err(Error::beyond_limit(
                Code::PfnArchiveUnreadable,
                "the archive is not readable as a plugin: it has more entries",
                "archiveEntries",
                limits.archive_entries,
            ));
        }
        lister.add(&entry, &mut own_headers)?;
    }
    // The end record says how many entries there are, and unpackers differ in what they rely on.
    if count != archive.entries_hint() {
        let said = archive.entries_hint();
        return Err(unreadable(&format!(
            "its end record counts {said} entries, but its central directory has {count}"
        )));
    }
    own_headers.check_end()?;
    let folder = lister.folder.ok_or_else(|| inconsistent("it has no folder"))?;
    Ok(Listing { folder, php_files: lister.php_files })
}

/// What is known of the entries read so far.
#[derive(Default)]
struct Lister {
    folder: Option<Vec<u8>>,
    php_files: Vec<PhpFile>,
    /// Where these entries are unpacked to.
    places: Index<'static>,
}

impl Lister {
    fn add<R: ReaderAt>(
        &mut self,
        entry: &ZipFileHeaderRecord<'_>,
        own_headers: &mut OwnHeaders<'_, R>,
    ) -> Result<(), Error> {
        let path = entry.file_path();
        let name = path.as_ref();
        check_name(name)
            .map_err(|what| unreadable(&format!("an entry's name {what}: {}", quote_bytes(name))))?;
        if entry.flags().is_encrypted() {
            return Err(unreadable(&format!("the entry {} is encrypted", quote_bytes(name))));
        }
        attributes::check(entry.external_attributes(), name)
            .map_err(|what| unreadable(&format!("the entry {} is {what}", quote_bytes(name))))?;
        own_headers.check(entry)?;
        if self.places.insert_owned(place_of(name), 0).is_some() {
            return Err(unreadable(&format!("the entry {} occurs twice", quote_bytes(name))));
        }
        if name.starts_with(MACOS_PREFIX) {
            return Ok(());
        }
        self.check_folder(name)?;
        if is_php_file(name) {
            if self.php_files.len() == MAX_PHP_FILES {
                let message = format!("it has more than {MAX_PHP_FILES} PHP files directly in its folder");
                return Err(unreadable(&message));
            }
            let (name, method) = (name.to_vec(), entry.compression_method());
            self.php_files.push(PhpFile { name, method, place: entry.wayfinder() });
        }
        Ok(())
    }

    fn check_folder(&mut self, name: &[u8]) -> Result<(), Error> {
        let Some((top, _)) = split_top(name) else {
            return Err(inconsistent(&format!("{} is not in a folder", quote_bytes(name))));
        };
        let folder = self.folder.get_or_insert_with(|| top.to_vec());
        if folder != top {
            return Err(inconsistent(&format!(
                "it has two folders, {} and {}",
                quote_bytes(folder),
                quote_bytes(top)
            )));
        }
        Ok(())
    }
}

/// Where an entry is unpacked to: a folder and a file of one name are one place. Names of PHP files are compared without
/// regard to case, folders and all, as the file systems of Windows and macOS do: one file would overwrite the other.
fn place_of(name: &[u8]) -> Vec<u8> {
    let place = name.strip_suffix(b"/").unwrap_or(name);
    if is_php(place) { place.to_ascii_lowercase() } else { place.to_vec() }
}

/// Says what is wrong with a name, if anything is: whatever some unpacker would put somewhere else (pfn.md, "Names of
/// entries").
fn check_name(name: &[u8]) -> Result<(), &'static str> {
    if name.len() > MAX_NAME_BYTES {
        return Err("is too long");
    }
    if name.iter().any(|byte| byte.is_ascii_control() || *byte == b'\\') {
        return Err("has a backslash or a control character");
    }
    // Readers decode such bytes each in their way, and unzip drops 0xff: x.php with it is x.php.
    if str::from_utf8(name).is_err() {
        return Err("is not UTF-8");
    }
    // On Windows a colon ends a drive letter, and starts the name of a stream: x.php::$DATA is x.php. After a semicolon, unzip
    // drops the version of a file of OpenVMS: x.php;1 is x.php.
    if name.iter().any(|byte| matches!(byte, b':' | b';')) {
        return Err("has a colon or a semicolon");
    }
    let path = name.strip_suffix(b"/").unwrap_or(name);
    let mut parts = path.split(|byte| *byte == b'/');
    if parts.clone().any(|part| matches!(part, b"" | b"." | b"..")) {
        return Err("has an empty part, . or ..");
    }
    // Windows drops them: x.php. and x.php with a space after it are x.php.
    if parts.any(|part| part.ends_with(b".") || part.ends_with(b" ")) {
        return Err("has a part that ends with a dot or a space");
    }
    // Unpackers and file systems fold, change or drop such characters, anywhere in a name: é.php and É.php are one file on macOS.
    let ascii = path.iter().rev().filter(|byte| byte.is_ascii()).map(u8::to_ascii_lowercase);
    if !path.is_ascii() && ascii.take(4).eq(*b"php.") {
        return Err("is that of a PHP file, but is not ASCII");
    }
    Ok(())
}

/// The first part of a name, and what follows its slash.
fn split_top(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let slash = name.iter().position(|byte| *byte == b'/')?;
    let (top, rest) = name.split_at_checked(slash)?;
    Some((top, rest.strip_prefix(b"/")?))
}

/// Whether the name is that of a PHP file directly in a folder.
fn is_php_file(name: &[u8]) -> bool {
    split_top(name).is_some_and(|(_, file)| is_php(file) && !file.contains(&b'/'))
}

/// Whether the name is that of a PHP file. WordPress wants `.php` in lower case; a file system that ignores case would find the
/// others too.
fn is_php(name: &[u8]) -> bool {
    name.last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b".php"))
}
