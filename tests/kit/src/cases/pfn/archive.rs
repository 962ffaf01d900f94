//! What an archive says of itself, compared with what was signed.

use super::record::{SAMPLE, UNBOUND, case, facts, record, sample};
use crate::archive::{Archive, ENCRYPTED, Header, unicode_path};
use crate::case::Case;
use crate::plugin::{archive, main_file};

const RULE: &str = r#"pfn.md, "Archive consistency""#;
const NAMES: &str = r#"pfn.md, "Names of entries""#;
const HEADERS: &str = r#"pfn.md, "Headers of entries""#;
const FETCHING: &str = r#"fair.md, "Fetching""#;
const INCONSISTENT: &str = "pfn.archive.inconsistent";
const UNREADABLE: &str = "pfn.archive.unreadable";

/// How much of a file is read for its header.
const HEADER_BYTES: usize = 8 * 1024;

const SLUG: &str = SAMPLE[0];
const NAME: &str = SAMPLE[1];
const VERSION: &str = SAMPLE[2];

pub(super) fn cases() -> Vec<Case> {
    [consistent(), inconsistent(), unreadable(), names(), headers(), limits()].concat()
}

/// The sample record and an archive.
fn with(name: &str, archive: &Archive) -> Case {
    sent(name, archive.bytes()).rule(RULE)
}

/// The sample record and these bytes as its archive.
pub(super) fn sent(name: &str, archive: Vec<u8>) -> Case {
    case(&format!("archive-{name}"), &record()).file("archive", "zip", archive)
}

/// The same, and it is of the plugin.
pub(super) fn verified(name: &str, rule: &str, about: &str, archive: Vec<u8>) -> Case {
    sent(name, archive).rule(rule).about(about).verified(facts(sample()), UNBOUND)
}

/// The same, and no plugin can be read from it.
pub(super) fn refused(name: &str, rule: &str, about: &str, archive: Vec<u8>) -> Case {
    sent(name, archive).rule(rule).about(about).rejected(UNREADABLE)
}

/// The archive that fits the sample.
pub(super) fn fitting() -> Archive {
    archive(SLUG, NAME, VERSION)
}

/// An archive with this as the plugin's main file.
fn of(main: impl AsRef<[u8]>) -> Archive {
    Archive::new().file("hello-pfn/hello-pfn.php", main)
}

fn header() -> String {
    main_file(NAME, VERSION, &[])
}

/// A main file whose header ends after so many bytes.
fn ending_at(bytes: usize) -> String {
    let header = format!("\nPlugin Name: {NAME}\nVersion: {VERSION}");
    let start = format!("<?php /*{}", "*".repeat(bytes - "<?php /*".len() - header.len()));
    let file = format!("{start}{header}");
    assert_eq!(file.len(), bytes);
    format!("{file}\n*/\n")
}

fn consistent() -> Vec<Case> {
    let main = header();
    let rows = [
        ("consistent", fitting(), "Folder, name and version agree, but the bytes are unsigned."),
        (
            "deflated",
            Archive::new().deflated("hello-pfn/hello-pfn.php", &main),
            "The main file is compressed.",
        ),
        ("no-folder-entry", of(&main), "The folder itself has no entry."),
        (
            "other-file-name",
            Archive::new().file("hello-pfn/plugin.php", &main),
            "The main file has another name than the folder.",
        ),
        (
            "carriage-returns",
            of(main.replace('\n', "\r\n")),
            "Lines end with carriage returns, as on Windows.",
        ),
        (
            "plain-header",
            of(format!("<?php\n// Plugin Name: {NAME}\n# Version: {VERSION}\n")),
            "A header of line comments.",
        ),
        (
            "short-tag",
            of(format!("<? // Plugin Name: {NAME}\n# Version: {VERSION}\n")),
            "The header is one to WordPress 7.1 alone, which reads a short tag, too.",
        ),
        (
            "values-end",
            of(format!("<?php\n/* Plugin Name: {NAME} */\n/* Version: {VERSION} ?>\n")),
            "The values end where the comment and the script do.",
        ),
        (
            "values-end-at-first",
            of(format!("<?php\n/* Plugin Name: {NAME} */ x ?>\n/* Version: {VERSION} ?> x */\n")),
            "More follows the values, and another end.",
        ),
        (
            "more-files",
            fitting()
                .file("hello-pfn/readme.txt", "Plugin Name: Other")
                .file("hello-pfn/inc/x.php", "<?php // Plugin Name: Other"),
            "Other files have headers too, where no header is looked for.",
        ),
        (
            "text-of-two-cases",
            fitting().file("hello-pfn/inc/a.txt", "a").file("hello-pfn/inc/A.txt", "A"),
            "Two files differ in case alone, and are not PHP.",
        ),
        (
            "resource-forks",
            fitting().file("__MACOSX/hello-pfn/._hello-pfn.php", "Plugin Name: Other"),
            "macOS added a folder that WordPress does not unpack.",
        ),
        (
            "header-ends-at-8-kib",
            of(ending_at(HEADER_BYTES)),
            "The header ends with the last byte of the first 8 KiB.",
        ),
    ];
    rows.into_iter()
        .map(|(name, archive, about)| with(name, &archive).about(about).verified(facts(sample()), UNBOUND))
        .collect()
}

fn inconsistent() -> Vec<Case> {
    let rows = [
        ("other-name", archive(SLUG, "Hello Other", VERSION), "The header has another name."),
        ("name-other-case", archive(SLUG, "Hello pfn", VERSION), "The header has the name in another case."),
        ("other-version", archive(SLUG, NAME, "0.9.9"), "The header has an older version."),
        (
            "version-longer",
            archive(SLUG, NAME, "1.0.0.1"),
            "The header's version begins with the signed one and goes on.",
        ),
        ("no-version", of(format!("<?php\n// Plugin Name: {NAME}\n")), "The header has no version."),
        (
            "short-tag-name",
            of(format!("<?//Plugin Name: Hello Other\n{}", header())),
            "WordPress 7.1 reads another name than 6.8, in the line of a short tag.",
        ),
        (
            "short-tag-version",
            of(format!("<?//Version: {VERSION}\n//Plugin Name: {NAME}\n//Version: 0.9.9")),
            "WordPress 6.8 reads another version than 7.1, which reads the line of a short tag.",
        ),
        ("other-folder", archive("hello-other", NAME, VERSION), "The folder has another plugin's name."),
        (
            "folder-other-case",
            archive("Hello-PFN", NAME, VERSION),
            "The folder is written with capital letters.",
        ),
        ("no-folder", Archive::new().file("hello-pfn.php", header()), "The main file is in no folder."),
        (
            "two-folders",
            fitting().file("other/other.php", "<?php"),
            "A second folder would be installed too.",
        ),
        ("file-beside-folder", fitting().file("evil.php", "<?php"), "A file is beside the folder."),
        (
            "two-headers",
            fitting().file("hello-pfn/second.php", main_file("Hello Other", VERSION, &[])),
            "A second file is another plugin.",
        ),
    ];
    rows.into_iter()
        .map(|(name, archive, about)| with(name, &archive).about(about).rejected(INCONSISTENT))
        .collect()
}

fn unreadable() -> Vec<Case> {
    let rows = [
        ("no-header", of("<?php\n"), "No file has a header."),
        (
            "only-in-subfolder",
            Archive::new().file("hello-pfn/inc/hello-pfn.php", header()),
            "The only header is in a folder below.",
        ),
        (
            "only-in-readme",
            Archive::new().file("hello-pfn/readme.txt", header()),
            "The only header is in a file that is not PHP.",
        ),
        (
            "header-after-8-kib",
            of(format!("{}{}", " ".repeat(HEADER_BYTES), header())),
            "The header starts after 8 KiB.",
        ),
        ("encrypted", of(header()).flagged(ENCRYPTED), "The main file is marked as encrypted."),
        (
            "damaged",
            Archive::new().deflated("hello-pfn/hello-pfn.php", header()).damaged(|data| data.fill(0xff)),
            "The compressed data is damaged.",
        ),
        (
            "entry-twice-other-case",
            fitting().file("hello-pfn/Hello-PFN.PHP", "<?php // another"),
            "The main file is there twice, in other letters: one overwrites the other on Windows and macOS.",
        ),
        (
            "entry-twice-other-case-below",
            fitting().file("hello-pfn/inc/a.php", "<?php").file("hello-pfn/inc/A.php", "<?php // another"),
            "A PHP file in a folder below is there twice, in other letters.",
        ),
        (
            "entry-twice-other-case-folder",
            fitting().file("hello-pfn/inc/a.php", "<?php").file("hello-pfn/Inc/a.php", "<?php // another"),
            "A PHP file is there twice: its folder has other letters.",
        ),
        (
            "entry-twice",
            fitting().file("hello-pfn/hello-pfn.php", "<?php // another"),
            "The main file is there twice: unpackers differ in which one they keep.",
        ),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .map(|(name, archive, about)| with(name, &archive).about(about).rejected(UNREADABLE))
        .collect();
    let zip = fitting().bytes();
    let rows = [
        ("not-a-zip", header().into_bytes(), "The main file in place of an archive."),
        ("empty", Vec::new(), "An empty file."),
        ("cut-off", zip[..zip.len() - 30].to_vec(), "The archive without its last 30 bytes."),
        (
            "gzip",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec(),
            "An archive of another format, gzip.",
        ),
    ];
    for (name, bytes, about) in rows {
        let case = case(&format!("archive-{name}"), &record()).file("archive", "zip", bytes);
        cases.push(case.rule(RULE).about(about).rejected(UNREADABLE));
    }
    cases
}

/// Names that some unpacker puts somewhere else.
fn names() -> Vec<Case> {
    let refused = [
        (
            "leads-elsewhere",
            fitting().file("hello-pfn/../../evil.php", "<?php"),
            "A name leads out of the folder.",
        ),
        (
            "backslashes",
            fitting().file("hello-pfn\\..\\evil.php", "<?php"),
            "A name leads out of the folder on Windows.",
        ),
        ("empty-part", fitting().file("hello-pfn//evil.php", "<?php"), "A name has an empty part."),
        ("dot-part", fitting().file("hello-pfn/./evil.php", "<?php"), "A name has a part that is a dot."),
        (
            "drive-letter",
            fitting().file("C:/hello-pfn/evil.php", "<?php"),
            "A name starts with a drive letter.",
        ),
        ("control-character", fitting().file("hello-pfn/a\n.php", "<?php"), "A name has a line break."),
        ("absolute", fitting().file("/hello-pfn/evil.php", "<?php"), "A name starts at the root."),
        (
            "stream",
            fitting().file("hello-pfn/hello-pfn.php::$DATA", main_file("Hello Other", VERSION, &[])),
            "A name is that of the main file's content on Windows: it overwrites the main file.",
        ),
        (
            "colon",
            fitting().file("hello-pfn/a:b", ""),
            "A name has a colon, which on Windows starts a stream.",
        ),
        (
            "version-at-end",
            fitting().file("hello-pfn/hello-pfn.php;1", main_file("Hello Other", VERSION, &[])),
            "A name ends with a version of OpenVMS, which unzip drops: it overwrites the main file.",
        ),
        ("semicolon", fitting().file("hello-pfn/a;b", ""), "A name has a semicolon."),
        (
            "php-not-ascii",
            fitting().file("hello-pfn/É.php", "<?php"),
            "The name of a PHP file is not ASCII: file systems differ in which of its letters are the same.",
        ),
        (
            "php-not-ascii-folder",
            fitting().file("hello-pfn/É/x.php", "<?php"),
            "The folder of a PHP file has a name that is not ASCII.",
        ),
        (
            "php-joiner",
            fitting().file("hello-pfn/hello-pfn.p\u{200c}hp", main_file("Hello Other", VERSION, &[])),
            "A name is that of the main file, but for a character that old file systems of macOS skip.",
        ),
        (
            "php-changed-letter",
            fitting().file("hello-pfn/\u{558}nc/x.php", "<?php"),
            "unzip makes a plain i of the first letter in archives of MS-DOS.",
        ),
        (
            "dot-at-end",
            fitting().file("hello-pfn/hello-pfn.php.", main_file("Hello Other", VERSION, &[])),
            "A name ends with a dot, which Windows drops: it overwrites the main file.",
        ),
        (
            "space-at-end",
            fitting().file("hello-pfn/hello-pfn.php ", main_file("Hello Other", VERSION, &[])),
            "A name ends with a space, which Windows drops: it overwrites the main file.",
        ),
        (
            "folder-dot-at-end",
            fitting().file("hello-pfn/inc./x.php", "<?php"),
            "A folder's name ends with a dot.",
        ),
        ("folder-space-at-end", fitting().folder("hello-pfn/inc /"), "A folder's name ends with a space."),
    ];
    let accepted = [
        ("dots-within", "hello-pfn/.a..b/.c", "Parts of a name start with dots, and have some within."),
        ("spaces-within", "hello-pfn/ a  b/ c", "Parts of a name start with spaces, and have some within."),
        (
            "utf8",
            "hello-pfn/é.txt",
            "A name is not ASCII, but UTF-8; nothing says so, as Info-ZIP's zip writes it.",
        ),
        ("digits-at-end", "hello-pfn/hello-pfn.php,1", "A name ends with a comma and a digit."),
    ];
    let accepted = accepted.map(|(name, entry, about)| {
        with(name, &fitting().file(entry, "")).about(about).verified(facts(sample()), UNBOUND)
    });
    // A name with this byte in place of a character.
    let with_byte = |name: &str, byte: u8, about: &str| {
        let (entry, content) = ("hello-pfn/hello-pfn~.php", main_file("Hello Other", VERSION, &[]));
        let zip = fitting().file(entry, content).bytes();
        sent(name, zip.iter().map(|found| if *found == b'~' { byte } else { *found }).collect())
            .about(about)
            .rejected(UNREADABLE)
    };
    let not_utf8 = [
        with_byte("byte-ff", 0xff, "A name has a byte that unzip drops: it overwrites the main file."),
        with_byte("byte-82", 0x82, "A name has a byte that some readers decode as é, and others do not."),
    ];
    let refused =
        refused.map(|(name, archive, about)| with(name, &archive).about(about).rejected(UNREADABLE));
    refused.into_iter().chain(not_utf8).chain(accepted).map(|case| case.rule(NAMES)).collect()
}

/// What the list of entries and an entry's own header say must be the same.
fn headers() -> Vec<Case> {
    const MAIN: &str = "hello-pfn/hello-pfn.php";
    const README: &str = "hello-pfn/readme.txt";
    let readme = || fitting().file(README, "Hello!");
    let other_main = || unicode_path(README, MAIN);
    let refused = [
        (
            "unicode-path",
            readme().listed(|listed| listed.extra = other_main()).own(|own| own.extra = other_main()),
            "A Unicode Path field gives a text file the name of the main file.",
        ),
        (
            "unicode-path-in-list",
            readme().listed(|listed| listed.extra = other_main()),
            "The field is in the list alone.",
        ),
        (
            "unicode-path-in-own-header",
            readme().own(|own| own.extra = other_main()),
            "The field is in the entry's own header alone.",
        ),
        (
            "unicode-path-of-main",
            fitting().listed(|listed| listed.extra = unicode_path(MAIN, "hello-pfn/other.php")),
            "The field gives the main file another name.",
        ),
        (
            "unicode-path-second",
            readme().listed(|listed| listed.extra = [unicode_path(README, README), other_main()].concat()),
            "Of two fields, the second gives another name.",
        ),
        (
            "own-name",
            readme().own(|own| own.name = MAIN.to_owned()),
            "A text file's own header has the name of the main file.",
        ),
        (
            "own-name-of-main",
            fitting().own(|own| own.name = README.to_owned()),
            "The main file's own header has another name.",
        ),
        ("own-method", readme().own(|own| own.method = 8), "The own header has another compression method."),
        (
            "own-encrypted",
            readme().own(|own| own.flags = ENCRYPTED),
            "The own header says that the file is encrypted.",
        ),
        ("own-checksum", fitting().own(|own| own.crc ^= 1), "The own header has another checksum."),
        ("own-size", fitting().own(|own| own.size += 1), "The own header has another size."),
        (
            "own-packed-size",
            fitting().own(|own| own.packed_size -= 1),
            "The own header has another compressed size.",
        ),
        (
            "own-numbers-zero",
            fitting().streamed().own(|own| own.flags = 0),
            "The own header has no checksum and no sizes.",
        ),
        (
            "streamed-own-size",
            fitting().streamed().own(|own| own.size = 1),
            "The own header leaves the numbers to what follows the data, but has another size.",
        ),
    ];
    let accepted = [
        (
            "unicode-path-same",
            readme()
                .listed(|listed| listed.extra = unicode_path(README, README))
                .own(|own| own.extra = unicode_path(README, README)),
            "A Unicode Path field repeats the name.",
        ),
        ("streamed", fitting().streamed(), "Checksum and sizes follow the data."),
        (
            "streamed-deflated",
            Archive::new().deflated(MAIN, header()).streamed(),
            "Checksum and sizes follow the compressed data.",
        ),
        (
            "streamed-numbers-too",
            fitting().described(Header::descriptor),
            "The own header has the numbers all the same.",
        ),
    ];
    let refused =
        refused.map(|(name, archive, about)| with(name, &archive).about(about).rejected(UNREADABLE));
    let accepted = accepted
        .map(|(name, archive, about)| with(name, &archive).about(about).verified(facts(sample()), UNBOUND));
    refused.into_iter().chain(accepted).map(|case| case.rule(HEADERS)).collect()
}

fn limits() -> Vec<Case> {
    let (zip, entries) = (fitting(), fitting().len());
    let size = zip.bytes().len() as u64;
    let at = |name: &str, rule, limit, value| {
        let case = with(name, &zip).rule(rule).about("Exactly the limit.").limit(limit, value);
        case.verified(facts(sample()), UNBOUND)
    };
    let above = |name: &str, rule, limit, value, code| {
        with(name, &zip).rule(rule).about("One more than the limit.").limit(limit, value).rejected(code)
    };
    vec![
        at("entries-at", RULE, "archiveEntries", entries),
        above("entries-above", RULE, "archiveEntries", entries - 1, UNREADABLE),
        at("bytes-at", FETCHING, "packageBytes", size),
        above("bytes-above", FETCHING, "packageBytes", size - 1, "input.too_large"),
    ]
}
