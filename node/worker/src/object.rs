//! The Durable Object that is the node.

// What the macro makes of the struct has no documentation.
#![allow(missing_docs)]

use crate::machine::Machine;
use crate::{PLUGIN_BUCKET, settings, translate};
use fedverify_node::{Fault, Node};
use std::cell::OnceCell;
use std::rc::Rc;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// The node: the class of the original, in whose place it is deployed.
#[durable_object(alarm)]
pub struct FederationDO {
    state: State,
    env: Env,
    /// Opened with the first event: opening reads and writes the database.
    node: OnceCell<Rc<Node<Machine>>>,
}

impl DurableObject for FederationDO {
    fn new(state: State, env: Env) -> Self {
        FederationDO { state, env, node: OnceCell::new() }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let Some(node) = self.node() else { return translate::bare(503) };
        self.see_to_the_alarm(&node).await?;
        let is_head = request.inner().method() == "HEAD";
        match translate::read(request, node.body_bytes()).await? {
            Some(request) => translate::write(node.handle(request).await, is_head),
            None => translate::bare(408),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if let Some(node) = self.node() {
            node.alarm().await;
        }
        Response::empty()
    }
}

impl FederationDO {
    /// The node; `None`, with a line in the log, where it cannot be opened.
    fn node(&self) -> Option<Rc<Node<Machine>>> {
        if let Some(node) = self.node.get() {
            return Some(Rc::clone(node));
        }
        match self.open() {
            Ok(node) => Some(Rc::clone(self.node.get_or_init(|| Rc::new(node)))),
            Err(fault) => {
                crate::log(&translate::fault_line("start", &fault));
                None
            }
        }
    }

    fn open(&self) -> std::result::Result<Node<Machine>, Fault> {
        let bucket = self.env.bucket(PLUGIN_BUCKET).map_err(Fault::new)?;
        Node::open(Machine::new(&self.state, bucket), settings::read(&self.env).map_err(Fault::new)?)
    }

    /// Alarms that fail six times are not tried again by the platform: each request, and so the cron, sees that there is one, and that
    /// no wrong clock set it.
    async fn see_to_the_alarm(&self, node: &Node<Machine>) -> Result<()> {
        let alarm = self.state.storage().get_alarm().await?;
        let is_lost = alarm.and_then(|at| u64::try_from(at).ok()).is_none_or(|at| node.is_astray(at));
        if is_lost && let Err(fault) = node.wake() {
            crate::log(&translate::fault_line("alarm", &fault));
        }
        Ok(())
    }
}
