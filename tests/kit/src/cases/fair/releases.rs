//! The release that is asked for.

use super::published::{Published, URL, package};
use crate::case::Case;
use crate::cases::publisher::fair;
use crate::json::Json;
use crate::metadata::{Form, artifact, release};

const EXACT: &str = "fair.md, The walk: the release that is asked for, by its exact version";
const VERSION: &str =
    "fair.md, Metadata document: version is 1-3 dot-separated numbers, optional -pre and +meta";

pub(super) fn cases() -> Vec<Case> {
    [asked(), forms(), ambiguous(), malformed()].concat()
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
        published.case(&format!("release/{name}")).text("release", version).rule(EXACT)
    };
    vec![
        ask(&two, "older", "1.0.0").about("An older release than the latest.").verified(two.facts(), &[]),
        ask(&two, "of-other-release", "2.0.0")
            .about("The package is another release's, signed by the same key.")
            .rejected("fair.checksum.mismatch"),
        relabelled
            .case("release/relabelled")
            .rule("fair.md, Metadata document: a published version never changes; pins see that it does")
            .about(
                "The package of 1.0.0 under a higher version verifies: nobody signs the metadata document.",
            )
            .verified(relabelled.facts(), &[]),
        ask(&Published::new(), "not-listed", "1.0.1")
            .about("A version that is not listed.")
            .rejected("fair.release.missing"),
        ask(&Published::new(), "shorter", "1.0")
            .about("1.0 is not the text 1.0.0, though equal in precedence.")
            .rejected("fair.release.missing"),
        ask(&Published::new(), "with-v", "v1.0.0")
            .about("A v before the version.")
            .rejected("fair.release.missing"),
        ask(&Published::new(), "with-space", "1.0.0 ")
            .about("A space after it.")
            .rejected("fair.release.missing"),
        ask(&Published::new().releases([]), "none-listed", "1.0.0")
            .about("No releases at all.")
            .rejected("fair.release.missing"),
    ]
}

fn forms() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let good = [
        "1",
        "1.2",
        "1.2.3",
        "0.0.0",
        "01.002.0003",
        "1.0.0-rc.1",
        "1.0.0+build.5",
        "1.0-beta+x",
        "20260101.99999999999999999999.0",
    ];
    for version in good {
        let published = Published::new().releases([right(version)]).expecting(version, URL);
        cases.push(
            published
                .case(&format!("release/version-{version}"))
                .text("release", version)
                .rule(VERSION)
                .about(format!("A release called {version}."))
                .verified(published.facts(), &[]),
        );
    }
    let bad = [
        ("four-numbers", "1.2.3.4"),
        ("v", "v1.2.3"),
        ("empty", ""),
        ("empty-number", "1..3"),
        ("trailing-point", "1.2."),
        ("letters", "1.x"),
        ("negative", "-1.0"),
        ("space", "1.0 "),
        ("empty-pre-release", "1.0.0-"),
        ("empty-build", "1.0.0+"),
        ("pre-release-characters", "1.0.0-rc_1"),
        ("arabic-digits", "\u{661}.0"),
    ];
    for (name, version) in bad {
        let published = Published::new().releases([right(version)]);
        cases.push(
            published
                .case(&format!("release/malformed-{name}"))
                .text("release", version)
                .rule(VERSION)
                .about(format!("The release asked for is called \"{version}\"; it is listed and signed."))
                .rejected("fair.release.malformed"),
        );
    }
    cases
}

fn ambiguous() -> Vec<Case> {
    const ONCE: &str = "fair.md, Metadata document: a published version never changes";
    let twice = |releases: [Json; 2]| Published::new().releases(releases);
    let ask = |name: &str, about: &str, published: Published| {
        published
            .case(&format!("release/{name}"))
            .text("release", "1.0.0")
            .rule(ONCE)
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
            ONCE,
            "No release is asked for, and the latest is listed twice.",
            "fair.release.ambiguous",
        ),
        twins
            .case("release/equal-precedence")
            .text("release", "1.0.0")
            .rule(EXACT)
            .about("1.0 and 1.0.0 are two releases.")
            .verified(twins.facts(), &[]),
    ]
}

fn malformed() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, artifacts) in [
        ("null", Json::Null),
        ("text", "package".into()),
        ("number", 1.into()),
        ("list", Json::array(["package"])),
    ] {
        let published = Published::new().release(|release| release.set("artifacts", artifacts));
        cases.push(
            published
                .case(&format!("release/artifacts-{name}"))
                .text("release", "1.0.0")
                .rule("fair.md, Metadata document: artifacts is a map of type to object or list")
                .about("The artifacts of the release asked for are no map.")
                .rejected("fair.release.malformed"),
        );
    }
    let absent = Published::new().release(|release| release.remove("artifacts"));
    cases.push(
        absent
            .case("release/artifacts-absent")
            .text("release", "1.0.0")
            .rule("fair.md, Metadata document: a release has version and artifacts")
            .about("The release asked for has no artifacts member.")
            .rejected("fair.release.malformed"),
    );
    let beside = Published::new().releases([right("1.0.0"), right("v2"), Json::object([]), Json::Null]);
    cases.push(
        beside
            .case("release/unusable-beside")
            .text("release", "1.0.0")
            .rule("fair.md, Metadata document: real documents are looser than the text")
            .about("Releases that are not asked for are malformed, which is worth a warning.")
            .verified(beside.facts(), &["fair.release.unusable"]),
    );
    cases
}
