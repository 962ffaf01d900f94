//! The latest release, where none is asked for.

use super::published::{Published, URL};
use super::releases::{other, right};
use crate::case::Case;
use crate::json::Json;
use crate::metadata::release_of;

const RULE: &str = "fair.md, Metadata document: order versions by SemVer precedence, missing numbers as 0";
const UNUSABLE: &str = "fair.release.unusable";

pub(super) fn cases() -> Vec<Case> {
    [orders(), ties(), unusable()].concat()
}

fn orders() -> Vec<Case> {
    let rows = [
        (
            "numbers-not-text",
            "1.10.0",
            ["1.9.0", "1.2.0"],
            "10 is more than 9, though it sorts before as text",
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
            "pre-release-text",
            "1.0.0-beta",
            ["1.0.0-alpha", "1.0.0-ALPHA"],
            "Texts in pre-releases compare as ASCII",
        ),
        (
            "pre-release-number-below-text",
            "1.0.0-a",
            ["1.0.0-999", "1.0.0-1"],
            "In pre-releases a number is below a text",
        ),
        (
            "pre-release-longer",
            "1.0.0-rc.1.1",
            ["1.0.0-rc.1", "1.0.0-rc"],
            "With equal parts the longer pre-release is above",
        ),
        (
            "pre-release-hyphen",
            "1.0.0-rc-2",
            ["1.0.0-rc-1", "1.0.0-rc"],
            "A hyphen is part of a pre-release's text",
        ),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, latest, others, about) in rows {
        // The latest stands between the others, so that neither the first nor the last is the answer.
        let releases = [other(others[0]), right(latest), other(others[1])];
        cases.push(Published::new().releases(releases).expecting(latest, URL).verified(
            &format!("latest/{name}"),
            RULE,
            &format!("{about}: {latest} is the latest, of {} and {} too.", others[0], others[1]),
            &[],
        ));
    }
    cases
}

fn ties() -> Vec<Case> {
    let tie = |name: &str, about: &str, first: &str, second: &str| {
        let releases = [right(first), other(second)];
        Published::new().releases(releases).expecting(first, URL).verified(
            &format!("latest/{name}"),
            RULE,
            about,
            &[],
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
    ]
}

fn unusable() -> Vec<Case> {
    const PASSED: &str =
        "fair.md, Metadata document: real documents are looser than the text, report the rest as warnings";
    let beside = |name: &str, about: &str, unusable: Json| {
        let releases = [unusable, right("1.0.0")];
        Published::new().releases(releases).verified(&format!("latest/{name}"), PASSED, about, &[UNUSABLE])
    };
    let none = |name: &str, about: &str, releases: Vec<Json>| {
        Published::new().releases(releases).rejected(
            &format!("latest/{name}"),
            PASSED,
            about,
            "fair.release.missing",
        )
    };
    vec![
        beside("unusable-four-numbers", "9.9.9.9 is no version and never the latest.", other("9.9.9.9")),
        beside("unusable-v", "v9 is no version and never the latest.", other("v9")),
        beside(
            "unusable-no-version",
            "A release without version.",
            Json::object([("artifacts", Json::object([]))]),
        ),
        beside(
            "unusable-version-number",
            "A release whose version is a number.",
            other("9").with("version", Json::Number("9.9".to_owned())),
        ),
        beside(
            "unusable-artifacts",
            "9.0.0 has a text for its artifacts.",
            release_of("9.0.0", "none".into()),
        ),
        beside("unusable-null", "A release that is null.", Json::Null),
        none("none-usable", "The only release is malformed.", vec![right("v1.0.0")]),
        none("none-listed", "No releases at all.", Vec::new()),
    ]
}
