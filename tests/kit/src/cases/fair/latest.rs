//! The latest release, where none is asked for.

use super::published::{Published, URL};
use super::releases::{other, right};
use crate::case::Case;
use crate::json::Json;
use crate::metadata::release_of;

const RULE: &str = r#"fair.md, "Version order""#;
const UNUSABLE: &str = "fair.release.unusable";
const LOOSE: &str = "fair.version.loose";

pub(super) fn cases() -> Vec<Case> {
    [orders(), ties(), unordered(), unusable()].concat()
}

fn orders() -> Vec<Case> {
    let rows = [
        (
            "numbers-not-strings",
            "1.10.0",
            ["1.9.0", "1.2.0"],
            "10 is more than 9, though it sorts before as a string",
        ),
        ("major-first", "2", ["1.99.99", "1.100"], "The first number decides"),
        ("missing-is-zero", "1.0.1", ["1.0", "1"], "Missing numbers count as 0"),
        ("leading-zeros", "1.02.0", ["1.1.0", "1.01.9"], "Leading zeros do not count"),
        (
            "long-numbers",
            "1.99999999999999999999.0",
            ["1.18446744073709551616.0", "1.9.0"],
            "Numbers of any length",
        ),
        (
            "release-above-pre-release",
            "1.0.0",
            ["1.0.0-rc.1", "1.0.0-zzz"],
            "A release is above its pre-releases",
        ),
        (
            "pre-release-of-later",
            "1.1.0-alpha",
            ["1.0.0", "1.0.9"],
            "A pre-release is above earlier releases",
        ),
        (
            "pre-release-numbers",
            "1.0.0-rc.10",
            ["1.0.0-rc.9", "1.0.0-rc.2"],
            "Numbers in pre-releases compare as numbers",
        ),
        (
            "pre-release-words",
            "1.0.0-beta",
            ["1.0.0-alpha", "1.0.0-ALPHA"],
            "Words in pre-releases compare as ASCII",
        ),
        (
            "pre-release-number-below-word",
            "1.0.0-a",
            ["1.0.0-999", "1.0.0-1"],
            "In pre-releases a number is below a word",
        ),
        (
            "pre-release-longer",
            "1.0.0-rc.1.1",
            ["1.0.0-rc.1", "1.0.0-rc"],
            "With equal parts the longer pre-release is above",
        ),
        ("pre-release-hyphen", "1.0.0-rc-2", ["1.0.0-rc-1", "1.0.0-rc"], "A hyphen is part of a word"),
        (
            "pre-release-leading-zeros",
            "2.1.0-20250801.931",
            ["2.1.0-20250801.0930", "2.1.0-20250801.00099"],
            "Leading zeros of a number in a pre-release do not count",
        ),
        ("four-numbers", "1.2.3.4", ["1.2.3", "1.2.3.3"], "A fourth number counts after the third"),
        ("four-numbers-below", "1.2.4", ["1.2.3.4", "1.2.3.99"], "The third number counts before a fourth"),
        ("five-numbers", "1.2.3.4.5", ["1.2.3.4", "1.2.3.4.4"], "A fifth number counts after the fourth"),
        (
            "four-numbers-pre-release",
            "1.2.3.4",
            ["1.2.3.4-rc.1", "1.2.3.4-beta"],
            "A release of four numbers is above its pre-releases",
        ),
        ("leading-v", "v1.10", ["1.9", "v1.9.9"], "A leading v does not count, as a number or as a letter"),
        ("leading-v-below", "2.0", ["v1.99", "v1.100.0.1"], "A leading v makes nothing later"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, latest, others, about) in rows {
        let warnings: &[&'static str] = if is_loose(latest) { &[LOOSE] } else { &[] };
        // The latest is between the others, so that neither the first nor the last is the answer.
        let releases = [other(others[0]), right(latest), other(others[1])];
        cases.push(Published::new().releases(releases).expecting(latest, URL).verified(
            &format!("latest/{name}"),
            RULE,
            &format!("{about}: {latest} is later than {} and {}.", others[0], others[1]),
            warnings,
        ));
    }
    cases
}

/// Whether a version is outside of FAIR's grammar: it has four numbers or more, or a leading v.
fn is_loose(version: &str) -> bool {
    let core = version.split(['-', '+']).next().expect("a first part");
    core.starts_with('v') || core.split('.').count() > 3
}

/// Of equal versions the first listed counts.
fn ties() -> Vec<Case> {
    let tie = |name: &str, about: &str, first: &str, second: &str| {
        let warnings: &[&'static str] = if is_loose(first) { &[LOOSE] } else { &[] };
        let releases = [right(first), other(second)];
        Published::new().releases(releases).expecting(first, URL).verified(
            &format!("latest/{name}"),
            RULE,
            about,
            warnings,
        )
    };
    vec![
        tie("tie-first-listed", "1.0 and 1.0.0 are equal: the first listed counts.", "1.0", "1.0.0"),
        tie(
            "build-is-ignored",
            "Build metadata does not count: the first listed does.",
            "1.0.0+1",
            "1.0.0+2",
        ),
        tie(
            "build-below-nothing",
            "A version with build metadata equals the one without.",
            "1.0.0+9",
            "1.0.0",
        ),
        tie("tie-leading-v", "v1.0.0 and 1.0.0 are equal: the first listed counts.", "v1.0.0", "1.0.0"),
        tie("tie-leading-v-last", "1.0.0 and v1.0.0 are equal: the first listed counts.", "1.0.0", "v1.0.0"),
        tie("tie-fourth-zero", "1.0.0.0 and 1.0.0 are equal: the first listed counts.", "1.0.0.0", "1.0.0"),
        tie(
            "tie-fourth-zero-last",
            "1.0.0 and 1.0.0.0 are equal: the first listed counts.",
            "1.0.0",
            "1.0.0.0",
        ),
        tie(
            "tie-pre-release-zero",
            "rc.01 and rc.1 are equal: the first listed counts.",
            "1.0.0-rc.01",
            "1.0.0-rc.1",
        ),
    ]
}

/// Versions without an order, which can only be asked for.
fn unordered() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, version) in [
        ("trunk", "trunk"),
        ("capital-v", "V9.0.0"),
        ("x", "9.x"),
        ("tilde", "9.0~1"),
        ("empty-pre-release", "9.0.0-"),
        ("letters-after-numbers", "9.0.0rc1"),
    ] {
        let releases = [other(version), right("1.0.0"), other(version).with("version", "nightly")];
        cases.push(Published::new().releases(releases).verified(
            &format!("latest/no-order-{name}"),
            RULE,
            &format!("{version} has no order and is never the latest."),
            &[],
        ));
    }
    cases.push(Published::new().releases([right("trunk"), right("nightly")]).rejected(
        "latest/no-order-only",
        RULE,
        "No version has an order, so none is the latest; both releases are rightly signed.",
        "fair.release.missing",
    ));
    cases
}

fn unusable() -> Vec<Case> {
    const RELEASES: &str = r#"fair.md, "Releases""#;
    let beside = |name: &str, about: &str, unusable: Json| {
        let releases = [unusable, right("1.0.0")];
        Published::new().releases(releases).verified(&format!("latest/{name}"), RELEASES, about, &[UNUSABLE])
    };
    let none = |name: &str, about: &str, releases: Vec<Json>| {
        Published::new().releases(releases).rejected(
            &format!("latest/{name}"),
            RELEASES,
            about,
            "fair.release.missing",
        )
    };
    vec![
        beside("unusable-space", "\"9.9.9 \" is not a version and never the latest.", other("9.9.9 ")),
        beside("unusable-markup", "A version with a tag in it is not a version.", other("9.9.9+<b>x</b>")),
        beside("unusable-slash", "A version with a slash in it is not a version.", other("9.9/9")),
        beside("unusable-empty", "An empty string is not a version.", other("")),
        beside("unusable-129-bytes", "A version of 129 bytes is not a version.", other(&"9".repeat(129))),
        beside(
            "unusable-no-version",
            "A release without a version.",
            Json::object([("artifacts", Json::object([]))]),
        ),
        beside(
            "unusable-version-number",
            "A release whose version is a number.",
            other("9").with("version", Json::Number("9.9".to_owned())),
        ),
        beside(
            "unusable-artifacts",
            "The artifacts of 9.0.0 are a string.",
            release_of("9.0.0", "none".into()),
        ),
        beside("unusable-null", "A release that is null.", Json::Null),
        none("none-usable", "The only release is malformed.", vec![right("1.0.0 ")]),
        none("none-listed", "No releases at all.", Vec::new()),
    ]
}
