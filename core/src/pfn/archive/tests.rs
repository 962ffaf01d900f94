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
        "gallery/x\0.php",
        "gallery/\n",
        "gallery/\u{7f}",
    ];
    for name in names {
        assert_eq!(outcome(&[main_file(), Entry::stored(name, b"")]), UNREADABLE, "{name:?}");
    }
    for name in ["gallery/..x", "gallery/x..", "gallery/.x", "gallery/a:b", "gallery/é", "gallery/ "] {
        assert_eq!(outcome(&[main_file(), Entry::stored(name, b"")]), Ok(()), "{name:?}");
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
    ];
    for (first, second) in pairs {
        assert_eq!(
            outcome(&[Entry::stored(first, HEADER), Entry::stored(second, HEADER)]),
            UNREADABLE,
            "{second}"
        );
    }
    let of_two_cases =
        [main_file(), Entry::stored("gallery/README", b""), Entry::stored("gallery/readme", b"")];
    assert_eq!(outcome(&of_two_cases), Ok(()));
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
    let bytes = zip(&[main_file()]);
    let (flags, method) = (6, 8);
    for (at, value) in [(method, 0), (flags, 1)] {
        let mut changed = bytes.clone();
        changed[at] = value;
        assert_eq!(read_bytes(&changed).unwrap_err().code(), Code::PfnArchiveUnreadable, "byte {at}");
    }
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

#[test]
fn a_failing_reader_is_not_a_verdict() {
    let bytes = zip(&[main_file()]);
    let digests = digests_of(&bytes);
    let with_calls = |calls| {
        let reader = Failing { bytes: Cursor::new(bytes.as_slice()), calls, interrupt: false };
        PluginArchive::read(reader, digests.clone(), &Limits::default())
            .map(drop)
            .map_err(|error| error.code())
    };
    let needed = (0..100).find(|calls| with_calls(*calls).is_ok()).unwrap();
    for calls in 0..needed {
        assert_eq!(with_calls(calls), Err(Code::IoFileUnreadable), "{calls} of {needed} calls");
    }
}
