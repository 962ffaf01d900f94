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
            cases.push(with(member, name, what, Some(value), &[LOOSE]));
        }
    }
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
