//! Cases about what a verifier remembers: `DESIGN.md`, Pins.

use crate::case::Case;
use crate::cases::fair::published::{Published, URL, package};
use crate::cases::publisher::{daily, fair, genesis, root, update};
use crate::json::Json;
use crate::log::Log;
use crate::metadata::{Form, artifact, release};
use crate::moment::Moment;
use crate::pin::{PinFile, START_SECONDS};
use crate::plugin;

const RULE: &str = "DESIGN.md, Pins: what no directory can undo";
const HOUR: u64 = 3600;

pub(super) fn cases() -> Vec<Case> {
    [lines(), clock(), damaged(), packages()].concat()
}

/// The genesis, an update by the daily key, and its undoing by the root key.
fn history() -> (Log, Log, Log) {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    let start = Log::new(&first, Moment::START);
    let seen = start.clone().then(&child, Moment::hour(1));
    let recovered = seen.clone().then(&update(2).after(&first).sign(&root()), Moment::hour(2));
    (start, seen, recovered)
}

fn case(name: &str, about: &str, log: &Log, pin: &PinFile, now: u64) -> Case {
    let case = Case::plc(format!("pin/{name}")).rule(RULE).about(about).log(log);
    case.file("pin", "pin.json", pin.json().pretty()).text("now", now.to_string())
}

/// What may become of a log between two visits.
fn lines() -> Vec<Case> {
    let (start, seen, recovered) = history();
    let pin = PinFile::of(&seen, &[0, 1], START_SECONDS);
    let now = START_SECONDS + HOUR;
    let first = genesis();
    let other = start.clone().then(&update(9).after(&first).sign(&daily()), Moment::hour(1));
    let longer = other.clone().then(&update(2).after(&first).sign(&root()), Moment::hour(2));
    let bare = |log: &Log| log.bare().pretty();
    let with = |name: &str, about: &str, log: &Log| case(&format!("log/{name}"), about, log, &pin, now);
    vec![
        with("unchanged", "The log is as it was.", &seen).verified_as(&seen, &[]),
        with("other-white-space", "The same log, written on one line.", &seen)
            .log_text(seen.did(), seen.text().replace("\n", ""))
            .verified_as(&seen, &[]),
        with("recovered", "A recovery in time nullifies the head that was seen.", &recovered)
            .verified_as(&recovered, &[]),
        with("cut", "The log is whole, but the head that was seen is gone.", &start).rejected("pin.rollback"),
        with("fork", "Another operation stands where one was seen.", &other).rejected("pin.fork"),
        with("fork-recovered", "What was seen is gone, and another operation is nullified.", &longer)
            .rejected("pin.fork"),
        with("bare", "The bare form of the log that was seen.", &seen)
            .log_text(seen.did(), bare(&seen))
            .verified_as(&seen, &["plc.log.bare"]),
        with("bare-recovered", "A bare log cannot show that what is gone was lawfully nullified.", &recovered)
            .log_text(seen.did(), bare(&recovered))
            .rejected("pin.fork"),
        case(
            "log/nullified-withheld",
            "An operation that was seen nullified is gone from the audit log.",
            &start.clone().then(&update(2).after(&first).sign(&root()), Moment::hour(2)),
            &PinFile::of(&recovered, &[0, 1, 0], START_SECONDS),
            now,
        )
        .rejected("pin.rollback"),
        case(
            "log/wrong-signer",
            "The pin names a key that did not sign: what is remembered is trusted, so the recovery has no authority.",
            &recovered,
            &PinFile::of(&seen, &[0, 0], START_SECONDS),
            now,
        )
        .rejected_at("plc.nullification.authority", 2),
        with("changed-operation", "An operation that was seen is served with another alias.", &seen)
            .log_text(seen.did(), seen.text().replace("publisher.example/1", "publisher.example/7"))
            .rejected_at("plc.cid.mismatch", 1),
    ]
}

/// The 72 hours by the verifier's own clock. In the log, the recovery comes an hour after what it undoes.
fn clock() -> Vec<Case> {
    let (_, seen, recovered) = history();
    let pin = PinFile::of(&seen, &[0, 1], START_SECONDS);
    let at = |name: &str, about: &str, seconds: u64| {
        case(&format!("clock/{name}"), about, &recovered, &pin, START_SECONDS + seconds)
    };
    let known = PinFile::of(&recovered, &[0, 1, 0], START_SECONDS);
    vec![
        at("at-72-hours", "The recovery is first seen exactly 72 hours after what it undoes.", 72 * HOUR)
            .verified_as(&recovered, &[]),
        at(
            "after-72-hours",
            "One second more: createdAt says otherwise, but nobody signs it.",
            72 * HOUR + 1,
        )
        .rejected_at("pin.nullification_late", 1),
        case(
            "clock/known-long-ago",
            "The recovery was seen in time, and is seen again after a year.",
            &recovered,
            &known,
            START_SECONDS + 365 * 24 * HOUR,
        )
        .verified_as(&recovered, &[]),
        case("clock/set-back", "The clock was set back since the first visit.", &recovered, &pin, 0)
            .verified_as(&recovered, &[]),
    ]
}

/// Pins that are not whole.
fn damaged() -> Vec<Case> {
    let (_, seen, _) = history();
    let pin = PinFile::of(&seen, &[0, 1], START_SECONDS);
    let text = pin.json().pretty();
    let other = Log::new(&update(5).sign(&root()), Moment::START);
    let changed = |name: &'static str, value: Json| {
        let mut json = pin.json();
        json.set(name, value);
        json.pretty()
    };
    let first_seen = {
        let mut json = pin.json();
        json.member("operations").item(0).set("firstSeen", Json::Number("1".to_owned()));
        json.pretty()
    };
    let texts = [
        ("empty", "An empty file.", String::new()),
        ("cut", "A torn write: half of the pin.", text[..text.len() / 2].to_owned()),
        (
            "old-form",
            "A pin of a form that is not known.",
            pin.clone().schema("fedverify/pin/v0").json().pretty(),
        ),
        ("other-identity", "A whole pin, of another identity.", pin.clone().did(other.did()).json().pretty()),
        (
            "head",
            "The head is not that of the operations.",
            changed("head", seen.operations()[0].cid().into()),
        ),
        ("first-seen", "A time was changed, the digest was not.", first_seen),
        ("digest", "The digest is of something else.", changed("sha256", "0".repeat(64).as_str().into())),
        ("more", "A member that pins do not have.", changed("more", Json::Null)),
        ("no-operations", "No operations.", changed("operations", Json::Array(Vec::new()))),
        ("not-json", "No JSON.", "<pin>".to_owned()),
    ];
    let malformed = texts.map(|(name, about, text)| {
        case(&format!("damaged/{name}"), about, &seen, &pin, START_SECONDS)
            .file("pin", "pin.json", text)
            .rejected("pin.malformed")
    });
    let at = text.len() as u64;
    let bytes = |name: &str, about: &str, limit: u64| {
        case(&format!("damaged/{name}"), about, &seen, &pin, START_SECONDS).limit("pinBytes", limit)
    };
    let mut cases = malformed.to_vec();
    cases.push(bytes("bytes-at", "The pin is exactly at the limit.", at).verified_as(&seen, &[]));
    cases
        .push(bytes("bytes-above", "The pin is one byte above the limit.", at - 1).rejected("pin.malformed"));
    cases
}

/// What may become of a release between two visits.
fn packages() -> Vec<Case> {
    let published = Published::new();
    let pin = || PinFile::of(&published.log, &[0], START_SECONDS);
    let rebuilt =
        plugin::archive("hello-fair", "Hello FAIR", "1.0.0").file("hello-fair/more.txt", "more").bytes();
    let signed = |bytes: &[u8]| artifact(URL, bytes, Form::Ed25519Sha384.sign_text(&fair(), bytes));
    let at = |name: &str, about: &str, published: &Published, pin: &PinFile| {
        let case = published.case_called(&format!("pin/release/{name}")).rule(RULE).about(about);
        case.file("pin", "pin.json", pin.json().pretty()).text("now", (START_SECONDS + 1).to_string())
    };
    let swapped = Published::new().releases([release("1.0.0", signed(&rebuilt))]);
    let beside =
        Published::new().releases([release("2.0.0", signed(&package())), release("1.0.0", signed(&rebuilt))]);
    let relabelled = Published::new().releases([release("1.0.0", signed(&package()).without("checksum"))]);
    let pinned = pin().release("1.0.0", &package());
    let higher = pin().release("1.0.1", b"a later release");
    vec![
        at("unchanged", "The package that was verified before.", &published, &pinned)
            .verified(published.facts(), &[]),
        at("first", "A first package of a known identity.", &published, &pin())
            .verified(published.facts(), &[]),
        at(
            "changed",
            "Other bytes, rightly signed, under a version that was verified before.",
            &swapped,
            &pinned,
        )
        .file("package", "zip", rebuilt.clone())
        .rejected("pin.release_changed"),
        at(
            "changed-beside",
            "Another version is asked for, and one that was verified has changed.",
            &beside,
            &pinned,
        )
        .text("release", "2.0.0")
        .rejected("pin.release_changed"),
        at(
            "changed-without-checksum",
            "The changed release gives no checksum: its bytes tell.",
            &relabelled,
            &pin().release("1.0.0", &rebuilt),
        )
        .rejected("pin.release_changed"),
        at("lower", "A lower version than was verified before, which may be meant.", &published, &higher)
            .verified(published.facts(), &[]),
        at("downgrade", "The same, where downgrades are refused.", &published, &higher)
            .text("noDowngrade", "true")
            .rejected("pin.downgrade"),
        at("no-downgrade", "The highest version that was verified before.", &published, &pinned)
            .text("noDowngrade", "true")
            .verified(published.facts(), &[]),
    ]
}
