//! Pages of other origins: they may read responses only where the operator named them (Fetch standard, "CORS protocol"). Cookies
//! never count for them, and the page's forms are not for them.

use crate::http::{Body, Request, Response};
use crate::settings::Settings;

const METHODS: &str = "GET, POST";
const HEADERS: &str = "authorization, content-type, if-none-match";
const EXPOSED: &str =
    "x-request-id, retry-after, x-total-count, etag, digest, repr-digest, content-disposition";

/// How long a browser may remember a permission, in seconds.
const MAX_AGE: &str = "600";

/// The response to the question that a browser asks before a request; `None` if it is none, or not one of a named origin.
pub(super) fn preflight(settings: &Settings, request: &Request) -> Option<Response> {
    let is_question =
        request.method == "OPTIONS" && request.header("access-control-request-method").is_some();
    if !is_question || origin(settings, request).is_none() {
        return None;
    }
    let response = Response { status: 204, headers: Vec::new(), body: Body::Bytes(Vec::new()) };
    Some(
        response
            .with("access-control-allow-methods", METHODS)
            .with("access-control-allow-headers", HEADERS)
            .with("access-control-max-age", MAX_AGE),
    )
}

/// A response as the origin of its request may read it.
pub(super) fn permit(settings: &Settings, request: &Request, response: Response) -> Response {
    if settings.origins.is_empty() || !is_of_api(request) {
        return response;
    }
    // The response depends on the origin, also where there is none.
    let response = response.with("vary", "origin");
    match origin(settings, request) {
        Some(origin) => response
            .with("access-control-allow-origin", origin)
            .with("access-control-expose-headers", EXPOSED),
        None => response,
    }
}

fn origin<'r>(settings: &Settings, request: &'r Request) -> Option<&'r str> {
    let origin = request.header("origin").filter(|_| is_of_api(request))?;
    settings.origins.iter().any(|named| named == origin).then_some(origin)
}

/// The page is for people who look at this node.
fn is_of_api(request: &Request) -> bool {
    let path = request.path.trim_matches('/');
    path.starts_with("federation/") || path == "openapi.json"
}
