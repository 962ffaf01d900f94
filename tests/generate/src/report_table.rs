//! The members of the report by their paths, for `docs/codes.md`.

use crate::tables;
use fedverify::tables::members::{Form, JsonType, Object, Presence, REPORT};

/// Path, value, presence and meaning of each member.
pub(crate) fn rows() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    push_members("", &REPORT, &mut rows);
    rows
}

fn push_members(path: &str, object: &Object, rows: &mut Vec<Vec<String>>) {
    for member in object.members {
        let path = format!("{path}{}", member.name);
        let presence = match member.presence {
            Presence::Always => "always".to_owned(),
            Presence::When(condition) => format!("if {condition}"),
            Presence::With(other) => format!("with `{other}`"),
        };
        rows.push(vec![format!("`{path}`"), noun(&member.value, ""), presence, member.meaning.to_owned()]);
        push_inner(&path, &member.value, rows);
    }
}

fn push_inner(path: &str, value: &JsonType, rows: &mut Vec<Vec<String>>) {
    match value {
        JsonType::Object(object) => push_members(&format!("{path}."), object, rows),
        JsonType::Array(item) | JsonType::NonEmpty(item) => push_inner(&format!("{path}[]"), item, rows),
        JsonType::Map(item) => push_inner(&format!("{path}.*"), item, rows),
        JsonType::Nullable(other) => push_inner(path, other, rows),
        _ => {}
    }
}

/// What a value is, in the plural where `s` is an s.
fn noun(value: &JsonType, s: &str) -> String {
    match value {
        JsonType::Exactly(text) => format!("`{text}`"),
        JsonType::OneOf(name, names) => match section(name) {
            Some(anchor) => format!("[string{s}](#{anchor})"),
            None => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        },
        JsonType::Text(form) => format!("{}{s}", form_name(*form)),
        JsonType::Whole(_) => format!("number{s}"),
        JsonType::Boolean => format!("boolean{s}"),
        JsonType::True => "`true`".to_owned(),
        JsonType::Foreign => format!("object{s}"),
        JsonType::Object(_) => format!("object{s}"),
        JsonType::Array(item) | JsonType::NonEmpty(item) => format!("array{s} of {}", noun(item, "s")),
        JsonType::Map(item) => format!("object{s} of {}", noun(item, "s")),
        JsonType::Nullable(other) => format!("{} or null", noun(other, s)),
    }
}

/// The section of the page that lists the strings of a table.
fn section(name: &str) -> Option<String> {
    let table = tables::all().into_iter().find(|table| table.name == name)?;
    Some(table.title.to_lowercase().replace(' ', "-"))
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Any => "string",
        Form::Did => "DID",
        Form::Cid => "CID",
        Form::DidKey => "did:key",
        Form::Multibase => "multibase string",
        Form::Sha256 => "SHA-256 digest",
        Form::Sha384 => "SHA-384 digest",
        Form::Time => "time",
    }
}
