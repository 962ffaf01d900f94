//! What a metadata document says of the security of its releases.

use super::published::{Published, URL};
use super::releases::{other, right};
use crate::case::Case;
use crate::json::Json;

const RULE: &str = r#"fair.md, "Advisories""#;
const ADVISORY: &str = "fair.release.advisory";
const INSECURE: &str = "fair.release.insecure";
const LOOSE_VERSION: &str = "fair.version.loose";

pub(super) fn cases() -> Vec<Case> {
    [advisories(), latest_security_releases()].concat()
}

/// An advisory as the specification shows it.
fn advisory() -> Json {
    Json::object([("severity", "high".into()), ("summary", "SQL injection by the search parameter.".into())])
}

fn advisories() -> Vec<Case> {
    let with = |name: &str, about: &str, value: Json, warnings: &[&'static str]| {
        let published = Published::new().release(|release| release.set("advisory", value));
        published.verified(&format!("advisory/{name}"), RULE, about, warnings)
    };
    let older = other("0.9.0").with("advisory", advisory());
    let beside = Published::new().releases([right("1.0.0"), older]);
    let both = Published::new().edit(|metadata| {
        metadata.set("latest-security-release", "1.0.1");
        metadata.member("releases").item(0).set("advisory", advisory());
    });
    vec![
        with("object", "The release has an advisory.", advisory(), &[ADVISORY]),
        with("list", "The release has a list of advisories.", Json::array([advisory()]), &[ADVISORY]),
        with("null", "The advisory is null.", Json::Null, &[]),
        with(
            "empty-list",
            "The list of advisories is empty, or an empty map of PHP.",
            Json::array([""; 0]),
            &[],
        ),
        with("empty-object", "The advisory is an empty object.", Json::object([]), &[]),
        with("empty-string", "The advisory is an empty string.", "".into(), &[]),
        with("false", "The advisory is false, as PHP writes none.", false.into(), &[]),
        with("true", "The advisory is true: there is one, whatever it says.", true.into(), &[ADVISORY]),
        with("number", "The advisory is a number: there is one.", 1.into(), &[ADVISORY]),
        with("string", "The advisory is its URL alone.", "https://publisher.example/a".into(), &[ADVISORY]),
        beside.verified("advisory/of-other-release", RULE, "Another release has an advisory.", &[]),
        both.verified(
            "advisory/and-insecure",
            RULE,
            "The release has an advisory, and a later one fixes more.",
            &[ADVISORY, INSECURE],
        ),
    ]
}

/// The release 1.0.0, or the one of this version, beside a `latest-security-release`.
fn latest_security_releases() -> Vec<Case> {
    let with = |name: &str, version: &str, latest: Json, about: &str, warnings: &[&'static str]| {
        let published = Published::new()
            .releases([right(version)])
            .expecting(version, URL)
            .edit(|metadata| metadata.set("latest-security-release", latest));
        let case = published.case(&format!("security-release/{name}")).text("release", version);
        case.rule(RULE).about(about).verified(published.facts(), warnings)
    };
    let of_one = |name: &str, latest: &str, about: &str, warnings: &[&'static str]| {
        with(name, "1.0.0", latest.into(), about, warnings)
    };
    let mut cases = vec![
        of_one("above", "1.0.1", "A later release has security fixes.", &[INSECURE]),
        of_one("above-as-number", "1.0.10", "It is later by its number.", &[INSECURE]),
        of_one("above-four-numbers", "1.0.0.1", "It is later by its fourth number.", &[INSECURE]),
        of_one("above-v", "v1.1", "It is later, and written with a v.", &[INSECURE]),
        of_one("equal", "1.0.0", "The release at hand is the latest with security fixes.", &[]),
        of_one("equal-otherwise-spelled", "v1.0", "It is the release at hand, spelled otherwise.", &[]),
        of_one("equal-build", "1.0.0+2", "It differs in build metadata only.", &[]),
        of_one("below", "0.9.9", "An earlier release was the latest with security fixes.", &[]),
        of_one("below-pre-release", "1.0.0-rc.1", "A pre-release of the release at hand had the fixes.", &[]),
        with("above-pre-release", "1.0.0-rc.1", "1.0.0".into(), "A pre-release is at hand.", &[INSECURE]),
        with(
            "no-order-at-hand",
            "trunk",
            "1.0.0".into(),
            "The version at hand has no order, so nothing is above it.",
            &[LOOSE_VERSION],
        ),
        of_one("no-order", "trunk", "It is a version without an order.", &[]),
        of_one("not-a-version", "<b>9.9.9</b>", "It is not a version.", &[]),
        of_one("white-space", " 9.9.9", "It is a version after white space.", &[]),
        of_one("empty", "", "It is empty.", &[]),
    ];
    let others = [
        ("null", Json::Null, "It is null."),
        ("number", Json::Number("9.9".to_owned()), "It is a number."),
        ("array", Json::array(["9.9.9"]), "It is a list with a later version in it."),
        ("object", Json::object([("version", "9.9.9".into())]), "It is a release, not a version."),
    ];
    cases.extend(others.map(|(name, latest, about)| with(name, "1.0.0", latest, about, &[])));
    cases
}
