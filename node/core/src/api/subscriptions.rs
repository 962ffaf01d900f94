//! Subscriptions of the caller's key.

use super::places;
use super::sources::{self, SourceId};
use crate::Node;
use crate::arguments;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::keys::Caller;
use crate::mirror;
use crate::refusal::{Failure, Refusal};
use crate::score;
use crate::source::{self, Status};
use crate::subscription::{self, Filters};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSubscription {
    #[serde(rename = "sourceId")]
    source_id: String,
    filters: Option<Filters>,
}

pub(super) async fn subscribe<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    let NewSubscription { source_id, filters } = arguments::body(request)?;
    let filters = filters.unwrap_or_default();
    filters.check()?;
    let Some(source) = source::find(&node.host, &source_id)? else {
        let details = json!({"sourceId": source_id, "sourceStatus": {"exists": false}});
        return Ok(Response::json(404, &json!({"error": "Source not found", "details": details})));
    };
    if source.status != Status::Verified {
        let message = format!("Source {} not found or not verified", source.id);
        return Err(Refusal::new(409, "node.source.unverified", message).into());
    }
    let _occupied = places::source(node, &source.id)?;
    let _place = places::sync(node)?;
    subscription::put(&node.host, &source.id, name(caller)?, &filters)?;
    let synced = mirror::sync(&node.host, &node.settings, &source, &[filters], true).await?;
    score::refresh(&node.host, &source.id)?;
    let report = synced.map_err(|problem| {
        Refusal::new(
            502,
            &problem.code,
            format!("subscribed, but the source could not be read: {}", problem.reason),
        )
    })?;
    if let Some(fault) = report.fault().filter(|_| report.is_ended_by_faults()) {
        return Err(fault.into());
    }
    let source = sources::find(node, &source.id)?;
    let message = match report.fault() {
        Some(fault) => format!("Subscription created, but the node failed: {fault}"),
        None if report.left == 0 => "Subscription created and initial sync completed".to_owned(),
        None => "Subscription created; the synchronisation goes on at the next visit".to_owned(),
    };
    Ok(Response::json(
        200,
        &json!({
            "success": report.fault().is_none(), "message": message,
            "source": sources::described(node, &source)?, "syncResult": report,
        }),
    ))
}

pub(super) fn unsubscribe<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    let SourceId { source_id } = arguments::body(request)?;
    if !subscription::remove(&node.host, &source_id, name(caller)?)? {
        return Err(Refusal::missing("this key has no subscription to this source").into());
    }
    score::refresh(&node.host, &source_id)?;
    Ok(Response::json(200, &json!({"success": true})))
}

pub(super) fn list<H: Host>(node: &Node<H>, caller: &Caller) -> Result<Response, Failure> {
    let subscriber = if caller.is_admin() { None } else { Some(name(caller)?) };
    Ok(Response::json(200, &json!({"subscriptions": subscription::list(&node.host, subscriber)?})))
}

/// A subscription is that of a key, by its name.
fn name(caller: &Caller) -> Result<&str, Refusal> {
    match caller {
        Caller::Key { name, .. } => Ok(name),
        Caller::Nobody | Caller::Master => Err(Refusal::new(401, "node.unauthorized", "Unauthorized")),
    }
}
