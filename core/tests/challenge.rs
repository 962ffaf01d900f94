//! Challenges before they are sent: the report on each is one like any other, and proves nothing.

// A test says what is wrong by panicking.
#![allow(clippy::panic, clippy::unwrap_used)]

use fedverify::tables::{Check, Outcome, Verdict};
use fedverify::verification::challenge_report;
use fedverify::{Code, Limits};

#[test]
fn the_report_on_a_challenge_to_be_sent_proves_nothing() {
    let schema = include_str!("../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    for (challenge, code) in [
        ("0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b", None),
        ("", Some(Code::PfnChallengeMalformed)),
        (r#"{"id":"gallery"}"#, Some(Code::PfnChallengeAmbiguous)),
    ] {
        let report = challenge_report(challenge, &Limits::default());
        let verdict = if code.is_none() { Verdict::Verified } else { Verdict::Rejected };
        assert_eq!((report.verdict(), report.error().map(|error| error.code())), (verdict, code));
        assert_eq!(report.trust(), None, "{challenge}");
        let key = report.checks().find(|(check, ..)| *check == Check::PfnKey).map(|(_, outcome, _)| outcome);
        assert_eq!(key, Some(Outcome::Skipped), "{challenge}: no key was read");
        let json = serde_json::from_str(&report.to_json()).unwrap();
        let faults: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?} in {json}");
    }
}
