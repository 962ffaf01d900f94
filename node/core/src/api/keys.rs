//! Keys: made, listed, revoked, and given a new secret.

use crate::Node;
use crate::arguments;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::keys::{self, Caller};
use crate::refusal::Failure;
use serde::Deserialize;
use serde_json::json;

pub(super) fn create<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let new = arguments::body(request)?;
    Ok(Response::json(200, &keys::create(&node.host, &node.settings, new)?))
}

pub(super) fn list<H: Host>(node: &Node<H>) -> Result<Response, Failure> {
    Ok(Response::json(200, &json!({"keys": keys::list(&node.host)?})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyId {
    id: String,
}

pub(super) fn revoke<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let KeyId { id } = arguments::body(request)?;
    keys::revoke(&node.host, &id)?;
    Ok(Response::json(200, &json!({"success": true})))
}

pub(super) fn rotate<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    let KeyId { id } = arguments::body(request)?;
    Ok(Response::json(200, &keys::rotate(&node.host, caller, &id)?))
}
