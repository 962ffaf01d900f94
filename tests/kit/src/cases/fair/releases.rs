//! The release that is asked for.

use super::published::{Published, URL, package};
use crate::case::Case;
use crate::cases::publisher::fair;
use crate::json::Json;
use crate::metadata::{Form, artifact, release};

const RULE: &str = r#"fair.md, "Releases""#;

pub(super) fn cases() -> Vec<Case> {
    [asked(), ambiguous(), malformed()].concat()
}

/// The package as a release of this version.
pub(super) fn right(version: &str) -> Json {
    release(version, artifact(URL, &package(), Form::Ed25519Sha384.sign_text(&fair(), &package())))
}

/// Another release of this version, which the package is not.
pub(super) fn other(version: &str) -> Json {
    let other = version.as_bytes();
    let url = "https://publisher.example/other.zip";
    release(version, artifact(url, other, Form::Ed25519Sha384.sign_text(&fair(), other)))
}

fn asked() -> Vec<Case> {
    let two = Published::new().releases([other("2.0.0"), right("1.0.0")]);
    let relabelled = Published::new().releases([right("9.9.9")]).expecting("9.9.9", URL);
    let ask = |published: &Published, name: &str, version: &str| {
        published.case(&format!("release/{name}")).text("release", version).rule(RULE)
    };
    vec![
        ask(&two, "older", "1.0.0").about("An older release than the latest.").verified(two.facts(), &[]),
        ask(&two, "of-other-release", "2.0.0")
            .about("The package is another release's, signed by the same key.")
            .rejected("fair.checksum.mismatch"),
        relabelled
            .case("release/relabelled")
            .rule(r#"fair.md, "What a pin remembers of releases""#)
            .about("The package of 1.0.0 under a higher version verifies: the metadata document is unsigned.")
            .verified(relabelled.facts(), &[]),
        ask(&Published::new(), "not-listed", "1.0.1")
            .about("A version that is not listed.")
            .rejected("fair.release.missing"),
        ask(&Published::new(), "empty", "")
            .about("An empty string is asked for, which is not the same as asking for none.")
            .rejected("fair.release.missing"),
        ask(&Published::new().releases([]), "none-listed", "1.0.0")
            .about("No releases at all.")
            .rejected("fair.release.missing"),
    ]
}

fn ambiguous() -> Vec<Case> {
    let twice = |releases: [Json; 2]| Published::new().releases(releases);
    let ask = |name: &str, about: &str, published: Published| {
        published
            .case(&format!("release/{name}"))
            .text("release", "1.0.0")
            .rule(RULE)
            .about(about)
            .rejected("fair.release.ambiguous")
    };
    let twins = twice([right("1.0.0"), right("1.0")]);
    vec![
        ask(
            "listed-twice",
            "Two releases of one version, the right one first.",
            twice([right("1.0.0"), other("1.0.0")]),
        ),
        ask(
            "listed-twice-right-last",
            "Two releases of one version, the right one last.",
            twice([other("1.0.0"), right("1.0.0")]),
        ),
        twice([right("1.0.0"), other("1.0.0")]).rejected(
            "release/latest-listed-twice",
            RULE,
            "No release is asked for, and the latest is listed twice.",
            "fair.release.ambiguous",
        ),
        twins
            .case("release/equal-precedence")
            .text("release", "1.0.0")
            .rule(RULE)
            .about("1.0 and 1.0.0 are two releases, each with a name of its own.")
            .verified(twins.facts(), &[]),
    ]
}

fn malformed() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, artifacts) in [
        ("null", Json::Null),
        ("string", "package".into()),
        ("number", 1.into()),
        ("list", Json::array(["package"])),
    ] {
        let published = Published::new().release(|release| release.set("artifacts", artifacts));
        cases.push(
            published
                .case(&format!("release/artifacts-{name}"))
                .text("release", "1.0.0")
                .rule(RULE)
                .about("The artifacts of the release asked for are not a map.")
                .rejected("fair.release.malformed"),
        );
    }
    let absent = Published::new().release(|release| release.remove("artifacts"));
    cases.push(
        absent
            .case("release/artifacts-absent")
            .text("release", "1.0.0")
            .rule(RULE)
            .about("The release asked for has no artifacts.")
            .rejected("fair.release.malformed"),
    );
    let beside = Published::new().releases([right("1.0.0"), right("2.0.0 "), Json::object([]), Json::Null]);
    cases.push(
        beside
            .case("release/unusable-beside")
            .text("release", "1.0.0")
            .rule(RULE)
            .about("Releases that are not asked for are malformed, which is a warning.")
            .verified(beside.facts(), &["fair.release.unusable"]),
    );
    cases
}
