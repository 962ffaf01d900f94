//! The routes: what each takes, who may call it, and what it answers. Paths and shapes are those of the original node.

mod access;
mod activity;
mod cors;
mod keys;
mod metrics;
mod open_api;
mod peers;
mod places;
mod plugins;
mod routes;
mod sources;
mod subscriptions;

pub use access::Access;
pub use routes::{ROUTES, Route};

use crate::Node;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::keys::Caller;
use crate::page::{self, Asked};
use crate::rates::Cost;
use crate::refusal::{Failure, Refusal};
use crate::secret;
use routes::Endpoint;
use serde_json::{Value as Json, json};

/// The most rows of one response. Only sources have more in one (sources.rs).
const MAX_ROWS: u64 = 100;

/// Answers a request. Every response has the request's id, under which the log has it, too.
pub(crate) async fn handle<H: Host>(node: &Node<H>, request: Request) -> Response {
    // Without randomness the id is empty, and whatever needs secrets fails anyway.
    let id = secret::random_hex(&node.host).unwrap_or_default();
    let start = node.host.now_ms();
    let response = match respond(node, &request).await {
        Ok(response) => response,
        Err(Failure::Refused(refusal)) => refusal.response(&id),
        Err(Failure::Fault(fault)) => {
            node.host.log(&fault.line(&id));
            Refusal::fault().response(&id)
        }
    };
    let duration = node.host.now_ms().saturating_sub(start);
    // Never the query, the headers or the body: they hold keys, and strangers write them.
    let line = json!({
        "event": "request", "request_id": id, "method": fedverify::printable(&request.method),
        "path": fedverify::printable(&request.path), "status": response.status, "ms": duration,
    });
    node.host.log(&line.to_string());
    node.metrics.borrow_mut().answered(route_of(&request), response.status, duration);
    let response = cors::permit(&node.settings, &request, response);
    response.with("x-request-id", id).with("x-content-type-options", "nosniff")
}

/// What metrics call the path of a request: all paths without a route are one.
fn route_of(request: &Request) -> &'static str {
    ROUTES.iter().find(|route| route.is_at(&request.path)).map_or("other", |route| route.path)
}

async fn respond<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    match cors::preflight(&node.settings, request) {
        Some(response) => {
            node.charge(Cost::Read, (&Caller::Nobody, &request.address))?;
            Ok(response)
        }
        None => answer(node, request).await,
    }
}

async fn answer<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let route = match route(request) {
        Ok(route) => route,
        Err(refusal) => {
            node.charge(Cost::Read, (&Caller::Nobody, &request.address))?;
            return Err(refusal.into());
        }
    };
    let caller = access::caller(node, request)?;
    // A caller who may not call the route still costs a look at the database.
    let permitted = access::permit(&node.settings, route.access, &caller);
    let cost = if permitted.is_ok() { route.endpoint.cost() } else { Cost::Read };
    node.charge(cost, (&caller, &request.address))?;
    permitted?;
    let is_long =
        u64::try_from(request.body.len()).map_or(true, |size| size > node.settings.limits.body_bytes);
    if request.is_cut || is_long {
        let message = format!("expected a body of at most {} bytes", node.settings.limits.body_bytes);
        return Err(Refusal::new(413, "node.request.too_large", message).into());
    }
    dispatch(node, route.endpoint, &caller, request).await
}

/// The route that a request asks for.
fn route(request: &Request) -> Result<&'static Route, Refusal> {
    let of_path: Vec<&Route> = ROUTES.iter().filter(|route| route.is_at(&request.path)).collect();
    if of_path.is_empty() {
        return Err(Refusal::missing("there is nothing at this path: see /openapi.json"));
    }
    // What answers GET answers HEAD; the host leaves the body out.
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    let allowed: Vec<&str> = of_path.iter().map(|route| route.method).collect();
    of_path.into_iter().find(|route| route.method == method).ok_or_else(|| {
        let message = format!("expected the method {}", allowed.join(" or "));
        Refusal::new(405, "node.method", message).with("allow", allowed.join(", "))
    })
}

async fn dispatch<H: Host>(
    node: &Node<H>,
    endpoint: Endpoint,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    match endpoint {
        Endpoint::CreateKey => keys::create(node, request),
        Endpoint::Keys => keys::list(node),
        Endpoint::RotateKey => keys::rotate(node, caller, request),
        Endpoint::RevokeKey => keys::revoke(node, request),
        Endpoint::AddSource => sources::add(node, request).await,
        Endpoint::Sources => sources::list(node, request),
        Endpoint::VerifySource => sources::verify(node, request).await,
        Endpoint::UpdateSource => sources::update(node, request).await,
        Endpoint::SourceStatus => sources::status(node, request),
        Endpoint::RemoveSource => sources::remove(node, request),
        Endpoint::ChangeKey => sources::change_key(node, request).await,
        Endpoint::Subscribe => subscriptions::subscribe(node, caller, request).await,
        Endpoint::Unsubscribe => subscriptions::unsubscribe(node, caller, request),
        Endpoint::Subscriptions => subscriptions::list(node, caller),
        Endpoint::AddPeer => peers::add(node, request).await,
        Endpoint::Peers => peers::list(node),
        Endpoint::RemovePeer => peers::remove(node, request),
        Endpoint::Activity => activity::list(node, caller, request),
        Endpoint::Plugins => plugins::list(node, request),
        Endpoint::Download => plugins::download(node, request),
        Endpoint::Verify => plugins::verify(node, request).await,
        Endpoint::Withdraw => plugins::withdraw(node, request, true),
        Endpoint::Restore => plugins::withdraw(node, request, false),
        Endpoint::Metrics => metrics::show(node),
        Endpoint::OpenApi => Ok(open_api::show()),
        Endpoint::Page => page::show(node, request),
        Endpoint::Style => Ok(page::style()),
        Endpoint::PageForm => Box::pin(act(node, request)).await,
    }
}

/// Does what a form of the page asks for: what the API does, for the key of the session.
async fn act<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    match page::asked(node, request)? {
        Asked::Nothing(response) => Ok(response),
        Asked::Call { session, path, body } => {
            let outcome = call(node, &session.caller, path, &body).await;
            page::told(&session, outcome)
        }
    }
}

/// Calls a route for a caller that is known already.
async fn call<H: Host>(
    node: &Node<H>,
    caller: &Caller,
    path: &'static str,
    body: &Json,
) -> Result<Response, Failure> {
    let is_it = |route: &&Route| route.path == path && route.method == "POST";
    let route = ROUTES.iter().find(is_it).ok_or_else(|| Refusal::missing("there is no such route"))?;
    access::permit(&node.settings, route.access, caller)?;
    node.charge(route.endpoint.cost(), (caller, ""))?;
    let request = Request {
        method: route.method.to_owned(),
        path: path.to_owned(),
        body: body.to_string().into_bytes(),
        ..Request::default()
    };
    dispatch(node, route.endpoint, caller, &request).await
}
