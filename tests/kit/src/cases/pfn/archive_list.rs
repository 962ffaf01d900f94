//! The list of an archive's entries: what may be in it beside entries, and bounds of its parts.

use super::archive::{fitting, refused, verified};
use super::record::SAMPLE;
use crate::archive::{Archive, END_RECORD_BYTES, asi_unix, extra_field, list_offset};
use crate::case::Case;
use crate::plugin::main_file;

const RULE: &str = r#"pfn.md, "Archive consistency""#;
const NAMES: &str = r#"pfn.md, "Names of entries""#;
const HEADERS: &str = r#"pfn.md, "Headers of entries""#;

/// Bytes of an entry in the list without its name.
const ENTRY_BYTES: usize = 46;

/// The greatest number that the length of a name, a field or a comment can be.
const LONGEST: usize = u16::MAX as usize;

pub(super) fn cases() -> Vec<Case> {
    [list_signatures(), comments(), list_damaged(), names(), own_headers(), extra_fields(), starts()].concat()
}

/// The archive with these bytes at the end of its list, which is so much longer.
fn listing(archive: &Archive, more: &[u8]) -> Vec<u8> {
    let zip = archive.bytes();
    let (before, end) = zip.split_at(zip.len() - END_RECORD_BYTES);
    let size = u32::from_le_bytes(end[12..16].try_into().expect("four bytes")) + more.len() as u32;
    [before, more, &end[..12], &size.to_le_bytes(), &end[16..]].concat()
}

/// The archive whose last entry has a comment of so many bytes in the list.
fn commented(archive: &Archive, name: &str, comment: &[u8]) -> Vec<u8> {
    let mut zip = listing(archive, comment);
    let entry = zip.len() - END_RECORD_BYTES - comment.len() - name.len() - ENTRY_BYTES;
    zip[entry + 32..entry + 34].copy_from_slice(&(comment.len() as u16).to_le_bytes());
    zip
}

/// A signature over the list (APPNOTE.TXT, section 4.3.13).
fn list_signatures() -> Vec<Case> {
    let signature =
        |length: usize| [b"PK\x05\x05", &(length as u16).to_le_bytes()[..], &vec![0; length]].concat();
    let accepted = |name: &str, about: &str, more: &[u8]| {
        verified(&format!("list-signature-{name}"), RULE, about, listing(&fitting(), more))
    };
    vec![
        accepted("empty", "The list ends with a signature over it, of no bytes.", &signature(0)),
        accepted("long", "It ends with a signature that is longer than an entry.", &signature(100)),
        accepted("longest", "It ends with the longest signature.", &signature(LONGEST)),
        refused(
            "list-signature-too-long",
            RULE,
            "A byte follows the longest signature.",
            listing(&fitting(), &[signature(LONGEST), vec![0]].concat()),
        ),
    ]
}

fn comments() -> Vec<Case> {
    const NAME: &str = "hello-pfn/x";
    let last = fitting().file(NAME, "");
    let main = commented(&fitting(), "hello-pfn/hello-pfn.php", b"Says hello.");
    let of = |length: usize| commented(&last, NAME, &vec![b'-'; length]);
    let most = LONGEST + 1 - NAME.len();
    // The first of two entries has a comment.
    let between = {
        let (comment, folder) = (b"The plugin.", ENTRY_BYTES + "hello-pfn/".len());
        let mut zip = listing(&fitting(), comment);
        let (offset, end) = (list_offset(&zip), zip.len() - END_RECORD_BYTES);
        zip[offset + 32] = comment.len() as u8;
        zip[offset + folder..end].rotate_right(comment.len());
        zip
    };
    vec![
        verified("entry-comment", RULE, "An entry has a comment.", main),
        verified("entry-comment-between", RULE, "An entry with a comment is before another one.", between),
        verified("entry-64-kib", RULE, "Name and comment of an entry have 65,536 bytes together.", of(most)),
        refused("entry-above-64-kib", RULE, "They have 65,537 bytes together.", of(most + 1)),
    ]
}

fn list_damaged() -> Vec<Case> {
    let changed = |at: usize, to: u8| {
        let mut zip = fitting().bytes();
        let entry = zip.len() - END_RECORD_BYTES - "hello-pfn/hello-pfn.php".len() - ENTRY_BYTES;
        zip[entry + at] = to;
        zip
    };
    let nameless = [&b"PK\x01\x02"[..], &[0; ENTRY_BYTES - 4]].concat();
    vec![
        refused("list-other-signature", RULE, "An entry in the list starts like its own header.", {
            let mut zip = changed(2, 3);
            let entry = zip.len() - END_RECORD_BYTES - "hello-pfn/hello-pfn.php".len() - ENTRY_BYTES;
            zip[entry + 3] = 4;
            zip
        }),
        refused("list-zeros", RULE, "The list ends with as many zeros as an entry has bytes.", {
            listing(&fitting(), &[0; ENTRY_BYTES])
        }),
        refused("list-zeros-few", RULE, "The list ends with a zero.", listing(&fitting(), &[0])),
        refused("list-entry-cut-off", RULE, "The list ends within an entry.", {
            listing(&fitting(), &nameless[..ENTRY_BYTES - 1])
        }),
        refused("list-entry-nameless", RULE, "The list ends with an entry without a name.", {
            listing(&fitting(), &nameless)
        }),
        refused("list-name-cut-off", RULE, "The list ends within a name.", changed(28, 24)),
        refused("list-comment-cut-off", RULE, "The list ends before a comment.", changed(32, 1)),
        refused("list-fields-cut-off", RULE, "The list ends before an extra field.", changed(30, 1)),
        refused("list-count", RULE, "The list has an entry more than the end record counts.", {
            let whole = fitting().file("hello-pfn/x", "").bytes();
            let at = whole.len() - END_RECORD_BYTES;
            let mut fewer = whole;
            (fewer[at + 8], fewer[at + 10]) = (fewer[at + 8] - 1, fewer[at + 10] - 1);
            fewer
        }),
    ]
}

fn names() -> Vec<Case> {
    let named = |length: usize| {
        let folder = "hello-pfn/";
        fitting().file(&format!("{folder}{}", "x".repeat(length - folder.len())), "").bytes()
    };
    let php_files = |count: usize| {
        (1..count)
            .fold(fitting(), |archive, number| archive.file(&format!("hello-pfn/{number}.php"), ""))
            .bytes()
    };
    vec![
        verified("name-1024-bytes", NAMES, "A name of 1,024 bytes.", named(1024)),
        refused("name-1025-bytes", NAMES, "A name of 1,025 bytes.", named(1025)),
        verified("php-files-256", RULE, "256 PHP files are directly in the folder.", php_files(256)),
        refused("php-files-257", RULE, "257 PHP files are directly in the folder.", php_files(257)),
        refused("file-and-folder", RULE, "A folder and a file have one name.", {
            fitting().folder("hello-pfn/inc/").file("hello-pfn/inc", "").bytes()
        }),
        refused("file-and-folder-php", RULE, "A folder and a PHP file have one name.", {
            fitting().folder("hello-pfn/hello-pfn.php/").bytes()
        }),
        verified("file-like-folder", RULE, "A file's name lacks the first letter of a folder's.", {
            fitting().folder("hello-pfn/inc/").file("hello-pfn/nc", "").bytes()
        }),
    ]
}

fn own_headers() -> Vec<Case> {
    const MAIN: &str = "hello-pfn/hello-pfn.php";
    let extra = |bytes: usize| [&b"XX"[..], &(bytes as u16).to_le_bytes(), &vec![0; bytes]].concat();
    let with_extra = |bytes: usize| fitting().own(|own| own.extra = extra(bytes));
    // The last entry is listed twice.
    let twice = |archive: &Archive| {
        let zip = archive.bytes();
        let entry = zip.len() - END_RECORD_BYTES - MAIN.len() - ENTRY_BYTES;
        let mut zip = listing(archive, &zip[entry..zip.len() - END_RECORD_BYTES]);
        let at = zip.len() - END_RECORD_BYTES;
        (zip[at + 8], zip[at + 10]) = (zip[at + 8] + 1, zip[at + 10] + 1);
        zip
    };
    vec![
        verified(
            "own-extra",
            HEADERS,
            "The main file's own header has an extra field.",
            with_extra(9).bytes(),
        ),
        verified(
            "own-extra-long",
            HEADERS,
            "The main file's own header has an extra field of 260 bytes, which do not look like fields.",
            fitting().own(|own| own.extra = [&b"XX\x04\x01"[..], &[0xff; 260]].concat()).bytes(),
        ),
        refused(
            "own-extra-long-cut-off",
            HEADERS,
            "The field is 256 bytes longer than what follows.",
            fitting().own(|own| own.extra = [&b"XX\x04\x01"[..], &[0; 4]].concat()).bytes(),
        ),
        verified("own-64-kib", HEADERS, "Name and fields of its own header have 65,536 bytes.", {
            with_extra(LONGEST + 1 - MAIN.len() - 4).bytes()
        }),
        refused("own-above-64-kib", HEADERS, "They have 65,537 bytes.", {
            with_extra(LONGEST + 2 - MAIN.len() - 4).bytes()
        }),
        refused(
            "own-twice",
            HEADERS,
            "The main file is listed twice, with one header of its own.",
            twice(&fitting()),
        ),
        refused("own-twice-long", HEADERS, "The same, and that header is most of the archive.", {
            twice(&with_extra(30_000))
        }),
        refused("own-signature", HEADERS, "The main file's own header starts like an entry of the list.", {
            let mut zip = fitting().bytes();
            let at = zip.windows(4).rposition(|bytes| bytes == b"PK\x03\x04").expect("its own header");
            (zip[at + 2], zip[at + 3]) = (1, 2);
            zip
        }),
    ]
}

/// Extra fields that unzip, bsdtar and others make something else of an entry for, and others that they do not.
fn extra_fields() -> Vec<Case> {
    let readme = || fitting().file("hello-pfn/link", "../wp-config.php");
    let of =
        |extra: Vec<u8>| readme().listed(|listed| listed.extra = extra.clone()).own(|own| own.extra = extra);
    let link = asi_unix(0o120_777, "");
    let streamed_link =
        extra_field(0x6c78, &[&[5, 30, 3][..], &(0o120_777_u32 << 16).to_le_bytes()].concat());
    let rows = [
        ("asi-link", "A field of ASi says that a file is a symbolic link.", of(link.clone())),
        (
            "asi-link-in-list",
            "The field is in the list alone.",
            readme().listed(|listed| listed.extra = link.clone()),
        ),
        (
            "asi-link-in-own-header",
            "The field is in the entry's own header alone.",
            readme().own(|own| own.extra = link),
        ),
        (
            "asi-file",
            "A field of ASi says that a file is a file. What is in it is not judged.",
            of(asi_unix(0o100_644, "")),
        ),
        ("libarchive-link", "A field of libarchive says that a file is a symbolic link.", of(streamed_link)),
        (
            "pkware-link",
            "A field of PKWARE says where a symbolic link leads.",
            of(extra_field(0x000d, &[&[0; 12][..], b"/etc/passwd"].concat())),
        ),
        (
            "zipit-name",
            "A field of ZipIt gives a file the name of the main file.",
            of(extra_field(0x2605, b"ZPIT\x0dhello-pfn.phpTEXTttxt")),
        ),
        (
            "macos-path",
            "A field of Info-ZIP for the classic Mac OS, which has a path.",
            of(extra_field(0x334d, &[0; 14])),
        ),
        (
            "xceed-name",
            "A field of Xceed, which has another name.",
            of(extra_field(0x554e, b"NUCX\x01\0x\0")),
        ),
    ];
    let refused =
        rows.map(|(name, about, archive)| refused(&format!("extra-{name}"), HEADERS, about, archive.bytes()));
    let unix = [extra_field(0x5455, b"\x01\0\0\0\0"), extra_field(0x7875, b"\x01\x04\0\0\0\0\x04\0\0\0\0")];
    let about = "Fields of Info-ZIP's zip: times and owners.";
    let accepted = verified("extra-times-and-owners", HEADERS, about, of(unix.concat()).bytes());
    refused.into_iter().chain([accepted]).collect()
}

/// A main file that starts with its header.
fn starts() -> Vec<Case> {
    let header = format!("Plugin Name: {}\nVersion: {}\n", SAMPLE[1], SAMPLE[2]);
    let of = |content: &str| Archive::new().file("hello-pfn/hello-pfn.php", content);
    vec![
        verified("header-first", RULE, "The main file starts with its header.", of(&header).bytes()),
        verified("header-first-deflated", RULE, "The same, compressed.", {
            Archive::new().deflated("hello-pfn/hello-pfn.php", &header).bytes()
        }),
        refused(
            "header-name-cut",
            RULE,
            "The main file starts with its header, but for the first letter.",
            of(&header[1..]).bytes(),
        ),
        refused("method-bzip2", RULE, "The main file is compressed, but not with deflate.", {
            of(&header).listed(|listed| listed.method = 12).own(|own| own.method = 12).bytes()
        }),
        verified("header-second-file", RULE, "The header is in the second of two PHP files.", {
            Archive::new()
                .file("hello-pfn/a.php", "")
                .file("hello-pfn/b.php", main_file(SAMPLE[1], SAMPLE[2], &[]))
                .bytes()
        }),
    ]
}
