//! The trust score of a source, from what is on record, with its reasons. It orders a list; it never opens a gate.
//!
//! | part | at most | for |
//! |---|---|---|
//! | verified | 400 | the last check verified the key |
//! | verifications | 200 | the share of checks in 30 days that did |
//! | uptime | 100 | the share of checks in 30 days that found it up |
//! | response time | 50 | half of it above one second, nothing above three |
//! | signatures | 100 | the share of plugins in 30 days whose signatures were good |
//! | age | 100 | grows over a year |
//! | subscribers | 50 | five for each, up to ten |
//!
//! A source that is stale, or whose did:plc is refuted, has at most 300. One that signs anything (`oracle`), or has versions of an earlier
//! key that did, has at most 250; one that answers only bare challenges, at most 600. One that served or signed two archives as one version,
//! or was not verified, has 0.

use crate::clock::DAY;
use crate::source::{EarlierKey, Facts, Source, Standing, Status};
use serde::Serialize;

const YEAR_DAYS: u64 = 365;

/// The most for a source whose signatures anyone may have.
const MAX_OF_ORACLE: u64 = 250;

/// A score in thousandths, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Trust {
    #[serde(skip)]
    pub(crate) thousandths: u64,
    pub(crate) reasons: Vec<String>,
}

impl Trust {
    /// The score from 0 to 1, as the API has it.
    pub(crate) fn score(&self) -> f64 {
        // Up to 1000: no digit is lost.
        f64::from(u16::try_from(self.thousandths).unwrap_or_default()) / 1000.0
    }
}

/// The score of a source now.
pub(crate) fn score(source: &Source, facts: &Facts, now: u64) -> Trust {
    let parts = parts(source, facts, now);
    let sum = parts.iter().fold(0_u64, |sum, (points, _)| sum.saturating_add(*points));
    let mut reasons: Vec<String> =
        parts.into_iter().map(|(points, why)| format!("+{points} {why}")).collect();
    let mut thousandths = sum;
    let mut doubts = doubts(source, facts.equivocations);
    if facts.has_oracle_versions {
        let reason =
            "versions of it are signed by an earlier key that signed any string for anyone".to_owned();
        doubts.push(Doubt { code: "oracle", reason, most: MAX_OF_ORACLE });
    }
    for Doubt { most, reason, .. } in doubts {
        if thousandths > most {
            thousandths = most;
            reasons.push(format!("at most {most}: {reason}"));
        }
    }
    Trust { thousandths, reasons }
}

fn parts(source: &Source, facts: &Facts, now: u64) -> Vec<(u64, String)> {
    let days = now.saturating_sub(source.created_at).checked_div(DAY).unwrap_or_default();
    let signatures = facts.signed.saturating_add(facts.signature_failures);
    let response = match facts.response_ms {
        Some(..=1000) => 50,
        Some(..=3000) => 25,
        Some(_) | None => 0,
    };
    let response_ms =
        facts.response_ms.map_or("no answer in 30 days".to_owned(), |ms| format!("answers in {ms} ms"));
    let (verified, said) = match source.status {
        Status::Verified => (400, "verified at the last check"),
        Status::Pending | Status::Stale | Status::Error => (0, "not verified at the last check"),
    };
    vec![
        (verified, said.to_owned()),
        (
            share(200, facts.successes, facts.checks),
            format!("{} of {} checks verified", facts.successes, facts.checks),
        ),
        (share(100, facts.ups, facts.checks), format!("up at {} of {} checks", facts.ups, facts.checks)),
        (response, response_ms),
        (share(100, facts.signed, signatures), format!("{} of {signatures} signatures good", facts.signed)),
        (share(100, days.min(YEAR_DAYS), YEAR_DAYS), format!("days since it was added: {days}")),
        (share(50, facts.subscribers.min(10), 10), format!("subscribers: {}", facts.subscribers)),
    ]
}

/// What is known against a source: it bounds the score, whatever the parts are, and is shown to whoever takes its plugins. The words
/// are the node's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Doubt {
    code: &'static str,
    reason: String,
    /// The most that the score is, in thousandths.
    #[serde(skip)]
    most: u64,
}

impl Doubt {
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }
}

/// What is known against a source that so many other bytes for known versions came from: its server handed them out, or another node did
/// and its key had signed them.
pub(crate) fn doubts(source: &Source, equivocations: u64) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut doubt = |is_so: bool, most: u64, code: &'static str, reason: &str| {
        if is_so {
            doubts.push(Doubt { code, reason: reason.to_owned(), most });
        }
    };
    let is_legacy = source.challenge.as_deref() == Some("legacy");
    doubt(is_legacy, 600, "legacy", "it answers only challenges that do not say whom they are for");
    doubt(source.status == Status::Stale, 300, "unverified", "the last check failed");
    doubt(
        source.is_oracle,
        MAX_OF_ORACLE,
        "oracle",
        "it signs any string for anyone, so its signatures prove little",
    );
    let is_unproven = matches!(source.status, Status::Pending | Status::Error);
    doubt(is_unproven, 0, "unverified", &format!("its status is {}", source.status.as_str()));
    let is_refuted = source.identity == Some(Standing::Refuted);
    doubt(is_refuted, 300, "identity", "its did:plc does not say that the key is its own");
    let said = format!("it served or signed other bytes for known versions (recorded: {equivocations})");
    doubt(equivocations > 0, 0, "equivocation", &said);
    doubts
}

/// Adds what is known against a version that is signed by a key that its source no longer has.
pub(crate) fn doubt_earlier_key(doubts: &mut Vec<Doubt>, earlier: Option<&EarlierKey>) {
    let why = match earlier {
        Some(EarlierKey { is_stolen: true, .. }) => "the administrator says it was stolen",
        Some(EarlierKey { approved_by, .. }) if approved_by == "old key" => "it approved the key after it",
        _ => "an administrator gave the source another one",
    };
    let reason = format!("it is signed by a key that its source no longer has: {why}");
    doubts.push(Doubt { code: "earlier-key", reason, most: 300 });
    let is_known = doubts.iter().any(|doubt| doubt.code == "oracle");
    if earlier.is_some_and(|key| key.was_oracle) && !is_known {
        let reason = "the key that signed it signed any string for anyone, so its signatures prove little";
        doubts.push(Doubt { code: "oracle", reason: reason.to_owned(), most: MAX_OF_ORACLE });
    }
}

fn share(points: u64, part: u64, whole: u64) -> u64 {
    points.saturating_mul(part).checked_div(whole).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use crate::names::Instance;
    use fedverify::pfn::PublisherKey;

    const NOW: u64 = 1_800_000_000;

    fn verified() -> Source {
        let key = "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
        Source {
            id: "al@a.example".to_owned(),
            instance: Instance::stored("https://a.example"),
            username: "al".to_owned(),
            public_key: key.to_owned(),
            key: PublisherKey::parse(key.as_bytes(), &fedverify::Limits::default()).unwrap(),
            status: Status::Verified,
            reason: None,
            challenge: Some("bound".to_owned()),
            is_oracle: false,
            failures: 0,
            created_at: NOW - YEAR_DAYS * DAY,
            last_verified: Some(NOW),
            last_sync: None,
            asset_domain: None,
            asset_naming_scheme: None,
            next_check: 0,
            did: None,
            identity: None,
            identity_reason: None,
        }
    }

    fn best() -> Facts {
        Facts {
            checks: 10,
            successes: 10,
            ups: 10,
            response_ms: Some(1000),
            signed: 5,
            subscribers: 10,
            ..Facts::default()
        }
    }

    fn thousandths(source: &Source, facts: &Facts) -> u64 {
        score(source, facts, NOW).thousandths
    }

    #[test]
    fn each_part_counts_for_its_points() {
        assert_eq!(thousandths(&verified(), &best()), 1000);
        let changes = [
            (800, Facts { successes: 0, ..best() }),
            (900, Facts { ups: 0, ..best() }),
            (975, Facts { response_ms: Some(1001), ..best() }),
            (950, Facts { response_ms: Some(3001), ..best() }),
            (950, Facts { signature_failures: 5, ..best() }),
            (955, Facts { subscribers: 1, ..best() }),
            (400 + 100, Facts::default()),
        ];
        for (expected, facts) in changes {
            assert_eq!(thousandths(&verified(), &facts), expected, "{facts:?}");
        }
        assert_eq!(thousandths(&Source { created_at: NOW, ..verified() }, &best()), 900);
        assert!((score(&verified(), &best(), NOW).score() - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_against_a_source_bounds_its_score() {
        let caps = [
            (600, Source { challenge: Some("legacy".to_owned()), ..verified() }),
            (300, Source { status: Status::Stale, ..verified() }),
            (300, Source { identity: Some(Standing::Refuted), ..verified() }),
            (250, Source { is_oracle: true, ..verified() }),
            (0, Source { status: Status::Error, ..verified() }),
            (0, Source { status: Status::Pending, ..verified() }),
        ];
        for (expected, source) in caps {
            assert_eq!(thousandths(&source, &best()), expected, "{:?}", source.status);
        }
        let laundered = Facts { has_oracle_versions: true, ..best() };
        assert_eq!(thousandths(&verified(), &laundered), 250);
        let equivocated = score(&verified(), &Facts { equivocations: 1, ..best() }, NOW);
        assert_eq!(equivocated.thousandths, 0);
        let reason = "at most 0: it served or signed other bytes for known versions (recorded: 1)";
        assert!(equivocated.reasons.iter().any(|found| found == reason));
    }
    #[test]
    fn what_is_known_against_a_source_has_a_code() {
        let codes = |source: &Source, equivocations| -> Vec<&str> {
            doubts(source, equivocations).iter().map(|doubt| doubt.code).collect()
        };
        assert_eq!(codes(&verified(), 0), [""; 0]);
        let unreached = Source { identity: Some(Standing::Unreached), ..verified() };
        assert_eq!(codes(&unreached, 0), [""; 0]);
        let all = Source {
            challenge: Some("legacy".to_owned()),
            status: Status::Stale,
            is_oracle: true,
            identity: Some(Standing::Refuted),
            ..verified()
        };
        assert_eq!(codes(&all, 1), ["legacy", "unverified", "oracle", "identity", "equivocation"]);
        for status in [Status::Pending, Status::Error] {
            assert_eq!(codes(&Source { status, ..verified() }, 0), ["unverified"]);
        }
    }
}
