//! The host of a node of the Plugin Federation Network on Cloudflare Workers: one Durable Object with SQLite is the node, an R2
//! bucket has the archives, and the Worker in front of them passes requests on.
//!
//! Bindings and names are those of the original node, in whose place it is deployed.

mod blobs;
mod database;
mod fetch;
mod front;
mod machine;
mod object;
mod settings;
mod translate;

pub use object::FederationDO;

use worker::{Context, Env, Request, Response, Result, ScheduleContext, ScheduledEvent, event};

/// The binding of the Durable Object's namespace.
const FEDERATION: &str = "FEDERATION";

/// The binding of the bucket.
const PLUGIN_BUCKET: &str = "PLUGIN_BUCKET";

#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> Result<Response> {
    front::answer(request, &env).await
}

#[event(scheduled)]
async fn scheduled(_: ScheduledEvent, env: Env, _: ScheduleContext) {
    front::wake(&env).await;
}

/// Writes a line of the log.
fn log(line: &str) {
    worker::console_log!("{line}");
}
