//! Releases with several packages, such as one for each language.

use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::fair;
use crate::json::Json;
use crate::metadata::{Form, artifact};
use crate::plugin;

const RULE: &str = r#"fair.md, "Several packages of a release""#;
const LANGUAGES: [&str; 3] = ["en", "fr", "de"];

pub(super) fn cases() -> Vec<Case> {
    [by_bytes(), by_url()].concat()
}

/// The package in a language.
fn package(language: &str) -> Vec<u8> {
    let readme = format!("hello-fair/languages/{language}.txt");
    plugin::archive("hello-fair", "Hello FAIR", "1.0.0").file(&readme, language).bytes()
}

fn url(language: &str) -> String {
    format!("https://publisher.example/hello-fair-1.0.0-{language}.zip")
}

fn signed(language: &str, package: &[u8]) -> Json {
    let signature = Form::Ed25519Sha384.sign_text(&fair(), package);
    artifact(&url(language), package, signature).with("id", language)
}

/// The release with a package in each language, and the bytes of one of them.
fn with_bytes_of(language: &str) -> Published {
    let packages = LANGUAGES.map(|language| signed(language, &package(language)));
    let mut published = Published::new()
        .release(|release| release.member("artifacts").set("package", Json::array(packages)))
        .expecting("1.0.0", &url(language));
    published.package = package(language);
    published
}

fn by_bytes() -> Vec<Case> {
    let verified = |language: &str| {
        with_bytes_of(language).verified(
            &format!("several/bytes-{language}"),
            RULE,
            &format!("The bytes are the package in the language {language}, and that artifact is named."),
            &[],
        )
    };
    let mut cases = LANGUAGES.map(verified).to_vec();
    let mut other = with_bytes_of("en");
    other.package = package("es");
    cases.push(other.rejected(
        "several/bytes-of-none",
        RULE,
        "The bytes are a package in a language that the release does not list.",
        "fair.checksum.mismatch",
    ));
    cases.push(swapped());
    cases
}

/// Each signature is over the other package. Checksums would hide it, so there are none.
fn swapped() -> Case {
    let (en, fr) = (package("en"), package("fr"));
    let swapped = [signed("en", &fr).without("checksum"), signed("fr", &en).without("checksum")];
    let mut published = Published::new()
        .release(|release| release.member("artifacts").set("package", Json::array(swapped)))
        .expecting("1.0.0", &url("fr"));
    published.package = en;
    published.verified(
        "several/bytes-without-checksums",
        RULE,
        "No artifact has a checksum: the bytes are the one whose signature is over them.",
        &["fair.checksum.absent"],
    )
}

fn by_url() -> Vec<Case> {
    let french = with_bytes_of("fr");
    let from = |name: &str, about: &str, language: &str| {
        french.case(&format!("several/{name}")).text("artifactUrl", url(language)).rule(RULE).about(about)
    };
    vec![
        from("url", "The bytes were fetched from their own URL.", "fr").verified(french.facts(), &[]),
        from("url-of-other", "The French package was fetched from the URL of the German one.", "de")
            .rejected("fair.checksum.mismatch"),
        from("url-of-none", "The French package was fetched from a URL that is not listed.", "es")
            .rejected("fair.artifact.missing"),
    ]
}
