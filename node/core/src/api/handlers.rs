//! Keys and activity.

use crate::Node;
use crate::activity;
use crate::arguments::{self, MAX_OFFSET, Query};
use crate::host::Host;
use crate::http::{Body, Request, Response};
use crate::keys::{self, Caller};
use crate::refusal::Failure;
use serde::Deserialize;
use serde_json::json;

/// The most rows of one answer.
pub(super) const MAX_ROWS: u64 = 100;

pub(super) fn create_key<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let new = arguments::body(request)?;
    Ok(Response::json(200, &keys::create(&node.host, &node.settings, new)?))
}

pub(super) fn keys<H: Host>(node: &Node<H>) -> Result<Response, Failure> {
    Ok(Response::json(200, &json!({"keys": keys::list(&node.host)?})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyId {
    id: String,
}

pub(super) fn revoke_key<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let KeyId { id } = arguments::body(request)?;
    keys::revoke(&node.host, &id)?;
    Ok(Response::json(200, &json!({"success": true})))
}

pub(super) fn rotate_key<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    let KeyId { id } = arguments::body(request)?;
    Ok(Response::json(200, &keys::rotate(&node.host, caller, &id)?))
}

pub(super) fn activity<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    let query = Query::parse(request, &["limit", "offset"])?;
    let limit = query.number("limit", activity::DEFAULT_COUNT, MAX_ROWS)?;
    let offset = query.number("offset", 0, MAX_OFFSET)?;
    Ok(Response::json(200, &activity::answer(&node.host, caller.is_admin(), (limit, offset))?))
}

/// What the node counts. Any key may read it, so that whoever watches the node needs no admin's.
pub(super) fn metrics<H: Host>(node: &Node<H>) -> Result<Response, Failure> {
    let text = node.metrics.borrow().text(&node.host)?;
    let headers = vec![
        ("content-type", "text/plain; version=0.0.4; charset=utf-8".to_owned()),
        ("cache-control", "no-store".to_owned()),
    ];
    Ok(Response { status: 200, headers, body: Body::Bytes(text.into_bytes()) })
}

/// The OpenAPI document. It is a file, so that it can be read without running anything.
const OPEN_API: &str = include_str!("../../openapi.json");

pub(super) fn open_api() -> Response {
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("cache-control", "public, max-age=3600".to_owned()),
    ];
    Response { status: 200, headers, body: Body::Bytes(OPEN_API.into()) }
}
