//! Where an archive ends. Readers look for the end record from different sides, so there must be only one to find
//! (pfn.md, "ZIP end records").

use super::source::Source;
use super::unreadable;
use crate::error::Error;
use std::io::{Read, Seek};

/// How far from the end of a file an end record is searched: its 22 bytes and the longest comment (APPNOTE, section
/// 4.3.16).
pub(super) const SEARCH_BYTES: usize = 22 + 65_535;

/// How an end record starts (APPNOTE, section 4.3.16).
const SIGNATURE: &[u8] = b"PK\x05\x06";

/// How a ZIP64 end record starts (APPNOTE, section 4.3.14).
const ZIP64_SIGNATURE: &[u8] = b"PK\x06\x06";

/// How the locator of a ZIP64 end record starts (APPNOTE, section 4.3.15).
const LOCATOR_SIGNATURE: &[u8] = b"PK\x06\x07";

/// Bytes of the locator of a ZIP64 end record.
const LOCATOR_BYTES: usize = 20;

/// Bytes of a ZIP64 end record without extensible data, and of its locator.
const ZIP64_BYTES: usize = 56 + LOCATOR_BYTES;

/// What a ZIP64 end record says of its own size: everything after its first two members.
const ZIP64_SIZE: u64 = 44;

/// Checks that the archive has exactly one end record, that its comment ends the file, and that the list of entries ends
/// where the end records begin.
///
/// # Errors
///
/// [`Code::PfnArchiveUnreadable`](crate::Code::PfnArchiveUnreadable);
/// [`Code::IoFileUnreadable`](crate::Code::IoFileUnreadable) if the reader fails.
pub(super) fn check<R: Read + Seek>(source: &Source<R>) -> Result<(), Error> {
    let tail = source.tail(SEARCH_BYTES.saturating_add(ZIP64_BYTES))?;
    let size_of_end = find(&tail)?;
    let (before, record) = tail.split_at_checked(tail.len().saturating_sub(size_of_end)).unwrap_or_default();
    let at = source.size().saturating_sub(u64::try_from(size_of_end).unwrap_or(u64::MAX));
    let directory = EndRecord::parse(record)?.directory()?;
    let (directory, at) = match before.last_chunk::<LOCATOR_BYTES>() {
        Some(locator) if locator.starts_with(LOCATOR_SIGNATURE) => zip64(before, locator, at, &directory)?,
        Some(_) | None => (directory, at),
    };
    if directory.offset.checked_add(directory.size) != Some(at) {
        return Err(unreadable("its end record does not say where its list of entries is"));
    }
    Ok(())
}

/// Finds the only end record, and gives the number of bytes from its start to the end of the file.
fn find(tail: &[u8]) -> Result<usize, Error> {
    let searched = tail.get(tail.len().saturating_sub(SEARCH_BYTES)..).unwrap_or_default();
    let is_signature = |(_, window): &(usize, &[u8])| *window == SIGNATURE;
    let mut places = searched.windows(SIGNATURE.len()).enumerate().filter(is_signature);
    let Some((at, _)) = places.next() else {
        return Err(unreadable(&format!(
            "it is not a ZIP file, or is cut off: it has no end record in its last {SEARCH_BYTES} bytes"
        )));
    };
    let more = places.count();
    if more > 0 {
        return Err(unreadable(&format!(
            "expected one end record in its last {SEARCH_BYTES} bytes, found {}, so that two readers could see two archives",
            more.saturating_add(1)
        )));
    }
    Ok(searched.len().saturating_sub(at))
}

/// Where an end record says that the list of entries is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Directory {
    entries: u64,
    size: u64,
    offset: u64,
}

/// An end record, except its comment.
struct EndRecord {
    disks: [u16; 2],
    entries_on_disk: u16,
    entries: u16,
    size: u32,
    offset: u32,
}

impl EndRecord {
    /// Reads the record that starts here and goes on to the end of the file.
    fn parse(record: &[u8]) -> Result<Self, Error> {
        let mut numbers = Numbers(record.get(SIGNATURE.len()..).unwrap_or_default());
        let parsed = EndRecord::take(&mut numbers).zip(numbers.take().map(u16::from_le_bytes));
        let Some((parsed, comment)) = parsed else {
            return Err(unreadable("its end record is cut off"));
        };
        let following = numbers.0.len();
        if following != usize::from(comment) {
            return Err(unreadable(&format!(
                "its end record has a comment of {comment} bytes, but {following} bytes follow"
            )));
        }
        Ok(parsed)
    }

    fn take(numbers: &mut Numbers<'_>) -> Option<Self> {
        Some(EndRecord {
            disks: [numbers.take().map(u16::from_le_bytes)?, numbers.take().map(u16::from_le_bytes)?],
            entries_on_disk: numbers.take().map(u16::from_le_bytes)?,
            entries: numbers.take().map(u16::from_le_bytes)?,
            size: numbers.take().map(u32::from_le_bytes)?,
            offset: numbers.take().map(u32::from_le_bytes)?,
        })
    }

    fn directory(&self) -> Result<Directory, Error> {
        if self.disks != [0, 0] || self.entries_on_disk != self.entries {
            return Err(unreadable("it is one of several parts of an archive"));
        }
        Ok(Directory { entries: self.entries.into(), size: self.size.into(), offset: self.offset.into() })
    }
}

/// The list that a ZIP64 end record names, and where that record is. It must be directly before its locator, and the locator
/// directly before the end record at `at`; and wherever the end record names a list too, it must be the same one. Readers
/// differ in which of the two they follow.
fn zip64(
    before: &[u8],
    locator: &[u8; LOCATOR_BYTES],
    at: u64,
    classic: &Directory,
) -> Result<(Directory, u64), Error> {
    let start = at.saturating_sub(u64::try_from(ZIP64_BYTES).unwrap_or(u64::MAX));
    let directory = before.last_chunk::<ZIP64_BYTES>().and_then(|records| zip64_directory(records));
    match directory {
        Some(directory) if locator_offset(locator) == Some(start) && is_same(classic, &directory) => {
            Ok((directory, start))
        }
        Some(_) | None => Err(unreadable("its ZIP64 end record and its end record do not agree")),
    }
}

fn locator_offset(locator: &[u8]) -> Option<u64> {
    let mut numbers = Numbers(locator.strip_prefix(LOCATOR_SIGNATURE)?);
    let disk = numbers.take().map(u32::from_le_bytes)?;
    let offset = numbers.take().map(u64::from_le_bytes)?;
    (disk == 0).then_some(offset)
}

fn zip64_directory(record: &[u8]) -> Option<Directory> {
    let mut numbers = Numbers(record.strip_prefix(ZIP64_SIGNATURE)?);
    let size_of_record = numbers.take().map(u64::from_le_bytes)?;
    let [_made_by, _needed] =
        [numbers.take().map(u16::from_le_bytes)?, numbers.take().map(u16::from_le_bytes)?];
    let disks = [numbers.take().map(u32::from_le_bytes)?, numbers.take().map(u32::from_le_bytes)?];
    let entries_on_disk = numbers.take().map(u64::from_le_bytes)?;
    let entries = numbers.take().map(u64::from_le_bytes)?;
    let size = numbers.take().map(u64::from_le_bytes)?;
    let offset = numbers.take().map(u64::from_le_bytes)?;
    let is_whole = size_of_record == ZIP64_SIZE && disks == [0, 0] && entries_on_disk == entries;
    is_whole.then_some(Directory { entries, size, offset })
}

/// Whether an end record names the list that the ZIP64 end record names, or leaves it to that one (APPNOTE, section 4.4.1.4).
fn is_same(classic: &Directory, zip64: &Directory) -> bool {
    let agrees = |short: u64, none: u64, long: u64| short == none || short == long;
    agrees(classic.entries, u16::MAX.into(), zip64.entries)
        && agrees(classic.size, u32::MAX.into(), zip64.size)
        && agrees(classic.offset, u32::MAX.into(), zip64.offset)
}

/// Takes numbers off the front of a record.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (number, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{main_file, read_bytes};
    use super::*;
    use crate::pfn::testing::{Entry, zip, zip_claiming};
    use crate::tables::Code;

    const END_BYTES: usize = 22;

    /// An archive of one plugin, without a comment.
    fn fitting() -> Vec<u8> {
        zip(&[main_file()])
    }

    /// This archive with another comment, whose length may be another than what is said.
    fn with_comment(mut archive: Vec<u8>, comment: &[u8], said: usize) -> Vec<u8> {
        archive.truncate(archive.len() - 2);
        archive.extend(u16::try_from(said).unwrap().to_le_bytes());
        archive.extend(comment);
        archive
    }

    fn commented(archive: Vec<u8>, comment: &[u8]) -> Vec<u8> {
        with_comment(archive, comment, comment.len())
    }

    fn is_readable(archive: &[u8]) -> bool {
        match read_bytes(archive) {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.code(), Code::PfnArchiveUnreadable);
                false
            }
        }
    }

    #[test]
    fn the_comment_ends_the_file() {
        for comment in [&b""[..], b"x", b"PK\x05", b"PK\x05\x05\x06", b"PK\x01\x02", &[b'-'; 65_535]] {
            assert!(is_readable(&commented(fitting(), comment)), "{}", comment.len());
        }
        for (comment, said) in [(&b"x"[..], 0), (b"\n", 0), (b"xx", 1), (b"x", 2), (b"", 1), (b"", 65_535)] {
            assert!(!is_readable(&with_comment(fitting(), comment, said)), "{} {said}", comment.len());
        }
    }

    #[test]
    fn there_is_one_end_record_within_the_longest_comment() {
        let end = fitting().split_off(fitting().len() - END_BYTES);
        let empty = zip(&[]);
        let comments = [
            empty.clone(),
            end.clone(),
            SIGNATURE.to_vec(),
            [b"x".as_slice(), SIGNATURE].concat(),
            [&[b'-'; 100][..], &empty, &[b'-'; 100]].concat(),
            [&[b'-'; 65_531][..], SIGNATURE].concat(),
        ];
        for comment in comments {
            assert!(!is_readable(&commented(fitting(), &comment)), "{}", comment.len());
        }
        // The end of an archive that is stored in another is as much an end record.
        let inner = Entry::stored("gallery/inner.zip", &empty);
        let nested = |comment: usize| commented(zip(&[main_file(), inner.clone()]), &vec![b'-'; comment]);
        assert!(!is_readable(&nested(0)));
        assert!(is_readable(&nested(65_535)));
    }

    #[test]
    fn the_search_ends_at_the_longest_comment() {
        let empty = zip(&[]);
        let inner = Entry::stored("gallery/inner.zip", &empty);
        let archive = zip(&[main_file(), inner]);
        let inner_at = archive.windows(4).position(|window| window == SIGNATURE).unwrap();
        let range_to_inner = archive.len() - inner_at;
        for (comment, is_expected) in
            [(SEARCH_BYTES - range_to_inner, false), (SEARCH_BYTES - range_to_inner + 1, true)]
        {
            let archive = commented(archive.clone(), &vec![b'-'; comment]);
            assert_eq!(is_readable(&archive), is_expected, "{comment}");
        }
    }

    #[test]
    fn the_record_names_the_list_before_it() {
        let archive = fitting();
        let record = archive.len() - END_BYTES;
        // Its disks, its numbers of entries, and size and offset of the list.
        for at in (4..20).map(|at| record + at) {
            let mut changed = archive.clone();
            changed[at] ^= 1;
            assert!(!is_readable(&changed), "byte {}", at - record);
        }
        // Readers that count from the start of the file would not find the list, others would.
        assert!(!is_readable(&[b"#!".as_slice(), &archive].concat()));
        // Something between the list and the record: readers that count back from the record find no list, others do.
        let (before, end) = archive.split_at(record);
        assert!(!is_readable(&[before, b"PK\x05\x05\x00\x00", end].concat()));
    }

    /// The archive with a ZIP64 end record and its locator before the end record, which says of the list what is given.
    fn with_zip64(archive: &[u8], change: impl Fn(&mut Zip64)) -> Vec<u8> {
        let (before, end) = archive.split_at(archive.len() - END_BYTES);
        let number = |at: usize| u64::from(u32::from_le_bytes(end[at..at + 4].try_into().unwrap()));
        let mut zip64 = Zip64 {
            entries: 1,
            size: number(12),
            offset: number(16),
            record_size: ZIP64_SIZE,
            place: before.len().try_into().unwrap(),
            gap: Vec::new(),
            end: end.to_vec(),
        };
        change(&mut zip64);
        let Zip64 { entries, size, offset, record_size, place, gap, end } = zip64;
        let mut file = [before, ZIP64_SIGNATURE, &record_size.to_le_bytes(), &[45, 0, 45, 0]].concat();
        file.extend([0; 8]);
        file.extend([entries, entries, size, offset].map(u64::to_le_bytes).concat());
        file.extend(gap);
        file.extend([LOCATOR_SIGNATURE, &[0; 4], &place.to_le_bytes(), &[1, 0, 0, 0]].concat());
        file.extend(end);
        file
    }

    struct Zip64 {
        entries: u64,
        size: u64,
        offset: u64,
        record_size: u64,
        place: u64,
        gap: Vec<u8>,
        end: Vec<u8>,
    }

    #[test]
    fn both_end_records_name_one_list() {
        let archive = fitting();
        assert!(is_readable(&with_zip64(&archive, |_| {})));
        // The end record leaves each of its members to the other (APPNOTE, section 4.4.1.4).
        assert!(is_readable(&with_zip64(&archive, |zip64| zip64.end[8..20].fill(0xff))));
        let changes: [(&str, fn(&mut Zip64)); 8] = [
            ("entries", |zip64| zip64.entries = 2),
            ("size", |zip64| zip64.size -= 1),
            ("offset", |zip64| zip64.offset -= 1),
            ("place", |zip64| zip64.place -= 1),
            ("place elsewhere", |zip64| zip64.place = 0),
            ("record size", |zip64| zip64.record_size += 1),
            ("gap", |zip64| zip64.gap = vec![0]),
            ("extensible data", |zip64| (zip64.record_size, zip64.gap) = (ZIP64_SIZE + 4, vec![0; 4])),
        ];
        for (what, change) in changes {
            assert!(!is_readable(&with_zip64(&archive, change)), "{what}");
        }
    }

    #[test]
    fn a_locator_in_the_last_entry_is_refused() {
        // A name that ends with a locator: the list itself is sound, but some readers follow the locator.
        let hidden = [b"gallery/".as_slice(), LOCATOR_SIGNATURE, b"aaaaaaaaaaaaaaaa"].concat();
        let named =
            |name: &[u8]| Entry { name: name.to_vec(), local_name: name.to_vec(), ..Entry::stored("", b"") };
        let archive = zip(&[main_file(), named(&hidden)]);
        assert!(archive.windows(4).any(|window| window == LOCATOR_SIGNATURE));
        assert!(!is_readable(&archive));
    }

    #[test]
    fn what_has_no_end_record_is_not_a_zip_file() {
        for bytes in [&b""[..], b"P", b"PK\x05\x06", b"\x1f\x8b\x08\0", &fitting()[..60]] {
            assert!(!is_readable(bytes));
        }
        let message = read_bytes(b"<?php").unwrap_err().message().to_owned();
        assert!(message.contains("it is not a ZIP file"), "{message}");
        let message = read_bytes(&zip_claiming(&[main_file()], 2)).unwrap_err().message().to_owned();
        assert!(message.contains("its end record counts 2 entries, but its list has 1"), "{message}");
    }
}
