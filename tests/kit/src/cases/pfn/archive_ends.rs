//! Where an archive ends. Two readers that take different end records see two archives.

use super::archive::fitting;
use super::record::SAMPLE;
use crate::archive::{Archive, END_RECORD_BYTES, MAX_COMMENT_BYTES};
use crate::case::Case;
use crate::plugin::archive;

const RULE: &str = r#"pfn.md, "ZIP end records""#;

pub(super) fn cases() -> Vec<Case> {
    [one_end(), two_ends(), not_the_end()].concat()
}

fn verified(name: &str, about: &str, archive: Vec<u8>) -> Case {
    super::archive::verified(&format!("end-{name}"), RULE, about, archive)
}

fn refused(name: &str, about: &str, archive: Vec<u8>) -> Case {
    super::archive::refused(&format!("end-{name}"), RULE, about, archive)
}

/// An archive without entries is an end record alone.
fn empty_archive() -> Vec<u8> {
    let bytes = Archive::new().bytes();
    assert_eq!(bytes.len(), END_RECORD_BYTES);
    bytes
}

/// The name of a file in the plugin's folder that is itself an archive.
const INNER: &str = "hello-pfn/languages.zip";

fn one_end() -> Vec<Case> {
    let longest = vec![b'-'; MAX_COMMENT_BYTES];
    let deflated = fitting().deflated(INNER, inner_archive()).bytes();
    let ends = deflated.windows(4).filter(|window| window == b"PK\x05\x06").count();
    assert_eq!(ends, 1, "the inner end record can be seen");
    vec![
        verified("comment", "The archive has a comment.", fitting().comment("Hello PFN").bytes()),
        verified(
            "inner-archive-deflated",
            "A file of the archive is an archive, compressed: its end record cannot be seen from outside.",
            deflated,
        ),
        verified(
            "inner-archive-before-range",
            "A file of the archive is an archive, but the longest comment leaves it out of the range of the outer end.",
            fitting().file(INNER, inner_archive()).comment(longest).bytes(),
        ),
    ]
}

/// An archive that deflate makes shorter, so that none of it is stored.
fn inner_archive() -> Vec<u8> {
    Archive::new().file("de.txt", "Hallo ".repeat(40)).bytes()
}

fn two_ends() -> Vec<Case> {
    let [slug, name, _, _] = SAMPLE;
    let older = archive(slug, name, "0.9.0").bytes();
    let doubled = {
        let bytes = fitting().bytes();
        let end = bytes[bytes.len() - END_RECORD_BYTES..].to_vec();
        fitting().comment(end).bytes()
    };
    vec![
        refused("in-comment", "The comment is an empty archive.", fitting().comment(empty_archive()).bytes()),
        refused(
            "signature-in-comment",
            "The comment is the signature of an end record.",
            fitting().comment("PK\u{5}\u{6}").bytes(),
        ),
        refused("in-comment-same", "The comment is the end record again.", doubled),
        refused(
            "in-long-comment",
            "An empty archive is inside the comment, and more follows it.",
            fitting().comment([&[b'-'; 100][..], &empty_archive(), &[b'-'; 100]].concat()).bytes(),
        ),
        refused(
            "in-inner-archive",
            "A file of the archive is an archive as it is: its end record is within the range of the outer one.",
            fitting().file(INNER, inner_archive()).bytes(),
        ),
        refused(
            "two-archives",
            "The archive of an older version comes first; all offsets of the second count from the start of the file.",
            fitting().after(older).bytes(),
        ),
    ]
}

fn not_the_end() -> Vec<Case> {
    const COMMENT: &str = "Hello PFN";
    let with_length = |length: usize| {
        let mut bytes = fitting().comment(COMMENT).bytes();
        let at = bytes.len() - COMMENT.len() - 2;
        bytes[at..at + 2].copy_from_slice(&(length as u16).to_le_bytes());
        bytes
    };
    let after = |more: &[u8]| [fitting().bytes(), more.to_vec()].concat();
    assert_eq!(with_length(COMMENT.len()), fitting().comment(COMMENT).bytes());
    vec![
        refused("record-cut-off", "The end record lacks its last byte.", {
            let mut bytes = fitting().bytes();
            bytes.pop();
            bytes
        }),
        refused("record-signature-alone", "The end record has its signature, and nothing more.", {
            let mut bytes = fitting().bytes();
            bytes.truncate(bytes.len() - END_RECORD_BYTES + 4);
            bytes
        }),
        refused("trailing-byte", "One byte after the end record.", after(b"\0")),
        refused("trailing-line-break", "A line break after the end record.", after(b"\n")),
        refused("trailing-script", "A script after the end record.", after(b"<?php echo 1;")),
        refused(
            "comment-longer",
            "The comment has a byte more than its length says.",
            with_length(COMMENT.len() - 1),
        ),
        refused(
            "comment-shorter",
            "The comment has a byte less than its length says.",
            with_length(COMMENT.len() + 1),
        ),
        refused("comment-of-no-length", "There is a comment, and its length is 0.", with_length(0)),
    ]
}
