//! The headers that entries have beside the list of entries. Unpackers differ in which of the two they follow, so both must
//! say the same (pfn.md, "Headers of entries").

use super::{damaged, quote_bytes, unreadable};
use crate::error::Error;
use rawzip::extra_fields::{ExtraFieldId, ExtraFields};
use rawzip::{RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipFileHeaderRecord, ZipLocalFileHeader};

/// What is before the name in a Unicode Path field: its version, and the checksum of the name that it replaces (APPNOTE,
/// section 4.6.9).
const BEFORE_UNICODE_NAME: usize = 5;

/// The extra fields that give an entry another name, or make a link of it: those of PKWARE for Unix, of ZipIt, of Info-ZIP for
/// the classic Mac OS, of Xceed, of libarchive (`xl`), and of ASi for Unix (`nu`).
const MISLEADING_FIELDS: [u16; 6] = [0x000d, 0x2605, 0x334d, 0x554e, 0x6c78, 0x756e];

/// How an extra field starts: its id, and its size (APPNOTE, section 4.5.1).
const EXTRA_FIELD_HEAD_BYTES: usize = 4;

/// How a data descriptor starts, where it has a signature (APPNOTE, section 4.3.9).
const DESCRIPTOR_SIGNATURE: &[u8] = b"PK\x07\x08";

/// Bytes of the longest data descriptor: signature, checksum, and sizes of 64 bits.
const MAX_DESCRIPTOR_BYTES: usize = 24;

/// Reads the entries' own headers, in the order of the list. Each entry begins where the one before it ends, so no byte is read
/// twice, however many headers are said to be within each other.
pub(super) struct OwnHeaders<'a, R> {
    archive: &'a ZipArchive<R>,
    buffer: Vec<u8>,
    /// Where the entries end that were read.
    end: u64,
}

impl<'a, R: ReaderAt> OwnHeaders<'a, R> {
    pub(super) fn new(archive: &'a ZipArchive<R>) -> Self {
        OwnHeaders { archive, buffer: vec![0; RECOMMENDED_BUFFER_SIZE], end: 0 }
    }

    /// Checks that an entry's own header says what the list says.
    ///
    /// # Errors
    ///
    /// [`Code::PfnArchiveUnreadable`](crate::Code::PfnArchiveUnreadable).
    pub(super) fn check(&mut self, listed: &ZipFileHeaderRecord<'_>) -> Result<(), Error> {
        let path = listed.file_path();
        let name = quote_bytes(path.as_ref());
        check_extra_fields(listed.extra_fields(), path.as_ref())
            .map_err(|what| unreadable(&format!("in the central directory, the entry {name} {what}")))?;
        self.check_start(&format!("the entry {name}"), listed.local_header_offset())?;
        let entry = self.archive.get_entry(listed.wayfinder()).map_err(|fault| damaged(&fault))?;
        let own = entry.local_header(&mut self.buffer).map_err(|fault| damaged(&fault))?;
        if own.flags().is_encrypted() {
            return Err(unreadable(&format!("in its local header, the entry {name} is encrypted")));
        }
        check_extra_fields(own.extra_fields(), path.as_ref())
            .map_err(|what| unreadable(&format!("in its local header, the entry {name} {what}")))?;
        if let Some((what, listed, own)) = difference(listed, &own) {
            return Err(unreadable(&format!(
                "in the local header of the entry {name}, expected the {what} {listed} as in the central directory, found {own}"
            )));
        }
        let has_descriptor = own.flags().has_data_descriptor();
        self.end = entry.compressed_data_range().1;
        let refused = || {
            unreadable(&format!("the entry {name} is cut off, or its data descriptor is missing or differs"))
        };
        if self.end > self.archive.directory_offset() {
            return Err(refused());
        }
        if has_descriptor {
            let mut bytes = [0; MAX_DESCRIPTOR_BYTES];
            let read = self.archive.get_ref().read_exact_at(&mut bytes, self.end);
            let descriptor = read.ok().and_then(|()| descriptor_bytes(&bytes, listed));
            self.end = self.end.saturating_add(descriptor.ok_or_else(refused)?);
        }
        Ok(())
    }

    /// Checks that the list begins where the last entry ends.
    ///
    /// # Errors
    ///
    /// [`Code::PfnArchiveUnreadable`](crate::Code::PfnArchiveUnreadable).
    pub(super) fn check_end(&self) -> Result<(), Error> {
        self.check_start("the central directory", self.archive.directory_offset())
    }

    fn check_start(&self, what: &str, found: u64) -> Result<(), Error> {
        if found == self.end {
            return Ok(());
        }
        Err(unreadable(&format!("{what} does not directly follow the previous entry")))
    }
}

/// How many bytes the data descriptor has that these begin with, if they begin with one that says what the list says.
fn descriptor_bytes(bytes: &[u8], listed: &ZipFileHeaderRecord<'_>) -> Option<u64> {
    let sizes = [listed.compressed_size_hint(), listed.uncompressed_size_hint()];
    let after_signature = bytes.strip_prefix(DESCRIPTOR_SIGNATURE).unwrap_or(bytes);
    let numbers = after_signature.strip_prefix(&listed.crc32().to_le_bytes())?;
    let [packed, size] = sizes.map(u64::to_le_bytes);
    let long = numbers.strip_prefix(&packed).and_then(|rest| rest.strip_prefix(&size));
    let rest = match long {
        Some(rest) => rest,
        None => sizes.iter().try_fold(numbers, |numbers, size| {
            let (found, rest) = numbers.split_first_chunk()?;
            (u64::from(u32::from_le_bytes(*found)) == *size).then_some(rest)
        })?,
    };
    u64::try_from(bytes.len().saturating_sub(rest.len())).ok()
}

/// The first thing that the list and an entry's own header say differently, and what each says.
fn difference(
    listed: &ZipFileHeaderRecord<'_>,
    own: &ZipLocalFileHeader<'_>,
) -> Option<(&'static str, String, String)> {
    let (listed_name, own_name) = (listed.file_path(), own.file_path());
    if listed_name.as_ref() != own_name.as_ref() {
        return Some(("name", quote_bytes(listed_name.as_ref()), quote_bytes(own_name.as_ref())));
    }
    let (listed_method, own_method) =
        (listed.compression_method().as_u16(), own.compression_method().as_u16());
    if listed_method != own_method {
        return Some(("compression method", listed_method.to_string(), own_method.to_string()));
    }
    let numbers = [
        ("checksum", u64::from(listed.crc32()), u64::from(own.crc32())),
        ("compressed size", listed.compressed_size_hint(), own.compressed_size_hint()),
        ("size", listed.uncompressed_size_hint(), own.uncompressed_size_hint()),
    ];
    // With a data descriptor these follow the data, and are zero here (APPNOTE, section 4.4.4, bit 3). Some writers know part
    // of them beforehand, and write it.
    let may_be_zero = own.flags().has_data_descriptor();
    let is_same = |listed: u64, own: u64| own == listed || own == 0 && may_be_zero;
    let (what, listed, own) = numbers.into_iter().find(|(_, listed, own)| !is_same(*listed, *own))?;
    Some((what, listed.to_string(), own.to_string()))
}

/// Says what is wrong with the extra fields of an entry of this name, if anything is.
fn check_extra_fields(mut fields: ExtraFields<'_>, name: &[u8]) -> Result<(), String> {
    for (id, data) in fields.by_ref() {
        if id == ExtraFieldId::INFO_ZIP_UNICODE_PATH && data.get(BEFORE_UNICODE_NAME..) != Some(name) {
            let other = quote_bytes(data.get(BEFORE_UNICODE_NAME..).unwrap_or_default());
            return Err(format!("has another name in a Unicode Path field: {other}"));
        }
        if MISLEADING_FIELDS.contains(&id.as_u16()) {
            return Err("has an extra field that can make a link of it, or rename it".to_owned());
        }
    }
    // Fewer bytes are padding.
    if fields.remaining_bytes().len() >= EXTRA_FIELD_HEAD_BYTES {
        return Err("has an extra field that is cut off".to_owned());
    }
    Ok(())
}
