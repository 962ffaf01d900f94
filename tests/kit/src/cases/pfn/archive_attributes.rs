//! What the entries of an archive are beside their names: files and folders, as archivers write them, and other things.

use super::archive::{fitting, refused, verified};
use super::record::SAMPLE;
use crate::archive::Archive;
use crate::case::Case;
use crate::plugin::main_file;

const RULE: &str = r#"pfn.md, "Attributes of entries""#;

/// Systems that entries are made on (APPNOTE.TXT, section 4.4.2.2).
const DOS: u8 = 0;
const UNIX: u8 = 3;
const NTFS: u8 = 10;
const MACOS: u8 = 19;

/// The attributes of MS-DOS, in the lowest byte.
const DOS_READ_ONLY: u32 = 0x01;
const DOS_LABEL: u32 = 0x08;
const DOS_FOLDER: u32 = 0x10;
const DOS_ARCHIVE: u32 = 0x20;

pub(super) fn cases() -> Vec<Case> {
    [archivers(), modes(), special(), folders()].concat()
}

/// The mode that Unix keeps of a file, in the upper half.
const fn mode(bits: u32) -> u32 {
    bits << 16
}

/// The fitting archive, and one more entry with these attributes.
fn and(name: &str, content: &str, system: u8, attributes: u32) -> Vec<u8> {
    fitting().file(&format!("hello-pfn/{name}"), content).attributes(system, attributes).bytes()
}

/// A folder, the main file and a file in a folder below, with the attributes that an archiver writes.
fn archivers() -> Vec<Case> {
    let of = |folder: (u8, u32), file: (u8, u32)| {
        let main = main_file(SAMPLE[1], SAMPLE[2], &[]);
        let archive = Archive::new().folder("hello-pfn/").attributes(folder.0, folder.1);
        let archive = archive.file("hello-pfn/hello-pfn.php", main).attributes(file.0, file.1);
        let archive = archive.folder("hello-pfn/inc/").attributes(folder.0, folder.1);
        archive.file("hello-pfn/inc/x.php", "<?php").attributes(file.0, file.1).bytes()
    };
    let rows = [
        ("info-zip", (UNIX, mode(0o40755) | DOS_FOLDER), (UNIX, mode(0o100_644)), "Info-ZIP's zip on Unix"),
        ("python", (UNIX, mode(0o40775) | DOS_FOLDER), (UNIX, mode(0o600)), "Python's writestr: no type"),
        ("git", (DOS, DOS_FOLDER), (UNIX, mode(0o100_755)), "git archive, of an executable file"),
        ("git-plain", (DOS, DOS_FOLDER), (DOS, 0), "git archive, of an ordinary file"),
        ("php", (UNIX, mode(0o40777)), (UNIX, mode(0o100_666)), "PHP's ZipArchive"),
        ("jar", (DOS, 0), (DOS, 0), "jar, which writes none"),
        ("unix-none", (UNIX, 0), (UNIX, 0), "a tool that writes none on Unix"),
        ("windows", (DOS, DOS_FOLDER), (DOS, DOS_ARCHIVE | DOS_READ_ONLY), "Windows"),
        ("ntfs", (NTFS, DOS_FOLDER), (NTFS, DOS_ARCHIVE), "a tool that names NTFS"),
        ("macos", (UNIX, mode(0o40755) | 0x4000), (UNIX, mode(0o100_644) | 0x4000), "macOS's ditto"),
        ("macos-system", (MACOS, mode(0o40755)), (MACOS, mode(0o100_644)), "a tool that names macOS"),
        (
            "p7zip",
            (DOS, mode(0o40755) | 0x8000 | DOS_FOLDER),
            (DOS, mode(0o100_644) | 0x8000 | DOS_ARCHIVE),
            "p7zip: a mode though MS-DOS is named",
        ),
    ];
    rows.into_iter()
        .map(|(name, folder, file, about)| {
            let about = format!("Attributes as of {about}.");
            verified(&format!("made-by-{name}"), RULE, &about, of(folder, file))
        })
        .collect()
}

fn modes() -> Vec<Case> {
    let with = |name: &str, about: &str, attributes: u32| {
        verified(&format!("mode-{name}"), RULE, about, and("x.txt", "Hello!", UNIX, attributes))
    };
    vec![
        with(
            "setuid",
            "A file that runs as its owner. What may be done with a file is not judged.",
            mode(0o104_755),
        ),
        with("setgid-sticky", "A file with the other two bits beside its permissions.", mode(0o103_755)),
        with("no-permissions", "A file that nobody may read.", mode(0o100_000)),
        with("dos-hidden", "A file that MS-DOS hides, and one of the system.", 0x02 | 0x04),
        with(
            "dos-other",
            "A file with every bit that means neither a folder nor a label nor a link.",
            0xfbe7,
        ),
    ]
}

fn special() -> Vec<Case> {
    let of = |name: &str, about: &str, content: &str, system: u8, attributes: u32| {
        refused(&format!("special-{name}"), RULE, about, and("x.inc", content, system, attributes))
    };
    let link = |name: &str, about: &str, system: u8| of(name, about, "inc/x.inc", system, mode(0o120_777));
    vec![
        link("link", "A symbolic link.", UNIX),
        link("link-of-dos", "A symbolic link, though MS-DOS is named, which has none.", DOS),
        link("link-of-macos", "A symbolic link, and macOS is named.", MACOS),
        of("reparse-point", "A file of Windows that 7-Zip makes a link of.", "inc/x.inc", DOS, 0x0420),
        of("link-outside", "A symbolic link that leads out of the folder.", "/etc", UNIX, mode(0o120_777)),
        of("link-no-permissions", "A symbolic link that nobody may read.", "y", UNIX, mode(0o120_000)),
        of("fifo", "A FIFO.", "", UNIX, mode(0o10644)),
        of("character-device", "A character device.", "", UNIX, mode(0o20644)),
        of("block-device", "A block device.", "", UNIX, mode(0o60644)),
        of("socket", "A socket.", "", UNIX, mode(0o140_755)),
        of("unknown", "A file of a type that Unix does not have.", "", UNIX, mode(0o150_644)),
        of("label", "A label of a volume, which unzip does not unpack.", "x", DOS, DOS_LABEL),
        refused("special-link-main", RULE, "The main file is a symbolic link.", {
            fitting().attributes(UNIX, mode(0o120_777)).bytes()
        }),
        refused("special-link-folder", RULE, "A symbolic link whose name ends with a slash.", {
            and("lib/", "../other", UNIX, mode(0o120_777))
        }),
        refused("special-link-resource-fork", RULE, "A symbolic link in the folder of macOS.", {
            let archive = fitting().file("__MACOSX/x", "../hello-pfn");
            archive.attributes(UNIX, mode(0o120_777)).bytes()
        }),
    ]
}

fn folders() -> Vec<Case> {
    let refused = |name: &str, about: &str, system: u8, attributes: u32| {
        refused(&format!("folder-{name}"), RULE, about, and("inc", "", system, attributes))
    };
    let verified = |name: &str, about: &str, system: u8, attributes: u32| {
        verified(&format!("folder-{name}"), RULE, about, and("inc/", "", system, attributes))
    };
    vec![
        refused("of-dos-no-slash", "A folder to MS-DOS, and a file by its name.", DOS, DOS_FOLDER),
        refused("of-unix-no-slash", "A folder to Unix, and a file by its name.", UNIX, mode(0o40755)),
        refused(
            "of-dos-on-unix-no-slash",
            "A file to Unix and by its name, but a folder to MS-DOS.",
            UNIX,
            mode(0o100_644) | DOS_FOLDER,
        ),
        verified("no-attributes", "A folder by its name alone.", DOS, 0),
        verified(
            "with-mode-of-file",
            "A folder by its name, which every unpacker follows, with the mode of a file.",
            UNIX,
            mode(0o100_644),
        ),
        verified("of-dos", "A folder by its name and to MS-DOS.", DOS, DOS_FOLDER),
        verified("of-unix", "A folder by its name and to Unix.", UNIX, mode(0o40755)),
    ]
}
