//! Keys that were revoked or have expired.

use super::published::{NOW, WebPublished, method};
use crate::case::Case;
use crate::cases::publisher::fair;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::metadata::Form;
use crate::moment::Moment;

const RULE: &str = r#"fair.md, "Revoked and expired keys""#;
const MISSING: &str = "fair.key.missing";

pub(super) fn cases() -> Vec<Case> {
    [revoked(), expired(), not_times(), several(), no_window()].concat()
}

fn with(member: &str, value: impl Into<Json>) -> WebPublished {
    WebPublished::new().key(|key| key.set(member, value))
}

fn kept(name: &str, about: &str, published: WebPublished) -> Case {
    published.verified(name, RULE, about, &[])
}

fn none_left(name: &str, about: &str, published: WebPublished) -> Case {
    let about = format!("{about}: the document has no other.");
    published.rejected(name, RULE, &about, MISSING).fact("trust", "web")
}

/// Whatever `revoked` says, the key was revoked.
fn revoked() -> Vec<Case> {
    let rows: [(&str, &str, Json); 8] = [
        ("before", "The key was revoked an hour ago", NOW.plus_hours(-1).to_string().into()),
        ("now", "The key was revoked at this moment", NOW.to_string().into()),
        ("future", "The key is to be revoked in an hour", NOW.plus_hours(1).to_string().into()),
        ("malformed", "The key was revoked at a time that cannot be read", "last week".into()),
        ("empty", "The key was revoked at an empty time", "".into()),
        ("true", "The key was revoked without a time", true.into()),
        ("false", "The value of revoked is false, which is no time", false.into()),
        ("object", "The key was revoked with an explanation", Json::object([("reason", "lost".into())])),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, value) in rows {
        cases.push(none_left(&format!("revoked-{name}"), about, with("revoked", value)));
    }
    cases.push(kept("revoked-null", "The member revoked is null.", with("revoked", ())));
    cases
}

/// A key has expired from its time on.
fn expired() -> Vec<Case> {
    let at = |moment: Moment| with("expires", moment.to_string());
    let written = |string: String| with("expires", string);
    let (hour, half_hour) = (60, 30);
    vec![
        none_left("expires-before", "The key expired an hour ago", at(NOW.plus_hours(-1))),
        none_left("expires-a-millisecond-before", "The key expired a millisecond ago", at(NOW.plus_ms(-1))),
        none_left("expires-now", "The key expires at this moment", at(NOW)),
        kept("expires-a-millisecond-later", "The key expires in a millisecond.", at(NOW.plus_ms(1))),
        kept("expires-a-second-later", "The key expires in a second.", at(NOW.plus_ms(1000))),
        kept("expires-in-years", "The key expires in years.", at(Moment::hour(24 * 4000))),
        kept("expires-null", "The member expires is null.", with("expires", ())),
        kept(
            "expires-without-fraction",
            "The key expires in an hour, in whole seconds.",
            written("2026-01-02T01:00:00Z".to_owned()),
        ),
        none_left(
            "expires-offset-before",
            "The key expired half an hour ago, by a clock an hour ahead",
            written(NOW.plus_ms(-half_hour * 60_000).at_offset(hour)),
        ),
        kept(
            "expires-offset-later",
            "The key expires in half an hour, by a clock an hour behind.",
            written(NOW.plus_ms(half_hour * 60_000).at_offset(-hour)),
        ),
    ]
}

/// A time that cannot be read is no reason to believe in a key.
fn not_times() -> Vec<Case> {
    let rows: [(&str, &str, Json); 9] = [
        ("word", "The key expires \"never\"", "never".into()),
        ("empty", "The key expires at an empty time", "".into()),
        ("date", "The key expires on a date without a time", "2030-01-01".into()),
        ("local", "The key expires at a time without a time zone", "2030-01-01T00:00:00".into()),
        ("space", "The key expires at a time with a space before it", " 2030-01-01T00:00:00Z".into()),
        ("no-such-day", "The key expires on a day that does not exist", "2030-02-30T00:00:00Z".into()),
        ("seconds", "The key expires at a number of seconds", Json::Number("1893456000".to_owned())),
        ("array", "The key expires at a list of times", Json::array(["2030-01-01T00:00:00Z"])),
        ("false", "The key expires at false", false.into()),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, value) in rows {
        cases.push(none_left(&format!("expires-not-a-time-{name}"), about, with("expires", value)));
    }
    cases
}

fn several() -> Vec<Case> {
    let second = KeyPair::ed25519("publisher/fair-2");
    let old = || method("#fair", &fair()).with("expires", NOW.to_string());
    let lost = || method("#fair", &fair()).with("revoked", NOW.to_string());
    let by_second = |methods: [Json; 2]| {
        WebPublished::new().keys(methods).signed_by("fair_2", second.clone(), Form::Ed25519Sha384)
    };
    let by_first = |methods: [Json; 2]| WebPublished::new().keys(methods);
    let invalid = |name: &str, about: &str, published: WebPublished| {
        published.rejected(name, RULE, about, "fair.signature.invalid")
    };
    let other = || method("#other", &second).with("revoked", NOW.to_string());
    vec![
        kept(
            "expired-beside-current",
            "One key has expired; the other signed.",
            by_second([old(), method("#fair_2", &second)]),
        ),
        kept(
            "revoked-beside-current",
            "One key was revoked; the other signed.",
            by_second([lost(), method("#fair_2", &second)]),
        ),
        invalid(
            "by-expired-key",
            "The key that has expired signed.",
            by_first([old(), method("#fair_2", &second)]),
        ),
        invalid(
            "by-revoked-key",
            "The key that was revoked signed.",
            by_first([lost(), method("#fair_2", &second)]),
        ),
        none_left(
            "both-withdrawn",
            "One key has expired and one was revoked",
            by_second([old(), method("#fair_2", &second).with("revoked", NOW.to_string())]),
        ),
        kept(
            "revoked-other-purpose",
            "A key for another purpose was revoked.",
            by_first([method("#fair", &fair()), other()]),
        ),
        kept(
            "expires-after-earlier-clock",
            "The key expires an hour after the verifier's clock, which is a day earlier here.",
            with("expires", Moment::START.plus_hours(1).to_string()),
        )
        .now(Moment::START.seconds()),
    ]
}

/// A did:web has no log, so nothing in it can be undone by a recovery, and nobody must believe to have waited for one.
fn no_window() -> Vec<Case> {
    let published = WebPublished::new();
    let about = "A caller that waits for the end of a recovery window, which a did:web has not; web/package does not wait.";
    let case = published.case("wait-recovery-window", r#"fair.md, "did:web documents""#, about);
    vec![case.flag("waitRecoveryWindow").undetermined("api.argument").fact("trust", ())]
}
