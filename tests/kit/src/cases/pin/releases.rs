//! What may become of a release between two visits.

use crate::case::Case;
use crate::cases::fair::published::{Published, URL, package};
use crate::cases::publisher::{fair, log};
use crate::cases::rule;
use crate::encoding::{hex, sha256, sha384};
use crate::json::Json;
use crate::metadata::{Form, artifact, release, sha384_checksum};
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};
use crate::plugin;

const RULE: &str = rule::fair::RELEASES;
const CHANGED: &str = "pin.release_changed";
const LOOSE: &str = "fair.version.loose";

/// When the verifier comes again.
const NOW: Moment = Moment::hour(100);

pub(super) fn cases() -> Vec<Case> {
    [same_version(), checksums(), both_digests(), malformed_beside(), replayed(), metadata_alone()].concat()
}

/// The pin of a visit that verified the log alone.
pub(super) fn pin() -> PinFile {
    PinFile::first(&Visit::audit(&log(), Moment::hour(50).seconds()))
}

/// The pin after this visit, before the package.
pub(super) fn next(pin: &PinFile) -> PinFile {
    pin.next(&Visit::audit(&log(), NOW.seconds()))
}

/// Another package of the same plugin.
pub(super) fn rebuilt() -> Vec<u8> {
    plugin::archive("hello-fair", "Hello FAIR", "1.0.0").file("hello-fair/more.txt", "more").bytes()
}

/// A release of one package, which the publisher signed.
pub(super) fn signed(version: &str, bytes: &[u8]) -> Json {
    release(version, artifact(URL, bytes, Form::Ed25519Sha384.sign_text(&fair(), bytes)))
}

/// The document that lists these releases, with the package that is given.
pub(super) fn listing(releases: impl IntoIterator<Item = Json>, version: &str, bytes: &[u8]) -> Published {
    let mut published = Published::new().releases(releases).expecting(version, URL);
    published.package = bytes.to_vec();
    published
}

pub(super) fn case(name: &str, about: &str, published: &Published, pin: &PinFile) -> Case {
    let case = published.case_called(&format!("pin/release/{name}")).rule(RULE).about(about);
    case.file("pin", "pin.json", pin.json().pretty()).now(NOW.seconds())
}

/// A package that is verified, and remembered under this version.
pub(super) fn accepted(name: &str, about: &str, published: &Published, pin: &PinFile, version: &str) -> Case {
    let kept = next(pin).release(version, &published.package);
    let is_loose = matches!(version, "v1.0.0" | "1.0.0.0" | "trunk" | "Trunk");
    let warnings: &[&str] = if is_loose { &[LOOSE] } else { &[] };
    case(name, about, published, pin)
        .text("release", version)
        .verified(published.facts(), warnings)
        .keeps(&kept)
}

pub(super) fn refused(name: &str, about: &str, published: &Published, pin: &PinFile, version: &str) -> Case {
    case(name, about, published, pin).text("release", version).rejected(CHANGED).keeps(&next(pin))
}

fn same_version() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let right = listing([signed("1.0.0", &package())], "1.0.0", &package());
    let changed = listing([signed("1.0.0", &rebuilt())], "1.0.0", &rebuilt());
    let beside = listing([signed("2.0.0", b"two"), signed("1.0.0", &rebuilt())], "2.0.0", b"two");
    let higher = listing([signed("2.0.0", b"two"), signed("1.0.0", &package())], "2.0.0", b"two");
    let deleted = listing([signed("2.0.0", b"two")], "2.0.0", b"two");
    let several = ["1.1.0", "1.2.0", "1.3.0", "1.4.0"]
        .iter()
        .fold(known.clone(), |pin, version| pin.release(version, version.as_bytes()));
    let last = listing([signed("1.4.0", &rebuilt())], "1.4.0", &rebuilt());
    let first = PinFile::first(&Visit::audit(&log(), NOW.seconds())).release("1.0.0", &package());
    vec![
        accepted("unchanged", "The package that was verified before.", &right, &known, "1.0.0"),
        accepted("first", "The first package of a known identity.", &right, &pin(), "1.0.0"),
        right
            .case_called("pin/release/first-visit")
            .rule(RULE)
            .about("A first visit that asks for a pin.")
            .flag("remember")
            .now(NOW.seconds())
            .verified(right.facts(), &[])
            .keeps(&first),
        refused(
            "changed",
            "Other bytes, signed by the publisher, under a version that was verified before.",
            &changed,
            &known,
            "1.0.0",
        ),
        refused(
            "changed-beside",
            "Another version is asked for, and one that was verified has changed.",
            &beside,
            &known,
            "2.0.0",
        ),
        refused(
            "changed-first-of-several",
            "Of five known versions, the first has changed.",
            &changed,
            &several,
            "1.0.0",
        ),
        refused(
            "changed-last-of-several",
            "Of five known versions, the last has changed.",
            &last,
            &several,
            "1.4.0",
        ),
        accepted("higher", "Another version is verified beside a known one.", &higher, &known, "2.0.0"),
        accepted(
            "deleted",
            "The known version is no longer listed, and another one is.",
            &deleted,
            &known,
            "2.0.0",
        ),
    ]
}

fn checksums() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let with = |checksum: Json, bytes: &[u8]| {
        let mut release = signed("1.0.0", bytes);
        release.member("artifacts").member("package").set("checksum", checksum);
        listing([release], "1.0.0", bytes)
    };
    let unreadable = |checksum: &str| {
        let mut known = signed("1.0.0", &package());
        known.member("artifacts").member("package").set("checksum", checksum);
        listing([signed("2.0.0", b"two"), known], "2.0.0", b"two")
    };
    let capitals = sha384_checksum(&package()).to_uppercase().replace("SHA384", "sha384");
    let of_other_length = listing([signed("1.0.0", &package())], "1.0.0", &package())
        .release(|release| release.member("artifacts").member("package").remove("checksum"));
    let absent = case(
        "known-without-checksum",
        "The known package, listed without a checksum.",
        &of_other_length,
        &known,
    );
    vec![
        accepted(
            "sha384",
            "The known package, listed with its SHA-384.",
            &with(sha384_checksum(&package()).into(), &package()),
            &known,
            "1.0.0",
        ),
        accepted(
            "capitals",
            "The known package, listed with its SHA-384 in capitals.",
            &with(capitals.into(), &package()),
            &known,
            "1.0.0",
        ),
        refused(
            "changed-sha384",
            "Another package, listed with its SHA-384.",
            &with(sha384_checksum(&rebuilt()).into(), &rebuilt()),
            &known,
            "1.0.0",
        ),
        absent
            .text("release", "1.0.0")
            .verified(of_other_length.facts(), &["fair.checksum.absent"])
            .keeps(&next(&known)),
        accepted(
            "other-checksum-unsupported",
            "Another version is asked for. The known one has a checksum of an unknown algorithm now, which compares with nothing.",
            &unreadable("sha512:00"),
            &known,
            "2.0.0",
        ),
        accepted(
            "other-checksum-empty",
            "Another version is asked for. The known one has an empty checksum now.",
            &unreadable(""),
            &known,
            "2.0.0",
        ),
        refused(
            "changed-without-checksum",
            "Another package, listed without a checksum: its bytes tell.",
            &with(Json::Null, &rebuilt()),
            &known,
            "1.0.0",
        ),
    ]
}

/// A package is known by both of its digests. Where it is listed, its checksum says more, so it has none.
fn both_digests() -> Vec<Case> {
    let mut release = signed("1.0.0", &package());
    release.member("artifacts").member("package").remove("checksum");
    let published = listing([release], "1.0.0", &package());
    let refused = |name: &str, about: &str, digests: [String; 2]| {
        refused(name, about, &published, &pin().digests("1.0.0", digests), "1.0.0")
    };
    vec![
        refused(
            "changed-only-sha384",
            "The version was seen with this SHA-256 and another SHA-384.",
            [hex(&sha256(&package())), hex(&sha384(&rebuilt()))],
        ),
        refused(
            "changed-only-sha256",
            "The version was seen with this SHA-384 and another SHA-256.",
            [hex(&sha256(&rebuilt())), hex(&sha384(&package()))],
        ),
    ]
}

/// A malformed release says nothing about what was seen, not even under a version that is known.
fn malformed_beside() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let of_known = Json::object([("version", "1.0.0".into()), ("artifacts", Json::Null)]);
    let beside =
        |first: Json, version: &str, bytes: &[u8]| listing([first, signed(version, bytes)], version, bytes);
    let accepted = |name: &str, about: &str, published: &Published, version: &str| {
        let kept = next(&known).release(version, &published.package);
        case(name, about, published, &known)
            .text("release", version)
            .verified(published.facts(), &["fair.release.unusable"])
            .keeps(&kept)
    };
    vec![
        accepted(
            "malformed-beside",
            "The known package, listed behind a release without artifacts.",
            &beside(Json::object([("version", "0.9.0".into())]), "1.0.0", &package()),
            "1.0.0",
        ),
        accepted(
            "malformed-known",
            "Another version is asked for, and the release of the known one is malformed now.",
            &beside(of_known, "2.0.0", b"two"),
            "2.0.0",
        ),
    ]
}

/// Known bytes under another version, behind an artifact that they are not. What is said is about the one that is signed over
/// them.
fn replayed() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let unchecked = |url: &str, bytes: &[u8]| {
        artifact(url, bytes, Form::Ed25519Sha384.sign_text(&fair(), bytes)).without("checksum")
    };
    let decoy = || unchecked("https://publisher.example/decoy.zip", b"decoy");
    let behind = |first: Json, second: Json| {
        listing([release("2.0.0", Json::array([first, second]))], "2.0.0", &package())
    };
    vec![
        refused(
            "replayed-behind-decoy",
            "The bytes of 1.0.0 as 2.0.0, behind a signed artifact of other bytes.",
            &behind(decoy(), unchecked(URL, &package())),
            &known,
            "2.0.0",
        ),
        refused(
            "replayed-before-decoy",
            "The same, before it.",
            &behind(unchecked(URL, &package()), decoy()),
            &known,
            "2.0.0",
        ),
    ]
}

/// The metadata document without a package.
fn metadata_alone() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let case = |name: &str, about: &str, published: &Published| {
        Case::new("fair-metadata", format!("pin/release/metadata-{name}"))
            .rule(RULE)
            .about(about)
            .text("did", log().did())
            .file("log", "log.json", log().text())
            .file("metadata", "metadata.json", published.metadata.pretty())
            .file("pin", "pin.json", known.json().pretty())
            .now(NOW.seconds())
    };
    let facts = crate::case::log_facts(&log()).with("version", "1.0.0");
    let right = listing([signed("1.0.0", &package())], "1.0.0", &package());
    let changed = listing([signed("1.0.0", &rebuilt())], "1.0.0", &rebuilt());
    let spelled = listing([signed("1.0", &rebuilt())], "1.0", &rebuilt());
    let newer = listing([signed("2.0.0", b"two"), signed("1.0.0", &package())], "2.0.0", b"two");
    vec![
        case("unchanged", "The document still lists the known package.", &right)
            .verified(facts.clone(), &[])
            .keeps(&next(&known)),
        case("newer", "A release is listed that was not verified: the pin does not know it.", &newer)
            .verified(facts.with("version", "2.0.0"), &[])
            .keeps(&next(&known)),
        case("changed", "The document lists another package under the known version.", &changed)
            .rejected(CHANGED)
            .keeps(&next(&known)),
        case("changed-spelled", "The same, with the version spelled 1.0.", &spelled)
            .rejected(CHANGED)
            .keeps(&next(&known)),
    ]
}
