//! What a node does unasked: it checks its sources, synchronises those that have subscribers, and forgets what is old.

use crate::activity;
use crate::clock::DAY;
use crate::fault::Fault;
use crate::host::Host;
use crate::peer::{self, Peer};
use crate::source::{self, Source, Status};
use crate::subscription::{self, Filters};
use crate::{IDLE_MS, Node, Occupied, mirror, score};
use serde_json::json;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// How long a source or peer that is being visited, or that the node failed at, is put off, in seconds.
pub(crate) const BUSY_SECONDS: u64 = 60;

pub(crate) const BUSY_MS: u64 = BUSY_SECONDS * 1000;

/// Does what is due, and asks for the next alarm. A host may call it again while an earlier call goes on.
pub(crate) async fn run<H: Host>(node: &Node<H>) {
    match attend(node).await {
        Ok(Attended::Well) => node.wake_within(IDLE_MS),
        // What failed is due again by then.
        Ok(Attended::Failing) => node.wake_within(BUSY_MS),
        // Not at once, although more is due: the next alarm would find no place either. Whatever has the places asks for alarms, too.
        Ok(Attended::Full) => node.host.set_alarm(node.host.now_ms().saturating_add(BUSY_MS)),
        Err(fault) => {
            failed(node, None, &fault);
            node.wake_within(BUSY_MS);
        }
    }
}

/// How an alarm ended.
enum Attended {
    Well,
    /// This machine failed at a source.
    Failing,
    /// It could begin nothing: other alarms had every place.
    Full,
}

/// Logs and counts a failure of this machine at what was due: at this source, if it was one.
pub(crate) fn failed<H: Host>(node: &Node<H>, source_id: Option<&str>, fault: &Fault) {
    let line = json!({"event": "alarm", "source": source_id, "fault": fault.to_string()});
    node.host.log(&line.to_string());
    node.metrics.borrow_mut().failed();
}

/// Does first what is due longest, and a peer in an alarm of its own: a platform permits only so many questions in each.
async fn attend<H: Host>(node: &Node<H>) -> Result<Attended, Fault> {
    node.recall()?;
    let source = source::next_due(&node.host)?.unwrap_or(u64::MAX);
    let attended = match peer::due(&node.host)?.filter(|peer| peer.next_sync < source) {
        Some(peer) => attend_peer(node, &peer).await.map(|()| Attended::Well)?,
        None => attend_sources(node).await?,
    };
    let kept = node.settings.limits.retention_days.saturating_mul(DAY);
    activity::forget(&node.host, kept)?;
    Ok(attended)
}

async fn attend_peer<H: Host>(node: &Node<H>, peer: &Peer) -> Result<(), Fault> {
    // Before the visit, as with sources. A visit that comes to its end puts the next one off for longer.
    peer::postpone(&node.host, &peer.url, BUSY_SECONDS)?;
    node.wake_within(IDLE_MS);
    let place = node.place("sync", node.settings.limits.syncs_at_once);
    if let (Some(_occupied), Some(_place)) = (node.occupy(&peer.occupied_as()), place) {
        mirror::visit(node, peer).await?;
    }
    Ok(())
}

/// Half of a visit to a source: the check of its key, or its synchronisation.
struct Half<'n> {
    source_id: String,
    work: Work<'n>,
}

type Work<'n> = Pin<Box<dyn Future<Output = Result<Option<Wanted<'n>>, Fault>> + 'n>>;

/// A source whose key was checked, and which has subscribers.
struct Wanted<'n> {
    source: Source,
    filters: Vec<Filters>,
    occupied: Occupied<'n>,
}

/// Visits the sources that are due, side by side: a publisher that answers slowly delays no other while there are places. Checks of
/// keys have places of their own, so that no synchronisation, asked for or not, keeps the node from them.
async fn attend_sources<H: Host>(node: &Node<H>) -> Result<Attended, Fault> {
    if node.place("check", node.settings.limits.syncs_at_once).is_none() {
        return Ok(Attended::Full);
    }
    let mut going: Vec<Half<'_>> = Vec::new();
    let (mut left, mut begun) = (node.settings.limits.sources_at_once, Ok(()));
    let mut attended = Attended::Well;
    loop {
        if begun.is_ok() {
            begun = begin(node, &mut going, &mut left);
        }
        match first_of(&mut going).await {
            // What was begun has ended, also where nothing more could be begun.
            None => return begun.map(|()| attended),
            Some((source_id, Ok(Some(wanted)))) => {
                going.push(Half { source_id, work: Box::pin(synchronise(node, wanted)) });
            }
            Some((_, Ok(None))) => {}
            Some((source_id, Err(fault))) => {
                failed(node, Some(&source_id), &fault);
                attended = Attended::Failing;
            }
        }
    }
}

/// Begins to check the sources that are due longest, as long as there are places, and asks for an alarm for the others.
fn begin<'n, H: Host>(node: &'n Node<H>, going: &mut Vec<Half<'n>>, left: &mut u64) -> Result<(), Fault> {
    while *left > 0 {
        let Some(place) = node.place("check", node.settings.limits.syncs_at_once) else { return Ok(()) };
        let Some(source) = source::due(&node.host)? else { break };
        *left = left.saturating_sub(1);
        // Before the check: whatever happens in it, the source is not due again at once.
        source::postpone(&node.host, &source.id, BUSY_SECONDS)?;
        if let Some(occupied) = node.occupy(&source.id) {
            let source_id = source.id.clone();
            going.push(Half { source_id, work: Box::pin(check(node, source, (occupied, place))) });
        }
    }
    node.wake_within(IDLE_MS);
    Ok(())
}

/// Checks a source, and gives it back if it is verified and wanted. One that was verified lately only waits for its synchronisation:
/// its publisher is not asked for another proof.
async fn check<'n, H: Host>(
    node: &'n Node<H>,
    source: Source,
    (occupied, _place): (Occupied<'n>, Occupied<'n>),
) -> Result<Option<Wanted<'n>>, Fault> {
    let Node { host, settings, .. } = node;
    let status = if let Some(seconds) = source::until_check(host, settings, &source) {
        source::postpone(host, &source.id, seconds)?;
        source.status
    } else {
        let checked = source::check(host, settings, &source).await?;
        let status = source::record(host, settings, &source, ("scheduled", &checked))?;
        score::refresh(host, &source.id)?;
        status
    };
    let filters: Vec<Filters> = subscription::of_source(host, &source.id)?
        .into_iter()
        .map(|subscription| subscription.filters)
        .collect();
    if status != Status::Verified || filters.is_empty() {
        return Ok(None);
    }
    // With the assets as they are now.
    Ok(source::find(host, &source.id)?.map(|source| Wanted { source, filters, occupied }))
}

/// Synchronises a source that was checked; if there is no place for that now, the source is due again soon.
async fn synchronise<'n, H: Host>(
    node: &'n Node<H>,
    Wanted { source, filters, occupied: _occupied }: Wanted<'n>,
) -> Result<Option<Wanted<'n>>, Fault> {
    let Node { host, settings, .. } = node;
    let Some(_place) = node.place("sync", settings.limits.syncs_at_once) else {
        return source::postpone(host, &source.id, BUSY_SECONDS).map(|()| None);
    };
    let synced = mirror::sync(host, settings, &source, &filters, false).await;
    if synced.is_err() {
        source::postpone(host, &source.id, BUSY_SECONDS)?;
    }
    let report = synced?;
    score::refresh(host, &source.id)?;
    // Not put off for less than usual: publishers would send their archives in vain, every minute for as long as the disk is full.
    report.ok().and_then(|report| report.fault()).map_or(Ok(None), Err)
}

/// What came of the first of these that ends, and of which source; `None` where there are none.
async fn first_of<'n>(going: &mut Vec<Half<'n>>) -> Option<(String, Result<Option<Wanted<'n>>, Fault>)> {
    if going.is_empty() {
        return None;
    }
    let (number, output) = poll_fn(|context| {
        let ended =
            going.iter_mut().enumerate().find_map(|(number, half)| match poll(&mut half.work, context) {
                Poll::Ready(output) => Some((number, output)),
                Poll::Pending => None,
            });
        ended.map_or(Poll::Pending, Poll::Ready)
    })
    .await;
    Some((going.swap_remove(number).source_id, output))
}

/// Goes on with the work on one source. A panic in it is a failure at that source only. On Workers a panic aborts: the platform
/// begins anew, and what was put off a minute is done then.
fn poll<'n>(work: &mut Work<'n>, context: &mut Context<'_>) -> Poll<Result<Option<Wanted<'n>>, Fault>> {
    // What panicked is not polled again, and what it shares with others is as whole as after any other early return: borrowed cells are
    // given back, and transactions are undone.
    catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
        .unwrap_or_else(|_| Poll::Ready(Err(Fault::new("the work on this source panicked"))))
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

    #[test]
    fn keys_are_checked_while_every_place_of_synchronisations_is_taken() {
        let node = Fake::answering("FROM source WHERE", Ok(vec![source()])).node();
        let count = node.settings.limits.syncs_at_once;
        let places: Vec<_> = (0..count).map(|_| node.place("sync", count).unwrap()).collect();
        now(node.alarm());
        assert!(node.host.asked.get() > 0 && node.place("sync", count).is_none());
        drop(places);
    }

    /// It would ring every second for as long as eight publishers do not answer.
    #[test]
    fn an_alarm_that_finds_no_place_is_not_followed_by_another_at_once() {
        let node = Fake::answering("MIN(next_check)", Ok(vec![Row::new(vec![Value::from(1_u64)])])).node();
        let count = node.settings.limits.syncs_at_once;
        let places: Vec<_> = (0..count).map(|_| node.place("check", count).unwrap()).collect();
        now(node.alarm());
        assert_eq!(node.host.alarm.get(), Some(NOW_MS + 60_000));
        drop(places);
        now(node.alarm());
        assert_eq!(node.host.alarm.get(), Some(1000));
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
