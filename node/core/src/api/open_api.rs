//! The description of this interface.

use crate::http::{Body, Response};

/// The OpenAPI document. It is a file, so that it can be read without running anything.
const OPEN_API: &str = include_str!("../../openapi.json");

pub(super) fn show() -> Response {
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("cache-control", "public, max-age=3600".to_owned()),
    ];
    Response { status: 200, headers, body: Body::Bytes(OPEN_API.into()) }
}
