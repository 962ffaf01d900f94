//! Members that FAIR requires and nothing is verified with: what is wrong with them is a warning.

use super::published::Published;
use crate::case::Case;
use crate::json::Json;

const RULE: &str = r#"fair.md, "Loose members""#;
const LOOSE: &str = "fair.metadata.loose";
const NO_CONTACT: &str = "fair.security.missing";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (member, empty) in [("license", "".into()), ("authors", empty_array()), ("security", empty_array())] {
        let absent = if member == "security" { NO_CONTACT } else { LOOSE };
        cases.push(with(member, "missing", "is missing", None, &[absent]));
        cases.push(with(member, "null", "is null", Some(Json::Null), &[absent]));
        cases.push(with(member, "empty", "is empty", Some(empty), &[absent]));
        for (name, what, value) in other_types(member) {
            let names_none = member == "security" && !matches!(name, "object" | "string");
            let warnings: &[_] = if names_none { &[LOOSE, NO_CONTACT] } else { &[LOOSE] };
            cases.push(with(member, name, what, Some(value), warnings));
        }
    }
    cases.extend(contacts());
    cases.extend(several());
    cases
}

fn empty_array() -> Json {
    Json::Array(Vec::new())
}

/// Values of the wrong type, with the right content in them where there is room for it.
fn other_types(member: &str) -> Vec<(&'static str, &'static str, Json)> {
    let right = Published::new().metadata.get(member).expect("a required member").clone();
    let own_type = match right {
        Json::Array(ref items) => ("object", "is one object, not a list", items[0].clone()),
        _ => ("array", "is a list", Json::array([right])),
    };
    let string = ("string", "is a string", Json::from("Example Publisher"));
    let shared = [
        ("number", "is a number", 1.into()),
        ("false", "is false", false.into()),
        ("empty-object", "is {}", Json::object([])),
    ];
    let mut types = vec![own_type];
    types.extend(shared);
    // PHP writes [] for an empty map, and for a value that is not set.
    types.push(if member == "license" { ("empty-array", "is []", empty_array()) } else { string });
    types
}

/// The document with this value of a member, or without the member.
fn with(member: &str, name: &str, what: &str, value: Option<Json>, warnings: &[&'static str]) -> Case {
    let published = Published::new().edit(|metadata| match value {
        Some(value) => metadata.set(member, value),
        None => metadata.remove(member),
    });
    let about = format!("The member {member} {what}.");
    published.verified(&format!("metadata/loose-{member}-{name}"), RULE, &about, warnings)
}

/// What is a security contact, and what is none.
fn contacts() -> Vec<Case> {
    let contact = |name: &str, value: Json| Json::object([(name, value)]);
    let email = || contact("email", "security@publisher.example".into());
    let none: &[_] = &[NO_CONTACT];
    let loose: &[_] = &[LOOSE];
    let loose_none: &[_] = &[LOOSE, NO_CONTACT];
    let rows: [(&str, &str, Json, &[&'static str]); 19] = [
        (
            "url",
            "is a list of one URL",
            Json::array([contact("url", "https://publisher.example/s".into())]),
            &[],
        ),
        (
            "uri",
            "is a list of one URL, as FAIR Beacon calls it",
            Json::array([contact("uri", "https://publisher.example/s".into())]),
            &[],
        ),
        (
            "more-members",
            "is a contact with more members",
            Json::array([email().with("name", "A. U. Thor")]),
            &[],
        ),
        ("second", "is a list whose second element is a contact", Json::array([Json::Null, email()]), &[]),
        ("list-string", "is a list of one address", Json::array(["security@publisher.example"]), &[]),
        ("list-null", "is a list of null", Json::array([Json::Null]), none),
        ("list-false", "is a list of false", Json::array([false]), none),
        ("list-number", "is a list of a number", Json::array([Json::from(1)]), none),
        ("list-empty-string", "is a list of an empty string", Json::array([""]), none),
        ("list-empty-object", "is a list of {}", Json::array([Json::object([])]), none),
        ("list-empty-list", "is a list of a list", Json::array([Json::array([email()])]), none),
        (
            "list-name-only",
            "is a contact with a name alone",
            Json::array([contact("name", "A. U. Thor".into())]),
            none,
        ),
        (
            "list-empty-email",
            "is a contact with an empty address",
            Json::array([contact("email", "".into())]),
            none,
        ),
        (
            "list-blank-url",
            "is a contact whose URL is white space",
            Json::array([contact("url", " \t\n".into())]),
            none,
        ),
        (
            "list-email-null",
            "is a contact whose address is null",
            Json::array([contact("email", Json::Null)]),
            none,
        ),
        (
            "list-email-number",
            "is a contact whose address is a number",
            Json::array([contact("email", 7.into())]),
            none,
        ),
        ("empty-string", "is an empty string", "".into(), loose_none),
        (
            "object-empty-email",
            "is one object with an empty address",
            contact("email", "".into()),
            loose_none,
        ),
        (
            "object-uri",
            "is one object, not a list, with a URL",
            contact("uri", "https://publisher.example/s".into()),
            loose,
        ),
    ];
    rows.into_iter()
        .map(|(name, what, value, warnings)| {
            with("security", &format!("contact-{name}"), what, Some(value), warnings)
        })
        .collect()
}

fn several() -> Vec<Case> {
    let without = |names: &[&str]| {
        Published::new().edit(|metadata| names.iter().for_each(|name| metadata.remove(name)))
    };
    vec![
        without(&["license", "authors"]).verified(
            "metadata/loose-two-missing",
            RULE,
            "Two members are missing, which is one warning.",
            &[LOOSE],
        ),
        without(&["license", "authors", "security"]).verified(
            "metadata/loose-all-missing",
            RULE,
            "Three members are missing; the security contact has a warning of its own.",
            &[LOOSE, NO_CONTACT],
        ),
    ]
}
