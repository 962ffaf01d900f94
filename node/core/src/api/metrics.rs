//! What the node counts, for Prometheus.

use crate::Node;
use crate::host::Host;
use crate::http::{Body, Response};
use crate::refusal::Failure;

/// What the node counts. Any key may read it, so that whoever watches the node needs no admin's.
pub(super) fn show<H: Host>(node: &Node<H>) -> Result<Response, Failure> {
    let text = node.metrics.borrow().text(&node.host)?;
    let headers = vec![
        ("content-type", "text/plain; version=0.0.4; charset=utf-8".to_owned()),
        ("cache-control", "no-store".to_owned()),
    ];
    Ok(Response { status: 200, headers, body: Body::Bytes(text.into_bytes()) })
}
