//! Pins whose values are of another type, out of range, or contradict each other. Unless a case is about the digest, the
//! digest is right for what is there, or the same as for the right value.

use super::json::{edited, given, pin, refused};
use super::{hour, recovered, seen, with_a};
use crate::case::Case;
use crate::encoding::{hex, sha256};
use crate::json::Json;
use crate::pin::Visit;

pub(super) fn cases() -> Vec<Case> {
    [types(), numbers(), digests(), contradictions(), words(), releases()].concat()
}

/// What is done to a pin.
type Change = fn(&mut Json);

fn types() -> Vec<Case> {
    let changes: [(&str, &str, Change); 19] = [
        ("schema-null", "The schema is null", |pin| pin.set("schema", ())),
        ("did-null", "The DID is null", |pin| pin.set("did", ())),
        ("head-null", "The head is null", |pin| pin.set("head", ())),
        ("last-visit-string", "lastVisit is in quotation marks", |pin| quote(pin, "lastVisit")),
        ("log-array", "log is an array", |pin| {
            let log = pin.member("log").clone();
            pin.set("log", Json::Array(vec![log]));
        }),
        ("log-bytes-string", "log.bytes is in quotation marks", |pin| quote(pin.member("log"), "bytes")),
        ("log-operations-string", "log.operations is in quotation marks", |pin| {
            quote(pin.member("log"), "operations")
        }),
        ("log-sha256-null", "log.sha256 is null", |pin| pin.member("log").set("sha256", ())),
        ("operations-object", "operations is an object with indices for names", |pin| {
            let Json::Array(items) = pin.member("operations").clone() else { unreachable!("an array") };
            let members = items.into_iter().enumerate().map(|(index, item)| (index.to_string(), item));
            pin.set("operations", Json::Object(members.collect()));
        }),
        ("operation-null", "An operation more is null", |pin| {
            pin.member("operations").items_mut().push(Json::Null)
        }),
        ("signer-string", "A signer is in quotation marks", |pin| {
            quote(pin.member("operations").item(1), "signer")
        }),
        ("size-string", "A size is in quotation marks", |pin| {
            quote(pin.member("operations").item(1), "size")
        }),
        ("first-seen-string", "A firstSeen is in quotation marks", |pin| {
            quote(pin.member("operations").item(1), "firstSeen");
        }),
        ("created-at-string", "A createdAt is in quotation marks", |pin| {
            quote(pin.member("operations").item(1), "createdAt");
        }),
        ("created-at-null", "A createdAt is null", |pin| {
            pin.member("operations").item(1).set("createdAt", ())
        }),
        ("nullified-string", "A flag is in quotation marks", |pin| {
            quote(pin.member("operations").item(1), "nullified");
        }),
        ("nullified-number", "A flag is 0", |pin| pin.member("operations").item(1).set("nullified", 0)),
        ("packages-object", "The packages of a version are one object", |pin| {
            let package = pin.member("releases").member("1.0.0").item(0).clone();
            pin.member("releases").set("1.0.0", package);
        }),
        ("package-string", "A package is its digest alone", |pin| {
            let packages = pin.member("releases").member("1.0.0");
            let digest = packages.item(0).member("sha256").clone();
            *packages.item(0) = digest;
        }),
    ];
    changes
        .map(|(name, about, change)| refused(&format!("type-{name}"), format!("{about}."), edited(change)))
        .to_vec()
}

/// Puts quotation marks around a number or a flag.
fn quote(object: &mut Json, name: &str) {
    let quoted = object.member(name).to_string();
    object.set(name, quoted);
}

fn numbers() -> Vec<Case> {
    let number = |text: &str| Json::Number(text.to_owned());
    let last_visit = |name: &str, about: &str, text: &str| {
        refused(&format!("number-{name}"), about, edited(|pin| pin.set("lastVisit", number(text))))
    };
    let operation = |name: &str, about: &str, member: &str, text: &str| {
        let json = edited(|pin| pin.member("operations").item(1).set(member, number(text)));
        refused(&format!("number-{name}"), about, json)
    };
    let right = hour(1).to_string();
    vec![
        last_visit("fraction", "lastVisit with a fraction of zero.", &format!("{right}.0")),
        last_visit("exponent", "lastVisit with an exponent of zero.", &format!("{right}e0")),
        last_visit("negative", "lastVisit below 0.", "-1"),
        last_visit("two-to-the-64", "lastVisit of 2^64.", "18446744073709551616"),
        operation(
            "first-seen-fraction",
            "firstSeen with a fraction of zero.",
            "firstSeen",
            &format!("{right}.0"),
        ),
        operation("signer-negative", "A signer of -1.", "signer", "-1"),
        operation("signer-negative-zero", "A signer of -0.", "signer", "-0"),
    ]
}

/// Facts that were changed without the digest, and the other way round.
fn digests() -> Vec<Case> {
    let changes: [(&str, &str, Change); 10] = [
        ("last-visit", "lastVisit", |pin| pin.set("lastVisit", 1)),
        ("log-bytes", "log.bytes", |pin| pin.member("log").set("bytes", 1)),
        ("log-sha256", "log.sha256", |pin| pin.member("log").set("sha256", hex(&sha256(b"")))),
        ("log-operations", "log.operations", |pin| pin.member("log").set("operations", 1)),
        ("signer", "A signer", |pin| pin.member("operations").item(1).set("signer", 2)),
        ("size", "A size", |pin| pin.member("operations").item(1).set("size", 1)),
        ("first-seen", "A firstSeen", |pin| pin.member("operations").item(1).set("firstSeen", 1)),
        ("created-at", "A createdAt", |pin| pin.member("operations").item(1).set("createdAt", 1)),
        ("nullified", "A flag", |pin| pin.member("operations").item(0).set("nullified", true)),
        ("package", "The digest of a package", |pin| {
            pin.member("releases").member("1.0.0").item(0).set("sha256", hex(&sha256(b"other")));
        }),
    ];
    let mut cases = Vec::new();
    for (name, what, change) in changes {
        let about = format!("{what} was changed, the digest was not.");
        cases.push(
            refused(&format!("digest-{name}"), about, edited(change)).rule(crate::cases::rule::plc::DIGEST),
        );
    }
    let digest = |name: &str, about: &str, digest: String| {
        let json = edited(|pin| pin.set("sha256", digest));
        refused(&format!("digest-{name}"), about, json).rule(crate::cases::rule::plc::DIGEST)
    };
    let Some(right) = pin().json().get("sha256").and_then(Json::as_text).map(str::to_owned) else {
        unreachable!("a pin has a digest")
    };
    cases.extend([
        digest("zeros", "The digest is of something else.", "0".repeat(64)),
        digest("capitals", "The right digest in capitals.", right.to_uppercase()),
        digest("short", "The right digest without its last digit.", right[..63].to_owned()),
        digest("of-nothing", "No digest at all.", String::new()),
    ]);
    cases
}

/// The digest is right, but no verifier writes such a pin.
fn contradictions() -> Vec<Case> {
    let genesis_head = edited(|pin| {
        let first = pin.member("operations").item(0).member("cid").clone();
        pin.set("head", first);
    });
    let left_out = seen(&recovered(1), [1]).next(&Visit::bare(&recovered(1), hour(1)));
    let facts = crate::case::log_facts(&recovered(1));
    vec![
        refused("head-of-another", "The head is the first of two operations.", genesis_head),
        refused(
            "head-unknown",
            "The head is no operation of the pin.",
            edited(|pin| pin.set("head", "bafy")),
        ),
        refused("no-operations", "No operations.", pin().truncated(0).json().pretty()),
        refused("operation-twice", "An operation twice.", pin().repeated(1).json().pretty()),
        refused("all-nullified", "Every operation is nullified, so there is no head.", {
            pin().nullified(0, true).nullified(1, true).json().pretty()
        }),
        refused(
            "log-operations-zero",
            "None of the operations are those of the log.",
            pin().log_operations(0).json().pretty(),
        ),
        refused(
            "log-operations-more",
            "The log has one operation more than the pin.",
            pin().log_operations(3).json().pretty(),
        ),
        refused("log-operations-greatest", "The log has 2^64 - 1 operations.", {
            pin().log_operations(u64::MAX).json().pretty()
        }),
        given(
            "log-operations-fewer",
            "A bare log left a nullified operation out, so the log has one fewer.",
            left_out.json().pretty(),
        )
        .log(&recovered(1))
        .verified(facts, &[])
        .keeps(&left_out.next(&Visit::audit(&recovered(1), hour(2)))),
    ]
}

/// Strings with a space or a line feed in them could make two pins with one digest.
fn words() -> Vec<Case> {
    let cid = with_a().operations()[1].cid().to_owned();
    vec![
        refused("cid-empty", "A CID is empty.", pin().cid(1, "").json().pretty()),
        refused("cid-space", "A CID and a space.", pin().cid(1, &format!("{cid} ")).json().pretty()),
        refused("cid-lines", "A CID that holds the rest of its line and another one.", {
            pin().cid(1, &format!("{cid} 0 1 2 3 false\n{cid}x")).json().pretty()
        }),
    ]
}

fn releases() -> Vec<Case> {
    let kept = |name: &str, about: &str, pin: crate::pin::PinFile| {
        let next = pin.next(&Visit::audit(&with_a(), hour(2)));
        given(name, about, pin.json().pretty()).verified_as(&with_a(), &[]).keeps(&next)
    };
    let no_packages = edited(|pin| pin.member("releases").push("2.0.0", Json::Array(Vec::new())));
    let package_twice = edited(|pin| {
        let packages = pin.member("releases").member("1.0.0");
        let package = packages.item(0).clone();
        packages.items_mut().push(package);
    });
    let plain = || seen(&with_a(), [1]);
    let empty_array = plain().json().with("releases", Json::Array(Vec::new())).pretty();
    vec![
        refused("type-releases-array", "releases is [], as PHP writes an empty map.", empty_array),
        kept("releases-none", "No releases.", plain()),
        kept("releases-many", "Versions of every kind, with several packages.", {
            let pin = plain().release("1.0.0", b"a").release("1.0.0", b"b").release("1.0.0", b"c");
            pin.release("1.2.3.4", b"d").release("2.1.0-20250801.0930", b"e").release("trunk", b"f")
        }),
        refused(
            "version-without-packages",
            "A version without packages, which no digest covers.",
            no_packages,
        ),
        refused(
            "package-twice",
            "A package of a version twice, which the digest does not tell.",
            package_twice,
        ),
        refused("version-short", "A version that is not written as its number: 1.0.", {
            plain().release_called("1.0", b"a").json().pretty()
        }),
        refused("version-build", "A version that is not written as its number: 1.0.0+x.", {
            plain().release_called("1.0.0+x", b"a").json().pretty()
        }),
        refused("version-with-v", "A version that is not written as its number: v1.0.0.", {
            plain().release_called("v1.0.0", b"a").json().pretty()
        }),
        refused("version-empty", "An empty version.", plain().release_called("", b"a").json().pretty()),
        refused(
            "version-space",
            "A version with a space in it.",
            plain().release_called("a b", b"a").json().pretty(),
        ),
    ]
}
