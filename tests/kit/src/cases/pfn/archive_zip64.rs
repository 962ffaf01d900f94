//! Archives whose numbers are in ZIP64 records, and their lists of entries as readers differ about them.

use super::archive::{self, fitting};
use crate::archive::{Archive, END_RECORD_BYTES, Header};
use crate::case::Case;
use crate::plugin::main_file;

const ENDS: &str = r#"pfn.md, "ZIP end records""#;
const HEADERS: &str = r#"pfn.md, "Headers of entries""#;

const README: &str = "hello-pfn/readme.txt";

pub(super) fn cases() -> Vec<Case> {
    [ends(), empty(), parts(), sizes(), beyond()].concat()
}

fn verified(name: &str, rule: &str, about: &str, archive: Vec<u8>) -> Case {
    archive::verified(&format!("zip64-{name}"), rule, about, archive)
}

fn refused(name: &str, rule: &str, about: &str, archive: Vec<u8>) -> Case {
    archive::refused(&format!("zip64-{name}"), rule, about, archive)
}

/// The end of an archive with ZIP64 records (APPNOTE.TXT, sections 4.3.14 to 4.3.16), of which each case changes one number.
#[derive(Clone)]
struct End {
    own_size: u64,
    disk: u32,
    list_disk: u32,
    on_disk: u64,
    entries: u64,
    size: u64,
    offset: u64,
    record_disk: u32,
    record_at: u64,
    /// What the end record has of them.
    short: [u32; 3],
}

/// The bytes of an archive up to its end record, and that record.
fn split(archive: &[u8]) -> (&[u8], &[u8]) {
    archive.split_at(archive.len() - END_RECORD_BYTES)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

/// The archive with ZIP64 records before its end record.
fn with_end(archive: &[u8], change: impl FnOnce(&mut End)) -> Vec<u8> {
    let (before, end) = split(archive);
    let (entries, size, offset) = (number(end, 10) & 0xffff, number(end, 12), number(end, 16));
    let mut of = End {
        own_size: 44,
        disk: 0,
        list_disk: 0,
        on_disk: entries.into(),
        entries: entries.into(),
        size: size.into(),
        offset: offset.into(),
        record_disk: 0,
        record_at: before.len() as u64,
        short: [entries, size, offset],
    };
    change(&mut of);
    let [entries, size, offset] = of.short;
    let wide = |numbers: &[u64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    [
        before,
        b"PK\x06\x06",
        &of.own_size.to_le_bytes(),
        &[45, 0, 45, 0],
        &[of.disk.to_le_bytes(), of.list_disk.to_le_bytes()].concat(),
        &wide(&[of.on_disk, of.entries, of.size, of.offset]),
        b"PK\x06\x07",
        &of.record_disk.to_le_bytes(),
        &of.record_at.to_le_bytes(),
        &[1, 0, 0, 0],
        b"PK\x05\x06\0\0\0\0",
        &(entries as u16).to_le_bytes().repeat(2),
        &[size.to_le_bytes(), offset.to_le_bytes()].concat(),
        &[0, 0],
    ]
    .concat()
}

fn ends() -> Vec<Case> {
    let zip = fitting().bytes();
    let accepted = |name: &str, about: &str, change: fn(&mut End)| {
        verified(&format!("end-{name}"), ENDS, about, with_end(&zip, change))
    };
    let rejected = |name: &str, about: &str, change: fn(&mut End)| {
        refused(&format!("end-{name}"), ENDS, about, with_end(&zip, change))
    };
    let cut = |bytes: usize| {
        let whole = with_end(&zip, |_| {});
        let at = zip.len() - END_RECORD_BYTES;
        [&whole[..at], &whole[at + bytes..]].concat()
    };
    vec![
        accepted("same", "Both records name the same list.", |_| {}),
        accepted("entries-left", "The end record leaves the number of entries to the other.", |end| {
            end.short[0] = 0xffff;
        }),
        accepted("size-left", "It leaves the size of the list to the other.", |end| end.short[1] = u32::MAX),
        accepted("offset-left", "It leaves the offset of the list to the other.", |end| {
            end.short[2] = u32::MAX
        }),
        accepted("all-left", "It leaves all three to the other.", |end| {
            end.short = [0xffff, u32::MAX, u32::MAX];
        }),
        rejected("other-entries", "The end record counts one entry less.", |end| end.short[0] -= 1),
        rejected("other-size", "Its list is a byte shorter.", |end| end.short[1] -= 1),
        rejected("other-offset", "Its list begins a byte later.", |end| end.short[2] += 1),
        rejected("no-entries", "It counts no entries.", |end| end.short[0] = 0),
        rejected("zip64-entries", "The ZIP64 record counts an entry more than there is.", |end| {
            (end.entries, end.on_disk, end.short[0]) = (end.entries + 1, end.on_disk + 1, 0xffff);
        }),
        rejected("zip64-size", "The list of the ZIP64 record is a byte shorter.", |end| {
            (end.size, end.short[1]) = (end.size - 1, u32::MAX);
        }),
        rejected("zip64-offset", "The list of the ZIP64 record begins a byte later.", |end| {
            (end.offset, end.short[2]) = (end.offset + 1, u32::MAX);
        }),
        rejected("zip64-moved", "The list of the ZIP64 record is a byte later, and a byte shorter.", |end| {
            (end.offset, end.size, end.short) = (end.offset + 1, end.size - 1, [0xffff, u32::MAX, u32::MAX]);
        }),
        rejected("zip64-size-of-63-bits", "The size of the list has 64 bits.", |end| {
            (end.size, end.short[1]) = (end.size | 1 << 63, u32::MAX);
        }),
        rejected("zip64-offset-of-63-bits", "The offset of the list has 64 bits.", |end| {
            (end.offset, end.short[2]) = (end.offset | 1 << 63, u32::MAX);
        }),
        rejected("zip64-size-around", "Offset and size of the list come to its end beyond 64 bits.", |end| {
            (end.size, end.offset) = (end.size + end.offset + 1, u64::MAX);
            end.short = [0xffff, u32::MAX, u32::MAX];
        }),
        rejected("own-size", "The ZIP64 record says that it has a byte more.", |end| end.own_size += 1),
        rejected("located-elsewhere", "The locator says that it is a byte later.", |end| end.record_at += 1),
        rejected("located-at-start", "The locator says that it is at the start.", |end| end.record_at = 0),
        rejected("located-on-other-disk", "The locator says that it is in another part.", |end| {
            end.record_disk = 1;
        }),
        rejected("disk", "The ZIP64 record is of the second part of an archive.", |end| end.disk = 1),
        rejected("list-disk", "Its list is in a second part.", |end| end.list_disk = 1),
        rejected("on-disk", "Not all of its entries are in this part.", |end| end.on_disk -= 1),
        refused("end-cut-off", ENDS, "The ZIP64 record lacks its first byte.", cut(1)),
        refused("end-locator-alone", ENDS, "There is a locator without a ZIP64 record.", cut(56)),
    ]
}

/// An archive without entries has its ZIP64 record at the start.
fn empty() -> Vec<Case> {
    let zip = Archive::new().bytes();
    // The record lacks its last bytes, and is at the start.
    let short_record = {
        let whole = with_end(&zip, |_| {});
        [&whole[..20], &whole[56..]].concat()
    };
    let without_record = with_end(&zip, |_| {})[56..].to_vec();
    vec![
        refused(
            "empty",
            ENDS,
            "There are no entries: the ZIP64 record is at the start.",
            with_end(&zip, |_| {}),
        ),
        refused("empty-locator", ENDS, "There is nothing but a locator and an end record.", without_record),
        refused(
            "empty-record-short",
            ENDS,
            "The ZIP64 record is at the start, and is cut off.",
            short_record,
        ),
        archive::sent("empty-zip", zip)
            .rule(r#"pfn.md, "Archive consistency""#)
            .about("An archive without entries has no folder.")
            .rejected("pfn.archive.inconsistent"),
    ]
}

/// An archive in several parts, by the end record alone.
fn parts() -> Vec<Case> {
    let zip = fitting().bytes();
    let changed = |name: &str, about: &str, at: usize, by: u8| {
        let mut zip = zip.clone();
        let end = zip.len() - END_RECORD_BYTES;
        zip[end + at] = zip[end + at].wrapping_add(by);
        archive::refused(&format!("end-{name}"), ENDS, about, zip)
    };
    vec![
        changed("disk", "The end record is of the second part of an archive.", 4, 1),
        changed("list-disk", "Its list is in a second part.", 6, 1),
        changed("on-disk-less", "Not all of its entries are in this part.", 8, 0xff),
        changed("on-disk-more", "More entries are in this part than there are.", 8, 1),
        changed("entries-more", "There are more entries than in this part.", 10, 1),
        changed("size-less", "Its list is a byte shorter.", 12, 0xff),
        changed("offset-more", "Its list begins a byte later.", 16, 1),
    ]
}

/// A ZIP64 extra field with these numbers (section 4.5.3).
fn field(numbers: &[u64]) -> Vec<u8> {
    let data: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    [&[1, 0], &(data.len() as u16).to_le_bytes()[..], &data].concat()
}

/// Another field, with a time.
fn time() -> Vec<u8> {
    [&b"UT\x05\x00\x01"[..], &[0; 4]].concat()
}

/// Both headers of the last entry.
fn both(archive: Archive, change: impl Fn(&mut Header)) -> Archive {
    archive.listed(&change).own(&change)
}

fn main_size() -> u64 {
    main_file("Hello PFN", "1.0.0", &[]).len() as u64
}

/// Sizes of the main file that are in the ZIP64 field.
fn sizes() -> Vec<Case> {
    let size = main_size();
    let all = move |header: &mut Header| {
        (header.size, header.packed_size, header.extra) = (u32::MAX, u32::MAX, field(&[size, size]));
    };
    let accepted =
        |name: &str, about: &str, archive: Archive| verified(name, HEADERS, about, archive.bytes());
    let rejected = |name: &str, about: &str, archive: Archive| refused(name, HEADERS, about, archive.bytes());
    let of = |extra: Vec<u8>| {
        both(fitting(), move |header| {
            (header.size, header.packed_size, header.extra) = (u32::MAX, u32::MAX, extra.clone());
        })
    };
    vec![
        accepted("sizes", "Both sizes of the main file are in a ZIP64 field.", both(fitting(), all)),
        accepted("sizes-in-list", "In the list they are in a ZIP64 field.", fitting().listed(all)),
        accepted("sizes-in-own-header", "In its own header they are in a ZIP64 field.", fitting().own(all)),
        accepted("size-alone", "Only the size is there.", {
            both(fitting(), move |header| (header.size, header.extra) = (u32::MAX, field(&[size])))
        }),
        accepted("packed-size-alone", "Only the compressed size is there.", {
            both(fitting(), move |header| (header.packed_size, header.extra) = (u32::MAX, field(&[size])))
        }),
        accepted("field-not-needed", "There is a ZIP64 field, and neither size is left to it.", {
            both(fitting(), move |header| header.extra = field(&[1, 2]))
        }),
        accepted(
            "field-second",
            "The ZIP64 field comes after another one.",
            of([time(), field(&[size, size])].concat()),
        ),
        accepted(
            "field-twice",
            "Of two ZIP64 fields the first counts.",
            of([field(&[size, size]), field(&[1, 2])].concat()),
        ),
        accepted("field-longer", "The ZIP64 field has a number more.", of(field(&[size, size, 7]))),
        accepted("other-field", "There is another field.", both(fitting(), |header| header.extra = time())),
        accepted("other-field-empty", "There is another field, without data.", {
            both(fitting(), |header| header.extra = b"UT\0\0".to_vec())
        }),
        accepted(
            "field-after-similar",
            "Fields whose ids have one byte of the ZIP64 field's are before it.",
            {
                let similar = |id: [u8; 2]| [&id[..], &[16, 0], &[7; 16]].concat();
                of([similar([9, 0]), similar([1, 9]), field(&[size, size])].concat())
            },
        ),
        accepted(
            "padding",
            "Three bytes follow the last field.",
            both(fitting(), |header| {
                header.extra = [time(), vec![0; 3]].concat();
            }),
        ),
        rejected("field-missing", "The sizes are left to a ZIP64 field, and there is none.", of(Vec::new())),
        rejected("field-of-one", "Both sizes are left to a ZIP64 field, which has one.", of(field(&[size]))),
        rejected("other-size", "The size in the ZIP64 field is wrong.", of(field(&[size + 1, size]))),
        rejected(
            "other-packed-size",
            "The compressed size in the ZIP64 field is wrong.",
            of(field(&[size, size - 1])),
        ),
        rejected("stored-two-sizes", "A file is stored, and has two sizes.", {
            both(fitting(), |header| header.size += 1)
        }),
        rejected(
            "field-cut-off",
            "A field is longer than what follows.",
            of([&field(&[size, size])[..], b"UT\x05\0"].concat()),
        ),
        rejected(
            "field-head-cut-off",
            "A field of no bytes is followed by one that is longer than what follows.",
            both(fitting(), |header| header.extra = b"UT\0\0UT\x01\0".to_vec()),
        ),
    ]
}

/// Numbers beyond the end of the archive, and beyond what other readers have room for.
fn beyond() -> Vec<Case> {
    let packed = |packed: u64, name: &'static str| {
        let archive = fitting().file(name, "Hello!");
        both(archive, move |header| (header.packed_size, header.extra) = (u32::MAX, field(&[packed]))).bytes()
    };
    // A descriptor that is made of a small size, with the 33rd bit added where it has room for it.
    let described = |descriptor: fn(&Header) -> Vec<u8>| {
        let archive = fitting().file(README, "Hello!").described(|header| {
            let mut bytes = descriptor(header);
            if let Some(byte) = bytes.get_mut(20) {
                *byte = 1;
            }
            bytes
        });
        let large = |header: &mut Header| (header.size, header.extra) = (u32::MAX, field(&[1 << 32 | 6]));
        both(archive, large).bytes()
    };
    // The offset of the last entry, which is in the end of its record in the list.
    let offset = |offset: u64| {
        let archive = fitting().file(README, "Hello!").listed(|header| header.extra = field(&[offset]));
        let mut zip = archive.bytes();
        let at = zip.len() - END_RECORD_BYTES - field(&[0]).len() - README.len() - 4;
        let right = number(&zip, at);
        zip[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        (zip, u64::from(right))
    };
    let right = offset(0).1;
    // From where the data of that entry starts, after its own header.
    let to_end = (right + 30 + (README.len() + field(&[0]).len()) as u64).wrapping_neg();
    vec![
        verified(
            "descriptor",
            HEADERS,
            "A text file is said to have 4 GiB and more, and a descriptor says the same.",
            described(Header::long_descriptor),
        ),
        refused(
            "descriptor-of-32-bits",
            HEADERS,
            "The descriptor has the lower 32 bits of that.",
            described(Header::descriptor),
        ),
        verified("offset", HEADERS, "The offset of an entry is in a ZIP64 field.", offset(right).0),
        refused(
            "offset-other",
            HEADERS,
            "The offset in the ZIP64 field is that of another entry.",
            offset(0).0,
        ),
        refused("offset-beyond", HEADERS, "The offset is beyond the end.", offset(1 << 40).0),
        refused(
            "offset-of-63-bits",
            HEADERS,
            "The offset has 63 bits, all of them set.",
            offset((1 << 63) - 1).0,
        ),
        refused("offset-of-64-bits", HEADERS, "The offset has 64 bits.", offset(right | 1 << 63).0),
        refused("offset-greatest", HEADERS, "The offset has 64 bits, all of them set.", offset(u64::MAX).0),
        refused(
            "packed-size-greatest",
            HEADERS,
            "A file's data would end beyond 64 bits.",
            packed(u64::MAX, README),
        ),
        refused("packed-size-to-64-bits", HEADERS, "A text file's data would end at 2^64.", {
            packed(to_end, README)
        }),
        refused(
            "packed-size-within-64-bits",
            HEADERS,
            "It would end one byte before.",
            packed(to_end - 1, README),
        ),
        refused("packed-size-of-php", HEADERS, "The data of a PHP file would end far beyond the archive.", {
            packed(1 << 63, "hello-pfn/more.php")
        }),
    ]
}
