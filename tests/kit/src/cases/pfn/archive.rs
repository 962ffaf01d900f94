//! What an archive says of itself, against what was signed.

use super::record::{SAMPLE, UNBOUND, case, facts, record, sample};
use crate::archive::{Archive, ENCRYPTED};
use crate::case::Case;
use crate::plugin::{archive, main_file};

const RULE: &str =
    "pfn.md, The archive is not signed: Plugin Name and Version in the first 8 KiB, slug as the top folder";
const INCONSISTENT: &str = "pfn.archive.inconsistent";
const UNREADABLE: &str = "pfn.archive.unreadable";

/// How much of a file is read for its header.
const HEADER_BYTES: usize = 8 * 1024;

const SLUG: &str = SAMPLE[0];
const NAME: &str = SAMPLE[1];
const VERSION: &str = SAMPLE[2];

pub(super) fn cases() -> Vec<Case> {
    [consistent(), inconsistent(), unreadable(), limits()].concat()
}

/// The sample record and an archive.
fn with(name: &str, archive: &Archive) -> Case {
    case(&format!("archive-{name}"), &record()).file("archive", "zip", archive.bytes()).rule(RULE)
}

/// The archive that fits the sample.
pub(super) fn fitting() -> Archive {
    archive(SLUG, NAME, VERSION)
}

/// An archive with this text as the plugin's main file.
fn of(main: impl AsRef<[u8]>) -> Archive {
    Archive::new().file("hello-pfn/hello-pfn.php", main)
}

fn header() -> String {
    main_file(NAME, VERSION, &[])
}

/// A main file whose header's last byte is the one of this number.
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
        ("consistent", fitting(), "Folder, name and version agree, but nobody signed the bytes."),
        (
            "deflated",
            Archive::new().deflated("hello-pfn/hello-pfn.php", &main),
            "The main file is compressed.",
        ),
        ("no-folder-entry", of(&main), "There is no entry for the folder itself."),
        (
            "other-file-name",
            Archive::new().file("hello-pfn/plugin.php", &main),
            "The main file has a name of its own.",
        ),
        ("carriage-returns", of(main.replace('\n', "\r\n")), "Lines end as on Windows."),
        (
            "plain-header",
            of(format!("<?php\n// Plugin Name: {NAME}\n# Version: {VERSION}\n")),
            "A header of line comments.",
        ),
        (
            "more-files",
            fitting()
                .file("hello-pfn/readme.txt", "Plugin Name: Other")
                .file("hello-pfn/inc/x.php", "<?php // Plugin Name: Other"),
            "Other files say other things where nobody looks for a header.",
        ),
        (
            "header-ends-at-8-kib",
            of(ending_at(HEADER_BYTES)),
            "The header's last byte is the last of the first 8 KiB.",
        ),
    ];
    rows.into_iter()
        .map(|(name, archive, about)| with(name, &archive).about(about).verified(facts(sample()), &[UNBOUND]))
        .collect()
}

fn inconsistent() -> Vec<Case> {
    let rows = [
        ("other-name", archive(SLUG, "Hello Other", VERSION), "The header has another name."),
        ("name-other-case", archive(SLUG, "Hello pfn", VERSION), "The header has the name in other letters."),
        ("other-version", archive(SLUG, NAME, "0.9.9"), "The header has an older version."),
        (
            "version-longer",
            archive(SLUG, NAME, "1.0.0.1"),
            "The header's version only starts like the signed one.",
        ),
        ("no-version", of(format!("<?php\n// Plugin Name: {NAME}\n")), "The header has no version."),
        ("other-folder", archive("hello-other", NAME, VERSION), "The folder is another plugin's."),
        ("folder-other-case", archive("Hello-PFN", NAME, VERSION), "The folder is written with capitals."),
        ("no-folder", Archive::new().file("hello-pfn.php", header()), "The main file lies in no folder."),
        (
            "two-folders",
            fitting().file("other/other.php", "<?php"),
            "A second folder would be installed too.",
        ),
        ("file-beside-folder", fitting().file("evil.php", "<?php"), "A file lies beside the folder."),
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
            "The only header is deeper.",
        ),
        (
            "only-in-text-file",
            Archive::new().file("hello-pfn/readme.txt", header()),
            "The only header is in no PHP file.",
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
            "The compressed data are damaged.",
        ),
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
        ("absolute", fitting().file("/hello-pfn/evil.php", "<?php"), "A name starts at the root."),
        (
            "entry-twice",
            fitting().file("hello-pfn/hello-pfn.php", "<?php // another"),
            "The main file is there twice: unpackers differ in which they keep.",
        ),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .map(|(name, archive, about)| with(name, &archive).about(about).rejected(UNREADABLE))
        .collect();
    let zip = fitting().bytes();
    let texts = [
        ("not-a-zip", header().into_bytes(), "The main file instead of an archive."),
        ("empty", Vec::new(), "An empty file."),
        ("cut-off", zip[..zip.len() - 30].to_vec(), "The end of the archive is missing."),
        (
            "gzip",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec(),
            "An archive of another format.",
        ),
    ];
    for (name, bytes, about) in texts {
        let case = case(&format!("archive-{name}"), &record()).file("archive", "zip", bytes);
        cases.push(case.rule(RULE).about(about).rejected(UNREADABLE));
    }
    cases
}

fn limits() -> Vec<Case> {
    const LIMITS: &str = "DESIGN.md, What a verdict may rest on: work is metered by one budget";
    let (zip, entries) = (fitting(), fitting().len());
    let size = zip.bytes().len() as u64;
    let at = |name: &str, limit, value| {
        with(name, &zip)
            .rule(LIMITS)
            .about("Exactly the limit.")
            .limit(limit, value)
            .verified(facts(sample()), &[UNBOUND])
    };
    let above = |name: &str, limit, value, code| {
        with(name, &zip).rule(LIMITS).about("One more than the limit.").limit(limit, value).rejected(code)
    };
    vec![
        at("entries-at", "archiveEntries", entries),
        above("entries-above", "archiveEntries", entries - 1, UNREADABLE),
        at("bytes-at", "packageBytes", size),
        above("bytes-above", "packageBytes", size - 1, "input.too_large"),
    ]
}
