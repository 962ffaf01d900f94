//! The node's one thread, as a Durable Object has one: requests come to it over a channel and are answered side by side, while
//! whatever the node decides between two waits is decided by it alone.

use crate::machine::Machine;
use fedverify_node::{Fault, Node, Request, Response, Settings};
use std::rc::Rc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{JoinSet, LocalSet};

/// How many requests may wait for the node.
const QUEUE: usize = 1024;

/// The least time between two alarms.
const ALARM_PAUSE: Duration = Duration::from_secs(1);

/// How long the node waits for an alarm before it looks at the clock again, which may have been set by then.
const LOOK: Duration = Duration::from_secs(60);

/// A request, and where its response goes.
pub(crate) struct Job {
    pub(crate) request: Request,
    pub(crate) reply: oneshot::Sender<Response>,
}

/// Opens a node and runs it until the last sender of its jobs is gone.
pub(crate) fn start(
    machine: impl FnOnce(watch::Sender<Option<u64>>) -> Result<Machine, Fault> + Send + 'static,
    settings: Settings,
) -> Result<(mpsc::Sender<Job>, JoinHandle<()>), String> {
    let (jobs, queue) = mpsc::channel(QUEUE);
    let (opened, is_open) = std::sync::mpsc::channel();
    let body = move || {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(opened.send(Err(error.to_string()))),
        };
        let (alarm, wishes) = watch::channel(None);
        let node = machine(alarm).and_then(|machine| {
            let _within = runtime.enter();
            Node::open(machine, settings)
        });
        match node {
            Ok(node) => {
                drop(opened.send(Ok(())));
                runtime.block_on(LocalSet::new().run_until(work(Rc::new(node), queue, wishes)));
            }
            Err(fault) => drop(opened.send(Err(fault.to_string()))),
        }
    };
    let thread =
        thread::Builder::new().name("node".to_owned()).spawn(body).map_err(|error| error.to_string())?;
    is_open.recv().map_err(|_| "the node did not start".to_owned())??;
    Ok((jobs, thread))
}

async fn work(node: Rc<Node<Machine>>, mut queue: mpsc::Receiver<Job>, wishes: watch::Receiver<Option<u64>>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let alarms = tokio::task::spawn_local(ring(Rc::clone(&node), wishes, stopped));
    let mut running = Vec::new();
    while let Some(Job { request, reply }) = queue.recv().await {
        let node = Rc::clone(&node);
        running.retain(|task: &tokio::task::JoinHandle<()>| !task.is_finished());
        running.push(tokio::task::spawn_local(async move {
            // The caller may be gone.
            drop(reply.send(node.handle(request).await));
        }));
    }
    // Nothing new is begun, and what was begun ends. How long that may take is for the caller who waits for this thread.
    drop(stop);
    for task in running {
        drop(task.await);
    }
    drop(alarms.await);
}

/// Calls the node when it wants to be called, until it is stopped; calls that go on then are waited for. A call that takes long does not
/// delay the next one.
async fn ring(
    node: Rc<Node<Machine>>,
    mut wishes: watch::Receiver<Option<u64>>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut calls = JoinSet::new();
    // The wish that is not answered yet.
    let mut wish = *wishes.borrow_and_update();
    let mut rung = Instant::now();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            changed = wishes.changed() => {
                if changed.is_err() {
                    break;
                }
                wish = *wishes.borrow_and_update();
            }
            () = until(&node, wish, rung) => {
                (wish, rung) = (None, Instant::now());
                // In a task of its own: if it panics, what is due later is done nevertheless.
                let node = Rc::clone(&node);
                calls.spawn_local(async move { node.alarm().await });
            }
            Some(Err(_)) = calls.join_next() => {
                crate::log(r#"{"event":"alarm","fault":"the node failed at what was due"}"#);
                wish = *wishes.borrow();
            }
        }
    }
    while calls.join_next().await.is_some() {}
}

/// Waits until a wish is due, a while after the last alarm at the earliest, and never without one.
async fn until(node: &Node<Machine>, wish: Option<u64>, rung: Instant) {
    let Some(at) = wish else { return std::future::pending().await };
    tokio::time::sleep(ALARM_PAUSE.saturating_sub(rung.elapsed())).await;
    loop {
        let left = Duration::from_millis(at.saturating_sub(node.now_ms()));
        if left.is_zero() || node.is_astray(at) {
            return;
        }
        tokio::time::sleep(left.min(LOOK)).await;
    }
}
