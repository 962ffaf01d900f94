//! What a report tells of a history: each operation, what it changed, how grave that is, and what became of it.

use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, daily, fair, genesis, op, root, spare, stranger, update};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const ENDPOINT: &str = "https://publisher.example/fair.json";

pub(super) fn cases() -> Vec<Case> {
    [parts(), order(), undone(), ends(), forms()].concat()
}

/// What a report tells of an operation beside what is served.
struct Told {
    gravity: &'static str,
    changes: Vec<Json>,
    nullified_by: Option<u64>,
    is_recovery: bool,
}

fn told(gravity: &'static str, changes: impl IntoIterator<Item = Json>) -> Told {
    Told { gravity, changes: changes.into_iter().collect(), nullified_by: None, is_recovery: false }
}

impl Told {
    fn undone_by(self, recovery: u64) -> Told {
        Told { nullified_by: Some(recovery), ..self }
    }

    fn recovers(self) -> Told {
        Told { is_recovery: true, ..self }
    }
}

fn key(change: &str, key: &KeyPair) -> Json {
    Json::object([
        ("change", change.into()),
        ("part", "rotationKeys".into()),
        ("value", key.did_key().into()),
    ])
}

fn method(change: &str, id: &str, key: &KeyPair) -> Json {
    Json::object([
        ("change", change.into()),
        ("part", "verificationMethods".into()),
        ("id", id.into()),
        ("value", key.did_key().into()),
    ])
}

fn service(change: &str, [id, service_type, endpoint]: [&str; 3]) -> Json {
    Json::object([
        ("change", change.into()),
        ("part", "services".into()),
        ("id", id.into()),
        ("type", service_type.into()),
        ("value", endpoint.into()),
    ])
}

fn alias(change: &str, alias: &str) -> Json {
    Json::object([("change", change.into()), ("part", "alsoKnownAs".into()), ("value", alias.into())])
}

/// What the publisher's genesis adds, and a tombstone after it removes.
fn everything(change: &str) -> Vec<Json> {
    let repository = service(change, ["fairpm_repo", REPOSITORY, ENDPOINT]);
    let keys = [root(), daily(), spare()];
    keys.iter().map(|one| key(change, one)).chain([method(change, "fair", &fair()), repository]).collect()
}

fn created() -> Told {
    told("none", everything("added"))
}

/// The alias of [`update`].
fn name(number: u32) -> String {
    format!("https://publisher.example/{number}")
}

/// The state that an operation of the form `plc_operation` sets; null for a tombstone.
fn state(op: &SignedOp) -> Json {
    let members = ["rotationKeys", "verificationMethods", "alsoKnownAs", "services"];
    let state = members.map(|name| (name, op.json().get(name).cloned().unwrap_or(Json::Null)));
    if op.is_tombstone() { Json::Null } else { Json::object(state) }
}

/// What a report holds as `history`.
fn history(log: &Log, told: impl IntoIterator<Item = Told>) -> Json {
    let entry = |(op, told): (&SignedOp, Told)| {
        let mut entry = Json::object([
            ("cid", op.cid().into()),
            ("prev", op.prev().map_or(Json::Null, Json::from)),
            ("type", op.json().get("type").expect("an operation has a type").clone()),
            ("createdAt", log.created_at(op).into()),
            ("nullified", told.nullified_by.is_some().into()),
            ("recovery", told.is_recovery.into()),
            ("signer", log.signer(op).into()),
            ("key", op.signer().expect("an operation that was signed honestly").into()),
            ("gravity", told.gravity.into()),
            ("changes", Json::Array(told.changes)),
            ("state", state(op)),
        ]);
        if let Some(recovery) = told.nullified_by {
            entry.push("nullifiedBy", recovery);
        }
        entry
    };
    Json::array(log.operations().iter().zip(told).map(entry))
}

fn case(name: &str, about: &str, log: &Log, history: impl Into<Json>) -> Case {
    Case::plc(format!("plc/history/{name}"))
        .rule(rule::plc::CHANGES)
        .about(about)
        .log(log)
        .flag("history")
        .verified_as(log, &[])
        .fact("history", history)
}

/// The publisher's genesis, and these operations after it, an hour apart, by the daily key.
fn log_of(operations: impl IntoIterator<Item = Op>) -> Log {
    let mut log = Log::new(&genesis(), Moment::START);
    for (hour, op) in (1..).zip(operations) {
        let last = log.operations().last().expect("a log has a genesis").clone();
        log = log.then(&op.after(&last).sign(&daily()), Moment::hour(hour));
    }
    log
}

fn parts() -> Vec<Case> {
    let moved = "https://elsewhere.example/fair.json";
    let keys = || Op::regular().rotation_keys([&root(), &daily(), &spare()]);
    let with_method = |op: Op, key: &KeyPair| op.verification_method("fair", key);
    let at = |op: Op, endpoint: &str| op.service("fairpm_repo", REPOSITORY, endpoint);
    let each = log_of([
        update(1),
        update(2),
        at(with_method(keys(), &fair()), moved).also_known_as(&name(2)),
        at(with_method(keys(), &stranger()), moved).also_known_as(&name(2)),
        at(with_method(keys(), &stranger()), moved)
            .also_known_as(&name(2))
            .rotation_keys([&root(), &daily()]),
        at(with_method(keys(), &stranger()), moved)
            .also_known_as(&name(2))
            .rotation_keys([&root(), &daily()]),
    ]);
    let told_of_each = [
        created(),
        told("minor", [alias("added", &name(1))]),
        told("minor", [alias("removed", &name(1)), alias("added", &name(2))]),
        told(
            "minor",
            [
                service("removed", ["fairpm_repo", REPOSITORY, ENDPOINT]),
                service("added", ["fairpm_repo", REPOSITORY, moved]),
            ],
        ),
        told("serious", [method("removed", "fair", &fair()), method("added", "fair", &stranger())]),
        told("grave", [key("removed", &spare())]),
        told("none", []),
    ];
    let several = log_of([at(with_method(keys(), &stranger()), ENDPOINT)
        .verification_method("other", &fair())
        .service("other", "Example", "https://other.example")]);
    let told_of_several = [
        created(),
        told(
            "serious",
            [
                method("removed", "fair", &fair()),
                method("added", "fair", &stranger()),
                method("added", "other", &fair()),
                service("added", ["other", "Example", "https://other.example"]),
            ],
        ),
    ];
    let retyped = log_of([with_method(keys(), &fair()).service("fairpm_repo", "Other", ENDPOINT)]);
    let told_of_retyped = [
        created(),
        told(
            "minor",
            [
                service("removed", ["fairpm_repo", REPOSITORY, ENDPOINT]),
                service("added", ["fairpm_repo", "Other", ENDPOINT]),
            ],
        ),
    ];
    vec![
        case(
            "each-part",
            "An alias, a service, a method and a rotation key change, one after another, and at last nothing.",
            &each,
            history(&each, told_of_each),
        ),
        case(
            "several-parts",
            "Methods and services change at once: the gravest counts.",
            &several,
            history(&several, told_of_several),
        ),
        case(
            "type-of-a-service",
            "Only the type of the service changes.",
            &retyped,
            history(&retyped, told_of_retyped),
        ),
    ]
}

fn order() -> Vec<Case> {
    let reordered = Json::object([("change", "reordered".into()), ("part", "rotationKeys".into())]);
    let swapped = log_of([op().rotation_keys([&daily(), &root(), &spare()])]);
    let inserted = log_of([op().rotation_keys([&stranger(), &root(), &daily(), &spare()])]);
    let both = log_of([op().rotation_keys([&spare(), &stranger(), &root()])]);
    let repeated = log_of([op().rotation_keys([&root(), &root(), &daily(), &spare()])]);
    let aliases = log_of([update(1).also_known_as(&name(1)), update(1)]);
    vec![
        case(
            "reordered",
            "Two rotation keys change places: who can undo whom.",
            &swapped,
            history(&swapped, [created(), told("grave", [reordered.clone()])]),
        ),
        case(
            "inserted",
            "A rotation key comes before the others, whose order stays.",
            &inserted,
            history(&inserted, [created(), told("grave", [key("added", &stranger())])]),
        ),
        case(
            "reordered-and-replaced",
            "One rotation key goes, one comes, and those that stay change places.",
            &both,
            history(
                &both,
                [
                    created(),
                    told("grave", [key("removed", &daily()), key("added", &stranger()), reordered.clone()]),
                ],
            ),
        ),
        case(
            "listed-twice",
            "A rotation key is listed a second time: the first place counts, and nothing changed.",
            &repeated,
            history(&repeated, [created(), told("none", [])]),
        )
        .verified_as(&repeated, &["plc.rotation_keys.duplicate"])
        .fact("history", history(&repeated, [created(), told("none", [])])),
        case(
            "alias-listed-twice",
            "An alias that comes twice is told once, and one that is listed once less is not gone.",
            &aliases,
            history(&aliases, [created(), told("minor", [alias("added", &name(1))]), told("none", [])]),
        ),
    ]
}

fn undone() -> Vec<Case> {
    let thief = op().verification_method("fair2", &stranger()).after(&genesis()).sign(&spare());
    let deeper = update(1).after(&thief).sign(&spare());
    let by_daily = op().after(&genesis()).sign(&daily());
    let by_root = update(2).after(&genesis()).sign(&root());
    let log = Log::new(&genesis(), Moment::START)
        .then(&thief, Moment::hour(1))
        .then(&deeper, Moment::hour(2))
        .then(&by_daily, Moment::hour(3))
        .then(&by_root, Moment::hour(4));
    let told = [
        created(),
        told("serious", [method("added", "fair2", &stranger())]).undone_by(3),
        // It takes the thief's key back, too.
        told("serious", [method("removed", "fair2", &stranger()), alias("added", &name(1))]).undone_by(3),
        told("grave", []).undone_by(4).recovers(),
        told("grave", [alias("added", &name(2))]).recovers(),
    ];
    vec![case(
        "undone",
        "Two operations are undone by a recovery that changes nothing, and that one by a second recovery.",
        &log,
        history(&log, told),
    )]
}

fn ends() -> Vec<Case> {
    let log = log_of([Op::tombstone()]);
    vec![case(
        "tombstone",
        "A tombstone removes everything.",
        &log,
        history(&log, [created(), told("grave", everything("removed"))]),
    )]
}

fn forms() -> Vec<Case> {
    let log = log_of([update(1)]);
    let told = || [created(), told("minor", [alias("added", &name(1))])];
    let without_times = |mut history: Json| {
        history.items_mut().iter_mut().for_each(|entry| entry.remove("createdAt"));
        history
    };
    let seen = |mut history: Json| {
        history.items_mut().iter_mut().for_each(|entry| entry.push("firstSeen", Moment::hour(9).seconds()));
        history
    };
    let create = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&daily());
    let legacy = Log::new(&create, Moment::START);
    vec![
        case("export", "The log is an export.", &log, history(&log, told())).export(log.did(), log.export()),
        case("bare", "A bare log has no times.", &log, without_times(history(&log, told())))
            .log_text(log.did(), log.bare().pretty())
            .verified_as(&log, &["plc.log.bare"])
            .fact("history", without_times(history(&log, told()))),
        case("remembered", "Where a memory is asked for, it says when.", &log, seen(history(&log, told())))
            .flag("remember")
            .now(Moment::hour(9).seconds()),
        case("legacy", "What a legacy genesis stands for.", &legacy, legacy_history(&create)),
        Case::plc("plc/history/not-asked-for")
            .rule(rule::plc::CHANGES)
            .about("No history is told unless it is asked for.")
            .log(&log)
            .verified_as(&log, &[])
            .fact("history", ()),
    ]
}

fn legacy_history(create: &SignedOp) -> Json {
    let [kind, endpoint, handle] =
        ["AtprotoPersonalDataServer", "https://pds.example", "at://publisher.example"];
    let changes = [
        key("added", &root()),
        key("added", &daily()),
        method("added", "atproto", &daily()),
        service("added", ["atproto_pds", kind, endpoint]),
        alias("added", handle),
    ];
    let pds = Json::object([("type", kind.into()), ("endpoint", endpoint.into())]);
    let state = Json::object([
        ("rotationKeys", Json::array([root().did_key(), daily().did_key()])),
        ("verificationMethods", Json::object([("atproto", daily().did_key().into())])),
        ("alsoKnownAs", Json::array([handle])),
        ("services", Json::object([("atproto_pds", pds)])),
    ]);
    let log = Log::new(create, Moment::START);
    let mut history = history(&log, [told("none", changes)]);
    history.item(0).set("state", state);
    history
}
