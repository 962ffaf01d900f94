//! `schema/report.v1.json`: what a report is, as JSON Schema.

use crate::BANNER;
use crate::json::Json;
use crate::language::present_if;
use fedverify::tables::members::{Form, JsonType, Member, Object, Presence, REPORT};

/// The schema.
pub(crate) fn schema() -> String {
    let head = [
        ("$schema", Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("$id", Json::text("urn:fedverify:report:v1")),
        ("$comment", Json::text(BANNER)),
        ("title", Json::text("fedverify report")),
    ];
    let mut definitions = Vec::new();
    define_members(&REPORT, &mut definitions);
    let Json::Object(report) = object(&REPORT) else { unreachable!("an object is described by an object") };
    let head = head.map(|(name, value)| (name.to_owned(), value));
    let tail = [("allOf".to_owned(), verdict_and_error()), ("$defs".to_owned(), Json::Object(definitions))];
    let members = head.into_iter().chain(report).chain(tail).collect();
    Json::Object(members).document()
}

/// There is an error where the verdict is not `verified`, and only there.
fn verdict_and_error() -> Json {
    let with = |name, value| Json::object([("properties", Json::object([(name, value)]))]);
    let error_is = |json_type| with("error", Json::object([("type", Json::text(json_type))]));
    Json::List(vec![Json::object([
        ("if", with("verdict", Json::object([("const", Json::text("verified"))]))),
        ("then", error_is("null")),
        ("else", error_is("object")),
    ])])
}

fn object(object: &Object) -> Json {
    let required = object.members.iter().filter(|member| member.presence == Presence::Always);
    let required: Vec<&str> = required.map(|member| member.name).collect();
    let properties = object.members.iter().map(|member| (member.name.to_owned(), property(member))).collect();
    let mut members = vec![
        ("description".to_owned(), Json::text(object.meaning)),
        ("type".to_owned(), Json::text("object")),
        ("required".to_owned(), Json::texts(&required)),
        ("additionalProperties".to_owned(), Json::Bool(false)),
        ("properties".to_owned(), Json::Object(properties)),
    ];
    let together = together(object);
    if !together.is_empty() {
        members.insert(3, ("dependentRequired".to_owned(), Json::Object(together)));
    }
    Json::Object(members)
}

/// The members that are only there together: each wants the one that it is tied to, and that one wants them all.
fn together(object: &Object) -> Vec<(String, Json)> {
    let ties = object.members.iter().filter_map(|member| match member.presence {
        Presence::With(other) => Some((member.name, other)),
        Presence::Always | Presence::When(_) => None,
    });
    let ties: Vec<(&str, &str)> = ties.collect();
    let tied_to = |name| ties.iter().filter(move |(_, other)| *other == name).map(|(name, _)| *name);
    let wanted = object.members.iter().map(|member| {
        let own = ties.iter().filter(|(name, _)| *name == member.name).map(|(_, other)| *other);
        (member.name, own.chain(tied_to(member.name)).collect::<Vec<_>>())
    });
    wanted
        .filter(|(_, others)| !others.is_empty())
        .map(|(name, others)| (name.to_owned(), Json::texts(&others)))
        .collect()
}

fn property(member: &Member) -> Json {
    let description = format!("{}{}", member.meaning, present_if(member.presence));
    value(&member.value).starting_with("description", Json::Text(description))
}

fn value(value: &JsonType) -> Json {
    let of_type = |name| ("type", Json::text(name));
    match value {
        JsonType::Exactly(text) => Json::object([("const", Json::text(text))]),
        JsonType::OneOf(name, _) => reference(name),
        JsonType::Text(Form::Any) => Json::object([of_type("string")]),
        JsonType::Text(form) => reference(&format!("{form:?}")),
        JsonType::Whole(minimum) => Json::object([of_type("integer"), ("minimum", Json::Whole(*minimum))]),
        JsonType::Boolean => Json::object([of_type("boolean")]),
        JsonType::True => Json::object([("const", Json::Bool(true))]),
        JsonType::Foreign => Json::object([of_type("object")]),
        JsonType::Object(object) => reference(object.name),
        JsonType::Array(item) => Json::object([of_type("array"), ("items", self::value(item))]),
        JsonType::NonEmpty(item) => {
            Json::object([of_type("array"), ("minItems", Json::Whole(1)), ("items", self::value(item))])
        }
        JsonType::Map(item) => Json::object([of_type("object"), ("additionalProperties", self::value(item))]),
        JsonType::Nullable(other) => {
            Json::object([("oneOf", Json::List(vec![Json::object([of_type("null")]), self::value(other)]))])
        }
    }
}

fn reference(name: &str) -> Json {
    Json::object([("$ref", Json::Text(format!("#/$defs/{name}")))])
}

/// Defines what the members refer to, each once, in the order in which it is met.
fn define_members(object: &Object, definitions: &mut Vec<(String, Json)>) {
    for member in object.members {
        define(&member.value, definitions);
    }
}

fn define(value: &JsonType, definitions: &mut Vec<(String, Json)>) {
    let mut add = |name: &str, definition: Json| {
        let is_new = definitions.iter().all(|(known, _)| known != name);
        if is_new {
            definitions.push((name.to_owned(), definition));
        }
        is_new
    };
    match (value, value.inner()) {
        (JsonType::OneOf(name, names), _) => {
            add(name, Json::object([("enum", Json::texts(names))]));
        }
        (JsonType::Text(form), _) => {
            if let Some(pattern) = form.pattern() {
                let definition = [("type", Json::text("string")), ("pattern", Json::text(pattern))];
                add(&format!("{form:?}"), Json::object(definition));
            }
        }
        (JsonType::Object(inner), _) => {
            if add(inner.name, object(inner)) {
                define_members(inner, definitions);
            }
        }
        (_, Some(inner)) => define(inner, definitions),
        (_, None) => {}
    }
}
