//! A node of the Plugin Federation Network that verifies: it registers publishers, proves that they have their keys, mirrors
//! what they signed, and says of everything how it was judged.
//!
//! This crate is all of it but the machine: [`Host`] is what it asks of that. Core (`fedverify`) does all verifying.
//!
//! A [`Node`] answers one [`Request`] with one [`Response`], and does what is due when its [`Node::alarm`] is called.

mod activity;
mod api;
mod database;
mod host;
mod http;
mod keys;
mod mirror;
mod names;
mod page;
mod refusal;
mod schedule;
mod secret;
mod settings;
mod source;
mod subscription;
mod trust;

pub use api::{Access, ROUTES, Route};
pub use database::{Row, Value};
pub use host::{Database, Fault, Fetch, Host, Stored};
pub use http::{Body, Request, Response};
pub use settings::{Limits, Settings};

use std::cell::RefCell;
use std::collections::BTreeSet;

/// When a node without sources wants to be called, in milliseconds: what is old is forgotten even so.
const IDLE_MS: u64 = 24 * 60 * 60 * 1000;

/// A node on its host.
pub struct Node<H> {
    pub(crate) host: H,
    pub(crate) settings: Settings,
    /// The sources that are being asked something just now: one visit at a time.
    busy: RefCell<BTreeSet<String>>,
}

impl<H: Host> Node<H> {
    /// Opens the node's database, and brings it to the newest version.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the database.
    pub fn open(host: H, settings: Settings) -> Result<Self, Fault> {
        database::migrate(&host)?;
        source::recall(&host, settings.limits.check_seconds)?;
        let node = Node { host, settings, busy: RefCell::default() };
        node.wake()?;
        Ok(node)
    }

    /// Answers a request.
    pub async fn handle(&self, request: Request) -> Response {
        api::handle(self, request).await
    }

    /// Does what is due: checks sources, synchronises them, forgets what is old.
    pub async fn alarm(&self) {
        schedule::run(self).await;
    }

    /// The host's clock, in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.host.now_ms()
    }

    /// Reserves a source for a visit; `None` while another one is going on.
    pub(crate) fn occupy(&self, source_id: &str) -> Option<Occupied<'_>> {
        let is_free = self.busy.borrow_mut().insert(source_id.to_owned());
        is_free.then(|| Occupied { busy: &self.busy, source_id: source_id.to_owned() })
    }

    /// Sets the alarm to when the next source is due. Always: an alarm that has rung would ring on.
    pub(crate) fn wake(&self) -> Result<(), Fault> {
        let due = source::next_due(&self.host)?.map(|at| at.saturating_mul(1000));
        self.host.set_alarm(due.unwrap_or_else(|| self.host.now_ms().saturating_add(IDLE_MS)));
        Ok(())
    }
}

/// A source while it is visited.
pub(crate) struct Occupied<'n> {
    busy: &'n RefCell<BTreeSet<String>>,
    source_id: String,
}

impl Drop for Occupied<'_> {
    fn drop(&mut self) {
        self.busy.borrow_mut().remove(&self.source_id);
    }
}
