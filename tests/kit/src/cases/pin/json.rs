//! Pins as JSON documents: whole, and with exactly their members at every level.

use super::{hour, seen, visit, with_a};
use crate::case::{Case, replaced};
use crate::cases::publisher::{root, update};
use crate::cases::rule;
use crate::encoding::{hex, sha256};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};

pub(super) fn cases() -> Vec<Case> {
    [read(), documents(), other_forms(), unknown(), missing(), repeated()].concat()
}

/// A pin with every member that a pin can have.
pub(super) fn pin() -> PinFile {
    seen(&with_a(), [1]).release("1.0.0", b"a package")
}

/// A visit with this JSON in the place of the pin.
pub(super) fn given(name: &str, about: impl Into<String>, pin: impl Into<Vec<u8>>) -> Case {
    visit(&format!("json/{name}"), rule::plc::PINS, "", &with_a(), &self::pin(), hour(2))
        .about(about)
        .file("pin", "pin.json", pin)
}

/// The same, which must be refused.
pub(super) fn refused(name: &str, about: impl Into<String>, pin: impl Into<Vec<u8>>) -> Case {
    given(name, about, pin).rejected("pin.malformed").keeps_nothing()
}

/// The pin after a change of its JSON. The digest stays as it is.
pub(super) fn edited(change: impl FnOnce(&mut Json)) -> String {
    let mut json = pin().json();
    change(&mut json);
    json.pretty()
}

/// Every object of a pin: what it is, and the way to it.
type Place = (&'static str, &'static str, fn(&mut Json) -> &mut Json);

const PLACES: [Place; 4] = [
    ("top", "the pin itself", |pin| pin),
    ("log", "log", |pin| pin.member("log")),
    ("operation", "an operation", |pin| pin.member("operations").item(1)),
    ("package", "a package of a release", |pin| pin.member("releases").member("1.0.0").item(0)),
];

/// What a reader of JSON does not distinguish.
fn read() -> Vec<Case> {
    let kept = pin().next(&Visit::audit(&with_a(), hour(2)));
    let read = |name: &str, about: &str, json: String| {
        given(name, about, json).verified_as(&with_a(), &[]).keeps(&kept)
    };
    let mut backwards = pin().json();
    reverse(&mut backwards);
    vec![
        read("compact", "No white space.", pin().json().to_string()),
        read("member-order", "All members in reverse order.", backwards.pretty()),
        read(
            "escapes",
            "A name with a JSON escape.",
            replaced(&pin().json().pretty(), "\"head\"", "\"he\\u0061d\""),
        ),
    ]
}

fn reverse(json: &mut Json) {
    match json {
        Json::Object(members) => {
            members.reverse();
            members.iter_mut().for_each(|(_, value)| reverse(value));
        }
        Json::Array(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}

fn documents() -> Vec<Case> {
    let text = pin().json().pretty();
    let other = Log::new(&update(5).sign(&root()), Moment::START);
    vec![
        refused("empty", "An empty file.", ""),
        refused("half", "A torn write: half of the pin.", &text[..text.len() / 2]),
        refused(
            "without-end",
            "A torn write: the last bracket is missing.",
            text.trim_end().trim_end_matches('}'),
        ),
        refused("twice", "Two pins in a row.", format!("{text}{text}")),
        refused("trailing-nul", "A NUL after the pin.", format!("{text}\0")),
        refused("not-json", "Not JSON.", "<pin>"),
        refused("null", "null.", "null"),
        refused("array", "The pin in an array.", Json::Array(vec![pin().json()]).pretty()),
        refused("string", "The pin in a string.", Json::from(text.as_str()).to_string()),
        refused("byte-order-mark", "A byte order mark before the pin.", format!("\u{feff}{text}")),
        refused("log", "The log in the place of the pin.", with_a().text()),
        refused("other-identity", "A whole pin of another identity.", pin().did(other.did()).json().pretty()),
    ]
}

fn other_forms() -> Vec<Case> {
    vec![
        refused("version-1", "A whole pin of the form before this one.", version_1().pretty()),
        refused("version-1-in-name", "A pin of this form that calls itself the one before.", {
            pin().schema("fedverify/pin/v1").json().pretty()
        }),
        refused("version-3", "A pin of this form that calls itself a later one.", {
            pin().schema("fedverify/pin/v3").json().pretty()
        }),
        refused(
            "schema-control",
            "A pin whose form has control characters in its name, which a message must not repeat.",
            pin().schema("fedverify/pin/v2\u{1b}[31m\u{202e}").json().pretty(),
        ),
        refused("schema-empty", "A pin whose form has no name.", pin().schema("").json().pretty()),
    ]
}

/// A pin of version 1, as it was written: no times but `firstSeen`, and one package per version.
fn version_1() -> Json {
    const SCHEMA: &str = "fedverify/pin/v1";
    let mut pin = pin().json().with("schema", SCHEMA).without("lastVisit");
    pin.member("log").remove("operations");
    pin.member("operations").items_mut().iter_mut().for_each(|operation| operation.remove("createdAt"));
    let package = pin.member("releases").member("1.0.0").item(0).clone();
    pin.member("releases").set("1.0.0", package);

    let string = |json: &Json, name: &str| match json.get(name).expect("a member") {
        Json::Text(text) => text.clone(),
        other => other.to_string(),
    };
    let members = |json: &Json, names: &[&str]| {
        names.iter().map(|name| string(json, name)).collect::<Vec<_>>().join(" ") + "\n"
    };
    let mut lines = format!("{SCHEMA}\n{}\n", with_a().did());
    lines += &members(pin.get("log").expect("log"), &["bytes", "sha256"]).replace('\n', " 2\n");
    for operation in pin.member("operations").items_mut().iter() {
        lines += &members(operation, &["cid", "signer", "size", "firstSeen", "nullified"]);
    }
    lines += "1.0.0 ";
    lines += &members(pin.member("releases").member("1.0.0"), &["sha256", "sha384"]);
    pin.with("sha256", hex(&sha256(lines.as_bytes())))
}

fn unknown() -> Vec<Case> {
    let more = PLACES.map(|(name, what, place)| {
        let json = edited(|pin| place(pin).set("more", ()));
        refused(&format!("unknown-{name}"), format!("A member that is not known, in {what}."), json)
    });
    let capital = edited(|pin| pin.set("Head", "x"));
    let in_front = edited(|pin| {
        let Json::Object(members) = pin else { unreachable!("a pin is an object") };
        members.insert(0, ("lastvisit".to_owned(), 0.into()));
    });
    let mut cases = more.to_vec();
    cases.extend([
        refused("unknown-capital", "The name of a member with a capital, beside the right one.", capital),
        refused("unknown-in-front", "The name of a member in small letters, before the right one.", in_front),
    ]);
    cases
}

/// Every member of every object is required, but the createdAt of an operation.
fn missing() -> Vec<Case> {
    let names: [&[&'static str]; 4] = [
        &["schema", "did", "head", "lastVisit", "log", "operations", "releases", "sha256"],
        &["bytes", "sha256", "operations"],
        &["cid", "signer", "size", "firstSeen", "nullified"],
        &["sha256", "sha384"],
    ];
    let mut cases = Vec::new();
    for ((place_name, what, place), names) in PLACES.into_iter().zip(names) {
        for name in names {
            let json = edited(|pin| place(pin).remove(name));
            cases.push(refused(
                &format!("missing-{place_name}-{name}"),
                format!("No {name} in {what}."),
                json,
            ));
        }
    }
    let torn = edited(|pin| PLACES[2].2(pin).remove("createdAt"));
    let from_bare = PinFile::first(&Visit::bare(&with_a(), hour(1)));
    let mut null = from_bare.json();
    PLACES[2].2(&mut null).set("createdAt", ());
    cases.extend([
        refused(
            "missing-operation-createdAt",
            "No createdAt in an operation, and the digest says that there was one.",
            torn,
        ),
        refused(
            "null-operation-createdAt",
            "createdAt is null in an operation that has none, and the digest says so.",
            null.pretty(),
        ),
        given(
            "without-created-at",
            "No createdAt in any operation, as a bare log leaves it.",
            from_bare.json().pretty(),
        )
        .verified_as(&with_a(), &[])
        .keeps(&from_bare.next(&Visit::audit(&with_a(), hour(2)))),
    ]);
    cases
}

fn repeated() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, what, place) in PLACES {
        let json = edited(|pin| {
            let object = place(pin);
            let Json::Object(members) = &*object else { unreachable!("a place is an object") };
            let (first, value) = members[0].clone();
            object.push(&first, value);
        });
        cases.push(refused(
            &format!("repeated-{name}"),
            format!("A member twice, with one value, in {what}."),
            json,
        ));
    }
    let version_twice = edited(|pin| {
        let packages = pin.member("releases").member("1.0.0").clone();
        pin.member("releases").push("1.0.0", packages);
    });
    cases.push(refused("repeated-version", "A version twice, with the same packages.", version_twice));
    cases
}
