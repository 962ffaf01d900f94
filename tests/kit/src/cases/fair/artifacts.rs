//! The artifacts of a release.

use super::published::{Published, URL, package};
use crate::case::Case;
use crate::cases::publisher::{fair, stranger};
use crate::json::Json;
use crate::metadata::{Form, artifact};

const RULE: &str = "fair.md, Metadata document: the installable is type package; several may exist";
const URL_RULE: &str = "DESIGN.md, The command line: --artifact-url, then only that artifact counts";
const OTHER_URL: &str = "https://publisher.example/hello-fair-1.0.0-de.zip";

pub(super) fn cases() -> Vec<Case> {
    [present(), missing(), malformed(), several(), by_url()].concat()
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
            "The bytes are the first's.",
            &[],
        ),
        list([other(OTHER_URL), right(URL)]).verified(
            "artifact/second-of-two",
            RULE,
            "The bytes are the second's.",
            &[],
        ),
        list([right(URL), right(OTHER_URL)]).verified(
            "artifact/both-of-two",
            RULE,
            "The bytes are both artifacts', at two addresses: the first that verifies is named.",
            &[],
        ),
    ]
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
            "There are only icons, one of them with the package's address.",
            Json::object([("icon", right(URL))]),
        ),
        missing("capital", "The type is written with a capital.", Json::object([("Package", right(URL))])),
    ]
}

fn malformed() -> Vec<Case> {
    let malformed = |name: &str, about: &str, change: fn(&mut Json)| {
        Published::new().artifact(change).rejected(
            &format!("artifact/{name}"),
            "fair.md, Metadata document: url, signature and checksum of an artifact are texts",
            about,
            "fair.artifact.malformed",
        )
    };
    let of_another_type = |name: &str, about: &str, value: Json| {
        packages(value).rejected(&format!("artifact/{name}"), RULE, about, "fair.artifact.malformed")
    };
    vec![
        of_another_type("text", "The package is its address alone.", URL.into()),
        of_another_type("text-in-list", "The only package in the list is its address.", Json::array([URL])),
        malformed("url-missing", "No url; checksum and signature are right.", |artifact| {
            artifact.remove("url")
        }),
        malformed("url-null", "The url is null.", |artifact| artifact.set("url", ())),
        malformed("url-array", "The url is a list.", |artifact| artifact.set("url", Json::array([URL]))),
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
    const ERROR: &str = "fair.md, Metadata document: verify the one whose bytes are given";
    let forged = artifact(OTHER_URL, &package(), Form::Secp256k1Sha256.sign_text(&stranger(), &package()));
    let unsupported = other(OTHER_URL).with("checksum", "md5:d41d8cd98f00b204e9800998ecf8427e");
    let no_signature = right(OTHER_URL).without("signature");
    let rejected = |name: &str, about: &str, artifacts: [Json; 2], code| {
        list(artifacts).rejected(&format!("artifact/several-{name}"), ERROR, about, code)
    };
    vec![
        rejected(
            "error-of-matching-checksum",
            "The second has the bytes' checksum and a forged signature: that is the error, not the first's checksum.",
            [other(URL), forged.clone()],
            "fair.signature.invalid",
        ),
        rejected(
            "none-matches",
            "The bytes are neither's.",
            [other(URL), other(OTHER_URL)],
            "fair.checksum.mismatch",
        ),
        rejected(
            "error-of-first",
            "No checksum matches: the error is the first's, an algorithm that is not supported.",
            [unsupported, other(URL)],
            "fair.checksum.unsupported",
        ),
        list([forged, right(URL)]).verified(
            "artifact/several-forged-beside-right",
            ERROR,
            "The first has the bytes' checksum and a forged signature, the second is right.",
            &[],
        ),
        list([Json::Null, right(URL)]).verified(
            "artifact/several-malformed-beside-right",
            ERROR,
            "The first is null, the second is right.",
            &[],
        ),
        list([no_signature, right(URL)]).verified(
            "artifact/several-unsigned-beside-right",
            ERROR,
            "The first has the bytes' checksum and no signature, the second is right.",
            &[],
        ),
    ]
}

fn by_url() -> Vec<Case> {
    let two = list([other(OTHER_URL), right(URL)]);
    let same_url = list([other(URL), right(URL)]);
    let ask = |published: &Published, name: &str, url: &str| {
        published.case(&format!("artifact/url-{name}")).text("artifactUrl", url).rule(URL_RULE)
    };
    vec![
        ask(&Published::new(), "only", URL).about("The only artifact's address.").verified(Published::new().facts(), &[]),
        ask(&two, "second", URL).about("The second artifact's address.").verified(two.facts(), &[]),
        ask(&same_url, "shared", URL)
            .about("Two artifacts at one address, the second is the bytes'.")
            .verified(same_url.facts(), &[]),
        ask(&two, "of-other-artifact", OTHER_URL)
            .about("The bytes were fetched as the other artifact: that the right one is listed too does not help.")
            .rejected("fair.checksum.mismatch"),
        ask(&two, "not-listed", "https://attacker.example/hello-fair-1.0.0.zip")
            .about("An address that is not listed.")
            .rejected("fair.artifact.missing"),
        ask(&two, "other-case", &URL.replace("publisher", "Publisher"))
            .about("The address with a capital in its host: compared as text.")
            .rejected("fair.artifact.missing"),
        ask(&two, "trailing-slash", &format!("{URL}/"))
            .about("The address with a slash at its end.")
            .rejected("fair.artifact.missing"),
    ]
}
