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
        ("every-escape", r#"{"a":"\"\\\/\b\f\n\r\t\u00Ff"}"#, "An object with every escape"),
        ("numbers", "{\"a\":[0,-0,10,1.05,-1e5,1E+5,2.5e-01]}", "An object with numbers of every form"),
        ("literals", "{\"a\":true,\"b\":false,\"c\":null}", "An object with every literal"),
        ("empty-values", "{\"\":\"\",\"a\":[],\"b\":{},\"c\":[[],{}]}", "An object with empty values"),
        (
            "spaces-everywhere",
            "{ \"a\" : [ 1 , { } , [ ] ] , \"b\" : 2 }",
            "An object with spaces everywhere",
        ),
        ("delete-character", "{\"a\":\"\u{7f}\"}", "An object with a U+007F in a string"),
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
        ("open-name", "{\"id", "A name that does not end"),
        ("open-name-whole", "{\"id\"", "A name alone"),
        ("open-string", "{\"id\":\"x}", "A string that does not end"),
        ("no-colon", "{\"id\" 1}", "A name without a colon"),
        ("no-value", "{\"id\":}", "A name without a value"),
        ("no-name", "{:1}", "A value without a name"),
        ("number-as-name", "{1:1}", "A number as a name"),
        ("comma-alone", "{,}", "A comma alone"),
        ("comma-first", "{,\"id\":1}", "A comma before the first member"),
        ("no-comma", "{\"id\":1 \"name\":2}", "Two members without a comma"),
        ("two-commas", "{\"id\":1,,\"name\":2}", "Two commas between members"),
        ("value-alone", "{\"id\":1,2}", "A value after a member"),
        ("array-trailing-comma", "{\"id\":[1,]}", "A list with a trailing comma"),
        ("array-of-members", "{\"id\":[\"a\":1]}", "A list with a member"),
        ("array-open", "{\"id\":[1}", "A list that a brace closes"),
        ("array-closed-twice", "{\"id\":[1]]}", "A list that is closed twice"),
        ("closed-by-bracket", "{\"id\":1]", "A bracket closes the object"),
        ("closed-twice", "{\"id\":1}}", "A brace too many"),
        ("inner-open", "{\"id\":{}", "The inner object is closed, and not the outer one"),
        ("escape-x", r#"{"id":"\x"}"#, "An escape that is none"),
        ("escape-short", r#"{"id":"\u00e"}"#, "An escape of three digits"),
        ("escape-at-end", "{\"id\":\"\\", "A backslash at the end"),
        ("escape-in-name", r#"{"\id":1}"#, "An escape that is none in a name"),
        ("line-break-in-string", "{\"id\":\"a\nb\"}", "A string with a line break"),
        ("line-break-for-quote", "{\"id\":\"a\n}", "A string that ends at a line break, without its quote"),
        ("line-break-for-quote-in-name", "{\"id\n:1}", "A name that ends at a line break, without its quote"),
        ("control-in-string", "{\"id\":\"\u{1f}\"}", "A string with a control character"),
        ("control-in-name", "{\"\u{1}\":1}", "A name with a control character"),
        ("leading-zero", "{\"id\":01}", "A number with a leading zero"),
        ("leading-plus", "{\"id\":+1}", "A number with a plus"),
        ("minus-alone", "{\"id\":-}", "A minus alone"),
        ("leading-point", "{\"id\":.5}", "A number that starts with a point"),
        ("trailing-point", "{\"id\":1.}", "A number that ends with a point"),
        ("no-exponent", "{\"id\":1e}", "A number without its exponent"),
        ("hexadecimal", "{\"id\":0x1}", "A hexadecimal number"),
        ("infinity", "{\"id\":Infinity}", "A number that JSON has not"),
        ("literal-cut-off", "{\"id\":nul}", "A literal that is cut off"),
        ("literal-longer", "{\"id\":nulls}", "A literal that goes on"),
        ("literal-capital", "{\"id\":True}", "A literal with a capital letter"),
        ("form-feed", "\u{c}{}", "An object after a form feed, which is not JSON's white space"),
        ("trailing-form-feed", "{}\u{c}", "An object before a form feed"),
        ("byte-order-mark", "\u{feff}{}", "An object after a byte order mark"),
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
