//! Sources: added, listed, checked, given another key, removed.

use super::places;
use crate::Node;
use crate::arguments::{self, MAX_OFFSET, Query};
use crate::database::Value;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::names::Instance;
use crate::refusal::{Failure, Refusal};
use crate::score;
use crate::source::{self, Facts, Problem, Source, Standing, Status};
use crate::trust::Trust;
use fedverify::PlcDid;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The most sources in one response, and how many a request without a limit gets.
const MAX_SOURCES: u64 = 1_000;

/// How many of a source's last checks, and changes of its key, `source-status` lists.
const LISTED_CHECKS: u64 = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSource {
    instance_url: Option<String>,
    username: Option<String>,
    public_key: Option<String>,
    /// The did:plc of a publisher that has one.
    did: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceId {
    #[serde(rename = "sourceId")]
    pub(super) source_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKey {
    #[serde(rename = "sourceId")]
    source_id: String,
    public_key: String,
    /// Whether the old key was stolen: the one before this, also where the source has this one already.
    #[serde(default)]
    stolen: bool,
}

pub(super) async fn add<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let new: NewSource = arguments::body(request)?;
    let (Some(url), Some(username), Some(key)) = (new.instance_url, new.username, new.public_key) else {
        return Err(Refusal::bad("Missing required fields").into());
    };
    let instance = Instance::parse(&url, node.settings.reach)?;
    let source = Source::new(&node.host, instance, &username, &key, new.did.as_deref())?;
    let _occupied = places::source(node, &source.id)?;
    if let Some(known) = source::find(&node.host, &source.id)? {
        return same_again(&known, &source);
    }
    if source::count(&node.host)? >= node.settings.limits.sources {
        return Err(Refusal::new(409, "node.limit", "this node has reached its limit of sources").into());
    }
    let checked = source::check(&node.host, &node.settings, &source).await?;
    if let Err(problem) = &checked.info {
        return Err(incompatible(problem).into());
    }
    let source = source::add(&node.host, &node.settings, &source, &checked)?;
    score::now(&node.host, &source)?;
    node.wake()?;
    Ok(added(&source, "Source added"))
}

/// Adding a source twice changes nothing. Another key would: that is not done by adding.
fn same_again(known: &Source, source: &Source) -> Result<Response, Failure> {
    if known.key == source.key && known.instance == source.instance && known.did == source.did {
        return Ok(added(known, "Source was added before"));
    }
    let message = "there is a source of this user and instance with another key or identity: change-key gives it another key, \
                   and another identity takes removing it first";
    Err(Refusal::new(409, "node.conflict", message).into())
}

fn added(source: &Source, what: &str) -> Response {
    let is_verified = source.status == Status::Verified;
    let message = if is_verified { format!("{what} and verified") } else { format!("{what}, not verified") };
    as_it_is(source, &message)
}

fn as_it_is(source: &Source, message: &str) -> Response {
    Response::json(
        200,
        &json!({
            "success": true, "source_id": source.id, "status": source.status,
            "verified": source.status == Status::Verified,
            "reason": source.reason, "challenge": source.challenge, "oracle": source.is_oracle, "message": message,
        }),
    )
}

fn incompatible(problem: &Problem) -> Refusal {
    Refusal::new(502, &problem.code, format!("Failed to add source: {}", problem.reason))
}

/// Lists sources in pages that are as long as the original's whole list usually is.
pub(super) fn list<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let query = Query::parse(request, &["limit", "offset"])?;
    let page = (query.number("limit", MAX_SOURCES, MAX_SOURCES)?, query.number("offset", 0, MAX_OFFSET)?);
    let listed = score::list(&node.host, page)?;
    let rows: Vec<Json> =
        listed.iter().map(|listed| row(&listed.source, &listed.facts, &listed.trust)).collect();
    let total = source::count(&node.host)?;
    Ok(Response::json(200, &rows).with("x-total-count", total.to_string()))
}

/// A source as the original lists it, and why it is as it is.
fn row(source: &Source, facts: &Facts, trust: &Trust) -> Json {
    let last_result = match source.status {
        _ if facts.checks == 0 => None,
        Status::Verified => Some("success"),
        Status::Pending | Status::Stale | Status::Error => Some("failure"),
    };
    json!({
        "id": source.id, "instance_url": source.instance.as_str(), "username": source.username,
        "public_key": source.public_key, "status": source.status, "trust_score": trust.score(),
        "created_at": source.created_at, "last_sync": source.last_sync, "asset_domain": source.asset_domain,
        "asset_naming_scheme": source.asset_naming_scheme, "subscriber_count": facts.subscribers,
        "plugin_count": facts.mirrors, "last_verification_result": last_result,
        "successful_verifications": facts.all_successes, "response_time_avg": facts.response_ms,
        "did_key": source.did_key(), "reason": source.reason, "challenge": source.challenge,
        "oracle": source.is_oracle, "equivocations": facts.equivocations, "trust_reasons": trust.reasons,
        "trust": source.trust(), "did": source.did.as_ref().map(PlcDid::as_str),
        "identity": source.identity.map(Standing::as_str), "identity_reason": source.identity_reason,
    })
}

pub(super) async fn verify<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let SourceId { source_id } = arguments::body(request)?;
    let Some(source) = source::find(&node.host, &source_id)? else {
        // The original's response for an unknown source, with a reason.
        let reason = "no source has this id";
        return Ok(Response::json(404, &json!({"success": false, "error": reason, "reason": reason})));
    };
    let _occupied = places::source(node, &source.id)?;
    let source = check(node, &source).await?;
    let is_verified = source.status == Status::Verified;
    Ok(Response::json(
        200,
        &json!({
            "success": is_verified, "status": source.status, "reason": source.reason,
            "challenge": source.challenge, "oracle": source.is_oracle,
        }),
    ))
}

/// Checks a source, records it, and gives the source as it is then.
async fn check<H: Host>(node: &Node<H>, source: &Source) -> Result<Source, Failure> {
    let checked = source::check(&node.host, &node.settings, source).await?;
    source::record(&node.host, &node.settings, source, ("manual", &checked))?;
    node.wake()?;
    score::refresh(&node.host, &source.id)?;
    find(node, &source.id)
}

/// Where a source's archives are is read together with the check of its key, so this is that check.
pub(super) async fn update<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let SourceId { source_id } = arguments::body(request)?;
    let source = find(node, &source_id)?;
    let _occupied = places::source(node, &source.id)?;
    let source = check(node, &source).await?;
    if source.status != Status::Verified {
        let message = format!("the source was not verified: {}", source.reason.unwrap_or_default());
        return Err(Refusal::new(502, "node.source.unverified", message).into());
    }
    let row = described(node, &source)?;
    Ok(Response::json(200, &json!({"success": true, "message": "Source asset info updated", "source": row})))
}

/// A source in a response, counted anew.
pub(super) fn described<H: Host>(node: &Node<H>, source: &Source) -> Result<Json, Failure> {
    let (facts, trust) = score::now(&node.host, source)?;
    Ok(row(source, &facts, &trust))
}

pub(super) fn status<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let query = Query::parse(request, &["source"])?;
    let source = find(node, query.required("source")?)?;
    let checks = checks(node, &source)?;
    Ok(Response::json(
        200,
        &json!({
            "source": described(node, &source)?, "consecutive_failures": source.failures,
            "last_verified": source.last_verified, "next_check": source.next_check,
            "last_verification": checks.first(), "verifications": checks,
            "key_changes": source::key_changes(&node.host, &source.id, LISTED_CHECKS)?,
        }),
    ))
}

/// The last checks of a source, newest first.
fn checks<H: Host>(node: &Node<H>, source: &Source) -> Result<Vec<Json>, Failure> {
    let statement = "SELECT kind, result, code, reason, is_up, response_ms, verified_at FROM verification
         WHERE source_id = ? ORDER BY id DESC LIMIT ?";
    let rows = node.host.query(statement, &[Value::from(&source.id), Value::from(LISTED_CHECKS)])?;
    let listed = rows.iter().map(|row| {
        Ok(json!({
            "verification_type": row.text(0)?, "result": row.text(1)?, "code": row.optional_text(2)?,
            "reason": row.optional_text(3)?, "up": row.flag(4)?, "response_ms": row.number(5)?,
            "verified_at": row.number(6)?,
        }))
    });
    listed.collect()
}

pub(super) fn remove<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let SourceId { source_id } = arguments::body(request)?;
    let source = find(node, &source_id)?;
    let _occupied = places::source(node, &source.id)?;
    source::remove(&node.host, &source.id)?;
    Ok(Response::json(200, &json!({"success": true})))
}

/// Changes a source's key on an administrator's word, if the source shows that it has the new one. Everything else of it stays.
pub(super) async fn change_key<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let NewKey { source_id, public_key, stolen } = arguments::body(request)?;
    let old = find(node, &source_id)?;
    let new = old.with_key(&public_key)?;
    let _occupied = places::source(node, &old.id)?;
    if new.key == old.key {
        return same_key(node, &old, stolen);
    }
    let checked = source::check_new_key(&node.host, &node.settings, &new).await?;
    if let Some(problem) = checked.problem_of_new_key() {
        source::keep_key(&node.host, &old, &new, problem)?;
        let message = format!("the source keeps its key, it does not show the new one: {}", problem.reason);
        return Err(Refusal::new(502, "node.key.unproven", message).into());
    }
    source::change_key(&node.host, &node.settings, (&old, &new), (stolen, &checked))?;
    node.wake()?;
    score::refresh(&node.host, &old.id)?;
    Ok(added(&find(node, &old.id)?, "The key was changed"))
}

/// Changes nothing of a source that has this key already. Its publisher may have said only now that the key before was stolen.
fn same_key<H: Host>(node: &Node<H>, source: &Source, is_stolen: bool) -> Result<Response, Failure> {
    if !is_stolen {
        return Ok(as_it_is(source, "The source already has this key; nothing was changed"));
    }
    if !source::earlier_key_was_stolen(&node.host, source)? {
        let message = "the source has this key, and no key before it is known, so none was recorded as stolen: if this one was \
                       stolen, give the new one";
        return Err(Refusal::new(409, "node.conflict", message).into());
    }
    // What that key signed counts no more against the publisher.
    score::refresh(&node.host, &source.id)?;
    Ok(as_it_is(source, "The key before this one is now recorded as stolen"))
}

/// The source of this id, which must be registered.
pub(super) fn find<H: Host>(node: &Node<H>, source_id: &str) -> Result<Source, Failure> {
    let source = source::find(&node.host, source_id)?;
    Ok(source.ok_or_else(|| Refusal::missing("Source not found"))?)
}
