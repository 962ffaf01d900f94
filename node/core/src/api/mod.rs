//! The routes: what each takes, who may call it, and what it answers. Paths and shapes are those of the original node.

mod cors;
mod handlers;
mod peers;
mod plugins;
mod routes;
mod sources;

pub use routes::{Access, ROUTES, Route};

use crate::Node;
use crate::host::Host;
use crate::http::{Request, Response};
use crate::keys::{self, Caller, Role};
use crate::page::{self, Asked};
use crate::rates::Cost;
use crate::refusal::{Failure, Refusal};
use crate::secret;
use routes::Endpoint;
use serde_json::{Value as Json, json};

/// Answers a request. Every answer has the request's id, under which the log has it, too.
pub(crate) async fn handle<H: Host>(node: &Node<H>, request: Request) -> Response {
    // Without randomness there are no ids; everything that needs secrets fails by itself.
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
    // Neither query, nor headers, nor body: they hold keys, and what strangers write.
    let line = json!({
        "event": "request", "request_id": id, "method": fedverify::printable(&request.method),
        "path": fedverify::printable(&request.path), "status": response.status, "ms": duration,
    });
    node.host.log(&line.to_string());
    node.metrics.borrow_mut().answered(route_of(&request), response.status, duration);
    let response = cors::permit(&node.settings, &request, response);
    response.with("x-request-id", id).with("x-content-type-options", "nosniff")
}

/// The path of the route that was asked; one word for all that is none.
fn route_of(request: &Request) -> &'static str {
    let path = request.path.trim_matches('/');
    ROUTES.iter().find(|route| route.path.trim_matches('/') == path).map_or("other", |route| route.path)
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
    // The original strips slashes at both ends.
    let path = request.path.trim_matches('/');
    let of_path: Vec<&Route> = ROUTES.iter().filter(|route| route.path.trim_matches('/') == path).collect();
    if of_path.is_empty() {
        node.charge(Cost::Read, (&Caller::Nobody, &request.address))?;
        return Err(Refusal::missing("there is nothing at this path: see /openapi.json").into());
    }
    // What answers GET answers HEAD; the host leaves the body out.
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    let Some(route) = of_path.iter().find(|route| route.method == method) else {
        node.charge(Cost::Read, (&Caller::Nobody, &request.address))?;
        let allowed: Vec<&str> = of_path.iter().map(|route| route.method).collect();
        let message = format!("expected the method {}", allowed.join(" or "));
        return Err(Refusal::new(405, "node.method", message).with("allow", allowed.join(", ")).into());
    };
    let token = request.header("authorization").and_then(bearer);
    let caller = keys::caller(&node.host, &node.settings, token)?;
    // Who is not let in has read.
    let permitted = permit(node, route.access, &caller);
    let cost = if permitted.is_ok() { cost(route.endpoint) } else { Cost::Read };
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

/// What a route costs. A form of the page costs what it does, when it does it (`call`).
fn cost(endpoint: Endpoint) -> Cost {
    match endpoint {
        Endpoint::Download => Cost::Download,
        Endpoint::Verify => Cost::Verification,
        Endpoint::AddSource
        | Endpoint::VerifySource
        | Endpoint::UpdateSource
        | Endpoint::ChangeKey
        | Endpoint::Subscribe
        | Endpoint::AddPeer => Cost::Visit,
        Endpoint::CreateKey
        | Endpoint::Keys
        | Endpoint::RevokeKey
        | Endpoint::RotateKey
        | Endpoint::Sources
        | Endpoint::SourceStatus
        | Endpoint::RemoveSource
        | Endpoint::Unsubscribe
        | Endpoint::Subscriptions
        | Endpoint::Peers
        | Endpoint::RemovePeer
        | Endpoint::Activity
        | Endpoint::Plugins
        | Endpoint::Withdraw
        | Endpoint::Restore
        | Endpoint::Metrics
        | Endpoint::OpenApi
        | Endpoint::Page
        | Endpoint::PageForm
        | Endpoint::Style => Cost::Read,
    }
}

async fn dispatch<H: Host>(
    node: &Node<H>,
    endpoint: Endpoint,
    caller: &Caller,
    request: &Request,
) -> Result<Response, Failure> {
    match endpoint {
        Endpoint::CreateKey => handlers::create_key(node, request),
        Endpoint::Keys => handlers::keys(node),
        Endpoint::RotateKey => handlers::rotate_key(node, caller, request),
        Endpoint::RevokeKey => handlers::revoke_key(node, request),
        Endpoint::AddSource => sources::add(node, request).await,
        Endpoint::Sources => sources::list(node, request),
        Endpoint::VerifySource => sources::verify(node, request).await,
        Endpoint::UpdateSource => sources::update(node, request).await,
        Endpoint::SourceStatus => sources::status(node, request),
        Endpoint::RemoveSource => sources::remove(node, request),
        Endpoint::ChangeKey => sources::change_key(node, request).await,
        Endpoint::Subscribe => sources::subscribe(node, caller, request).await,
        Endpoint::Unsubscribe => sources::unsubscribe(node, caller, request),
        Endpoint::Subscriptions => sources::subscriptions(node, caller),
        Endpoint::AddPeer => peers::add(node, request).await,
        Endpoint::Peers => peers::list(node),
        Endpoint::RemovePeer => peers::remove(node, request),
        Endpoint::Activity => handlers::activity(node, caller, request),
        Endpoint::Plugins => plugins::list(node, request),
        Endpoint::Download => plugins::download(node, request),
        Endpoint::Verify => plugins::verify(node, request).await,
        Endpoint::Withdraw => plugins::withdraw(node, request, true),
        Endpoint::Restore => plugins::withdraw(node, request, false),
        Endpoint::Metrics => handlers::metrics(node),
        Endpoint::OpenApi => Ok(handlers::open_api()),
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
    permit(node, route.access, caller)?;
    node.charge(cost(route.endpoint), (caller, ""))?;
    let request = Request {
        method: route.method.to_owned(),
        path: path.to_owned(),
        body: body.to_string().into_bytes(),
        ..Request::default()
    };
    dispatch(node, route.endpoint, caller, &request).await
}

/// The token of `Authorization: Bearer TOKEN` (RFC 6750, section 2.1; the scheme in any case, RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

fn permit<H: Host>(node: &Node<H>, access: Access, caller: &Caller) -> Result<(), Refusal> {
    let role = match caller {
        Caller::Key { role, .. } => Some(*role),
        Caller::Nobody | Caller::Master => None,
    };
    let is_permitted = match access {
        Access::Public => true,
        Access::Master => *caller == Caller::Master,
        Access::MasterOrAdmin => *caller == Caller::Master || role == Some(Role::Admin),
        Access::Admin => role == Some(Role::Admin),
        Access::Key => role.is_some(),
    };
    if is_permitted {
        return Ok(());
    }
    if access == Access::Master && node.settings.master_key.is_none() {
        let message = "this node has no MASTER_KEY, so no keys can be made: set it and start the node again";
        return Err(Refusal::new(403, "node.master_key.unset", message));
    }
    if role.is_some() {
        let message = if access == Access::Master {
            "this key's role does not permit this: keys are made with the master key only"
        } else {
            "this key's role does not permit this: it takes an admin's key"
        };
        return Err(Refusal::new(403, "node.forbidden", message));
    }
    let message = if *caller == Caller::Master {
        "Unauthorized: the master key only makes and manages keys; use a key that was made with it"
    } else if access == Access::Master {
        "Unauthorized: expected the header `Authorization: Bearer KEY` with the master key"
    } else {
        "Unauthorized: expected the header `Authorization: Bearer KEY` with a key of this node that is not revoked"
    };
    Err(Refusal::new(401, "node.unauthorized", message).with("www-authenticate", "Bearer"))
}
