//! What the keys above a signer's can still undo, and what rests on it.

mod chains;
mod remembered;
mod rests;

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log, op, root, spare, update};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

/// When the operation that most cases are about was accepted.
const ACCEPTED: Moment = Moment::hour(1);

/// The last hour in which it can be undone.
const DEADLINE: i64 = 73;

pub(super) fn cases() -> Vec<Case> {
    [deadline(), who(), rests::cases(), chains::cases(), special(), remembered::cases()].concat()
}

/// One element of `contestable`: an operation, until when it can be undone, by which keys, and what rests on it.
fn item(log: &Log, operation: u64, until: Moment, keys: &[KeyPair], rests: Rests) -> Json {
    let op = &log.operations()[operation as usize];
    Json::object([
        ("operation", operation.into()),
        ("cid", op.cid().into()),
        ("until", until.without_fraction().into()),
        ("keys", Json::array(keys.iter().map(KeyPair::did_key))),
        ("verificationMethods", Json::array(rests.methods.iter().copied())),
        ("services", Json::array(rests.services.iter().copied())),
        ("alsoKnownAs", Json::array(rests.aliases.iter().copied())),
    ])
}

/// What rests on an operation.
#[derive(Clone, Copy)]
struct Rests {
    methods: &'static [&'static str],
    services: &'static [&'static str],
    aliases: &'static [&'static str],
}

const NOTHING: Rests = Rests { methods: &[], services: &[], aliases: &[] };
const FIRST_ALIAS: Rests = Rests { aliases: &["https://publisher.example/1"], ..NOTHING };

fn case(name: &str, about: &str, log: &Log, now: u64) -> Case {
    Case::plc(format!("plc/contestable/{name}")).rule(rule::plc::CONTESTABLE).about(about).log(log).now(now)
}

/// A verified log with these elements of `contestable`.
fn listed(name: &str, about: &str, log: &Log, now: u64, items: impl IntoIterator<Item = Json>) -> Case {
    case(name, about, log, now).verified_as(log, &[]).fact("contestable", Json::array(items))
}

/// The publisher's log, then this operation.
fn after_genesis(op: Op, signer: &KeyPair) -> Log {
    log().then(&op.after(&genesis()).sign(signer), ACCEPTED)
}

fn deadline() -> Vec<Case> {
    let log = after_genesis(update(1), &daily());
    let item = |until: Moment, log: &Log| [item(log, 1, until, &[root()], FIRST_ALIAS)];
    let end = Moment::hour(DEADLINE);
    let fraction = log_with_times(ACCEPTED.plus_ms(999).at_offset(-480));
    let future = log_with_times(Moment::hour(10).to_string());
    vec![
        listed(
            "open",
            "An hour after an update by the second key.",
            &log,
            Moment::hour(2).seconds(),
            item(end, &log),
        ),
        listed("at-deadline", "Exactly 72 hours after the update.", &log, end.seconds(), item(end, &log)),
        listed("after-deadline", "72 hours and one second after the update.", &log, end.seconds() + 1, []),
        listed("same-second", "In the second of the update.", &log, ACCEPTED.seconds(), item(end, &log)),
        listed(
            "fraction-at-deadline",
            "createdAt has a fraction and an offset; the fraction is rounded down.",
            &fraction,
            end.seconds(),
            item(end, &fraction),
        ),
        listed("fraction-after-deadline", "One second more.", &fraction, end.seconds() + 1, []),
        listed(
            "dated-in-the-future",
            "The update is dated eight hours after the verifier's clock.",
            &future,
            Moment::hour(2).seconds(),
            item(Moment::hour(82), &future),
        ),
        Case::plc("plc/contestable/no-clock")
            .rule(rule::plc::CONTESTABLE)
            .about("Without a clock nothing is said.")
            .log(&log)
            .verified_as(&log, &[])
            .fact("contestable", ()),
    ]
}

/// The publisher's log, then an update by the daily key at this time.
fn log_with_times(created_at: String) -> Log {
    log().then(&update(1).after(&genesis()).sign(&daily()), created_at)
}

fn who() -> Vec<Case> {
    let now = Moment::hour(2).seconds();
    let end = Moment::hour(DEADLINE);
    let by_root = after_genesis(update(1), &root());
    let by_spare = after_genesis(update(1), &spare());
    let genesis_by_daily = Log::new(&op().sign(&daily()), Moment::START);
    let reordered = {
        let second = update(1).rotation_keys([&daily(), &root()]).after(&genesis()).sign(&root());
        let third = update(1).service("b", "Example", "https://b.example").after(&second).sign(&root());
        log().then(&second, Moment::hour(0).plus_ms(1)).then(&third, ACCEPTED)
    };
    let repeated = {
        let first = op().rotation_keys([&root(), &root(), &daily()]).sign(&root());
        Log::new(&first, Moment::START).then(&update(1).after(&first).sign(&daily()), ACCEPTED)
    };
    vec![
        listed("highest-key", "The highest key signed, and nothing is above it.", &by_root, now, []),
        listed(
            "lowest-key",
            "The third key signed: both above it can undo the update.",
            &by_spare,
            now,
            [item(&by_spare, 1, end, &[root(), daily()], FIRST_ALIAS)],
        ),
        listed("genesis", "A genesis alone.", &log(), now, []),
        listed(
            "genesis-by-second-key",
            "A genesis that the second key signed: a genesis cannot be undone.",
            &genesis_by_daily,
            now,
            [],
        ),
        listed(
            "order-of-prev",
            "The signer's key is first in the genesis, but second in the prev of what it signed.",
            &reordered,
            now,
            [item(&reordered, 2, end, &[daily()], Rests { services: &["b"], ..NOTHING })],
        ),
        case("key-twice", "The key above the signer's is listed twice, and told once.", &repeated, now)
            .verified_as(&repeated, &["plc.rotation_keys.duplicate"])
            .fact("contestable", Json::array([item(&repeated, 1, end, &[root()], FIRST_ALIAS)])),
    ]
}

fn special() -> Vec<Case> {
    let now = Moment::hour(2).seconds();
    let end = Moment::hour(DEADLINE);
    let tombstone = after_genesis(Op::tombstone(), &daily());
    let final_tombstone = after_genesis(Op::tombstone(), &root());
    let frozen = after_genesis(op().with("rotationKeys", Json::Array(Vec::new())), &daily());
    let create = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&daily());
    let legacy = Log::new(&create, Moment::START).then(&op().after(&create).sign(&daily()), ACCEPTED);
    let export = after_genesis(update(1), &daily());
    vec![
        listed(
            "tombstone",
            "A tombstone by the second key: the identity can still come back.",
            &tombstone,
            now,
            [item(&tombstone, 1, end, &[root()], NOTHING)],
        ),
        listed("tombstone-by-highest-key", "A tombstone by the highest key.", &final_tombstone, now, []),
        case("frozen", "An update by the second key that leaves no rotation keys.", &frozen, now)
            .verified_as(&frozen, &["plc.rotation_keys.empty"])
            .fact("contestable", Json::array([item(&frozen, 1, end, &[root()], NOTHING)])),
        listed(
            "legacy",
            "The signingKey of a legacy create signed; the recoveryKey is above it.",
            &legacy,
            now,
            [item(
                &legacy,
                1,
                end,
                &[root()],
                Rests { methods: &["fair"], services: &["fairpm_repo"], ..NOTHING },
            )],
        ),
        listed(
            "export",
            "The log is an export.",
            &export,
            now,
            [item(&export, 1, end, &[root()], FIRST_ALIAS)],
        )
        .export(export.did(), export.export()),
    ]
}
