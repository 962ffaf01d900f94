//! Bounds of the work on logs: at the limit and one above.

use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, log, op, root, spare, three, update};
use crate::cases::rule;
use crate::chain::chain;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

const RULE: &str = rule::plc::BOUNDS;

pub(super) fn cases() -> Vec<Case> {
    let log = log();
    let bytes = log.text().len() as u64;
    let (depth, values) = (log.audit().depth(), log.audit().count());
    [
        pair(
            "log-bytes",
            &log,
            "logBytes",
            bytes,
            "input.too_large",
            "The log is one byte longer than the limit.",
        ),
        pair(
            "json-depth",
            &log,
            "jsonDepth",
            depth,
            "input.too_deep",
            "The log is one level deeper than the limit.",
        ),
        pair(
            "json-values",
            &log,
            "jsonValues",
            values,
            "input.too_many_values",
            "The log has one value more than the limit.",
        ),
        pair(
            "log-operations",
            &three(),
            "logOperations",
            3,
            "plc.log.too_long",
            "The log has one operation more than the limit.",
        ),
        pair(
            "signature-checks",
            &chain(4),
            "logSignatureChecks",
            4,
            "plc.log.too_much_work",
            "One key signed all four operations, so they take four checks, one more than the limit.",
        ),
        key_readings(),
        vec![nested_arrays()],
        operation_bytes(),
        members(),
    ]
    .concat()
}

/// The log at exactly the limit, and above it.
fn pair(
    name: &str,
    log: &Log,
    limit: &'static str,
    value: u64,
    code: &'static str,
    about: &str,
) -> Vec<Case> {
    vec![
        Case::plc(format!("plc/limit/{name}-at"))
            .rule(RULE)
            .about("The log is exactly at the limit.")
            .log(log)
            .limit(limit, value)
            .verified(log_facts(log), &[]),
        Case::plc(format!("plc/limit/{name}-above"))
            .rule(RULE)
            .about(about)
            .log(log)
            .limit(limit, value - 1)
            .rejected(code),
    ]
}

/// A key that is read and not checked counts as a check: one that comes before the key that signed last.
fn key_readings() -> Vec<Case> {
    // Two checks find the daily key at first. Then the root key is known, and one check is enough.
    let first = op().rotation_keys([&root(), &daily()]).sign(&daily());
    let second = update(1).rotation_keys([&spare(), &daily()]).after(&first).sign(&daily());
    // One check, and the reading of the spare key.
    let third = update(2).after(&second).sign(&daily());
    let log = Log::new(&first, Moment::START).then(&second, Moment::hour(1)).then(&third, Moment::hour(2));
    // One check: the spare key was read before.
    let fourth = update(3).rotation_keys([&spare(), &daily()]).after(&third).sign(&daily());
    let longer = log.clone().then(&fourth, Moment::hour(3));
    let case = |end: &str, about: &str, log: &Log, limit: u64| {
        let name = format!("plc/limit/key-readings-{end}");
        Case::plc(name).rule(RULE).about(about).log(log).limit("logSignatureChecks", limit)
    };
    vec![
        case("at", "Four checks, and a key that was only read, are exactly at the limit.", &log, 5)
            .verified_as(&log, &[]),
        case("above", "Four checks are at the limit, and one more key has to be read.", &log, 4)
            .rejected_at("plc.log.too_much_work", 2),
        case(
            "once",
            "Five checks, and a key that was read once and passed twice, are exactly at the limit.",
            &longer,
            6,
        )
        .verified_as(&longer, &[]),
    ]
}

/// The bytes of DAG-CBOR, signature included.
fn operation_bytes() -> Vec<Case> {
    let log = three();
    let sizes: Vec<u64> = log.operations().iter().map(|op| op.size() as u64).collect();
    // The second operation has an alias and a prev, so it is larger than the genesis.
    let largest = *sizes.iter().max().expect("three operations");
    assert!(sizes[0] < sizes[1] && sizes[1] == largest);
    let case = |name: &str, about: &str, limit: u64| {
        let name = format!("plc/limit/operation-bytes-{name}");
        Case::plc(name).rule(RULE).about(about).limit("operationBytes", limit)
    };
    let at = case("at", "The largest operation is exactly at the limit, with its signature.", largest);
    let above = case("above", "The second operation is one byte above the limit.", largest - 1);
    let bare = case("bare-above", "The same in a bare log.", largest - 1);
    vec![
        at.log(&log).verified_as(&log, &[]),
        above.log(&log).rejected_at("plc.operation.too_large", 1),
        bare.log_text(log.did(), log.bare().pretty()).rejected_at("plc.operation.too_large", 1),
    ]
}

/// An operation with so many of something. The JSON is compact, since it is long.
fn with_members(member: &str, count: u64) -> Log {
    let key = root();
    let op = (0..count).fold(Op::regular().rotation_keys([&key]), |op, number| match member {
        "verificationMethods" => op.verification_method(&format!("m{number}"), "did:key:z1"),
        "services" => op.service(&format!("s{number}"), "", ""),
        _ => op.also_known_as(&number.to_string()),
    });
    Log::new(&op.sign(&key), Moment::START)
}

fn members() -> Vec<Case> {
    const TOO_MANY: &str = "plc.operation.too_many_members";
    const OVERSIZED: &str = "plc.operation.oversized";
    const MANY: &str = "plc.verification_methods.many";
    let mut cases = Vec::new();
    let rows: [(&str, &str, &'static str, &[&str]); 3] = [
        ("verification-methods", "verification methods", "verificationMethods", &[OVERSIZED, MANY]),
        ("services", "services", "services", &[OVERSIZED]),
        ("aliases", "aliases", "alsoKnownAs", &[]),
    ];
    for (name, what, member, warnings) in rows {
        let case = |end: &str, about: String, log: &Log| {
            let name = format!("plc/limit/{name}-{end}");
            Case::plc(name).rule(RULE).about(about).log_text(log.did(), log.audit().to_string())
        };
        let [at, above, few] = [1000, 1001, 3].map(|count| with_members(member, count));
        cases.extend([
            case("at", format!("1,000 {what}, the default limit."), &at).verified_as(&at, warnings),
            case("above", format!("1,001 {what}."), &above).rejected_at(TOO_MANY, 0),
            case("own-at", format!("As many {what} as the caller allows."), &few)
                .limit(member, 3)
                .verified_as(&few, &[]),
            case("own-above", format!("One more than the caller allows: {what}."), &few)
                .limit(member, 2)
                .rejected_at(TOO_MANY, 0),
        ]);
    }
    let first = with_members("services", 1).operations()[0].clone();
    let second =
        Op::regular().rotation_keys([&root()]).service("a", "", "").service("b", "", "").after(&first);
    let recovered = Log::new(&first, Moment::START).then(&second.sign(&root()), Moment::hour(1));
    let legacy = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&root());
    let legacy = Log::new(&legacy, Moment::START);
    cases.extend([
        Case::plc("plc/limit/services-later-above")
            .rule(RULE)
            .about("The second operation has one service more than the caller allows.")
            .log(&recovered)
            .limit("services", 1)
            .rejected_at(TOO_MANY, 1),
        Case::plc("plc/limit/legacy-at")
            .rule(RULE)
            .about("A legacy create means one method, one service and one alias.")
            .log(&legacy)
            .limit("verificationMethods", 1)
            .limit("services", 1)
            .limit("alsoKnownAs", 1)
            .verified_as(&legacy, &[]),
    ]);
    cases
}

fn nested_arrays() -> Case {
    Case::plc("plc/limit/nested-arrays")
        .rule(RULE)
        .about("A hundred thousand open arrays: a reader that recurses without a bound runs out of stack.")
        .log_text(log().did(), "[".repeat(100_000))
        .rejected("input.too_deep")
}
