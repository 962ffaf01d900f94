//! Other nodes, from which this one takes what publishers signed.

use super::places;
use crate::Node;
use crate::arguments;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::mirror;
use crate::names::Instance;
use crate::peer;
use crate::refusal::{Failure, Refusal};
use crate::schedule::BUSY_SECONDS;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeerUrl {
    url: String,
}

/// Reads the URL of a peer, in the one spelling in which it is stored.
fn url<H: Host>(node: &Node<H>, request: &Request) -> Result<String, Refusal> {
    let PeerUrl { url } = arguments::body(request)?;
    Ok(Instance::parse(&url, node.settings.reach)?.as_str().to_owned())
}

/// Adds a peer and visits it. One that was added before is visited again.
pub(super) async fn add<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let url = url(node, request)?;
    if url.eq_ignore_ascii_case(&node.settings.url) {
        return Err(Refusal::bad("expected the URL of another node, found this node's own").into());
    }
    if peer::find(&node.host, &url)?.is_none() {
        if u64::try_from(peer::list(&node.host)?.len()).unwrap_or(u64::MAX) >= node.settings.limits.peers {
            let message = "this node has reached its limit of peers";
            return Err(Refusal::new(409, "node.limit", message).into());
        }
        peer::add(&node.host, &url)?;
    }
    let known = peer::find(&node.host, &url)?.ok_or_else(|| Refusal::missing("the peer was just removed"))?;
    let _occupied = places::peer(node, &known)?;
    // If this machine fails now, the schedule goes on with the visit.
    peer::postpone(&node.host, &url, BUSY_SECONDS)?;
    node.wake()?;
    let _place = places::sync(node)?;
    let report = mirror::visit(node, &known).await?;
    node.wake()?;
    if let Some(problem) = &report.problem {
        let message = format!("added, but the node could not be read to its end: {}", problem.reason);
        return Err(Refusal::new(502, &problem.code, message).into());
    }
    let message = "Peer added, and what it has of this node's sources was verified";
    let removed = || Refusal::new(409, "node.conflict", "the peer was removed while it was visited");
    let peer = peer::find(&node.host, &url)?.ok_or_else(removed)?;
    Ok(Response::json(200, &json!({"success": true, "message": message, "peer": peer, "syncResult": report})))
}

pub(super) fn list<H: Host>(node: &Node<H>) -> Result<Response, Failure> {
    Ok(Response::json(200, &json!({"peers": peer::list(&node.host)?})))
}

pub(super) fn remove<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    // As it is stored, and not judged again: an operator who no longer permits private addresses can still remove a peer at one.
    let PeerUrl { url } = arguments::body(request)?;
    if peer::find(&node.host, &url)?.is_none() {
        return Err(Refusal::missing("there is no peer at this URL").into());
    }
    peer::remove(&node.host, &url)?;
    Ok(Response::json(200, &json!({"success": true})))
}
