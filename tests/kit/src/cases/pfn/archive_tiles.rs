//! What is between the entries of an archive: nothing, so that whoever reads it from its start finds those that are listed.

use super::archive::{fitting, refused, verified};
use super::record::SAMPLE;
use crate::archive::{Archive, DATA_DESCRIPTOR, END_RECORD_BYTES, Header, list_offset};
use crate::case::Case;
use crate::plugin::main_file;

const RULE: &str = r#"pfn.md, "Headers of entries""#;

const MAIN: &str = "hello-pfn/hello-pfn.php";

pub(super) fn cases() -> Vec<Case> {
    [between(), descriptors(), behind_the_data()].concat()
}

/// An entry that is in no list: another main file.
fn unlisted() -> Vec<u8> {
    let zip = Archive::new().file(MAIN, "<?php // another").bytes();
    zip[..list_offset(&zip)].to_vec()
}

fn header() -> String {
    main_file(SAMPLE[1], SAMPLE[2], &[])
}

fn between() -> Vec<Case> {
    let refused = |name: &str, about: &str, archive: Archive| {
        refused(&format!("between-{name}"), RULE, about, archive.bytes())
    };
    let other_order = {
        let mut zip = fitting().bytes();
        let (offset, end) = (list_offset(&zip), zip.len() - END_RECORD_BYTES);
        // Both records have 46 bytes and a name; that of the folder comes first.
        zip[offset..end].rotate_left(46 + "hello-pfn/".len());
        zip
    };
    vec![
        refused(
            "unlisted",
            "An entry that is not listed is before the list.",
            fitting().followed_by(unlisted()),
        ),
        refused(
            "unlisted-first",
            "An entry that is not listed is before the others.",
            fitting().after(unlisted()),
        ),
        refused(
            "unlisted-within",
            "An entry that is not listed is between two others.",
            Archive::new().folder("hello-pfn/").followed_by(unlisted()).file(MAIN, header()),
        ),
        refused(
            "data-and-list",
            "The last entry's data is said to end within the list.",
            fitting().listed(|listed| listed.packed_size += 1).own(|own| own.packed_size += 1),
        ),
        refused("zero", "A zero is before the list.", fitting().followed_by([0])),
        refused("zero-first", "A zero is before the first entry.", fitting().after([0])),
        refused("script-first", "The archive can be run: a script is before the first entry.", {
            fitting().after("#!/bin/sh\n")
        }),
        super::archive::refused(
            "between-other-order",
            RULE,
            "The list names the entries in another order than that in which they are in the archive.",
            other_order,
        ),
    ]
}

fn descriptors() -> Vec<Case> {
    let name = |name: &str| format!("descriptor-{name}");
    let accepted =
        |of: &str, about: &str, archive: Archive| verified(&name(of), RULE, about, archive.bytes());
    let rejected = |of: &str, about: &str, archive: Archive| refused(&name(of), RULE, about, archive.bytes());
    let changed = |at: usize| {
        fitting().described(move |header| {
            let mut descriptor = header.descriptor();
            descriptor[at] ^= 1;
            descriptor
        })
    };
    let longer =
        |more: Vec<u8>| fitting().described(move |header| [header.descriptor(), more.clone()].concat());
    let without_signature = |descriptor: Vec<u8>| descriptor[4..].to_vec();
    vec![
        accepted(
            "no-signature",
            "The descriptor has no signature.",
            fitting().described(move |header| without_signature(header.descriptor())),
        ),
        accepted(
            "long",
            "The descriptor has sizes of 64 bits.",
            fitting().described(Header::long_descriptor),
        ),
        accepted(
            "long-no-signature",
            "The descriptor has sizes of 64 bits, and no signature.",
            fitting().described(move |header| without_signature(header.long_descriptor())),
        ),
        accepted("of-folder", "A folder has a descriptor, and a file follows.", {
            Archive::new().folder("hello-pfn/").streamed().file(MAIN, header())
        }),
        rejected(
            "missing",
            "A descriptor is announced, and there is none.",
            fitting().flagged(DATA_DESCRIPTOR),
        ),
        rejected(
            "not-announced",
            "There is a descriptor, and none is announced.",
            fitting().described(Header::descriptor).own(|own| own.flags = 0),
        ),
        rejected("signature", "Its signature is another one.", changed(0)),
        rejected("checksum", "It has another checksum than the list.", changed(4)),
        rejected("packed-size", "It has another compressed size.", changed(8)),
        rejected("size", "It has another size.", changed(12)),
        rejected("followed", "A byte follows it.", longer(vec![0])),
        rejected("twice", "It is there twice.", fitting().described(|header| header.descriptor().repeat(2))),
        rejected("unlisted", "An entry that is not listed follows it.", longer(unlisted())),
        rejected("cut-off", "It lacks its last byte.", {
            fitting().described(|header| header.descriptor()[..15].to_vec())
        }),
    ]
}

/// Compressed data that ends before its stated end, with a descriptor and another entry behind it, which unpackers find that
/// read a stream.
fn behind_the_data() -> Vec<Case> {
    let hiding = |archive: Archive| {
        let mut descriptor = Vec::new();
        let archive = archive.listed(|listed| descriptor = listed.descriptor());
        archive.damaged(|data| data.extend([descriptor, unlisted()].concat())).streamed()
    };
    let main = hiding(Archive::new().deflated(MAIN, header()));
    let text = hiding(fitting().deflated("hello-pfn/readme.txt", "Hello!"));
    vec![
        refused("behind-the-data", RULE, "Another entry is behind the compressed data of the main file.", {
            main.bytes()
        }),
        verified(
            "behind-the-data-of-text",
            RULE,
            "The same of a text file, whose data is not looked at.",
            text.bytes(),
        ),
    ]
}
