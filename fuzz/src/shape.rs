//! Whether a report has the shape that core's tables give it. The JSON Schema is written from the same tables
//! (`tests/generate/src/schema.rs`), and `core/tests/corpus.rs` holds reports to the schema itself; a validator of schemas would be
//! most of what a fuzzer executes.

use fedverify::tables::members::{Form, JsonType, Object, Presence, REPORT};
use serde_json::Value;

/// What is wrong with a report, with the way to it; nothing where it is right.
pub fn faults(report: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check_object(&REPORT, report, "report", &mut faults);
    faults
}

fn check_object(object: &Object, value: &Value, way: &str, faults: &mut Vec<String>) {
    let Some(members) = value.as_object() else { return faults.push(format!("{way} is no object")) };
    for name in members.keys().filter(|name| object.members.iter().all(|member| member.name != **name)) {
        faults.push(format!("{way} has an unknown member {name:?}"));
    }
    for member in object.members {
        let is_missing = match member.presence {
            Presence::Always => !members.contains_key(member.name),
            Presence::With(other) => members.contains_key(member.name) != members.contains_key(other),
            Presence::When(_) => false,
        };
        if is_missing {
            faults.push(format!("{way} lacks {}, or what it goes with", member.name));
        }
        if let Some(value) = members.get(member.name) {
            check(&member.value, value, &format!("{way}.{}", member.name), faults);
        }
    }
}

fn check(expected: &JsonType, value: &Value, way: &str, faults: &mut Vec<String>) {
    let text = value.as_str();
    let is_right = match expected {
        JsonType::Exactly(word) => text == Some(word),
        JsonType::OneOf(_, words) => text.is_some_and(|text| words.contains(&text)),
        JsonType::Text(form) => text.is_some_and(|text| has_form(*form, text)),
        JsonType::Whole(least) => value.as_u64().is_some_and(|number| number >= *least),
        JsonType::Boolean => value.is_boolean(),
        JsonType::True => value == &Value::Bool(true),
        JsonType::Foreign => value.is_object(),
        JsonType::Nullable(other) => {
            if !value.is_null() {
                check(other, value, way, faults);
            }
            true
        }
        JsonType::Object(object) => {
            check_object(object, value, way, faults);
            true
        }
        JsonType::Array(item) | JsonType::NonEmpty(item) => {
            value
                .as_array()
                .into_iter()
                .flatten()
                .for_each(|value| check(item, value, &format!("{way}[]"), faults));
            let may_be_empty = matches!(expected, JsonType::Array(_));
            value.as_array().is_some_and(|items| may_be_empty || !items.is_empty())
        }
        JsonType::Map(item) => {
            let values = value.as_object().into_iter().flat_map(|members| members.values());
            values.for_each(|value| check(item, value, &format!("{way}.*"), faults));
            value.is_object()
        }
    };
    if !is_right {
        faults.push(format!("{way}: expected {expected:?}, found {value}"));
    }
}

/// Whether a string has a form, as far as that can be told without its pattern.
fn has_form(form: Form, text: &str) -> bool {
    let is_hex =
        |digits| text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match form {
        Form::Any => true,
        Form::Did => text.parse::<fedverify::Did>().is_ok(),
        Form::Cid => text.len() == 59 && text.starts_with("bafyrei"),
        Form::DidKey => text.starts_with("did:key:z"),
        Form::Multibase => text.starts_with('z'),
        Form::Sha256 => is_hex(64),
        Form::Sha384 => is_hex(96),
        Form::Time => text.len() >= 20 && text.contains('T') && text.is_ascii(),
    }
}
