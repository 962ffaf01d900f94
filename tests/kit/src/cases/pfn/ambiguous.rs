//! Challenges whose answer could be used as the signature of a plugin record.

use super::challenge::{answer, case, facts};
use super::record::sample;
use crate::case::Case;
use crate::pfn::signed_text;

const RULE: &str = r#"pfn.md, "Ambiguous challenges""#;

pub(super) fn cases() -> Vec<Case> {
    [objects(), others()].concat()
}

/// Objects. The publisher's answer is right, and is never looked at.
fn objects() -> Vec<Case> {
    let record = signed_text(sample());
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let rows = [
        (
            "record",
            record.as_str(),
            "The string that is signed of a plugin record: the answer would be its signature",
        ),
        ("empty-object", "{}", "An empty object"),
        (
            "other-members",
            "{\"host\":\"node.example\",\"expires\":1767225600}",
            "An object with other members",
        ),
        ("nested", "{\"a\":{\"b\":[{}]}}", "An object with objects in it"),
        ("space-before", " {}", "An object after a space"),
        ("line-break-before", "\r\n\t {}", "An object after white space of every kind"),
        ("space-after", "{} \n", "An object before white space"),
        ("spaces-inside", "{ \"a\" : 1 }", "An object with white space inside"),
        ("escapes", "{\"\\u0069d\":\"\\ud83d\\ude00\"}", "An object with escapes"),
        (
            "lone-surrogate",
            "{\"id\":\"\\ud800\"}",
            "An object with half a surrogate pair, which JSON.parse takes",
        ),
        ("duplicate-members", "{\"id\":1,\"id\":2}", "An object with a member twice, which JSON.parse takes"),
        ("huge-number", "{\"id\":1e400}", "An object with a number beyond the range of a double"),
        ("deep", &deep, "An object deeper than the limit of other documents"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, challenge, about) in rows {
        let case = case(&format!("ambiguous-{name}"), challenge, &answer(challenge)).rule(RULE);
        cases.push(case.about(format!("{about}.")).rejected("pfn.challenge.ambiguous"));
    }
    let wrong = case("ambiguous-before-signature", "{}", &answer("another")).rule(RULE);
    let about = "An object, and the answer to another challenge: the challenge is refused first.";
    cases.push(wrong.about(about).rejected("pfn.challenge.ambiguous"));
    cases
}

/// Challenges that are not an object, so that no answer to them is the signature of a record.
fn others() -> Vec<Case> {
    let record = signed_text(sample());
    let in_array = format!("[{record}]");
    let twice = format!("{record}{record}");
    let after = format!("challenge {record}");
    let rows = [
        ("array", "[]", "An empty array"),
        ("record-in-array", &in_array, "A record in an array"),
        ("string", "\"{}\"", "A string with an object in it"),
        ("number", "123456", "A number"),
        ("null", "null", "null"),
        ("true", "true", "true"),
        ("open-brace", "{", "A brace that is not closed"),
        ("closed-brace", "}", "A closing brace alone"),
        ("word-in-braces", "{challenge}", "A word in braces"),
        ("single-quotes", "{'id':'x'}", "An object with single quotes, which is not JSON"),
        ("no-quotes", "{id:1}", "An object of JavaScript, which is not JSON"),
        ("trailing-comma", "{\"id\":1,}", "An object with a trailing comma, which is not JSON"),
        ("trailing-word", "{}x", "A word after an object"),
        ("two-records", &twice, "Two records, one after the other"),
        ("record-after-word", &after, "A record after a word"),
        ("no-break-space", "\u{a0}{}", "An object after a no-break space, which is not JSON's white space"),
        ("comment", "/**/{}", "An object after a comment, which is not JSON"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, challenge, about) in rows {
        let case = case(&format!("not-an-object-{name}"), challenge, &answer(challenge)).rule(RULE);
        cases.push(case.about(format!("{about}.")).verified(facts(), &[]));
    }
    cases
}
