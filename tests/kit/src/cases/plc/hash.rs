//! CIDs and the bytes that are hashed.

use crate::case::{Case, replaced};
use crate::cases::publisher::{daily, genesis, log, log_with, op, root, three, update};
use crate::cases::rule;
use crate::cbor;
use crate::encoding::{base64url, cid, cid_bytes, cid_with_codec, multibase};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

const RULE: &str = rule::plc::ENTRIES;

pub(super) fn cases() -> Vec<Case> {
    [
        served_cids(),
        changed_operations(),
        other_bytes(),
        strings(),
        vec![heads(), oversized(7500), oversized(7501)],
    ]
    .concat()
}

fn served_cids() -> Vec<Case> {
    let second = update(1).after(&genesis()).sign(&daily());
    let bytes = cbor::encode(second.json());
    let unsigned = update(1).after(&genesis()).bytes();
    let sig_null = update(1).after(&genesis()).with("sig", ());
    let other = {
        let last = if second.cid().ends_with('a') { 'b' } else { 'a' };
        format!("{}{last}", &second.cid()[..second.cid().len() - 1])
    };
    let cids = [
        ("of-another-operation", genesis().cid().to_owned(), "The cid of the first operation again"),
        ("one-character", other, "A cid with another last character"),
        ("upper-case", second.cid().to_uppercase(), "The right cid in capital base32"),
        ("base58", multibase(&cid_bytes(second.cid())), "The right cid in base58btc"),
        ("raw-codec", cid_with_codec(0x55, &bytes), "The right hash under the codec of raw bytes"),
        ("of-json", cid(second.json().to_string().as_bytes()), "The hash of the JSON"),
        ("of-unsigned-bytes", cid(&unsigned), "The hash of the operation without its sig"),
        ("of-null-sig", cid(&sig_null.bytes()), "The hash of the operation with sig null"),
        ("empty", String::new(), "An empty cid"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, cid, about) in cids {
        cases.push(
            Case::plc(format!("plc/cid/{name}"))
                .rule(RULE)
                .about(format!("{about} is served; operation, signature and chain are right."))
                .log(&log_with(&second).edit(1, |entry| entry.set("cid", cid)))
                .rejected_at("plc.cid.mismatch", 1),
        );
    }
    cases.push(
        Case::plc("plc/cid/of-genesis")
            .rule(RULE)
            .about("The first entry serves the last one's cid; nothing else depends on it.")
            .log(&three().edit(0, |entry| entry.set("cid", three().summary().head)))
            .rejected_at("plc.cid.mismatch", 0),
    );
    cases
}

fn changed_operations() -> Vec<Case> {
    let swap_endpoint = |op: &mut Json| {
        op.member("services").member("fairpm_repo").set("endpoint", "https://attacker.example/fair.json");
    };
    let second = update(1).after(&genesis()).sign(&daily());
    let rehashed = {
        let mut json = second.json().clone();
        swap_endpoint(&mut json);
        SignedOp::of(json)
    };
    vec![
        Case::plc("plc/cid/operation-changed")
            .rule(RULE)
            .about("The endpoint was changed after signing, the cid was not.")
            .log(&log_with(&second).edit(1, |entry| swap_endpoint(entry.member("operation"))))
            .rejected_at("plc.cid.mismatch", 1),
        Case::plc("plc/cid/operation-changed-and-rehashed")
            .rule(rule::plc::SIGNATURES)
            .about("The endpoint was changed after signing and the cid recomputed: only the signature refuses it.")
            .log(&log_with(&rehashed))
            .rejected_at("plc.signature.invalid", 1),
    ]
}

/// Operations hashed or signed over bytes that are not the canonical DAG-CBOR.
fn other_bytes() -> Vec<Case> {
    let sorted_plainly = {
        let honest = update(1).after(&genesis());
        let bytes = cbor::encode_sorted(honest.members(), str::cmp);
        honest.with_sig(base64url(&daily().sign(&bytes)))
    };
    let plain_cid = cid(&cbor::encode_sorted(sorted_plainly.json(), str::cmp));
    let signed_as_link = {
        let honest = update(1).after(&genesis());
        let bytes = with_link(&honest.bytes(), genesis().cid());
        honest.with_sig(base64url(&daily().sign(&bytes)))
    };
    let signed_with_null = {
        let honest = update(1).after(&genesis());
        let bytes = honest.clone().with("sig", ()).bytes();
        honest.with_sig(base64url(&daily().sign(&bytes)))
    };
    let signed_json = {
        let honest = update(1).after(&genesis());
        let text = honest.members().to_string();
        honest.with_sig(base64url(&daily().sign(text.as_bytes())))
    };
    let signature = |name: &str, about: &str, op: &SignedOp| {
        Case::plc(format!("plc/bytes/{name}"))
            .rule(rule::plc::BYTES)
            .about(about)
            .log(&log_with(op))
            .rejected_at("plc.signature.invalid", 1)
    };
    vec![
        Case::plc("plc/bytes/plain-key-order")
            .rule(rule::plc::BYTES)
            .about("Hashed and signed by an encoder that sorts keys as strings; the cid is right for those bytes.")
            .log(&log_with(&sorted_plainly).edit(1, |entry| entry.set("cid", plain_cid)))
            .rejected_at("plc.cid.mismatch", 1),
        signature("prev-signed-as-link", "Signed over bytes in which prev is a CBOR link.", &signed_as_link),
        signature(
            "sig-signed-as-null",
            "Signed over bytes in which sig is null, not absent.",
            &signed_with_null,
        ),
        signature("json-signed", "Signed over the JSON.", &signed_json),
    ]
}

/// Replaces the string of a CID by the CBOR link to it: tag 42 around the binary CID after a zero byte.
fn with_link(bytes: &[u8], cid: &str) -> Vec<u8> {
    let text = cbor::encode(&cid.into());
    let at = bytes.windows(text.len()).position(|window| window == text).expect("the CID as text");
    let link = [&[0xd8, 42, 0x58, 37, 0][..], &cid_bytes(cid)].concat();
    [&bytes[..at], &link, &bytes[at + text.len()..]].concat()
}

fn strings() -> Vec<Case> {
    let aliases = [
        (
            "emoji",
            "https://\u{1f600}.example/\u{1f468}\u{200d}\u{1f469}",
            "characters outside the Basic Multilingual Plane",
        ),
        ("controls", "\u{0}\u{1}\u{8}\u{c}\n\r\t\u{1f}\u{7f}", "control characters, NUL among them"),
        ("quotes", "\"\\/\u{2028}\u{2029}<script>", "quotes, backslash, slash and line separators"),
        (
            "not-normalised",
            "e\u{301} \u{e9} \u{fb01} \u{212b}",
            "strings that Unicode normalisation would change",
        ),
        (
            "noncharacters",
            "\u{fffe}\u{ffff}\u{10ffff}\u{fffd}",
            "noncharacters and the replacement character",
        ),
        ("empty", "", "nothing"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, alias, about) in aliases {
        let log = Log::new(&op().also_known_as(alias).sign(&root()), Moment::START);
        cases.push(
            Case::plc(format!("plc/text/{name}"))
                .rule(rule::plc::BYTES)
                .about(format!("An alias with {about}."))
                .log(&log)
                .verified_with_state(&log, &[]),
        );
    }
    cases.push(escaped());
    cases.push(twin_names());
    cases
}

fn escaped() -> Case {
    let log = Log::new(&op().also_known_as("https://\u{1f600}.example").sign(&root()), Moment::START);
    let text = replaced(&log.text(), "\u{1f600}", "\\ud83d\\uDE00");
    let text = replaced(&text, "\"plc_operation\"", "\"plc_\\u006fperation\"");
    let text = replaced(&text, "\"rotationKeys\"", "\"rotation\\u004beys\"");
    let text =
        replaced(&text, "https://publisher.example/fair.json", "https:\\/\\/publisher.example\\/fair.json");
    Case::plc("plc/text/escaped")
        .rule(rule::plc::BYTES)
        .about("Members, values and an emoji are written with JSON escapes.")
        .log_text(log.did(), text)
        .verified_with_state(&log, &[])
}

/// Names that are equal to a careless reader: the composed and the decomposed letter, with and without a NUL.
fn twin_names() -> Case {
    let ids = ["\u{e9}", "e\u{301}", "a", "a\u{0}", "A"];
    let op =
        ids.iter().fold(op(), |op, id| op.service(id, "Example", &format!("https://{}.example", id.len())));
    let log = Log::new(&op.sign(&root()), Moment::START);
    Case::plc("plc/text/twin-names")
        .rule(rule::json::ONCE)
        .about("Services whose ids differ only by normalisation, a NUL or capitals are not duplicates.")
        .log(&log)
        .verified_with_state(&log, &[])
}

/// Texts, arrays and maps at the lengths where a CBOR head grows.
fn heads() -> Case {
    let lengths = [0, 1, 23, 24, 255, 256, 65_535, 65_536];
    let op = lengths.iter().fold(op(), |op, length| op.also_known_as(&"x".repeat(*length)));
    let op = (0..16).fold(op, |op, _| op.also_known_as("y"));
    let log = Log::new(&op.sign(&root()), Moment::START);
    Case::plc("plc/bytes/head-lengths")
        .rule(rule::plc::BYTES)
        .about("Strings of 23, 24, 255, 256, 65,535 and 65,536 bytes in an array of 24.")
        .log(&log)
        .verified_as(&log, &["plc.operation.oversized"])
}

/// A genesis of exactly this size.
fn oversized(bytes: usize) -> Case {
    let sized = |padding: usize| op().also_known_as(&"x".repeat(padding)).sign(&root());
    // The head of a string has three bytes from 256 on, so the rest is the padding.
    let genesis = sized(1000 + bytes - sized(1000).size());
    assert_eq!(genesis.size(), bytes);
    let alone = Log::new(&genesis, Moment::START);
    let warnings: &[&str] = if bytes > 7500 { &["plc.operation.oversized"] } else { &[] };
    assert_ne!(alone.did(), log().did());
    Case::plc(format!("plc/bytes/size-{bytes}"))
        .rule(rule::plc::HISTORY)
        .about(format!("An operation of {bytes} bytes."))
        .log(&alone)
        .verified_as(&alone, warnings)
}
