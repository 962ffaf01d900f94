//! What the keys above a signer's can still undo, and what rests on it.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log, op, root, spare, update};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

/// When the operation that most cases are about was accepted.
const ACCEPTED: Moment = Moment::hour(1);

/// The last hour in which it can be undone.
const DEADLINE: i64 = 73;

pub(super) fn cases() -> Vec<Case> {
    [deadline(), who(), what(), chains(), recoveries(), special(), remembered(), without_times()].concat()
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
    ]
}

/// What rests on an update by the second key.
fn what() -> Vec<Case> {
    let new_key = KeyPair::ed25519("publisher/fair-2");
    let other_endpoint = |op: &mut Json| {
        op.member("services").member("fairpm_repo").set("endpoint", "https://other.example/fair.json");
    };
    let other_type = |op: &mut Json| op.member("services").member("fairpm_repo").set("type", "Example");
    let without_method = |op: &mut Json| op.set("verificationMethods", Json::object([]));
    let rows: Vec<(&str, &str, Op, Rests)> = vec![
        ("nothing", "The update says nothing new.", op(), NOTHING),
        (
            "new-method",
            "A verification method is new.",
            op().verification_method("fair_2", &new_key),
            Rests { methods: &["fair_2"], ..NOTHING },
        ),
        (
            "same-key-again",
            "A key that was there gets a second id.",
            op().verification_method("fair_2", &fair()),
            Rests { methods: &["fair_2"], ..NOTHING },
        ),
        (
            "changed-method",
            "A verification method has another key.",
            op().with("verificationMethods", Json::object([("fair", new_key.did_key().into())])),
            Rests { methods: &["fair"], ..NOTHING },
        ),
        (
            "removed-method",
            "A verification method is gone: nothing rests on that.",
            op().edit(without_method),
            NOTHING,
        ),
        (
            "new-service",
            "A service is new.",
            op().service("b", "Example", "https://b.example"),
            Rests { services: &["b"], ..NOTHING },
        ),
        (
            "changed-endpoint",
            "A service has another endpoint.",
            op().edit(other_endpoint),
            Rests { services: &["fairpm_repo"], ..NOTHING },
        ),
        (
            "changed-type",
            "A service has another type.",
            op().edit(other_type),
            Rests { services: &["fairpm_repo"], ..NOTHING },
        ),
        (
            "new-aliases",
            "Two aliases are new.",
            op().also_known_as("https://a.example").also_known_as("https://b.example"),
            Rests { aliases: &["https://a.example", "https://b.example"], ..NOTHING },
        ),
        (
            "new-rotation-keys",
            "Only the rotation keys are new.",
            op().rotation_keys([&daily(), &spare()]),
            NOTHING,
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, op, rests) in rows {
        let log = after_genesis(op, &daily());
        let item = item(&log, 1, Moment::hour(DEADLINE), &[root()], rests);
        cases.push(listed(&format!("rests/{name}"), about, &log, Moment::hour(2).seconds(), [item]));
    }
    cases
}

fn with_method() -> Op {
    op().verification_method("fair_2", &KeyPair::ed25519("publisher/fair-2"))
}

fn with_both() -> Op {
    with_method().service("b", "Example", "https://b.example")
}

/// Two operations in a row. Whoever undoes the first undoes the second with it.
fn chains() -> Vec<Case> {
    let (first, second) = (Moment::hour(DEADLINE), Moment::hour(DEADLINE + 49));
    let added = with_method().after(&genesis()).sign(&daily());
    let chain = |op: Op, signer: &KeyPair| {
        log().then(&added, ACCEPTED).then(&op.after(&added).sign(signer), Moment::hour(50))
    };
    let (by_spare, by_root) = (chain(with_both(), &spare()), chain(with_both(), &root()));
    let taken_back = chain(op(), &root());
    let both = Rests { methods: &["fair_2"], services: &["b"], ..NOTHING };
    let later = Rests { services: &["b"], ..NOTHING };
    let of_second = || item(&by_spare, 2, second, &[root(), daily()], later);
    vec![
        listed(
            "chain",
            "Both can be undone: what the second added rests on the first too.",
            &by_spare,
            first.seconds(),
            [item(&by_spare, 1, first, &[root()], both), of_second()],
        ),
        listed(
            "chain-first-expired",
            "The first can no longer be undone, the second can.",
            &by_spare,
            first.seconds() + 1,
            [of_second()],
        ),
        listed("chain-expired", "Neither can be undone.", &by_spare, second.seconds() + 1, []),
        listed(
            "chain-second-by-highest-key",
            "The highest key signed the second, which is undone with the first all the same.",
            &by_root,
            first.seconds(),
            [item(&by_root, 1, first, &[root()], both)],
        ),
        listed(
            "chain-taken-back",
            "The highest key removed what the first had added: nothing rests on it.",
            &taken_back,
            first.seconds(),
            [item(&taken_back, 1, first, &[root()], NOTHING)],
        ),
    ]
}

fn recoveries() -> Vec<Case> {
    let contested = |signers: &[&KeyPair]| {
        let op = |number: u32, signer: &KeyPair| update(number).after(&genesis()).sign(signer);
        (1..).zip(signers).fold(log(), |log, (number, signer)| {
            log.then(&op(number, signer), Moment::hour(i64::from(number)))
        })
    };
    let (by_daily, by_root) = (contested(&[&spare(), &daily()]), contested(&[&spare(), &root()]));
    let twice = contested(&[&spare(), &daily(), &root()]);
    let now = Moment::hour(4).seconds();
    vec![
        listed(
            "recovery-by-second-key",
            "A recovery can be undone by the key above its signer's. What it nullified is not listed.",
            &by_daily,
            now,
            [item(
                &by_daily,
                2,
                Moment::hour(74),
                &[root()],
                Rests { aliases: &["https://publisher.example/2"], ..NOTHING },
            )],
        ),
        listed("recovery-by-highest-key", "A recovery by the highest key.", &by_root, now, []),
        listed("second-recovery", "The highest key undid a recovery by the second.", &twice, now, []),
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

/// The verifier saw the log before. What it did not see then is no older than its first sight of it.
fn remembered() -> Vec<Case> {
    let log = after_genesis(update(1), &daily());
    let at = |name: &str, about: &str, log: &Log, pin: &PinFile, now: Moment, until: Option<Moment>| {
        let item = until.map(|until| item(log, 1, until, &[root()], FIRST_ALIAS));
        listed(&format!("remembered/{name}"), about, log, now.seconds(), item)
            .file("pin", "pin.json", pin.json().pretty())
            .keeps(&pin.next(&Visit::audit(log, now.seconds())))
    };
    let before = PinFile::first(&Visit::audit(&self::log(), ACCEPTED.seconds()));
    let (long_after, end) = (Moment::hour(1000), Moment::hour(1072));
    let second_visit = before.next(&Visit::audit(&log, long_after.seconds()));
    let first_visit = PinFile::first(&Visit::audit(&log, long_after.seconds()));
    let future = log_with_times(Moment::hour(10).to_string());
    let seen_early = before.next(&Visit::audit(&future, Moment::hour(2).seconds()));
    vec![
        at(
            "seen-now",
            "The update is dated 999 hours ago, and an earlier visit did not see it: it is as old as this visit.",
            &log,
            &before,
            long_after,
            Some(end),
        ),
        at(
            "seen-at-deadline",
            "Exactly 72 hours after the second visit, the first to see the update.",
            &log,
            &second_visit,
            end,
            Some(end),
        ),
        at("seen-after-deadline", "An hour more.", &log, &second_visit, end.plus_hours(1), None),
        at(
            "seen-at-first-visit",
            "The first visit saw the update already, so createdAt counts.",
            &log,
            &first_visit,
            long_after.plus_hours(1),
            None,
        ),
        at(
            "dated-after-first-seen",
            "The update was seen before the time that it is dated: the later of the two counts.",
            &future,
            &seen_early,
            Moment::hour(80),
            Some(Moment::hour(82)),
        ),
        listed("remembered/first-visit", "A first visit: createdAt counts.", &log, long_after.seconds(), [])
            .flag("remember")
            .keeps(&first_visit),
    ]
}

/// A bare log has no times but those that a pin remembers.
fn without_times() -> Vec<Case> {
    let log = after_genesis(update(1), &daily());
    let now = Moment::hour(60);
    let bare = |name: &str, about: &str, pin: Option<&PinFile>, until: Option<Moment>| {
        let case = case(&format!("bare/{name}"), about, &log, now.seconds())
            .log_text(log.did(), log.bare().pretty())
            .verified_as(&log, &["plc.log.bare"])
            .fact(
                "contestable",
                Json::array(until.map(|until| item(&log, 1, until, &[root()], FIRST_ALIAS))),
            );
        match pin {
            Some(pin) => case
                .file("pin", "pin.json", pin.json().pretty())
                .keeps(&pin.next(&Visit::bare(&log, now.seconds()))),
            None => case,
        }
    };
    let audit_first = PinFile::first(&Visit::audit(&log, Moment::hour(2).seconds()));
    let genesis_first = PinFile::first(&Visit::bare(&self::log(), Moment::START.seconds()));
    let seen_later = genesis_first.next(&Visit::bare(&log, Moment::hour(40).seconds()));
    let bare_first = PinFile::first(&Visit::bare(&log, Moment::hour(2).seconds()));
    vec![
        bare("first-visit", "Nothing says how old the update is.", None, None),
        bare(
            "created-at-remembered",
            "An audit log once said when.",
            Some(&audit_first),
            Some(Moment::hour(73)),
        ),
        bare(
            "first-seen-later",
            "A later visit was the first to see it.",
            Some(&seen_later),
            Some(Moment::hour(112)),
        ),
        bare(
            "first-seen-now",
            "This visit is the first to see it.",
            Some(&genesis_first),
            Some(Moment::hour(132)),
        ),
        bare("seen-at-first-visit", "The first visit saw it, in a bare log.", Some(&bare_first), None),
    ]
}
