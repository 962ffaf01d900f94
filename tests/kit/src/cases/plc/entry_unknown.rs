//! Members of entries that are not known: ignored with a warning, since entries are unsigned.

use crate::case::{Case, replaced};
use crate::cases::publisher::{daily, genesis, log, root, three, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;

const UNKNOWN: &str = "plc.entry.unknown_member";

pub(super) fn cases() -> Vec<Case> {
    [ignored(), numbers(), names(), beside_faults(), duplicates(), bounded()].concat()
}

fn case(name: &str, about: impl Into<String>) -> Case {
    Case::plc(format!("plc/entry-unknown/{name}")).rule(rule::plc::ENTRIES).about(about)
}

/// The log of three operations with a further member in the entry of this index.
fn with(index: usize, name: &'static str, value: impl Into<Json>) -> Log {
    three().edit(index, |entry| entry.set(name, value))
}

fn ignored() -> Vec<Case> {
    let first = genesis();
    let recovered = Log::new(&first, Moment::START)
        .then(&update(1).after(&first).sign(&daily()), Moment::hour(1))
        .then(&update(2).after(&first).sign(&root()), Moment::hour(2));
    let in_all = three().rearrange(|entries| {
        for (seq, entry) in (1u64..).zip(entries) {
            *entry = entry.clone().with("type", "sequenced_op").with("seq", seq);
        }
    });
    let logs = [
        ("first", "An unknown member in the first entry.", with(0, "seq", 7)),
        ("middle", "An unknown member in the second of three entries.", with(1, "seq", 7)),
        ("last", "An unknown member in the last entry.", with(2, "seq", 7)),
        ("all", "The members that an export adds, in every entry: one warning.", in_all),
        (
            "nullified",
            "An unknown member in the entry of a nullified operation.",
            recovered.edit(1, |entry| entry.set("seq", 7)),
        ),
        ("null", "An unknown member that is null.", with(1, "seq", ())),
        (
            "object",
            "An unknown member that is an object with the names of known ones.",
            with(1, "more", three().audit().item(0).clone()),
        ),
    ];
    let case =
        |(name, about, log): (&str, &str, Log)| case(name, about).log(&log).verified_as(&log, &[UNKNOWN]);
    logs.into_iter().map(case).collect()
}

/// Numbers that are not read are only checked against the grammar.
fn numbers() -> Vec<Case> {
    let numbers = [
        ("huge-number", "A number beyond the range of a double.", "1e999".to_owned()),
        ("long-number", "A number of a thousand digits.", "7".repeat(1000)),
        (
            "number-above-64-kib",
            "A number of 65,540 digits, more than the widest field that Rust formats.",
            "7".repeat(65_540),
        ),
        ("long-fraction", "A fraction of a thousand digits.", format!("0.{}", "7".repeat(1000))),
    ];
    let case = |(name, about, number)| {
        let log = with(1, "seq", Json::Number(number));
        case(name, about).rule(rule::json::NUMBERS).log(&log).verified_as(&log, &[UNKNOWN])
    };
    numbers.into_iter().map(case).collect()
}

/// Names that resemble known ones. The known members are there beside them.
fn names() -> Vec<Case> {
    let names = [
        ("capital", "CID", "The name of a known member in capitals."),
        ("with-space", "cid ", "The name of a known member and a space."),
        ("with-nul", "cid\0", "The name of a known member and a NUL."),
        ("empty-name", "", "An empty name."),
        ("prototype", "__proto__", "A name that JavaScript gives a meaning."),
        ("of-operation", "sig", "The name of a member that operations have."),
    ];
    let case = |(name, member, about)| {
        let log = with(1, member, "bafy");
        case(name, about).log(&log).verified_as(&log, &[UNKNOWN])
    };
    names.into_iter().map(case).collect()
}

/// What is known is judged as strictly as ever.
fn beside_faults() -> Vec<Case> {
    let other = Log::new(&update(9).sign(&root()), Moment::START);
    vec![
        case("beside-wrong-type", "The flag beside it is a number.")
            .log(&with(1, "seq", 7).edit(1, |entry| entry.set("nullified", 0)))
            .rejected_at("plc.entry.malformed", 1),
        case("in-place-of-known", "The cid is missing, and a member cId is there.")
            .log(&with(1, "cId", "bafy").edit(1, |entry| entry.remove("cid")))
            .rejected_at("plc.entry.malformed", 1),
        case("beside-wrong-cid", "The cid beside it is of another operation.")
            .log(&with(1, "seq", 7).edit(1, |entry| entry.set("cid", genesis().cid())))
            .rejected_at("plc.cid.mismatch", 1),
        case("beside-other-did", "The did beside it is another identity's.")
            .log(&with(2, "seq", 7).edit(2, |entry| entry.set("did", other.did())))
            .rejected("plc.did_mismatch"),
        case(
            "in-operation",
            "An unknown member in the operation instead, in neither the CID nor the signature.",
        )
        .rule(rule::plc::UNKNOWN_MEMBERS)
        .log(&three().edit(1, |entry| entry.member("operation").set("seq", 7)))
        .rejected_at("plc.operation.unknown_field", 1),
    ]
}

fn duplicates() -> Vec<Case> {
    let text = with(1, "seq", 7).text();
    let twice = replaced(&text, "\"seq\": 7", "\"seq\": 7,\n    \"seq\": 7");
    let inside = replaced(&text, "\"seq\": 7", "\"seq\": {\"a\": [{\"b\": 1, \"\\u0062\": 1}]}");
    let case = |name: &str, about: &str, text: String| {
        case(name, about)
            .rule(rule::json::ONCE)
            .log_text(three().did(), text)
            .rejected("input.duplicate_member")
    };
    vec![
        case("twice", "An unknown member twice, with one value.", twice),
        case("twice-inside", "Deep inside an unknown member, a name twice, once with an escape.", inside),
    ]
}

/// However much is ignored, it costs no more than the limits allow.
fn bounded() -> Vec<Case> {
    let nested = |depth: u64| (1..depth).fold(Json::Array(Vec::new()), |inner, _| Json::Array(vec![inner]));
    // The array of entries and the entry are open around the member.
    let deepest = log().edit(0, |entry| entry.set("more", nested(30)));
    let too_deep = log().edit(0, |entry| entry.set("more", nested(31)));
    assert_eq!((deepest.audit().depth(), too_deep.audit().depth()), (32, 33));
    let many = log().edit(0, |entry| entry.set("more", Json::array([0; 500])));
    let values = many.audit().count();
    let long = log().edit(0, |entry| entry.set("more", "x".repeat(5000)));
    let bytes = long.text().len() as u64;
    let at = |name: &str, about: &str, log: &Log| case(name, about).rule(rule::json::BOUNDS).log(log);
    vec![
        at("depth-at", "A member at the greatest depth that is read.", &deepest)
            .verified_as(&deepest, &[UNKNOWN]),
        at("depth-above", "A member one level deeper.", &too_deep).rejected("input.too_deep"),
        at("values-at", "A member with as many values as the limit allows.", &many)
            .limit("jsonValues", values)
            .verified_as(&many, &[UNKNOWN]),
        at("values-above", "A member with one value more than the limit allows.", &many)
            .limit("jsonValues", values - 1)
            .rejected("input.too_many_values"),
        at("bytes-at", "A member that makes the log exactly as long as the limit.", &long)
            .limit("logBytes", bytes)
            .verified_as(&long, &[UNKNOWN]),
        at("bytes-above", "A member that makes the log one byte too long.", &long)
            .limit("logBytes", bytes - 1)
            .rejected("input.too_large"),
    ]
}
