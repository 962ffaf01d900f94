//! The artifacts of a release.

use super::published::{Published, URL, package};
use crate::case::Case;
use crate::cases::publisher::{fair, stranger};
use crate::json::Json;
use crate::metadata::{Form, artifact, sha256_checksum};

const RULE: &str = r#"fair.md, "Artifacts""#;
const FETCHING: &str = r#"fair.md, "Fetching""#;
const SEVERAL: &str = r#"fair.md, "Several packages of a release""#;
const OTHER_URL: &str = "https://publisher.example/hello-fair-1.0.0-de.zip";

pub(super) fn cases() -> Vec<Case> {
    [present(), fetching(), missing(), malformed(), several(), by_url()].concat()
}

/// The right artifact at this URL.
fn right(url: &str) -> Json {
    artifact(url, &package(), Form::Ed25519Sha384.sign_text(&fair(), &package()))
}

/// The artifact of another file, rightly signed.
fn other(url: &str) -> Json {
    artifact(url, b"other", Form::Ed25519Sha384.sign_text(&fair(), b"other"))
}

/// The release with these package artifacts.
fn packages(packages: impl Into<Json>) -> Published {
    Published::new().release(|release| release.member("artifacts").set("package", packages))
}

fn list(artifacts: impl IntoIterator<Item = Json>) -> Published {
    packages(Json::array(artifacts))
}

fn present() -> Vec<Case> {
    vec![
        list([right(URL)]).verified("artifact/list-of-one", RULE, "A list with the artifact in it.", &[]),
        list([right(URL), other(OTHER_URL)]).verified(
            "artifact/first-of-two",
            RULE,
            "The bytes are the first package.",
            &[],
        ),
        list([other(OTHER_URL), right(URL)]).verified(
            "artifact/second-of-two",
            RULE,
            "The bytes are the second package.",
            &[],
        ),
        list([right(URL), right(OTHER_URL)]).verified(
            "artifact/both-of-two",
            RULE,
            "Both artifacts are these bytes, at two URLs: the first that verifies is named.",
            &[],
        ),
        packages(right(URL).with("content-type", 1).with("requires-auth", "yes").with("release-asset", ()))
            .verified(
                "artifact/loose-members",
                RULE,
                "The content type is a number, and the two flags are a string and null: none of them decides.",
                &[],
            ),
    ]
}

/// How the artifact is to be fetched, as the report of the release tells it.
fn fetching() -> Vec<Case> {
    const ZIP: &str = "application/zip";
    const OCTET_STREAM: &str = "application/octet-stream";
    let rows = [
        (
            "asset-true",
            ZIP,
            Some(("release-asset", true)),
            [true, false],
            "The flag says that it is a release asset.",
        ),
        (
            "asset-false",
            ZIP,
            Some(("release-asset", false)),
            [false, false],
            "The flag says that it is none.",
        ),
        ("asset-by-type", OCTET_STREAM, None, [true, false], "The content type alone marks a release asset."),
        (
            "asset-by-type-false",
            OCTET_STREAM,
            Some(("release-asset", false)),
            [true, false],
            "The content type marks a release asset, whatever the flag says.",
        ),
        ("auth-true", ZIP, Some(("requires-auth", true)), [false, true], "The host wants credentials."),
        ("auth-false", ZIP, Some(("requires-auth", false)), [false, false], "The host wants no credentials."),
        ("neither", ZIP, None, [false, false], "Neither flag is there."),
    ];
    let case =
        |(name, content_type, flag, expected, about): (_, &str, Option<(&str, bool)>, [bool; 2], _)| {
            let published = Published::new().artifact(|artifact| {
                artifact.set("content-type", content_type);
                if let Some((flag, value)) = flag {
                    artifact.set(flag, value);
                }
            });
            let told = Json::object([
                ("url", URL.into()),
                ("contentType", content_type.into()),
                ("checksum", sha256_checksum(&package()).into()),
                ("releaseAsset", expected[0].into()),
                ("requiresAuth", expected[1].into()),
            ]);
            let facts = published.release_facts().with("artifacts", Json::array([told]));
            published.case_of_metadata(name).rule(FETCHING).about(about).verified(facts, &[])
        };
    rows.map(case).to_vec()
}

fn missing() -> Vec<Case> {
    let missing = |name: &str, about: &str, artifacts: Json| {
        Published::new().release(|release| release.set("artifacts", artifacts)).rejected(
            &format!("artifact/{name}"),
            RULE,
            about,
            "fair.artifact.missing",
        )
    };
    vec![
        missing("none", "The artifacts are an empty map.", Json::object([])),
        missing("none-php", "The artifacts are [], as PHP writes an empty map.", Json::Array(Vec::new())),
        missing(
            "empty-list",
            "The list of packages is empty.",
            Json::object([("package", Json::Array(Vec::new()))]),
        ),
        missing(
            "only-icon",
            "There are only icons, one of them with the package's URL.",
            Json::object([("icon", right(URL))]),
        ),
        missing(
            "capital",
            "The type is written with a capital letter.",
            Json::object([("Package", right(URL))]),
        ),
    ]
}

fn malformed() -> Vec<Case> {
    let malformed = |name: &str, about: &str, change: fn(&mut Json)| {
        Published::new().artifact(change).rejected(
            &format!("artifact/{name}"),
            RULE,
            about,
            "fair.artifact.malformed",
        )
    };
    let of_another_type = |name: &str, about: &str, value: Json| {
        packages(value).rejected(&format!("artifact/{name}"), RULE, about, "fair.artifact.malformed")
    };
    vec![
        of_another_type("string", "The package is its URL alone.", URL.into()),
        of_another_type("string-in-list", "The only package in the list is its URL.", Json::array([URL])),
        malformed("url-missing", "No URL; checksum and signature are right.", |artifact| {
            artifact.remove("url")
        }),
        malformed("url-null", "The URL is null.", |artifact| artifact.set("url", ())),
        malformed("url-array", "The URL is a list.", |artifact| artifact.set("url", Json::array([URL]))),
        malformed("signature-number", "The signature is a number.", |artifact| artifact.set("signature", 1)),
        malformed("signature-list", "The signature is a list with the right one in it.", |artifact| {
            let signature = artifact.member("signature").clone();
            artifact.set("signature", Json::array([signature]));
        }),
        malformed("checksum-object", "The checksum is an object by algorithm.", |artifact| {
            artifact.set("checksum", Json::object([("sha256", "".into())]));
        }),
        malformed("checksum-false", "The checksum is false.", |artifact| artifact.set("checksum", false)),
    ]
}

fn several() -> Vec<Case> {
    let forged = artifact(OTHER_URL, &package(), Form::Secp256k1Sha256.sign_text(&stranger(), &package()));
    let unsupported = other(OTHER_URL).with("checksum", "md5:d41d8cd98f00b204e9800998ecf8427e");
    let no_signature = right(OTHER_URL).without("signature");
    let rejected = |name: &str, about: &str, artifacts: [Json; 2], code| {
        list(artifacts).rejected(&format!("artifact/several-{name}"), SEVERAL, about, code)
    };
    vec![
        rejected(
            "error-of-matching-checksum",
            "The second has the right checksum and a forged signature: that is the error, not the first's checksum.",
            [other(URL), forged.clone()],
            "fair.signature.invalid",
        ),
        rejected(
            "none-matches",
            "The bytes are neither of the two.",
            [other(URL), other(OTHER_URL)],
            "fair.checksum.mismatch",
        ),
        rejected(
            "error-of-first",
            "No checksum matches: the error is that of the first, an unsupported algorithm.",
            [unsupported, other(URL)],
            "fair.checksum.unsupported",
        ),
        list([forged, right(URL)]).verified(
            "artifact/several-forged-beside-right",
            SEVERAL,
            "The first has the right checksum and a forged signature, the second is right.",
            &[],
        ),
        list([Json::Null, right(URL)]).verified(
            "artifact/several-malformed-beside-right",
            SEVERAL,
            "The first is null, the second is right.",
            &[],
        ),
        list([no_signature, right(URL)]).verified(
            "artifact/several-unsigned-beside-right",
            SEVERAL,
            "The first has the right checksum and no signature, the second is right.",
            &[],
        ),
    ]
}

fn by_url() -> Vec<Case> {
    let two = list([other(OTHER_URL), right(URL)]);
    let same_url = list([other(URL), right(URL)]);
    let ask = |published: &Published, name: &str, url: &str| {
        published.case(&format!("artifact/url-{name}")).text("artifactUrl", url).rule(SEVERAL)
    };
    vec![
        ask(&Published::new(), "only", URL)
            .about("The URL of the only artifact.")
            .verified(Published::new().facts(), &[]),
        ask(&two, "second", URL).about("The URL of the second artifact.").verified(two.facts(), &[]),
        ask(&same_url, "shared", URL)
            .about("Two artifacts at one URL, of which the second is these bytes.")
            .verified(same_url.facts(), &[]),
        ask(&two, "of-other-artifact", OTHER_URL)
            .about(
                "The bytes were fetched as the other artifact: that they are listed elsewhere does not help.",
            )
            .rejected("fair.checksum.mismatch"),
        ask(&two, "not-listed", "https://attacker.example/hello-fair-1.0.0.zip")
            .about("A URL that is not listed.")
            .rejected("fair.artifact.missing"),
        ask(&two, "other-case", &URL.replace("publisher", "Publisher"))
            .about("The URL with a capital letter in its host: URLs are compared as strings.")
            .rejected("fair.artifact.missing"),
        ask(&two, "trailing-slash", &format!("{URL}/"))
            .about("The URL with a slash at the end.")
            .rejected("fair.artifact.missing"),
    ]
}
