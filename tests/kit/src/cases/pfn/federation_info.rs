//! The document by which a source introduces itself.

use super::document;
use crate::case::Case;
use crate::json::Json;

const RULE: &str = r#"pfn.md, "federation-info""#;
const MALFORMED: &str = "pfn.federation_info.malformed";

/// What is done to a document.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    [accepted(), refused()].concat()
}

/// The document of a source with this domain and naming scheme.
pub(super) fn info(domain: &str, scheme: &str) -> Json {
    Json::object([
        ("version", "1.0.0".into()),
        ("features", Json::array(["plugin-distribution"])),
        ("assetInfo", Json::object([("domain", domain.into()), ("namingScheme", scheme.into())])),
    ])
}

/// The domain of the sample.
pub(super) const DOMAIN: &str = "https://assets.publisher.example";

/// The naming scheme of the sample.
const SCHEME: &str = "plugins/author/slug/slug.zip";

/// The document as sources serve it.
pub(super) fn sample() -> Json {
    info(DOMAIN, SCHEME)
}

fn case(name: &str, about: &str, json: &Json) -> Case {
    document("pfn-federation-info", &format!("federation-info/{name}"), json).rule(RULE).about(about)
}

fn facts(version: &str, features: &[&str]) -> Json {
    let federation = Json::object([
        ("version", version.into()),
        ("features", Json::array(features.iter().copied())),
        ("domain", DOMAIN.into()),
        ("namingScheme", SCHEME.into()),
    ]);
    Json::object([("federation", federation)])
}

fn accepted() -> Vec<Case> {
    let features = ["plugin-distribution", "signing", "plugin-distribution"];
    let numbers = Json::Raw("[1e400, -1E+999]".to_owned());
    vec![
        case("sample", "A document as sources serve it.", &sample())
            .verified(facts("1.0.0", &["plugin-distribution"]), &[]),
        case(
            "no-feature",
            "The list of features is empty.",
            &sample().with("features", Json::array([""; 0])),
        )
        .verified(facts("1.0.0", &[]), &[]),
        case(
            "several-features",
            "Several features, one of them twice, in the document's order.",
            &sample().with("features", Json::array(features)),
        )
        .verified(facts("1.0.0", &features), &[]),
        case("other-version", "Another version of the network.", &sample().with("version", "2.0-beta"))
            .verified(facts("2.0-beta", &["plugin-distribution"]), &[]),
        case(
            "more-members",
            "Members that are not known.",
            &sample().with("contact", "x").with("n", numbers),
        )
        .verified(facts("1.0.0", &["plugin-distribution"]), &[]),
    ]
}

fn refused() -> Vec<Case> {
    let changes: [(&str, &str, Change); 10] = [
        ("no-version", "No version.", |info| info.remove("version")),
        ("version-number", "The version is a number.", |info| info.set("version", 1)),
        ("no-features", "No features.", |info| info.remove("features")),
        ("features-string", "The features are one string.", |info| {
            info.set("features", "plugin-distribution")
        }),
        ("feature-number", "A feature is a number.", |info| {
            info.member("features").items_mut().push(1.into());
        }),
        ("no-asset-info", "No assetInfo.", |info| info.remove("assetInfo")),
        ("asset-info-string", "assetInfo is a string.", |info| info.set("assetInfo", DOMAIN)),
        ("no-domain", "No domain.", |info| info.member("assetInfo").remove("domain")),
        ("no-naming-scheme", "No namingScheme.", |info| info.member("assetInfo").remove("namingScheme")),
        ("naming-scheme-null", "The namingScheme is null.", |info| {
            info.member("assetInfo").set("namingScheme", ());
        }),
    ];
    let mut cases = vec![
        case("array", "The document is in an array.", &Json::array([sample()])).rejected("input.wrong_type"),
    ];
    for (name, about, change) in changes {
        let mut changed = sample();
        change(&mut changed);
        cases.push(case(name, about, &changed).rejected(MALFORMED).fact("federation", ()));
    }
    cases
}
