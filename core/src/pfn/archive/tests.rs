//! Archives as honest and hostile tools make them.

use super::content::START_BYTES;
use super::*;
use crate::pfn::testing::{Entry, zip, zip_claiming};
use std::io::{Cursor, SeekFrom};

const HEADER: &[u8] = b"<?php\n/*\n * Plugin Name: Gallery\n * Version: 1.0.0\n */\n";

pub(super) fn main_file() -> Entry {
    Entry::deflated("gallery/gallery.php", HEADER)
}

fn digests_of(bytes: &[u8]) -> PackageDigests {
    PackageDigests::from_reader(bytes, &Limits::default()).unwrap()
}

pub(super) fn read_bytes(bytes: &[u8]) -> Result<PluginArchive, Error> {
    PluginArchive::read(Cursor::new(bytes), digests_of(bytes), &Limits::default())
}

fn read(entries: &[Entry]) -> Result<PluginArchive, Error> {
    read_bytes(&zip(entries))
}

/// Reads an archive of these entries and compares it with the record of the plugin in [`main_file`].
fn outcome(entries: &[Entry]) -> Result<(), Code> {
    let compared =
        read(entries).and_then(|archive| archive.compare("gallery", Some("Gallery"), Some("1.0.0")));
    compared.map_err(|error| error.code())
}

const UNREADABLE: Result<(), Code> = Err(Code::PfnArchiveUnreadable);
const INCONSISTENT: Result<(), Code> = Err(Code::PfnArchiveInconsistent);

#[test]
fn an_ordinary_archive_is_consistent() {
    let entries = [
        Entry::stored("gallery/", b""),
        Entry::stored("gallery/readme.txt", b"Plugin Name: Other"),
        Entry::stored("gallery/inc/other.php", b"Plugin Name: Other"),
        main_file(),
        Entry::deflated("gallery/functions.php", b"<?php // nothing"),
        Entry::stored("gallery/empty.php", b""),
        Entry::stored("__MACOSX/gallery/._gallery.php", b"Plugin Name: Other"),
    ];
    assert_eq!(outcome(&entries), Ok(()));
    assert_eq!(outcome(&[Entry::stored("gallery/x.php", HEADER)]), Ok(()));
    assert_eq!(outcome(&[Entry::deflated("gallery/X.PHP", HEADER)]), Ok(()));
}

#[test]
fn what_was_signed_is_compared_exactly() {
    let archive = read(&[main_file()]).unwrap();
    let compare = |id, name, version| archive.compare(id, name, version).map_err(|error| error.code());
    assert_eq!(compare("gallery", Some("Gallery"), Some("1.0.0")), Ok(()));
    assert_eq!(compare("gallery", None, None), Ok(()));
    assert_eq!(compare("Gallery", None, None), INCONSISTENT);
    assert_eq!(compare("galler", None, None), INCONSISTENT);
    assert_eq!(compare("gallery", Some("gallery"), None), INCONSISTENT);
    assert_eq!(compare("gallery", Some(""), None), INCONSISTENT);
    assert_eq!(compare("gallery", None, Some("1.0")), INCONSISTENT);
    let versionless = read(&[Entry::stored("gallery/g.php", b"Plugin Name: Gallery")]).unwrap();
    assert!(versionless.compare("gallery", Some("Gallery"), None).is_ok());
    for version in ["1.0.0", ""] {
        assert!(versionless.compare("gallery", Some("Gallery"), Some(version)).is_err());
    }
}

#[test]
fn every_header_must_agree() {
    let second =
        |content: &str| outcome(&[main_file(), Entry::stored("gallery/second.php", content.as_bytes())]);
    assert_eq!(second("Plugin Name: Gallery\nVersion: 1.0.0"), Ok(()));
    assert_eq!(second("Plugin Name: Gallery\nVersion: 1.0.1"), INCONSISTENT);
    assert_eq!(second("Plugin Name: Other\nVersion: 1.0.0"), INCONSISTENT);
    assert_eq!(second("Version: 2.0.0"), Ok(()));
}

#[test]
fn everything_is_in_one_folder() {
    let extras =
        ["readme.txt", "gallery.php", "other/x.txt", "other/", "Gallery/x.txt", "gallery2/x", "__macosx/x"];
    for name in extras {
        assert_eq!(outcome(&[main_file(), Entry::stored(name, b"")]), INCONSISTENT, "{name}");
        assert_eq!(outcome(&[Entry::stored(name, b""), main_file()]), INCONSISTENT, "{name}");
    }
    assert_eq!(outcome(&[Entry::stored("__MACOSX/gallery.php", HEADER)]), INCONSISTENT);
    assert_eq!(outcome(&[]), INCONSISTENT);
}

#[test]
fn there_is_a_header_within_the_first_8_kib() {
    assert_eq!(outcome(&[Entry::stored("gallery/gallery.php", b"<?php")]), UNREADABLE);
    assert_eq!(outcome(&[Entry::stored("gallery/inc/gallery.php", HEADER)]), UNREADABLE);
    assert_eq!(outcome(&[Entry::stored("gallery/gallery.txt", HEADER)]), UNREADABLE);
    let padded = |count| {
        [" ".repeat(count).as_bytes(), b"\nPlugin Name: Gallery\nVersion: 1.0.0", &[b'x'; 9000]].concat()
    };
    let last_place = START_BYTES - "\nPlugin Name: Gallery\nVersion: 1.0.0".len();
    for make in [Entry::stored, Entry::deflated] {
        // Cut within the version, and then before the name.
        assert_eq!(outcome(&[make("gallery/g.php", &padded(last_place + 1))]), INCONSISTENT);
        assert_eq!(outcome(&[make("gallery/g.php", &padded(START_BYTES))]), UNREADABLE);
        let fits = padded(last_place)[..START_BYTES].to_vec();
        assert_eq!(outcome(&[make("gallery/g.php", &fits)]), Ok(()));
    }
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let names = [
        "../gallery/x",
        "gallery/../x",
        "gallery/..",
        "/gallery/x",
        "/",
        "",
        "gallery//x",
        "gallery/./x",
        "./gallery/x",
        "gallery\\x",
        "..\\x",
        "C:/x",
        "C:x/y",
        "gallery/a:b",
        "gallery/gallery.php::$DATA",
        "gallery/x.php:y",
        "gallery/x.php;1",
        "gallery/x.php;",
        "gallery/x.php;1/",
        "gallery/a;b",
        "gallery/x.php.",
        "gallery/x.php ",
        "gallery/x.php. ",
        "gallery/x..",
        "gallery/x.php./",
        "gallery/inc./x",
        "gallery/inc /x",
        "gallery/ ",
        "gallery./x",
        "gallery /x",
        "__MACOSX/x.",
        "gallery/x\0.php",
        "gallery/\n",
        "gallery/\u{7f}",
    ];
    for name in names {
        assert_eq!(outcome(&[main_file(), Entry::stored(name, b"")]), UNREADABLE, "{name:?}");
    }
    for name in
        ["gallery/..x", "gallery/.x", "gallery/ x", "gallery/a .b/c. d", "gallery/x.\u{a0}", "gallery/é"]
    {
        assert_eq!(outcome(&[main_file(), Entry::stored(name, b"")]), Ok(()), "{name:?}");
    }
    // Not UTF-8: unzip drops 0xff, and others decode them as Code Page 437.
    for bytes in [&b"\xff"[..], b"\x82", b"\xc3", b"\xed\xa0\x80", b"\xc0\xae"] {
        let name = [b"gallery/x", bytes, b".txt"].concat();
        let entry = Entry { name: name.clone(), local_name: name, ..Entry::stored("", b"") };
        assert_eq!(outcome(&[main_file(), entry]), UNREADABLE, "{bytes:x?}");
    }
    let name = |count| format!("gallery/{}", "x".repeat(count - "gallery/".len()));
    assert_eq!(outcome(&[main_file(), Entry::stored(&name(1024), b"")]), Ok(()));
    assert_eq!(outcome(&[main_file(), Entry::stored(&name(1025), b"")]), UNREADABLE);
}

#[test]
fn nothing_occurs_twice() {
    let pairs = [
        ("gallery/gallery.php", "gallery/gallery.php"),
        ("gallery/gallery.php", "gallery/Gallery.PHP"),
        ("gallery/readme.txt", "gallery/readme.txt"),
        ("gallery/inc/", "gallery/inc/"),
        ("gallery/inc", "gallery/inc/"),
        ("gallery/x.php", "gallery/X.PHP/"),
    ];
    for (first, second) in pairs {
        assert_eq!(
            outcome(&[Entry::stored(first, HEADER), Entry::stored(second, HEADER)]),
            UNREADABLE,
            "{second}"
        );
    }
    let both = |first: &str, second: &str| {
        outcome(&[main_file(), Entry::stored(first, b""), Entry::stored(second, b"")])
    };
    assert_eq!(both("gallery/README", "gallery/readme"), Ok(()));
    assert_eq!(both("gallery/inc/a.php", "gallery/inc/A.inc"), Ok(()));
    for second in ["gallery/inc/A.php", "gallery/inc/a.PHP", "gallery/Inc/a.php"] {
        assert_eq!(both("gallery/inc/a.php", second), UNREADABLE, "{second}");
    }
}

#[test]
fn names_of_php_files_are_ascii() {
    let of = |name: &str| outcome(&[main_file(), Entry::stored(name, b"")]);
    for name in ["é.php", "inc/\u{212a}.PHP", "ünc/x.php", "x.p\u{200c}hp", "x.php\u{200c}", "x.php\u{558}/"]
    {
        assert_eq!(of(&format!("gallery/{name}")), UNREADABLE, "{name}");
    }
    for name in ["é.txt", "x.phpx\u{200c}", "x.\u{200c}php.txt", "xé"] {
        assert_eq!(of(&format!("gallery/{name}")), Ok(()), "{name}");
    }
}

#[test]
fn the_number_of_entries_is_bounded_inclusively_and_true() {
    let entries = [main_file(), Entry::stored("gallery/a", b""), Entry::stored("gallery/b", b"")];
    let bytes = zip(&entries);
    let with_limit = |archive_entries| {
        let limits = Limits { archive_entries, ..Limits::default() };
        let archive = PluginArchive::read(Cursor::new(&bytes), digests_of(&bytes), &limits);
        archive.map(drop).map_err(|error| (error.code(), error.limit()))
    };
    assert_eq!(with_limit(3), Ok(()));
    assert_eq!(with_limit(2), Err((Code::PfnArchiveUnreadable, Some("archiveEntries"))));
    for claimed in [2, 4] {
        let error = read_bytes(&zip_claiming(&entries, claimed)).unwrap_err();
        assert_eq!(error.code(), Code::PfnArchiveUnreadable);
    }
}

#[test]
fn the_number_of_php_files_is_bounded_inclusively() {
    let mut entries = vec![main_file()];
    entries.extend((1..256).map(|number| Entry::stored(&format!("gallery/{number}.php"), b"")));
    assert_eq!(outcome(&entries), Ok(()));
    entries.push(Entry::stored("gallery/256.php", b""));
    assert_eq!(outcome(&entries), UNREADABLE);
}

#[test]
fn the_list_and_the_entrys_own_header_agree() {
    let other_name = Entry { local_name: b"gallery/gallerx.php".to_vec(), ..main_file() };
    assert_eq!(outcome(&[other_name]), UNREADABLE);
    // Of any entry: another name in its own header may be that of a PHP file.
    let readme = || Entry::stored("gallery/readme.txt", b"Hi!");
    let other_name = Entry { local_name: b"gallery/gallery.php".to_vec(), ..readme() };
    assert_eq!(outcome(&[main_file(), other_name]), UNREADABLE);
    for entries in [[main_file(), readme()], [readme(), main_file()]] {
        let bytes = zip(&entries);
        assert!(read_bytes(&bytes).is_ok());
        for (what, at) in
            [("signature", 0), ("method", 8), ("checksum", 14), ("packed size", 18), ("size", 22)]
        {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(read_bytes(&changed).unwrap_err().code(), Code::PfnArchiveUnreadable, "{what}");
        }
    }
}

/// Where the first entry's own header has its flags, and its checksum and sizes.
const OWN_FLAGS: usize = 6;
const OWN_NUMBERS: std::ops::Range<usize> = 14..26;

#[test]
fn what_follows_the_data_may_be_left_out_of_the_own_header() {
    let entry = main_file();
    let sizes = [u32::try_from(entry.compressed.len()).unwrap(), entry.size].map(u32::to_le_bytes).concat();
    // These archives have checksums of zero.
    let descriptor = [&[0; 4][..], &sizes].concat();
    let [plain, followed] =
        [Vec::new(), descriptor.clone()].map(|descriptor| zip(&[Entry { descriptor, ..entry.clone() }]));
    let with = |bytes: &[u8], flags: u8, left_out: std::ops::Range<usize>| {
        let mut changed = bytes.to_vec();
        changed[OWN_FLAGS] = flags;
        changed[left_out].fill(0);
        read_bytes(&changed).map(drop).map_err(|error| error.code())
    };
    assert_eq!(with(&followed, 8, OWN_NUMBERS), Ok(()));
    assert_eq!(with(&followed, 8, 14..22), Ok(()));
    assert_eq!(with(&followed, 8, 14..14), Ok(()));
    assert_eq!(with(&plain, 0, OWN_NUMBERS), UNREADABLE);
    // What is announced is there, and nothing else is.
    assert_eq!(with(&plain, 8, 14..14), UNREADABLE);
    assert_eq!(with(&followed, 0, 14..14), UNREADABLE);
    // The own header says whether there is a descriptor, whatever the list says.
    let mut changed = zip(&[Entry { flags: 8, ..main_file() }]);
    changed[OWN_FLAGS] = 0;
    assert!(read_bytes(&changed).is_ok());
    changed[OWN_NUMBERS].fill(0);
    assert!(read_bytes(&changed).is_err());
    // A descriptor is no excuse for another number.
    for at in OWN_NUMBERS.step_by(4) {
        let mut changed = followed.clone();
        changed[OWN_FLAGS] = 8;
        changed[at] ^= 0x80;
        assert_eq!(read_bytes(&changed).unwrap_err().code(), Code::PfnArchiveUnreadable, "byte {at}");
    }
}

/// With a signature or without, and with sizes of 32 or of 64 bits (APPNOTE, section 4.3.9).
#[test]
fn a_data_descriptor_says_what_the_list_says() {
    let entry = main_file();
    let sizes = [u32::try_from(entry.compressed.len()).unwrap(), entry.size];
    let short = [&[0; 4][..], &sizes.map(u32::to_le_bytes).concat()].concat();
    let long = [&[0; 4][..], &sizes.map(|size| u64::from(size).to_le_bytes()).concat()].concat();
    let with = |descriptor: Vec<u8>| outcome(&[Entry { flags: 8, descriptor, ..entry.clone() }]);
    for form in [short, long] {
        for descriptor in [form.clone(), [b"PK\x07\x08".to_vec(), form].concat()] {
            assert_eq!(with(descriptor.clone()), Ok(()), "{descriptor:x?}");
            for at in 0..descriptor.len() {
                let mut changed = descriptor.clone();
                changed[at] ^= 1;
                assert_eq!(with(changed), UNREADABLE, "byte {at} of {descriptor:x?}");
            }
            assert_eq!(with(descriptor[1..].to_vec()), UNREADABLE);
            assert_eq!(with([&descriptor[..], &[0]].concat()), UNREADABLE);
        }
    }
}

#[test]
fn entries_fill_the_archive_in_the_order_of_the_list() {
    let readme = || Entry::stored("gallery/readme.txt", b"Hi!");
    assert_eq!(outcome(&[readme(), main_file()]), Ok(()));
    // Another entry, which no list has, after the one and the other.
    let hidden = zip(&[Entry::stored("gallery/gallery.php", b"")])[..30 + 19].to_vec();
    for unlisted in [hidden, vec![0]] {
        let behind = |entry: Entry| Entry { descriptor: unlisted.clone(), ..entry };
        assert_eq!(outcome(&[behind(readme()), main_file()]), UNREADABLE);
        assert_eq!(outcome(&[readme(), behind(main_file())]), UNREADABLE);
    }
}

#[test]
fn data_that_is_inflated_whole_ends_with_the_file() {
    let with = |content: &[u8], more: &[u8]| {
        let mut entry = Entry::deflated("gallery/gallery.php", content);
        entry.compressed.extend(more);
        outcome(&[entry])
    };
    let whole = [HEADER, &vec![b' '; START_BYTES - HEADER.len()]].concat();
    for content in [HEADER, &whole] {
        assert_eq!(with(content, b""), Ok(()));
        for more in [&b"x"[..], &[0; 16 * 1024], &[0; 17 * 1024]] {
            assert_eq!(with(content, more), UNREADABLE, "{}", more.len());
        }
    }
    // Of what goes on, the end is not looked for.
    assert_eq!(with(&[&whole[..], b"x"].concat(), b"x"), Ok(()));
}

/// An extra field.
fn field(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

/// A Unicode Path field. Its checksum is not that of any name: readers differ in whether they look at it.
fn unicode_path(name: &str) -> Vec<u8> {
    field(0x7075, &[b"\x01\0\0\0\0", name.as_bytes()].concat())
}

#[test]
fn no_extra_field_makes_something_else_of_an_entry() {
    let same = unicode_path("gallery/gallery.php");
    let times = field(0x5455, b"\x01\0\0\0\0");
    let harmless = [
        same.clone(),
        [same.clone(), same.clone()].concat(),
        [times.clone(), same.clone()].concat(),
        field(0x6375, b"\x01\0\0\0\0gallery/other.php"),
        [times.clone(), vec![0; 3]].concat(),
        // Of Info-ZIP for Unix: times and owners.
        field(0x5855, &[0; 12]),
        field(0x7855, &[0; 4]),
        field(0x7875, &[1, 0, 0]),
        // Ids whose bytes are in other order, or next to those that are refused.
        field(0x0d00, b""),
        field(0x000c, b""),
        field(0x786c, b""),
        field(0x6e75, b""),
    ];
    let hostile = [
        unicode_path("gallery/other.php"),
        unicode_path("gallery/Gallery.php"),
        unicode_path(""),
        field(0x7075, b"\x01\0\0\0"),
        field(0x7075, b""),
        [same.clone(), unicode_path("gallery/other.php")].concat(),
        [times.clone(), unicode_path("gallery/other.php")].concat(),
        field(0x000d, b"\0\0\0\0\0\0\0\0\0\0\0\0/etc/passwd"),
        field(0x2605, b"ZPIT\x05x.php"),
        field(0x334d, b""),
        field(0x554e, b"NUCX"),
        field(0x6c78, b"\x05\x1e\x03\0\0\xff\xa1"),
        field(0x756e, b"\0\0\0\0\xff\xa1\0\0\0\0\0\0\0\0"),
        [times, field(0x756e, b"")].concat(),
        [0x75, 0x70, 20, 0, 1].to_vec(),
        vec![0, 0, 1, 0],
    ];
    let places = [|extra| [extra, Vec::new()], |extra| [Vec::new(), extra]];
    for place in places {
        for extra in &harmless {
            assert_eq!(
                outcome(&[Entry { extra: place(extra.clone()), ..main_file() }]),
                Ok(()),
                "{extra:x?}"
            );
        }
        for extra in &hostile {
            assert_eq!(
                outcome(&[Entry { extra: place(extra.clone()), ..main_file() }]),
                UNREADABLE,
                "{extra:x?}"
            );
        }
    }
}

/// Every header is within the extra field of the one before, and would be read again with each of these.
#[test]
fn overlapping_headers_are_not_read_again_and_again() {
    let names: Vec<String> = (0..50).map(|number| format!("gallery/{number:02}")).collect();
    let block = 30 + names[0].len() + 4;
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (number, name) in names.iter().enumerate() {
        let extra = u16::try_from(block * (names.len() - number) - 30 - name.len()).unwrap();
        let lengths = |extra: u16| [u16::try_from(name.len()).unwrap(), extra].map(u16::to_le_bytes).concat();
        let offset = u32::try_from(file.len()).unwrap();
        file.extend([b"PK\x03\x04\x14\0", &[0; 20][..], &lengths(extra), name.as_bytes()].concat());
        file.extend([0xffff, extra - 4].map(u16::to_le_bytes).concat());
        list.extend([b"PK\x01\x02\x14\0\x14\0", &[0; 20][..], &lengths(0), &[0; 10]].concat());
        list.extend([&offset.to_le_bytes(), name.as_bytes()].concat());
    }
    let (count, start) = (u16::try_from(names.len()).unwrap(), u32::try_from(file.len()).unwrap());
    file.extend(&list);
    file.extend([b"PK\x05\x06\0\0\0\0", &[count, count].map(u16::to_le_bytes).concat()[..]].concat());
    file.extend([u32::try_from(list.len()).unwrap(), start].map(u32::to_le_bytes).concat());
    file.extend([0, 0]);
    let error = read_bytes(&file).unwrap_err();
    assert!(
        error.code() == Code::PfnArchiveUnreadable
            && error.message().contains("does not directly follow the previous entry"),
        "{error}"
    );
}

#[test]
fn encrypted_and_unknown_packing_are_refused() {
    assert_eq!(outcome(&[Entry { flags: 1, ..main_file() }]), UNREADABLE);
    assert_eq!(outcome(&[main_file(), Entry { flags: 1, ..Entry::stored("gallery/x", b"") }]), UNREADABLE);
    assert_eq!(outcome(&[Entry { method: 12, ..main_file() }]), UNREADABLE);
    assert_eq!(outcome(&[main_file(), Entry { method: 12, ..Entry::stored("gallery/x", b"x") }]), Ok(()));
}

#[test]
fn sizes_are_true() {
    for size in [0, 1, 54, 56, 8192, u32::MAX - 1] {
        for entry in [main_file(), Entry::stored("gallery/gallery.php", HEADER)] {
            assert_eq!(outcome(&[Entry { size, ..entry }]), UNREADABLE, "{size}");
        }
    }
    let mut cut_off = main_file();
    cut_off.compressed.pop();
    assert_eq!(outcome(&[cut_off]), UNREADABLE);
}

#[test]
fn a_bomb_is_not_inflated_beyond_its_start() {
    let bomb = [HEADER, &vec![b' '; 64 << 20]].concat();
    let entry = Entry::deflated("gallery/gallery.php", &bomb);
    assert!(entry.compressed.len() < 1 << 20);
    assert_eq!(outcome(&[entry]), Ok(()));
}

#[test]
fn padding_with_empty_blocks_is_not_followed() {
    // A stored block that is empty and not the last (RFC 1951, section 3.2.4).
    let empty_block = [0, 0, 0, 0xff, 0xff];
    let padded = |blocks| Entry {
        compressed: [empty_block.repeat(blocks), main_file().compressed].concat(),
        ..main_file()
    };
    assert_eq!(outcome(&[padded(1000)]), Ok(()));
    assert_eq!(outcome(&[padded(10_000)]), UNREADABLE);
}

#[test]
fn cut_off_and_changed_archives_never_panic() {
    let bytes = zip(&[Entry::stored("gallery/", b""), main_file()]);
    for end in 0..bytes.len() {
        assert_eq!(read_bytes(&bytes[..end]).unwrap_err().code(), Code::PfnArchiveUnreadable, "{end}");
    }
    for at in 0..bytes.len() {
        for change in [1, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            if let Err(error) = read_bytes(&changed) {
                let expected = [Code::PfnArchiveUnreadable, Code::PfnArchiveInconsistent];
                assert!(expected.contains(&error.code()), "byte {at}: {error}");
            }
        }
    }
}

#[test]
fn errors_name_the_step() {
    let error = read_bytes(b"").unwrap_err();
    assert_eq!((error.code(), error.check()), (Code::PfnArchiveUnreadable, Some(Check::PfnArchive)));
}

#[test]
fn digests_of_something_else_are_not_a_verdict() {
    let bytes = zip(&[main_file()]);
    let digests = digests_of(&bytes[1..]);
    let error = PluginArchive::read(Cursor::new(bytes), digests, &Limits::default()).unwrap_err();
    assert_eq!(error.code(), Code::IoFileUnreadable);
}

/// A reader that fails after some calls, and is interrupted before each.
struct Failing<'b> {
    bytes: Cursor<&'b [u8]>,
    calls: usize,
    interrupt: bool,
}

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.interrupt = !self.interrupt;
        if self.interrupt {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        self.calls = self.calls.checked_sub(1).ok_or_else(|| std::io::Error::other("disk on fire"))?;
        self.bytes.read(buffer)
    }
}

impl Seek for Failing<'_> {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(position)
    }
}

/// A reader that ends early from some call on, as a file does that somebody else has cut off since.
struct Shrinking<'b> {
    bytes: Cursor<&'b [u8]>,
    calls: usize,
}

impl Read for Shrinking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(left) = self.calls.checked_sub(1) else { return Ok(0) };
        self.calls = left;
        self.bytes.read(buffer)
    }
}

impl Seek for Shrinking<'_> {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(position)
    }
}

/// With fewer calls than it takes to read the archive, whatever the reader does then, there is no verdict.
fn assert_no_verdict<R: Read + Seek>(bytes: &[u8], with_calls: impl Fn(usize) -> R) {
    let digests = digests_of(bytes);
    let read = |calls| {
        PluginArchive::read(with_calls(calls), digests.clone(), &Limits::default())
            .map(drop)
            .map_err(|error| error.code())
    };
    let needed = (0..100).find(|calls| read(*calls).is_ok()).unwrap();
    for calls in 0..needed {
        assert_eq!(read(calls), Err(Code::IoFileUnreadable), "{calls} of {needed} calls");
    }
}

#[test]
fn an_archive_that_becomes_shorter_while_it_is_read_is_not_a_verdict() {
    let bytes = zip(&[main_file()]);
    assert_no_verdict(&bytes, |calls| Shrinking { bytes: Cursor::new(bytes.as_slice()), calls });
}

#[test]
fn a_failing_reader_is_not_a_verdict() {
    let bytes = zip(&[main_file()]);
    assert_no_verdict(&bytes, |calls| Failing {
        bytes: Cursor::new(bytes.as_slice()),
        calls,
        interrupt: false,
    });
}
