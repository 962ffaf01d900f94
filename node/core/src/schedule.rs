//! What a node does unasked: it checks its sources, synchronises those that somebody subscribes to, and forgets what is old.

use crate::activity::{self, seconds};
use crate::fault::Fault;
use crate::host::Host;
use crate::peer::{self, Peer};
use crate::source::{self, Source, Status};
use crate::subscription::{self, Filters};
use crate::{Node, mirror, score};
use serde_json::json;

/// How long a source or peer that is being visited, or that the node failed at, is put off, in seconds.
pub(crate) const BUSY_SECONDS: u64 = 60;

const DAY: u64 = 24 * 60 * 60;

/// Does what is due, and asks for the next alarm.
pub(crate) async fn run<H: Host>(node: &Node<H>) {
    if let Err(fault) = attend(node).await {
        node.host.log(&json!({"event": "alarm", "fault": fault.to_string()}).to_string());
        node.metrics.borrow_mut().failed();
        // Nothing that is due would ever come again without an alarm.
        node.host.set_alarm(node.host.now_ms().saturating_add(BUSY_SECONDS.saturating_mul(1000)));
        return;
    }
    if let Err(fault) = node.wake() {
        node.host.log(&json!({"event": "alarm", "fault": fault.to_string()}).to_string());
    }
}

/// What is due longest is done first, and a peer in an alarm of its own: a platform permits so many questions in each.
async fn attend<H: Host>(node: &Node<H>) -> Result<(), Fault> {
    let source = source::next_due(&node.host)?.unwrap_or(u64::MAX);
    match peer::due(&node.host)?.filter(|peer| peer.next_sync < source) {
        Some(peer) => attend_peer(node, &peer).await?,
        None => attend_sources(node).await?,
    }
    let kept = node.settings.limits.retention_days.saturating_mul(DAY);
    activity::forget(&node.host, seconds(&node.host).saturating_sub(kept))
}

async fn attend_sources<H: Host>(node: &Node<H>) -> Result<(), Fault> {
    for _ in 0..node.settings.limits.sources_at_once {
        let Some(source) = source::due(&node.host)? else { break };
        // First: whatever happens now, the source is not due again at once.
        source::postpone(&node.host, &source.id, BUSY_SECONDS)?;
        let place = node.place("sync", node.settings.limits.syncs_at_once);
        if let (Some(_occupied), Some(_place)) = (node.occupy(&source.id), place) {
            let id = source.id.clone();
            visit(node, source).await?;
            score::refresh(&node.host, &id)?;
        }
    }
    Ok(())
}

async fn attend_peer<H: Host>(node: &Node<H>, peer: &Peer) -> Result<(), Fault> {
    // First, as with sources. A visit that came to its end puts the next one off for longer.
    peer::postpone(&node.host, &peer.url, BUSY_SECONDS)?;
    let place = node.place("sync", node.settings.limits.syncs_at_once);
    if let (Some(_occupied), Some(_place)) = (node.occupy(&peer.occupied_as()), place) {
        mirror::visit(node, peer).await?;
    }
    Ok(())
}

/// Checks a source, and synchronises it if it is verified and wanted.
async fn visit<H: Host>(node: &Node<H>, source: Source) -> Result<(), Fault> {
    let Node { host, settings, .. } = node;
    let checked = source::check(host, settings, &source).await?;
    let status = source::record(host, settings, &source, ("scheduled", &checked))?;
    let filters: Vec<Filters> = subscription::of_source(host, &source.id)?
        .into_iter()
        .map(|subscription| subscription.filters)
        .collect();
    if status != Status::Verified || filters.is_empty() {
        return Ok(());
    }
    // With the assets as they are now.
    let Some(source) = source::find(host, &source.id)? else { return Ok(()) };
    mirror::sync(host, settings, &source, &filters, false).await.map(drop)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use crate::database::{Row, Value};
    use crate::fake::{Fake, NOW_MS, now};

    /// A due source as the table has it.
    fn source() -> Row {
        let texts =
            ["al@a.example", "https://a.example", "al", "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw="];
        let status = [Value::from("verified"), Value::Null, Value::Null, Value::from(false)];
        let numbers = [Value::from(0_u64), Value::from(1_u64), Value::Null, Value::Null];
        let others = [Value::Null, Value::Null, Value::from(1_u64), Value::Null, Value::Null, Value::Null];
        Row::new([&texts.map(Value::from)[..], &status, &numbers, &others].concat())
    }

    /// Otherwise a platform's cap would look as if the publisher had failed, and demote it.
    #[test]
    fn a_question_that_the_platform_does_not_permit_is_no_failure_of_the_source() {
        let node = Fake::answering("FROM source WHERE", Ok(vec![source()])).permitting(0).node();
        now(node.alarm());
        let log = node.host.log.borrow();
        let said = log.iter().find(|line| line.contains("\"alarm\"")).unwrap();
        assert!(said.contains("permits no more questions"), "{said}");
        // The next event goes on soon.
        assert_eq!(node.host.alarm.get(), Some(NOW_MS + 60_000));
    }
}
