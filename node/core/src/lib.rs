//! A node of the Plugin Federation Network that verifies: it registers publishers, proves that they have their keys, mirrors
//! what they signed, and says of everything how it was judged.
//!
//! This crate is the whole node except for the machine that it runs on: [`Host`] is what it asks of one. Core (`fedverify`) does all
//! verifying.
//!
//! A [`Node`] answers one [`Request`] with one [`Response`], and does what is due when its [`Node::alarm`] is called.

mod activity;
mod api;
mod arguments;
mod clock;
mod database;
#[cfg(test)]
#[allow(clippy::panic)]
mod fake;
mod fault;
mod guard;
mod host;
mod http;
mod keys;
mod metrics;
mod migrations;
mod mirror;
mod names;
mod page;
mod peer;
mod rates;
mod reason;
mod refusal;
mod schedule;
mod score;
mod secret;
mod settings;
mod source;
mod subscription;
mod trust;

pub use api::{Access, ROUTES, Route};
pub use database::{Database, Row, Value};
pub use fault::Fault;
pub use guard::{Compare, Guard};
pub use host::{Fetch, Host, Stored};
pub use http::{Body, Request, Response};
pub use mirror::{Archive, archives};
pub use reason::{MAX_REASON_BYTES, reason};
pub use settings::{Limits, Settings};

use keys::Caller;
use metrics::Metrics;
use rates::{Cost, Rates};
use refusal::Refusal;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// How long a node lets pass until it wants to be called again, in milliseconds: what is old is forgotten even without sources.
const IDLE_MS: u64 = clock::DAY * 1000;

/// A node on its host.
pub struct Node<H> {
    pub(crate) host: H,
    pub(crate) settings: Settings,
    /// The ids of what is reserved just now: sources and peers that are being visited, and places for work.
    busy: RefCell<BTreeSet<String>>,
    rates: RefCell<Rates>,
    metrics: RefCell<Metrics>,
}

impl<H: Host> Node<H> {
    /// Opens the node's database, and brings it to the newest version.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the database.
    pub fn open(host: H, settings: Settings) -> Result<Self, Fault> {
        migrations::migrate(&host)?;
        score::fill(&host)?;
        let node = Node {
            host,
            settings,
            busy: RefCell::default(),
            rates: RefCell::default(),
            metrics: RefCell::default(),
        };
        node.wake()?;
        Ok(node)
    }

    /// Answers a request.
    pub async fn handle(&self, request: Request) -> Response {
        api::handle(self, request).await
    }

    /// The most bytes that the host reads of a request's body.
    pub fn body_bytes(&self) -> u64 {
        self.settings.limits.body_bytes
    }

    /// Does what is due: checks sources, synchronises them, forgets what is old. While that goes on it may ask for the next alarm,
    /// which a host may ring at once, or when this one has ended.
    pub async fn alarm(&self) {
        schedule::run(self).await;
    }

    /// The host's clock, in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.host.now_ms()
    }

    /// Counts a request of this caller, who may be refused.
    pub(crate) fn charge(&self, cost: Cost, caller: (&Caller, &str)) -> Result<(), Refusal> {
        self.rates.borrow_mut().charge(&self.settings.limits, activity::seconds(&self.host), cost, caller)
    }

    /// Reserves the source or peer of this id for a visit; `None` while another visit goes on.
    pub(crate) fn occupy(&self, id: &str) -> Option<Occupied<'_>> {
        let is_free = self.busy.borrow_mut().insert(id.to_owned());
        is_free.then(|| Occupied { busy: &self.busy, id: id.to_owned() })
    }

    /// Reserves one of `count` places for work of a kind; `None` while all are taken. Their ids are no source's, which all have an @.
    pub(crate) fn place(&self, kind: &str, count: u64) -> Option<Occupied<'_>> {
        (0..count).find_map(|place| self.occupy(&format!("{kind} {place}")))
    }

    /// Sets the alarm to when the next source or peer is due. It is set every time: one whose time has passed would ring again and
    /// again.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the database.
    pub fn wake(&self) -> Result<(), Fault> {
        let alarm = self.next_alarm(IDLE_MS)?;
        self.host.set_alarm(alarm);
        Ok(())
    }

    /// The same, but at most this many milliseconds from now. If the database fails, soon: without an alarm, nothing that is due would
    /// ever be done.
    pub(crate) fn wake_within(&self, most_ms: u64) {
        let alarm = self.next_alarm(most_ms).unwrap_or_else(|fault| {
            schedule::failed(self, None, &fault);
            self.host.now_ms().saturating_add(most_ms.min(schedule::BUSY_MS))
        });
        self.host.set_alarm(alarm);
    }

    /// Whether an alarm, in milliseconds since 1970, is further off than any that is asked for. Then the clock was wrong when it was set,
    /// and it is due now.
    pub fn is_astray(&self, alarm_ms: u64) -> bool {
        alarm_ms.saturating_sub(self.host.now_ms()) > IDLE_MS
    }

    /// Brings visits back that a wrong clock put off.
    pub(crate) fn recall(&self) -> Result<(), Fault> {
        source::recall(&self.host, self.settings.limits.check_seconds)?;
        peer::recall(&self.host, self.settings.limits.check_seconds)
    }

    fn next_alarm(&self, most_ms: u64) -> Result<u64, Fault> {
        self.recall()?;
        let due = [source::next_due(&self.host)?, peer::next_due(&self.host)?];
        let due = due.into_iter().flatten().min().map_or(u64::MAX, |at| at.saturating_mul(1000));
        Ok(due.min(self.host.now_ms().saturating_add(most_ms)))
    }
}

/// What is reserved, until this is dropped.
pub(crate) struct Occupied<'n> {
    busy: &'n RefCell<BTreeSet<String>>,
    id: String,
}

impl Drop for Occupied<'_> {
    fn drop(&mut self) {
        self.busy.borrow_mut().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Fake, NOW_MS, get, now, poll, version};

    const VERIFY: (&str, &str) = ("/federation/verify", "source=al@a.example&plugin=gallery&version=1.0.0");

    #[test]
    fn requests_are_answered_while_a_version_is_verified() {
        let mut node = Fake::answering("FROM mirrored", Ok(vec![version()])).node();
        node.host.blob = Some(Vec::new());
        node.host.is_at_work.set(true);
        let mut verifications: Vec<_> =
            (0..4).map(|_| Box::pin(node.handle(get(VERIFY.0, VERIFY.1)))).collect();
        for verification in &mut verifications {
            assert!(poll(verification.as_mut()).is_pending());
        }
        assert_eq!(now(node.handle(get("/openapi.json", ""))).status, 200);
        // No more of them go on at once.
        assert_eq!(now(node.handle(get(VERIFY.0, VERIFY.1))).status, 503);
        drop(verifications);
        node.host.is_at_work.set(false);
        assert_eq!(now(node.handle(get(VERIFY.0, VERIFY.1))).status, 200);
    }

    #[test]
    fn only_so_many_versions_are_verified_at_once() {
        let node = Fake::answering("FROM mirrored", Ok(vec![version()])).node();
        let status = || now(node.handle(get(VERIFY.0, VERIFY.1))).status;
        let places: Vec<_> =
            (0..4).map(|place| node.occupy(&format!("verification {place}")).unwrap()).collect();
        assert_eq!(status(), 503);
        drop(places);
        // Its archive is missing: it was let in.
        assert_eq!(status(), 500);
    }

    #[test]
    fn there_are_so_many_places_for_work() {
        let node = Fake::answering("", Ok(Vec::new())).node();
        let (first, second) = (node.place("sync", 2), node.place("sync", 2));
        assert!(first.is_some() && second.is_some() && node.place("sync", 2).is_none());
        assert!(node.place("verification", 1).is_some() && node.place("verification", 0).is_none());
        drop(first);
        assert!(node.place("sync", 2).is_some());
    }

    #[test]
    fn a_node_without_sources_wakes_once_a_day() {
        let node = Fake::answering("MIN(next_check)", Ok(vec![Row::new(vec![Value::Null])])).node();
        node.wake().unwrap();
        assert_eq!(node.host.alarm.get(), Some(NOW_MS + IDLE_MS));
    }

    #[test]
    fn a_failed_alarm_is_not_the_last() {
        let node = Fake::answering("next_check <=", Err(Fault::new("the disk is full"))).node();
        now(node.alarm());
        assert_eq!(node.host.alarm.get(), Some(NOW_MS + 60_000));
        assert!(node.host.log.borrow()[0].contains("the disk is full"));
        let metrics = node.metrics.borrow().text(&node.host).unwrap();
        assert!(metrics.contains("\nfedverify_node_alarm_faults_total 1\n"), "{metrics}");
    }
}
