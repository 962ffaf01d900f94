//! Archives whose compressed data no compressor writes, or only some: every length and distance, codes at their limits, and
//! data that is damaged in one bit. Each verifier inflates by itself, or has its own library for it.

use super::archive;
use super::record::{SAMPLE, UNBOUND, case, facts, sample, signed_record};
use crate::archive::Archive;
use crate::case::Case;
use crate::deflate::distance_bits;
use crate::deflate::{
    ALL_LENGTH_CODES, Codes, Deflate, END_OF_BLOCK, least_distance, least_length, length_bits,
};
use crate::plugin::main_file;

const RULE: &str = r#"pfn.md, "Archive consistency""#;

/// How much of a file is read for its header, and how much compressed data for that.
const START_BYTES: usize = 8 * 1024;
const PACKED_BYTES: usize = 16 * 1024;

pub(super) fn cases() -> Vec<Case> {
    [symbols(), stored(), codes(), damaged(), ends(), far_distances(), sizes()].concat()
}

/// An archive whose main file is said to have so many bytes, and has this compressed data.
fn packed(size: usize, data: Deflate) -> Archive {
    let file = Archive::new().deflated("hello-pfn/hello-pfn.php", vec![b'-'; size]);
    file.damaged(|old| *old = data.bytes())
}

fn verified(name: &str, about: &str, size: usize, data: Deflate) -> Case {
    archive::verified(&format!("deflate-{name}"), RULE, about, packed(size, data).bytes())
}

fn refused(name: &str, about: &str, size: usize, data: Deflate) -> Case {
    archive::refused(&format!("deflate-{name}"), RULE, about, packed(size, data).bytes())
}

fn header() -> Vec<u8> {
    main_file(SAMPLE[1], SAMPLE[2], &[]).into_bytes()
}

/// Letters and digits in no order, so that no three of them come again.
fn letters(count: usize) -> Vec<u8> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let states = std::iter::successors(Some(1_u32), next);
    states.map(|state| LETTERS[(state >> 16) as usize % LETTERS.len()]).take(count).collect()
}

/// A block with the fixed codes and the header in it.
fn fixed(data: Deflate, is_last: bool) -> Deflate {
    data.block(is_last, 1).literals(&Codes::fixed(), &header())
}

/// Every length and every distance that the start of a file has room for, the least and the greatest of each symbol.
fn symbols() -> Vec<Case> {
    let fixed_codes = Codes::fixed();
    let mut size = header().len();
    let mut data = fixed(Deflate::new(), true);
    for symbol in 257..=285 {
        for length in [least_length(symbol), least_length(symbol) + (1 << length_bits(symbol)) - 1] {
            data = data.repeat(&fixed_codes, length, 7);
            size += length;
        }
    }
    vec![
        verified("lengths", "Every length has the size that it should have.", size, data.end(&fixed_codes)),
        distances(),
    ]
}

/// The plugin's name is made of three bytes for each distance.
fn distances() -> Case {
    let codes = Codes::fixed();
    // The name begins with so many letters that none of the distances leads to the line end before it.
    let lines = [b"<?php /*", &*letters(START_BYTES - 600), b"\n Plugin Name: "].concat();
    let mut file = [&*lines, &letters(START_BYTES)[START_BYTES - 40..]].concat();
    let mut data = Deflate::new().block(true, 1).literals(&codes, &file);
    let before = lines.len();
    for symbol in 0..=25 {
        let least = least_distance(symbol);
        for distance in [least, least + (1 << distance_bits(symbol)) - 1] {
            let distance = distance.min(before);
            // The first ones are nearer than three bytes: these repeat.
            let from = file.len() - distance;
            (0..3).for_each(|place| file.push(file[from + place]));
            data = data.repeat(&codes, 3, distance);
            // What is nearer stays different.
            let letter = letters(START_BYTES)[symbol + 70];
            file.push(letter);
            data = data.literals(&codes, &[letter]);
        }
    }
    let name = String::from_utf8(file[before..].to_vec()).expect("letters");
    let end = format!("\n Version: {}\n */", SAMPLE[2]);
    let data = data.literals(&codes, end.as_bytes()).end(&codes);
    file.extend(end.as_bytes());
    assert!(file.len() <= START_BYTES, "all of it is read");
    let mut members = sample();
    members[1] = Some(name.into());
    let case = case("archive-deflate-distances", &signed_record(members.clone())).rule(RULE);
    case.file("archive", "zip", packed(file.len(), data).bytes())
        .about("The plugin's name is repeated from every distance.")
        .verified(facts(members), UNBOUND)
}

fn stored() -> Vec<Case> {
    let header = header();
    let (size, half) = (header.len(), header.len() / 2);
    let wrong = |length: u16, check: u16| {
        let start = Deflate::new().block(true, 0).raw(&length.to_le_bytes()).raw(&check.to_le_bytes());
        start.raw(&header)
    };
    let length = size as u16;
    let long = [&*header, &letters(START_BYTES)].concat();
    vec![
        verified("stored", "One block of bytes as they are.", size, Deflate::new().stored(true, &header)),
        verified("stored-right", "The same.", size, wrong(length, !length)),
        verified(
            "stored-two",
            "Two blocks of bytes, and three without any.",
            size,
            Deflate::new()
                .stored(false, b"")
                .stored(false, &header[..half])
                .stored(false, b"")
                .stored(false, &header[half..])
                .stored(true, b""),
        ),
        verified(
            "stored-between",
            "A block of bytes between two others. The bits before it say nothing, and are set.",
            2 * size + 3,
            fixed(Deflate::new(), false)
                .end(&Codes::fixed())
                .block(false, 0)
                .filled()
                .raw(b"\x03\0\xfc\xffabc")
                .block(true, 1)
                .literals(&Codes::fixed(), &header)
                .end(&Codes::fixed()),
        ),
        verified(
            "stored-beyond-8-kib",
            "One block of bytes, which goes on after 8 KiB.",
            long.len(),
            Deflate::new().stored(true, &long),
        ),
        refused(
            "stored-check",
            "One bit of the check of a block's length is wrong.",
            size,
            wrong(length, !length ^ 1),
        ),
        refused("stored-check-high", "Its highest bit is wrong.", size, wrong(length, !length ^ 0x8000)),
        refused("stored-check-same", "The check is the length itself.", size, wrong(length, length)),
        refused(
            "stored-cut-off",
            "The block has a byte less than its length.",
            size + 1,
            wrong(length + 1, !(length + 1)),
        ),
        refused("stored-no-length", "The data ends in a block's length.", size, {
            fixed(Deflate::new(), false).end(&Codes::fixed()).block(true, 0).raw(b"\0\0\xff")
        }),
        refused("stored-no-bytes", "The data ends after a block's length.", size, {
            fixed(Deflate::new(), false).end(&Codes::fixed()).block(true, 0).raw(b"\x01\0\xfe\xff")
        }),
        refused(
            "stored-wrong-size",
            "The file is said to have a byte more.",
            size + 1,
            Deflate::new().stored(true, &header),
        ),
    ]
}

/// The most literals and lengths, and distances: 254 codes of 8 bits, and 4 of 9; two distances.
fn greatest() -> Codes {
    let mut literals = vec![8; 254];
    literals.extend([0; 2]);
    literals.extend([9, 9, 9]);
    literals.resize(285, 0);
    literals.push(9);
    let mut distances = vec![0; 30];
    (distances[0], distances[29]) = (1, 1);
    Codes::new(literals, distances)
}

fn codes() -> Vec<Case> {
    let header = header();
    let size = header.len();
    // All literals of ASCII, and the end: 128 codes of 8 bits, of 256.
    let ascii = |end: u8| [vec![8; 128], vec![0; 128], vec![end]].concat();
    let block = |codes: &Codes| Deflate::new().block(true, 2).codes_of(codes);
    let whole = |codes: &Codes| block(codes).literals(codes, &header).end(codes);
    let before =
        |codes: &Codes| fixed(Deflate::new(), false).end(&Codes::fixed()).block(true, 2).codes_of(codes);
    let one_distance = Codes::new([ascii(2), vec![2]].concat(), vec![1]);
    let far = Codes::new([ascii(2), vec![2]].concat(), vec![0, 0, 1]);
    let only_end = Codes::new([vec![0; 256], vec![1]].concat(), vec![0]);
    let no_codes = Codes::new(vec![0; 257], vec![0]);
    let mut deep: Vec<u8> = vec![0; 257];
    // A code of every length from 1 to 15, and a second one of 15: the end.
    (1..=15).for_each(|bits| deep[usize::from(b'`') + usize::from(bits)] = bits);
    deep[END_OF_BLOCK] = 15;
    let deep = Codes::new(deep, vec![1, 1]);
    vec![
        verified("codes", "Codes of their own, the most that there may be.", size + 258, {
            block(&greatest()).literals(&greatest(), &header).repeat(&greatest(), 258, 1).end(&greatest())
        }),
        verified("codes-one-distance", "A code of one distance, which has one bit.", size + 3, {
            block(&one_distance)
                .literals(&one_distance, &header)
                .repeat(&one_distance, 3, 1)
                .end(&one_distance)
        }),
        verified("codes-one-far-distance", "The only distance is the third.", size + 3, {
            block(&far).literals(&far, &header).repeat(&far, 3, 3).end(&far)
        }),
        refused("codes-other-bit", "There is one distance, and the bit that no code has.", size + 3, {
            let data = block(&one_distance).literals(&one_distance, &header);
            data.symbol(&[&*ascii(2), &[2]].concat(), 257).number(1, 1).end(&one_distance)
        }),
        verified("codes-no-distance", "A code without distances, where none is needed.", size, {
            let codes = Codes::new(ascii(1), vec![0]);
            whole(&codes)
        }),
        verified(
            "codes-only-end",
            "The only code of a block is its end.",
            size,
            before(&only_end).end(&only_end),
        ),
        refused("codes-none", "A block without codes.", size, before(&no_codes).number(0, 8)),
        verified("codes-of-15-bits", "Codes of 1 to 15 bits.", size + 15, {
            before(&deep).literals(&deep, b"abcdefghijklmno").end(&deep)
        }),
        refused("codes-too-few", "The codes of literals leave room for more.", size, {
            let codes = Codes::new(ascii(2), vec![1, 1]);
            whole(&codes)
        }),
        refused("codes-too-many", "There are more codes of literals than there is room for.", size, {
            let codes = Codes::new([ascii(1), vec![8]].concat(), vec![1, 1]);
            block(&codes).raw(&[0; 64])
        }),
        refused(
            "codes-too-many-distances",
            "There are more codes of distances than there is room for.",
            size,
            {
                let codes = Codes::new(ascii(1), vec![1, 1, 1]);
                whole(&codes)
            },
        ),
        refused("codes-too-few-distances", "The codes of distances leave room for more.", size, {
            let codes = Codes::new(ascii(1), vec![1, 2]);
            whole(&codes)
        }),
    ]
}

/// How the lengths of codes are written.
fn damaged() -> Vec<Case> {
    let header = header();
    let size = header.len();
    let start = || fixed(Deflate::new(), false).end(&Codes::fixed());
    let lengths = &ALL_LENGTH_CODES;
    let numbers = |literals: usize, distances: usize| {
        let lengths =
            (0..literals + distances).map(|place| if [0, END_OF_BLOCK].contains(&place) { 1 } else { 0 });
        let data = start().block(true, 2).codes(literals, distances, &ALL_LENGTH_CODES);
        lengths.fold(data, |data, length| data.symbol(&ALL_LENGTH_CODES, length)).number(1, 1)
    };
    // A length of 8, three to six times again, up to 128; nothing, 3, 10, 11 and more times, up to 256; the end.
    let repeated = {
        let data = Deflate::new().block(true, 2).codes(257, 1, lengths).symbol(lengths, 8);
        let data = data.symbol(lengths, 16).number(0, 2).symbol(lengths, 16).number(1, 2);
        let data = (0..20).fold(data, |data, _| data.symbol(lengths, 16).number(3, 2));
        let data = data.symbol(lengths, 17).number(0, 3).symbol(lengths, 17).number(7, 3);
        data.symbol(lengths, 18).number(0, 7).symbol(lengths, 18).number(93, 7).symbol(lengths, 1)
    };
    let whole = [vec![8; 128], vec![0; 128], vec![1]].concat();
    let whole = Codes::new(whole, vec![0]);
    let literals = |data: Deflate| data.literals(&whole, &header).end(&whole);
    let of_18 = {
        let codes = Codes::new([vec![0; 256], vec![1]].concat(), vec![0]);
        let data = start().block(true, 2).codes(257, 1, lengths).symbol(lengths, 18).number(127, 7);
        let data = data.symbol(lengths, 18).number(107, 7);
        data.symbol(lengths, 1).symbol(lengths, 0).end(&codes)
    };
    vec![
        verified("numbers", "As many codes as there may be.", size, numbers(286, 30)),
        refused("numbers-287-literals", "One literal or length more than there is.", size, numbers(287, 30)),
        refused("numbers-31-distances", "One distance more than there is.", size, numbers(286, 31)),
        verified("repeats", "Lengths of codes are repeated, each way the least and the most often.", size, {
            literals(repeated.clone().symbol(lengths, 0))
        }),
        verified("repeats-138-zeros", "138 times nothing.", size, of_18),
        refused("repeats-too-many", "A repetition goes beyond the last code.", size, {
            literals(repeated.symbol(lengths, 17).number(0, 3))
        }),
        refused("repeats-nothing", "A repetition without a length before it.", size, {
            let data = start().block(true, 2).codes(257, 1, lengths).symbol(lengths, 16).number(0, 2);
            data.raw(&[0; 64])
        }),
        refused("lengths-too-few", "The codes of lengths leave room for more.", size, {
            let mut few = [0; 19];
            few[1] = 1;
            start().block(true, 2).codes(257, 1, &few).raw(&[0; 64])
        }),
        refused("lengths-none", "There are no codes of lengths.", size, {
            start().block(true, 2).codes(257, 1, &[0; 19]).raw(&[0; 64])
        }),
        refused("lengths-too-many", "There are more codes of lengths than there is room for.", size, {
            start().block(true, 2).codes(257, 1, &[1; 19]).raw(&[0; 64])
        }),
        refused("block-type", "A block of a type that is none.", size, start().block(true, 3).raw(&[0; 64])),
    ]
}

/// Where the data ends, or goes on behind what is read of it.
fn ends() -> Vec<Case> {
    let header = header();
    let size = header.len();
    let codes = Codes::fixed();
    let long = || [header.clone(), letters(START_BYTES - size)].concat();
    let unfinished = fixed(Deflate::new(), true);
    let literals_to_room = Deflate::new().block(true, 1).literals(&codes, &long());
    let mut one_more = literals_to_room.clone().literals(&codes, b"x");
    one_more = one_more.end(&codes);
    let then_match = |length, distance| literals_to_room.clone().repeat(&codes, length, distance).end(&codes);
    vec![
        refused("unfinished", "The data ends without the end of its block.", size, unfinished.clone()),
        refused("no-data", "There is no data.", 0, Deflate::new()),
        refused(
            "not-the-last",
            "The only block is not the last one.",
            size,
            fixed(Deflate::new(), false).end(&codes),
        ),
        refused("trailing", "More data follows the last block.", size, {
            fixed(Deflate::new(), true).end(&codes).raw(b"more")
        }),
        verified("8-kib", "The data ends with 8 KiB.", START_BYTES, literals_to_room.clone().end(&codes)),
        refused(
            "8-kib-unfinished",
            "The data ends with 8 KiB, without the end of its block.",
            START_BYTES,
            literals_to_room.clone(),
        ),
        verified("8-kib-and-one", "One byte follows the 8 KiB.", START_BYTES + 1, one_more.clone()),
        refused(
            "8-kib-and-one-more",
            "One byte follows the 8 KiB, of a file that should end there.",
            START_BYTES - 1,
            one_more,
        ),
        verified(
            "8-kib-and-repeated",
            "What follows the 8 KiB is repeated.",
            START_BYTES + 3,
            then_match(3, START_BYTES),
        ),
        refused(
            "8-kib-and-too-far",
            "What follows the 8 KiB is repeated from before the start.",
            START_BYTES + 3,
            then_match(3, START_BYTES + 1),
        ),
        verified(
            "repeated-over-8-kib",
            "A repetition begins before 8 KiB are full, and ends after.",
            START_BYTES + 2,
            {
                let data = Deflate::new().block(true, 1).literals(&codes, &long()[..START_BYTES - 1]);
                data.repeat(&codes, 3, 1).end(&codes)
            },
        ),
        refused("too-far", "A repetition from before the start.", size + 3, {
            fixed(Deflate::new(), true).repeat(&codes, 3, size + 1).end(&codes)
        }),
        verified("from-the-start", "A repetition from the start.", size + 3, {
            fixed(Deflate::new(), true).repeat(&codes, 3, size).end(&codes)
        }),
        refused("length-286", "A length that is none.", size, {
            fixed(Deflate::new(), true)
                .symbol(&[vec![8; 144], vec![9; 112], vec![7; 24], vec![8; 8]].concat(), 286)
                .raw(&[0; 8])
        }),
        refused("distance-30", "A distance that is none.", size + 3, {
            fixed(Deflate::new(), true).repeat_far(&codes, 3, 30).raw(&[0; 8])
        }),
    ]
}

/// 8 KiB in a block of bytes, and then blocks without any, up to four bytes before the end of what is read.
fn full() -> Deflate {
    let whole = [header(), letters(START_BYTES - header().len())].concat();
    let mut data = Deflate::new().stored(false, &whole);
    // A block with the fixed codes and nothing but its end has ten bits: one of bytes after it begins in its last byte.
    for _ in 0..3 {
        data = data.block(false, 1).end(&Codes::fixed()).stored(false, b"");
    }
    while data.len() < PACKED_BYTES - 4 {
        data = data.stored(false, b"");
    }
    assert_eq!(data.len(), PACKED_BYTES - 4);
    data
}

/// Distances beyond 8 KiB are never right. Where there is room for nothing more, what is read may end before that is told.
fn far_distances() -> Vec<Case> {
    let codes = Codes::fixed();
    // A last block of 32 bits to the end of the distance, or of 33.
    let tail = |symbol: usize, is_whole: bool| {
        let length = match (distance_bits(symbol), is_whole) {
            (12, true) | (13, false) => least_length(280),
            (12, false) => least_length(281),
            _ => least_length(277),
        };
        let data = full().block(true, 1).repeat_far(&codes, length, symbol);
        data.number(0, distance_bits(symbol)).raw(&[0; 8])
    };
    let size = 2 * START_BYTES;
    let mut cases = Vec::new();
    for symbol in 26..30 {
        let name = |what: &str| format!("distance-{symbol}-{what}");
        cases.extend([
            refused(
                &name("whole"),
                "8 KiB are full, and what is read ends with a distance that is too far.",
                size,
                tail(symbol, true),
            ),
            verified(
                &name("cut-off"),
                "8 KiB are full, and what is read ends a bit before a distance that is too far.",
                size,
                tail(symbol, false),
            ),
        ]);
    }
    let empty = |blocks: usize| (0..blocks).fold(Deflate::new(), |data, _| data.stored(false, b""));
    cases.extend([
        verified("full-and-empty-blocks", "8 KiB are full, and only blocks without bytes follow.", size, {
            (0..10).fold(full(), |data, _| data.stored(false, b""))
        }),
        refused(
            "empty-blocks",
            "What is read is blocks without bytes; the header follows.",
            header().len(),
            fixed(empty(PACKED_BYTES / 5 + 1), true).end(&codes),
        ),
        verified("empty-blocks-before", "Blocks without bytes, then the header.", header().len(), {
            fixed(empty(PACKED_BYTES / 5 - 100), true).end(&codes)
        }),
    ]);
    cases
}

fn sizes() -> Vec<Case> {
    let header = header();
    let (size, codes) = (header.len(), Codes::fixed());
    let data = || fixed(Deflate::new(), true).end(&codes);
    vec![
        verified(
            "literals-beyond-8-kib",
            "Letter by letter, a file that goes on after 8 KiB.",
            size + START_BYTES,
            fixed(Deflate::new(), true).literals(&codes, &letters(START_BYTES)).end(&codes),
        ),
        refused(
            "header-after-8-kib",
            "Letter by letter, a file whose header starts after 8 KiB.",
            size + START_BYTES,
            Deflate::new()
                .block(true, 1)
                .literals(&codes, &letters(START_BYTES))
                .literals(&codes, &header)
                .end(&codes),
        ),
        refused("size-less", "The file is said to have a byte less.", size - 1, data()),
        refused("size-more", "The file is said to have a byte more.", size + 1, data()),
        refused(
            "size-zero",
            "The file is said to be empty, and goes on after 8 KiB.",
            0,
            fixed(Deflate::new(), true).literals(&codes, &letters(START_BYTES)).end(&codes),
        ),
    ]
}
