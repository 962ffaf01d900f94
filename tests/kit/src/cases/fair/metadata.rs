//! The metadata document around the releases.

use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::{root, update};
use crate::json::Json;
use crate::log::Log;
use crate::metadata::CONTEXT;
use crate::moment::Moment;

const RULE: &str = r#"fair.md, "Metadata document""#;
const TYPES: &str = r#"fair.md, "Package types""#;
const LOOSE: &str = r#"fair.md, "Loose members""#;
const MALFORMED: &str = "fair.metadata.malformed";

/// What is done to the document.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    [accepted(), malformed(), ids(), types()].concat()
}

fn accepted() -> Vec<Case> {
    let changes: [(&str, &str, &str, Change); 4] = [
        ("context-array", RULE, "@context is an array that starts with FAIR's.", |metadata| {
            metadata.set("@context", Json::array([CONTEXT, "https://example.com/more"]));
        }),
        (
            "unknown-members",
            RULE,
            "Members that are not known, in the document and in the release.",
            |metadata| {
                metadata.set("future", Json::object([("a", ().into()), ("a\u{0}", ().into())]));
                metadata.member("releases").item(0).set("future", true);
            },
        ),
        ("php-empty-maps", LOOSE, "[] where maps belong, as PHP writes empty maps.", |metadata| {
            metadata.set("sections", Json::Array(Vec::new()));
            metadata.member("releases").item(0).set("provides", Json::Array(Vec::new()));
        }),
        ("other-artifacts", LOOSE, "Icons beside the package, their sizes null or strings.", |metadata| {
            let icon =
                Json::object([("url", "icon.svg".into()), ("height", ().into()), ("width", "128".into())]);
            metadata.member("releases").item(0).member("artifacts").set("icon", Json::array([icon]));
        }),
    ];
    changes
        .into_iter()
        .map(|(name, rule, about, change)| {
            Published::new().edit(change).verified(&format!("metadata/{name}"), rule, about, &[])
        })
        .collect()
}

fn malformed() -> Vec<Case> {
    let changes: [(&str, &str, Change); 16] = [
        ("context-missing", "No @context", |metadata| metadata.remove("@context")),
        ("context-other-version", "The @context of another version", |metadata| {
            metadata.set("@context", "https://fair.pm/ns/metadata/v2");
        }),
        ("context-http", "The @context with http", |metadata| {
            metadata.set("@context", "http://fair.pm/ns/metadata/v1");
        }),
        ("context-slash", "The @context with a slash at the end", |metadata| {
            metadata.set("@context", "https://fair.pm/ns/metadata/v1/");
        }),
        ("context-second", "The right @context is not the first of the list", |metadata| {
            metadata.set("@context", Json::array(["https://example.com/more", CONTEXT]));
        }),
        ("context-empty-array", "The @context is an empty array", |metadata| {
            metadata.set("@context", Json::Array(Vec::new()));
        }),
        ("context-nested", "The right @context in an array in the array", |metadata| {
            metadata.set("@context", Json::array([Json::array([CONTEXT])]));
        }),
        ("context-object", "The @context is an object", |metadata| {
            metadata.set("@context", Json::object([("fair", CONTEXT.into())]));
        }),
        ("id-missing", "No id", |metadata| metadata.remove("id")),
        ("id-null", "The id is null", |metadata| metadata.set("id", ())),
        ("type-missing", "No type", |metadata| metadata.remove("type")),
        ("type-array", "The type is a list of types", |metadata| {
            metadata.set("type", Json::array(["wp-plugin"]))
        }),
        ("releases-missing", "No releases", |metadata| metadata.remove("releases")),
        ("releases-null", "The releases are null", |metadata| metadata.set("releases", ())),
        ("releases-object", "The releases are a map by version", |metadata| {
            let release = metadata.member("releases").item(0).clone();
            metadata.set("releases", Json::object([("1.0.0", release)]));
        }),
        ("releases-one", "The release itself in place of the list", |metadata| {
            let release = metadata.member("releases").item(0).clone();
            metadata.set("releases", release);
        }),
    ];
    changes
        .into_iter()
        .map(|(name, about, change)| {
            let about = format!("{about}; everything else is right.");
            Published::new().edit(change).rejected(&format!("metadata/{name}"), RULE, &about, MALFORMED)
        })
        .collect()
}

fn ids() -> Vec<Case> {
    let other = Log::new(&update(9).sign(&root()), Moment::START).did().to_owned();
    let own = Published::new().log.did().to_owned();
    let rows = [
        ("other-package", other, "The document is another identity's, with the right release in it."),
        ("upper-case", own.to_uppercase(), "The id is the DID in upper case."),
        ("white-space", format!("{own} "), "The id is the DID and a space."),
        ("fragment", format!("{own}#fair"), "The id is a DID URL."),
        ("empty", String::new(), "The id is empty."),
    ];
    rows.into_iter()
        .map(|(name, id, about)| {
            Published::new().edit(|metadata| metadata.set("id", id)).rejected(
                &format!("metadata/id-{name}"),
                RULE,
                about,
                "fair.metadata.id_mismatch",
            )
        })
        .collect()
}

fn types() -> Vec<Case> {
    let of_type = |package_type: &str| Published::new().edit(|metadata| metadata.set("type", package_type));
    let mut cases: Vec<Case> = Vec::new();
    for known in ["wp-plugin", "wp-theme", "wp-core", "typo3-extension"] {
        let about = format!("A package of the type {known}.");
        cases.push(of_type(known).verified(&format!("metadata/type-{known}"), TYPES, &about, &[]));
    }
    for (name, unknown) in [
        ("unknown", "x-example"),
        ("unknown-beside-known", "x-wp-plugin"),
        ("other-ecosystem", "drupal-module"),
        ("reserved-core", "typo3-core"),
        ("reserved-theme", "typo3-theme"),
        ("capitals", "WP-Plugin"),
        ("longer", "wp-plugin-2"),
        ("shorter", "typo3"),
        ("white-space", "wp-plugin "),
        ("empty", ""),
    ] {
        cases.push(of_type(unknown).rejected(
            &format!("metadata/type-{name}"),
            TYPES,
            &format!("The type is \"{unknown}\"; the package is rightly signed."),
            "fair.metadata.type_unknown",
        ));
    }
    cases
}
