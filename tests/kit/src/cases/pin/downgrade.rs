//! Versions below the highest that was verified before.

use super::releases::{listing, next, pin, signed};
use crate::case::Case;
use crate::cases::fair::published::{Published, package};
use crate::cases::publisher::log;
use crate::cases::rule;
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};

const NOW: Moment = Moment::hour(100);
const LOOSE: &str = "fair.version.loose";

pub(super) fn cases() -> Vec<Case> {
    [compared(), not_compared()].concat()
}

/// A verifier that knows other packages of these versions, and refuses downgrades.
fn case(name: &str, about: &str, published: &Published, pin: &PinFile) -> Case {
    let case =
        published.case_called(&format!("pin/downgrade/{name}")).rule(rule::fair::RELEASES).about(about);
    case.file("pin", "pin.json", pin.json().pretty()).now(NOW.seconds()).flag("noDowngrade")
}

fn knows(version: &str) -> PinFile {
    pin().release(version, version.as_bytes())
}

/// The release of this version, with a package that is not known.
fn offered(version: &str) -> Published {
    listing([signed(version, &package())], version, &package())
}

/// The known version, the offered one, and whether that is lower.
fn compared() -> Vec<Case> {
    let lower = [
        ("lower", "1.0.1", "1.0.0"),
        ("numbers-not-strings", "1.10", "1.9"),
        ("major", "10.0", "9.99.99"),
        ("pre-release-of-known", "1.0.0", "1.0.0-rc.1"),
        ("earlier-pre-release", "1.0.0-rc.10", "1.0.0-rc.9"),
        ("alphabetical-pre-release", "1.0.0-rc.1", "1.0.0-beta.11"),
        ("fewer-numbers", "1.2.3.4", "1.2.3"),
        ("pre-release-spelled", "v1", "1.0.0.0-rc.1"),
        ("long-number", "1.99999999999999999999999", "1.99999999999999999999998"),
    ];
    let not_lower = [
        ("higher", "1.0.0", "1.0.1"),
        ("release-of-pre-release", "1.0.0-rc.1", "1.0.0"),
        ("later-pre-release", "1.0.0-rc.9", "1.0.0-rc.10"),
        ("more-numbers", "1.2.3", "1.2.3.4"),
        ("with-v", "1.0", "v1.1"),
    ];
    let several = knows("1.9.0").release("1.10.0", b"1.10.0").release("trunk", b"trunk");
    let mut cases = vec![
        case(
            "several-known",
            "1.9.5 is offered, which is lower than 1.10.0, the highest of several that are known.",
            &offered("1.9.5"),
            &several,
        )
        .text("release", "1.9.5")
        .rejected("pin.downgrade")
        .keeps(&next(&several)),
    ];
    for (name, known, version) in lower {
        let about = format!("{version} is offered, which is lower than {known}.");
        let (published, pin) = (offered(version), knows(known));
        cases.push(
            case(name, &about, &published, &pin)
                .text("release", version)
                .rejected("pin.downgrade")
                .keeps(&next(&pin)),
        );
    }
    for (name, known, version) in not_lower {
        let about = format!("{version} is offered, which is not lower than {known}.");
        let (published, pin) = (offered(version), knows(known));
        let is_loose = version.starts_with('v') || version == "1.2.3.4";
        cases.push(
            case(name, &about, &published, &pin)
                .text("release", version)
                .verified(published.facts(), if is_loose { &[LOOSE] } else { &[] })
                .keeps(&next(&pin).release(version, &package())),
        );
    }
    cases
}

fn not_compared() -> Vec<Case> {
    let same = |version: &str| listing([signed(version, &package())], version, &package());
    let known = pin().release("1.0.0", &package());
    let accepted = |name: &str, about: &str, version: &str, pin: &PinFile, warnings: &[&'static str]| {
        let published = same(version);
        case(name, about, &published, pin)
            .text("release", version)
            .verified(published.facts(), warnings)
            .keeps(&next(pin).release(version, &package()))
    };
    let (lower, higher) = (offered("1.0.0"), knows("1.0.1"));
    let metadata = Case::new("fair-metadata", "pin/downgrade/metadata")
        .rule(rule::fair::RELEASES)
        .about("The metadata document alone: its latest version is lower than the known one.")
        .text("did", log().did())
        .file("log", "log.json", log().text())
        .file("metadata", "metadata.json", lower.metadata.pretty())
        .file("pin", "pin.json", higher.json().pretty())
        .now(NOW.seconds())
        .flag("noDowngrade");
    vec![
        accepted("same", "The highest version that is known.", "1.0.0", &known, &[]),
        accepted(
            "same-spelled",
            "The highest version that is known, spelled v1.0.",
            "v1.0",
            &known,
            &[LOOSE],
        ),
        accepted("trunk-known", "0.1 is neither higher nor lower than trunk.", "0.1", &knows("trunk"), &[]),
        accepted("nothing-known", "No version is known.", "0.1", &pin(), &[]),
        case(
            "trunk-offered",
            "trunk has no place in the order: nothing shows that it is not lower than 1.0.0.",
            &same("trunk"),
            &knows("1.0.0"),
        )
        .text("release", "trunk")
        .rejected("pin.downgrade")
        .keeps(&next(&knows("1.0.0"))),
        case(
            "latest",
            "No version is asked for, and the latest of the document is lower than the known one.",
            &lower,
            &higher,
        )
        .rejected("pin.downgrade")
        .keeps(&next(&higher)),
        metadata.rejected("pin.downgrade").keeps(&next(&higher)),
        lower
            .case_called("pin/downgrade/allowed")
            .rule(rule::fair::RELEASES)
            .about("A lower version than the known one, where downgrades are allowed.")
            .file("pin", "pin.json", higher.json().pretty())
            .now(NOW.seconds())
            .verified(lower.facts(), &[])
            .keeps(&next(&higher).release("1.0.0", &package())),
        lower
            .case_called("pin/downgrade/first-visit")
            .rule(rule::fair::RELEASES)
            .about("A first visit that refuses downgrades.")
            .flag("remember")
            .now(NOW.seconds())
            .flag("noDowngrade")
            .verified(lower.facts(), &[])
            .keeps(&PinFile::first(&Visit::audit(&log(), NOW.seconds())).release("1.0.0", &package())),
    ]
}
