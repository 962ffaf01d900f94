//! Where an archive ends. Readers look for the end record from different sides, so there must be only one to find
//! (pfn.md, "ZIP end records").

use super::source::Source;
use super::unreadable;
use crate::error::Error;
use std::io::{Read, Seek};

/// How far from the end of a file an end record is searched for: its 22 bytes and the longest comment (APPNOTE, section
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
    let list = parse(record)?;
    let (list, at) = match before.last_chunk::<LOCATOR_BYTES>() {
        Some(locator) if locator.starts_with(LOCATOR_SIGNATURE) => zip64(before, locator, &list, at)
            .ok_or_else(|| {
                unreadable("its end record and its ZIP64 end record point to different central directories")
            })?,
        Some(_) | None => (list, at),
    };
    if list.offset.checked_add(list.size) != Some(at) {
        return Err(unreadable("its central directory does not end where its end record begins"));
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
            "expected one end record in its last {SEARCH_BYTES} bytes, found {}, so two readers could see two different archives",
            more.saturating_add(1)
        )));
    }
    Ok(searched.len().saturating_sub(at))
}

/// The list of entries that an end record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct List {
    entries: u64,
    size: u64,
    offset: u64,
}

/// Reads the end record that starts here and goes on to the end of the file.
fn parse(record: &[u8]) -> Result<List, Error> {
    let mut numbers = Numbers(record.get(SIGNATURE.len()..).unwrap_or_default());
    let members = numbers.end_record().zip(numbers.u16());
    let Some((EndRecord { disks, entries_on_disk, list }, comment)) = members else {
        return Err(unreadable("its end record is cut off"));
    };
    let following = u64::try_from(numbers.0.len()).unwrap_or(u64::MAX);
    if following != comment {
        return Err(unreadable(&format!(
            "its end record has a comment of {comment} bytes, but {following} bytes follow"
        )));
    }
    if disks != [0, 0] || entries_on_disk != list.entries {
        return Err(unreadable("it is one part of a multi-part archive"));
    }
    Ok(list)
}

/// The list that a ZIP64 end record names, and where that record is. It must be directly before its locator, and the locator
/// directly before the end record at `at`; and wherever the end record names a list too, it must be the same one. Readers
/// differ in which of the two records they follow.
fn zip64(before: &[u8], locator: &[u8; LOCATOR_BYTES], list: &List, at: u64) -> Option<(List, u64)> {
    let start = at.checked_sub(u64::try_from(ZIP64_BYTES).ok()?)?;
    let mut numbers = Numbers(locator.strip_prefix(LOCATOR_SIGNATURE)?);
    let (disk, offset) = (numbers.u32()?, numbers.u64()?);
    let mut numbers = Numbers(before.last_chunk::<ZIP64_BYTES>()?.strip_prefix(ZIP64_SIGNATURE)?);
    let size = numbers.u64()?;
    let record = numbers.zip64_end_record()?;
    let is_in_place = disk == 0 && offset == start && size == ZIP64_SIZE;
    let is_whole = record.disks == [0, 0] && record.entries_on_disk == record.list.entries;
    (is_in_place && is_whole && is_same(list, &record.list)).then_some((record.list, start))
}

/// Whether an end record names the list that the ZIP64 end record names, or leaves it to that one (APPNOTE, section 4.4.1.4).
fn is_same(list: &List, zip64: &List) -> bool {
    let agrees = |number: u64, unset: u64, zip64: u64| number == unset || number == zip64;
    agrees(list.entries, u16::MAX.into(), zip64.entries)
        && agrees(list.size, u32::MAX.into(), zip64.size)
        && agrees(list.offset, u32::MAX.into(), zip64.offset)
}

/// What both kinds of end records say.
struct EndRecord {
    disks: [u64; 2],
    entries_on_disk: u64,
    list: List,
}

/// Takes little-endian numbers off the front of a record.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn end_record(&mut self) -> Option<EndRecord> {
        let disks = [self.u16()?, self.u16()?];
        let entries_on_disk = self.u16()?;
        let list = List { entries: self.u16()?, size: self.u32()?, offset: self.u32()? };
        Some(EndRecord { disks, entries_on_disk, list })
    }

    fn zip64_end_record(&mut self) -> Option<EndRecord> {
        // The versions of the maker and of the format, which say nothing about the list.
        self.u32()?;
        let disks = [self.u32()?, self.u32()?];
        let entries_on_disk = self.u64()?;
        let list = List { entries: self.u64()?, size: self.u64()?, offset: self.u64()? };
        Some(EndRecord { disks, entries_on_disk, list })
    }

    fn u16(&mut self) -> Option<u64> {
        self.take().map(u16::from_le_bytes).map(u64::from)
    }

    fn u32(&mut self) -> Option<u64> {
        self.take().map(u32::from_le_bytes).map(u64::from)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

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
    use rawzip::ZipLocator;
    use std::io::Cursor;

    const END_BYTES: usize = 22;

    /// An archive of one plugin, without a comment.
    fn fitting() -> Vec<u8> {
        zip(&[main_file()])
    }

    /// This archive with a comment, whose length is `said` to be that.
    fn with_comment(mut archive: Vec<u8>, comment: &[u8], said: usize) -> Vec<u8> {
        let (_, length) = archive.split_last_chunk_mut::<2>().unwrap();
        *length = u16::try_from(said).unwrap().to_le_bytes();
        archive.extend(comment);
        archive
    }

    fn commented(archive: Vec<u8>, comment: &[u8]) -> Vec<u8> {
        with_comment(archive, comment, comment.len())
    }

    /// The bytes of the list of entries.
    fn list_in(archive: &[u8]) -> &[u8] {
        let (before, end) = archive.split_last_chunk::<END_BYTES>().unwrap();
        before.split_at(usize::try_from(parse(end).unwrap().offset).unwrap()).1
    }

    fn is_sound(archive: &[u8]) -> bool {
        let source = Source::new(Cursor::new(archive), archive.len().try_into().unwrap()).unwrap();
        check(&source).is_ok()
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
        // The end record of an archive that is stored in another one counts as well.
        let inner = Entry::stored("gallery/inner.zip", &empty);
        let nested = |comment: usize| commented(zip(&[main_file(), inner.clone()]), &vec![b'-'; comment]);
        assert!(!is_readable(&nested(0)));
        assert!(is_readable(&nested(65_535)));
    }

    #[test]
    fn two_whole_ends_are_refused() {
        // The comment is a second list and its end record: a reader that searches from the back sees only that one.
        let archive = fitting();
        let mut comment =
            [list_in(&archive), &archive[archive.len().checked_sub(END_BYTES).unwrap()..]].concat();
        let place = u32::try_from(archive.len()).unwrap();
        let offset_at = comment.len().checked_sub(6).unwrap();
        comment[offset_at..].copy_from_slice(&[&place.to_le_bytes()[..], &[0, 0]].concat());
        let both = commented(archive, &comment);
        assert!(ZipLocator::new().locate_in_slice(&both).unwrap().entries().next_entry().unwrap().is_some());
        let message = read_bytes(&both).unwrap_err().message().to_owned();
        assert!(message.contains("expected one end record in its last 65557 bytes, found 2"), "{message}");
    }

    #[test]
    fn the_search_ends_at_the_longest_comment() {
        let empty = zip(&[]);
        let inner = Entry::stored("gallery/inner.zip", &empty);
        let archive = zip(&[main_file(), inner]);
        let inner_at = archive.windows(4).position(|window| window == SIGNATURE).unwrap();
        let range_to_inner = archive.len() - inner_at;
        let last = vec![b'-'; 65_557usize.checked_sub(range_to_inner).unwrap()];
        assert!(!is_readable(&commented(archive.clone(), &last)));
        assert!(is_readable(&commented(archive, &[&last[..], b"-"].concat())));
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
        // Bytes before the archive: readers that count from the start of the file do not find the list, others do.
        assert!(!is_readable(&[b"#!".as_slice(), &archive].concat()));
        // Something between the list and the record: readers that count back from the record find no list, others do.
        let (before, end) = archive.split_at(record);
        assert!(!is_readable(&[before, b"PK\x05\x05\x00\x00", end].concat()));
    }

    /// The parts of an archive with a ZIP64 end record: what is before it, the record with its locator, and the end record.
    fn with_zip64() -> [Vec<u8>; 3] {
        let archive = fitting();
        let (before, end) = archive.split_last_chunk::<END_BYTES>().unwrap();
        let list = parse(end).unwrap();
        let numbers = [list.entries, list.entries, list.size, list.offset].map(u64::to_le_bytes).concat();
        let place = u64::try_from(before.len()).unwrap().to_le_bytes();
        let record =
            [ZIP64_SIGNATURE, &ZIP64_SIZE.to_le_bytes(), &[45, 0, 45, 0], &[0; 8], &numbers].concat();
        let locator = [LOCATOR_SIGNATURE, &[0; 4], &place, &[1, 0, 0, 0]].concat();
        [before.to_vec(), [record, locator].concat(), end.to_vec()]
    }

    #[test]
    fn both_end_records_name_one_list() {
        let [before, zip64, end] = with_zip64();
        assert_eq!(zip64.len(), ZIP64_BYTES);
        // The end record leaves each of its numbers to the other (APPNOTE, section 4.4.1.4).
        let mut unset = end.clone();
        unset[8..20].fill(0xff);
        for end in [end, unset] {
            assert!(is_readable(&[before.clone(), zip64.clone(), end.clone()].concat()));
            for at in 0..ZIP64_BYTES {
                let mut changed = zip64.clone();
                changed[at] ^= 1;
                // Versions, and how many parts the archive has.
                let says_nothing = (12..16).contains(&at) || at >= 72;
                assert_eq!(is_readable(&[&before[..], &changed, &end].concat()), says_nothing, "byte {at}");
            }
        }
    }

    #[test]
    fn each_number_of_both_end_records_is_the_same() {
        let [before, zip64, end] = with_zip64();
        let list = parse(&end).unwrap();
        let with = |entries: u64, size: u64, offset: u64| {
            let mut changed = zip64.clone();
            let numbers = [entries, entries, size, offset].map(u64::to_le_bytes).concat();
            changed[24..56].copy_from_slice(&numbers);
            is_sound(&[&before[..], &changed, &end].concat())
        };
        assert!(with(list.entries, list.size, list.offset));
        assert!(!with(2, list.size, list.offset));
        // Another list that ends at the same place.
        let (longer, earlier) = (list.size.checked_add(1).unwrap(), list.offset.checked_sub(1).unwrap());
        assert!(!with(list.entries, longer, earlier));
        // Where only one of the two numbers can be compared, it is.
        for range in [12..16, 16..20] {
            let mut unset = end.clone();
            unset[range].fill(0xff);
            let mut changed = zip64.clone();
            changed[40..56].copy_from_slice(&[longer, earlier].map(u64::to_le_bytes).concat());
            assert!(!is_sound(&[&before[..], &changed, &unset].concat()));
        }
    }

    #[test]
    fn nothing_is_between_the_end_records() {
        let [before, zip64, end] = with_zip64();
        let (record, locator) = zip64.split_at(56);
        assert!(!is_readable(&[&before[..], record, b"\0", locator, &end].concat()));
        assert!(!is_readable(&[&before[..], record, locator, b"\0", &end].concat()));
        assert!(!is_readable(&[&before[..], locator, &end].concat()));
        // Four bytes of extensible data, which the record counts.
        let mut longer = record.to_vec();
        longer[4..12].copy_from_slice(&48u64.to_le_bytes());
        assert!(!is_readable(&[&before[..], &longer, &[0; 4], locator, &end].concat()));
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
        assert!(
            message.contains("its end record counts 2 entries, but its central directory has 1"),
            "{message}"
        );
    }
}
