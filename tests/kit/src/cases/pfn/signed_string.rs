//! The string that is signed: `JSON.stringify` of four members.

use super::record::{SAMPLE, UNBOUND, case, facts, publisher, record, sample, signed_record};
use crate::case::{Case, replaced};
use crate::cases::pfn::record::case_with;
use crate::json::Json;
use crate::pfn::{sign_text, signed_text};

const RULE: &str = r#"pfn.md, "Signed metadata""#;

pub(super) fn cases() -> Vec<Case> {
    [left_out(), escapes(), other_strings()].concat()
}

fn verified(name: &str, rule: &str, about: &str, members: [Option<Json>; 4]) -> Case {
    case(name, &signed_record(members.clone())).rule(rule).about(about).verified(facts(members), UNBOUND)
}

fn left_out() -> Vec<Case> {
    let [id, name, version, description] = sample();
    let members = |name: &Option<Json>, version: &Option<Json>, description: &Option<Json>| {
        [id.clone(), name.clone(), version.clone(), description.clone()]
    };
    let null = Some(Json::Null);
    let signed_null = signed_record(members(&name, &version, &null));
    let signed_absent = signed_record(members(&name, &version, &None));
    vec![
        verified("description-absent", RULE, "No description.", members(&name, &version, &None)),
        verified("description-null", RULE, "The description is null.", members(&name, &version, &null)),
        verified("version-absent", RULE, "No version.", members(&name, &None, &description)),
        verified("id-only", RULE, "Nothing but the id.", members(&None, &None, &None)),
        verified("all-null", RULE, "Name, version and description are null.", members(&null, &null, &null)),
        verified("all-empty", RULE, "Name, version and description are empty strings.", {
            let empty = Some("".into());
            members(&empty, &empty, &empty)
        }),
        case("signed-null-served-absent", &signed_null.without("short_description"))
            .rule(RULE)
            .about("The description was signed as null and is served as absent.")
            .rejected("pfn.signature.invalid"),
        case("signed-absent-served-null", &signed_absent.with("short_description", ()))
            .rule(RULE)
            .about("The description was signed as absent and is served as null.")
            .rejected("pfn.signature.invalid"),
    ]
}

fn escapes() -> Vec<Case> {
    let described = |description: &str| {
        let [id, name, version, _] = sample();
        [id, name, version, Some(description.into())]
    };
    let controls: String = (0..0x20u8).map(char::from).collect();
    let rows = [
        ("quotes", "\"Hello\" \\ 'PFN'".to_owned(), "Quotes and a backslash"),
        ("controls", controls, "All 32 control characters, five of which have letters of their own"),
        (
            "delete",
            "\u{7f}\u{80}\u{9f}".to_owned(),
            "Control characters above ASCII's first 32, as themselves",
        ),
        ("slash", "</script> 1/2".to_owned(), "Slashes and angle brackets, as themselves"),
        ("separators", "\u{2028}\u{2029}".to_owned(), "Line separators, as themselves"),
        ("letters", "Grüße, 世界".to_owned(), "Letters beyond ASCII, as themselves"),
        (
            "emoji",
            "\u{1f600}\u{1f468}\u{200d}\u{1f469}".to_owned(),
            "Characters of two UTF-16 units, as themselves",
        ),
        (
            "not-normalised",
            "e\u{301}\u{212b}\u{fb01}".to_owned(),
            "Strings that Unicode normalisation would change",
        ),
        (
            "noncharacters",
            "\u{feff}\u{fffe}\u{ffff}\u{fffd}".to_owned(),
            "Noncharacters and a byte order mark",
        ),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, description, about) in rows {
        let name = format!("string-{name}");
        cases.push(verified(&name, RULE, &format!("{about}, in the description."), described(&description)));
    }
    let json = signed_record(described("Grüße/\u{1f600}")).pretty();
    let json = replaced(&json, "Grüße/\u{1f600}", "Gr\\u00fc\\u00DFe\\/\\ud83d\\ude00");
    cases.push(
        case_with("string-served-escaped", json)
            .rule(RULE)
            .about("The record is served with escapes that JavaScript would not write.")
            .verified(facts(described("Grüße/\u{1f600}")), UNBOUND),
    );
    cases
}

/// Signatures over strings that are not quite the right one.
fn other_strings() -> Vec<Case> {
    let signed = |name: &str, about: &str, record: &Json, signed: &str| {
        let record = record.clone().with("signature", sign_text(&publisher(), signed));
        case(&format!("signed-{name}"), &record).rule(RULE).about(about).rejected("pfn.signature.invalid")
    };
    let [id, name, version, description] = sample();
    let greeting = [id.clone(), name.clone(), version.clone(), Some("Grüße/1".into())];
    let greeting_record = signed_record(greeting.clone());
    let right = signed_text(sample());
    let other_order = Json::object([
        ("name", SAMPLE[1].into()),
        ("id", SAMPLE[0].into()),
        ("version", SAMPLE[2].into()),
        ("description", SAMPLE[3].into()),
    ]);
    let own_names = replaced(&right, "\"description\":", "\"short_description\":");
    vec![
        signed("with-spaces", "Signed with a space after each colon.", &record(), &right.replace(":", ": ")),
        signed("in-other-order", "Signed with the name first.", &record(), &other_order.to_string()),
        signed(
            "under-record-names",
            "Signed with the member's name short_description.",
            &record(),
            &own_names,
        ),
        signed(
            "with-unicode-escapes",
            "Signed with letters escaped, as PHP writes them.",
            &greeting_record,
            &signed_text(greeting.clone()).replace('ü', "\\u00fc").replace('ß', "\\u00df"),
        ),
        signed(
            "with-escaped-slash",
            "Signed with an escaped slash, as PHP writes it.",
            &greeting_record,
            &signed_text(greeting.clone()).replace('/', "\\/"),
        ),
        signed("with-line-break", "Signed with a line break at the end.", &record(), &format!("{right}\n")),
        signed(
            "whole-record",
            "The whole record was signed.",
            &record(),
            &record().without("signature").to_string(),
        ),
        signed(
            "without-description",
            "Signed without the description that is served.",
            &record(),
            &signed_text([id, name, version, description.filter(|_| false)]),
        ),
    ]
}
