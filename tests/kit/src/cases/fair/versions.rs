//! Versions that are asked for by name.

use super::published::{Published, URL};
use super::releases::right;
use crate::case::Case;

const RULE: &str = r#"fair.md, "Versions""#;
const LOOSE: &str = "fair.version.loose";
const INVALID: &str = "fair.version.invalid";

pub(super) fn cases() -> Vec<Case> {
    [by_grammar(), loose(), without_order(), characters(), lengths(), spellings()].concat()
}

/// The package as the release of this version, which is asked for.
fn asked(name: &str, about: &str, version: &str) -> (Case, Published) {
    let published = Published::new().releases([right(version)]).expecting(version, URL);
    let case = published.case(&format!("version/{name}")).text("release", version).rule(RULE).about(about);
    (case, published)
}

fn verified(name: &str, about: &str, version: &str, warnings: &[&'static str]) -> Case {
    let (case, published) = asked(name, about, version);
    case.verified(published.facts(), warnings)
}

fn refused(name: &str, about: &str, version: &str) -> Case {
    asked(name, about, version).0.rejected(INVALID)
}

/// One to three numbers, optionally a pre-release and build metadata.
fn by_grammar() -> Vec<Case> {
    let versions = [
        "0",
        "1",
        "1.2",
        "1.2.3",
        "0.0.0",
        "01.002.0003",
        "20260101.99999999999999999999.0",
        "1.0.0-rc.1",
        "1.0.0-0",
        "1.0.0-rc.01",
        "1.0.0--",
        "1.0.0-x-y-z",
        "2.1.0-20250801.0930",
        "1.0.0+build.5",
        "1.0.0+001",
        "1.0-beta+x",
        "1-rc+-",
    ];
    versions
        .map(|version| verified(version, &format!("The version {version}, by the grammar."), version, &[]))
        .to_vec()
}

/// Like the grammar, but with four numbers or more, or a leading v.
fn loose() -> Vec<Case> {
    let versions =
        ["1.2.3.4", "1.0.0.0", "1.2.3.4.5", "1.2.3.4-rc.1", "v1", "v1.2.3", "v1.2.3.4", "v1.0.0-rc.1+x"];
    let about = |version| format!("The version {version}: outside of the grammar, but it has an order.");
    versions.map(|version| verified(version, &about(version), version, &[LOOSE])).to_vec()
}

fn without_order() -> Vec<Case> {
    let rows = [
        ("trunk", "trunk"),
        ("letters", "1.x"),
        ("letters-after-numbers", "1.0.0rc1"),
        ("negative", "-1.0"),
        ("empty-number", "1..3"),
        ("trailing-point", "1.2."),
        ("leading-point", ".5"),
        ("empty-pre-release", "1.0.0-"),
        ("empty-pre-release-part", "1.0.0-a..b"),
        ("empty-build", "1.0.0+"),
        ("two-builds", "1.0.0+a+b"),
        ("underscore", "1.0.0-rc_1"),
        ("tilde", "1.0.0~rc1"),
        ("capital-v", "V1.0.0"),
        ("two-vs", "vv1.0.0"),
        ("v-alone", "v"),
    ];
    let about =
        |version| format!("The version \"{version}\" has no order; it is asked for by its exact name.");
    rows.map(|(name, version)| verified(&format!("no-order-{name}"), &about(version), version, &[LOOSE]))
        .to_vec()
}

/// WordPress prints versions unescaped in places, and they become parts of file names.
fn characters() -> Vec<Case> {
    let every = "AZaz09._+~-";
    let mut cases = vec![verified(
        "every-character",
        "Every kind of character that a version may have.",
        every,
        &[LOOSE],
    )];
    let rows = [
        ("empty", ""),
        ("trailing-space", "1.0.0 "),
        ("leading-space", " 1.0.0"),
        ("line-break", "1.0.0\n"),
        ("tab", "1.0.0\t"),
        ("markup", "1.0.0<script>"),
        ("ampersand", "1.0.0&amp"),
        ("quote", "1.0.0\""),
        ("apostrophe", "1.0.0'"),
        ("slash", "1.0/0"),
        ("backslash", "1.0\\0"),
        ("comma", "1,0,0"),
        ("colon", "1:1.0.0"),
        ("caret", "^1.0.0"),
        ("asterisk", "1.*"),
        ("percent", "1.0%200"),
        ("at", "1.0.0@latest"),
        ("arabic-digits", "\u{661}.0"),
        ("letters-beyond-ascii", "1.0.0-b\u{ea}ta"),
        ("escape-sequence", "1.0.0\u{1b}[2J"),
        ("right-to-left", "1.0.0\u{202e}1"),
    ];
    for (name, version) in rows {
        let about = format!("The version {version:?} is listed and rightly signed, but is not a version.");
        cases.push(refused(&format!("invalid-{name}"), &about, version));
    }
    cases
}

fn lengths() -> Vec<Case> {
    let digits = |count: usize| "1".repeat(count);
    let word = |count: usize| "x".repeat(count);
    let pre_release = |count: usize| format!("1.0.0-{}", "r".repeat(count - "1.0.0-".len()));
    let limited = |end: &str, limit: u64| {
        let about = format!("1.0.0 at a limit of {limit} bytes.");
        let (case, published) = asked(&format!("limit-{end}"), &about, "1.0.0");
        (case.limit("versionBytes", limit), published)
    };
    let (at, published) = limited("at", 5);
    let (above, _) = limited("above", 4);
    let facts = published.facts();
    vec![
        verified("128-bytes", "A number of 128 digits.", &digits(128), &[]),
        refused("129-bytes", "A number of 129 digits.", &digits(129)),
        verified("128-bytes-pre-release", "128 bytes with a pre-release.", &pre_release(128), &[]),
        refused("129-bytes-pre-release", "129 bytes with a pre-release.", &pre_release(129)),
        verified("128-bytes-no-order", "A word of 128 letters.", &word(128), &[LOOSE]),
        refused("129-bytes-no-order", "A word of 129 letters.", &word(129)),
        at.verified(facts, &[]),
        above.rejected(INVALID),
    ]
}

/// A version is asked for by its exact name: another spelling of its number is another name.
fn spellings() -> Vec<Case> {
    let ask = |name: &str, listed: &str, asked: &str, about: &str| {
        Published::new()
            .releases([right(listed)])
            .case(&format!("version/asked-{name}"))
            .text("release", asked)
            .rule(RULE)
            .about(about)
            .rejected("fair.release.missing")
    };
    vec![
        ask("shorter", "1.0.0", "1.0", "1.0.0 is listed, 1.0 is asked for."),
        ask("longer", "1.0", "1.0.0", "1.0 is listed, 1.0.0 is asked for."),
        ask("leading-zero", "1.0.0", "01.0.0", "1.0.0 is listed, 01.0.0 is asked for."),
        ask("with-v", "1.0.0", "v1.0.0", "1.0.0 is listed, v1.0.0 is asked for."),
        ask("without-v", "v1.0.0", "1.0.0", "v1.0.0 is listed, 1.0.0 is asked for."),
        ask("with-build", "1.0.0", "1.0.0+1", "1.0.0 is listed, 1.0.0+1 is asked for."),
        ask("without-build", "1.0.0+1", "1.0.0", "1.0.0+1 is listed, 1.0.0 is asked for."),
        ask("fourth-zero", "1.0.0", "1.0.0.0", "1.0.0 is listed, 1.0.0.0 is asked for."),
        ask("other-case", "trunk", "Trunk", "trunk is listed, Trunk is asked for."),
        ask("not-a-version", "1.0.0", "1.0.0 ", "1.0.0 is listed; what is asked for is not a version."),
        ask("too-long", "1.0.0", &"1".repeat(129), "1.0.0 is listed; 129 bytes are asked for."),
        ask("latest", "1.0.0", "latest", "1.0.0 is listed; latest is a name like any other."),
    ]
}
