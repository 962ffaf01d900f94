//! The OpenAPI document, to which every answer in these tests is held.

use crate::running::{Answered, Folder, Running};
use fedverify_node::{Access, ROUTES};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Json> = LazyLock::new(|| {
    let text = include_str!("../../../core/openapi.json");
    serde_json::from_str(text).unwrap()
});

/// Fails where an answer is not one that the document has.
#[track_caller]
pub(crate) fn hold(method: &str, path: &str, answered: &Answered) {
    let path = path.split('?').next().unwrap();
    let path = format!("/{}", path.trim_matches('/'));
    let Some(route) = DOCUMENT["paths"].get(&path) else {
        // Who asks too often is told so whatever they ask.
        assert!([404, 429].contains(&answered.status), "{path} is not in the document");
        return;
    };
    // The question of a browser before a request of a page of another origin is not an operation.
    if method == "OPTIONS" && answered.status == 204 {
        return;
    }
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    // Another method is answered as the document says of the one there is.
    let operation = route.get(&method).unwrap_or_else(|| route.as_object().unwrap().values().next().unwrap());
    // Documented, but nothing that these tests ask may make the node fail.
    assert_ne!(answered.status, 500, "{path}: {answered:?}");
    let response = operation["responses"].get(answered.status.to_string());
    let response =
        response.unwrap_or_else(|| panic!("{path} answers {}, which is not documented", answered.status));
    let kind = answered
        .headers
        .iter()
        .find(|(name, _)| name == "content-type")
        .map_or("", |(_, value)| value.as_str());
    let Some(content) = response.get("content") else { return };
    let media = content.get(kind.split(';').next().unwrap());
    let media = media.unwrap_or_else(|| panic!("{path} answers {kind}, which is not documented"));
    if kind == "application/json" {
        assert_fits(&media["schema"], answered);
    }
}

#[track_caller]
fn assert_fits(schema: &Json, answered: &Answered) {
    let mut schema = schema.clone();
    schema["components"] = DOCUMENT["components"].clone();
    let json = answered.json();
    if let Err(error) = jsonschema::validator_for(&schema).unwrap().validate(&json) {
        panic!("{error} at {} in {json}", error.instance_path());
    }
}

#[test]
fn the_document_has_every_route_and_no_other() {
    let operations =
        DOCUMENT["paths"].as_object().unwrap().values().map(|route| route.as_object().unwrap().len());
    assert_eq!(operations.sum::<usize>(), ROUTES.len());
    for route in ROUTES {
        let operation = &DOCUMENT["paths"][route.path][route.method.to_lowercase()];
        assert_eq!(operation["summary"], route.summary, "{}", route.path);
        let security = match route.access {
            Access::Public => json!([]),
            Access::Master => json!([{"master": []}]),
            Access::MasterOrAdmin => json!([{"master": []}, {"admin": []}]),
            Access::Admin => json!([{"admin": []}]),
            Access::Key => json!([{"admin": []}, {"subscriber": []}]),
        };
        assert_eq!(operation["security"], security, "{}", route.path);
    }
}

#[test]
fn the_node_serves_the_document() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    assert_eq!(node.ask("GET", "/openapi.json", "", None).ok(), *DOCUMENT);
}
