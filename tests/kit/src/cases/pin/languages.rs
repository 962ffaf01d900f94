//! Several packages of one release: a version may gain a package, and may replace none.

use super::releases::{next, pin};
use crate::case::Case;
use crate::cases::fair::published::Published;
use crate::cases::publisher::{fair, log};
use crate::cases::rule;
use crate::json::Json;
use crate::metadata::{Form, artifact, release};
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};
use crate::plugin;

const NOW: Moment = Moment::hour(100);

pub(super) fn cases() -> Vec<Case> {
    [in_turn(), replaced(), without_checksums()].concat()
}

/// The package of a language.
fn package(language: &str) -> Vec<u8> {
    plugin::archive("hello-fair", "Hello FAIR", "1.0.0").file("hello-fair/language.txt", language).bytes()
}

fn url(language: &str) -> String {
    format!("https://publisher.example/hello-fair-1.0.0-{language}.zip")
}

/// The document whose only release has the packages of these languages, with the package of one language.
fn listing(languages: &[&str], given: &str) -> Published {
    let artifacts = languages.iter().map(|language| {
        let bytes = package(language);
        artifact(&url(language), &bytes, Form::Ed25519Sha384.sign_text(&fair(), &bytes))
            .with("lang", *language)
    });
    let mut published =
        Published::new().releases([release("1.0.0", Json::array(artifacts))]).expecting("1.0.0", &url(given));
    published.package = package(given);
    published
}

/// The pin of a verifier that verified the packages of these languages.
fn knows(languages: &[&str]) -> PinFile {
    languages.iter().fold(pin(), |pin, language| pin.release("1.0.0", &package(language)))
}

fn case(name: &str, about: &str, published: &Published, pin: &PinFile) -> Case {
    let case =
        published.case_called(&format!("pin/languages/{name}")).rule(rule::fair::RELEASES).about(about);
    case.file("pin", "pin.json", pin.json().pretty()).now(NOW.seconds())
}

fn accepted(name: &str, about: &str, listed: &[&str], known: &[&str], given: &str) -> Case {
    let published = listing(listed, given);
    let kept = next(&knows(known)).release("1.0.0", &package(given));
    case(name, about, &published, &knows(known)).verified(published.facts(), &[]).keeps(&kept)
}

fn refused(name: &str, about: &str, listed: &[&str], known: &[&str], given: &str) -> Case {
    let case = case(name, about, &listing(listed, given), &knows(known));
    case.rejected("pin.release_changed").keeps(&next(&knows(known)))
}

/// en, then fr, then en again, with one pin.
fn in_turn() -> Vec<Case> {
    let both = ["en", "fr"];
    let first = listing(&both, "en");
    let kept = PinFile::first(&Visit::audit(&log(), NOW.seconds())).release("1.0.0", &package("en"));
    vec![
        first
            .case_called("pin/languages/en-first")
            .rule(rule::fair::RELEASES)
            .about("A first visit: the English package of two.")
            .flag("remember")
            .now(NOW.seconds())
            .verified(first.facts(), &[])
            .keeps(&kept),
        accepted("then-fr", "Then the French one: the release has both.", &both, &["en"], "fr"),
        accepted("then-en-again", "Then the English one again.", &both, &["en", "fr"], "en"),
        accepted(
            "new-language",
            "A language was added to the release since.",
            &["en", "fr", "de"],
            &["en", "fr"],
            "de",
        ),
        accepted(
            "only-other-listed",
            "One of the two known packages is no longer listed; the other is given.",
            &["fr"],
            &["en", "fr"],
            "fr",
        ),
        accepted(
            "known-beside-new",
            "A known package is given; the other one that was known made way for a new one.",
            &["fr", "de"],
            &["en", "fr"],
            "fr",
        ),
    ]
}

fn replaced() -> Vec<Case> {
    let french_elsewhere = knows(&["en"]).release("2.0.0", &package("fr"));
    vec![
        case(
            "moved-to-known",
            "The package that is given was verified as 2.0.0; the known one of this version is still listed.",
            &listing(&["en", "fr"], "fr"),
            &french_elsewhere,
        )
        .rejected("pin.release_changed")
        .keeps(&next(&french_elsewhere)),
        refused(
            "replaced",
            "The known package is no longer listed, and another one is given.",
            &["fr"],
            &["en"],
            "fr",
        ),
        refused(
            "replaced-by-two",
            "The known package made way for two others.",
            &["fr", "de"],
            &["en"],
            "de",
        ),
        refused(
            "one-of-two-replaced",
            "One of two known packages made way for the one that is given; the other is still listed.",
            &["fr", "de"],
            &["en", "fr"],
            "de",
        ),
    ]
}

/// Without a checksum, a listed package is not known to be there.
fn without_checksums() -> Vec<Case> {
    let without = |languages: &[&str], listed: &[&str], given: &str| {
        listing(listed, given).release(|release| {
            for (place, language) in listed.iter().enumerate() {
                if languages.contains(language) {
                    release.member("artifacts").member("package").item(place).remove("checksum");
                }
            }
        })
    };
    let both = ["en", "fr"];
    let known_only = without(&["en"], &both, "fr");
    let neither = without(&both, &both, "fr");
    let known_given = without(&both, &both, "en");
    vec![
        case(
            "known-without-checksum",
            "The known package is listed without a checksum, and a new one is given.",
            &known_only,
            &knows(&["en"]),
        )
        .rejected("pin.release_changed")
        .keeps(&next(&knows(&["en"]))),
        case(
            "no-checksums",
            "Both are listed without a checksum, and the new one is given.",
            &neither,
            &knows(&["en"]),
        )
        .text("artifactUrl", url("fr"))
        .rejected("pin.release_changed")
        .keeps(&next(&knows(&["en"]))),
        case(
            "no-checksums-known",
            "Both are listed without a checksum, and the known one is given.",
            &known_given,
            &knows(&["en"]),
        )
        .text("artifactUrl", url("en"))
        .verified(known_given.facts(), &["fair.checksum.absent"])
        .keeps(&next(&knows(&["en"]))),
    ]
}
