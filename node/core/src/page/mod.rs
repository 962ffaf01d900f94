//! The page at `/`: written on the server, without a script. What it says is what the API says.

mod actions;
mod html;
mod sections;
mod session;
mod subscribing;

pub(crate) use actions::{Asked, asked, told};

use crate::Node;
use crate::arguments::MAX_OFFSET;
use crate::host::Host;
use crate::http::{Body, Request, Response};
use crate::refusal::Failure;
use html::Html;
use session::Session;

/// Nothing but this node's own style, no script, and forms that lead here only.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("style.css");

/// The page.
pub(crate) fn show<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let session = session::find(&node.host, request)?;
    let mut html = begin(session.as_ref());
    match &session {
        None => sections::sign_in(&mut html),
        Some(session) => {
            sections::sources(node, session, offset(request), &mut html)?;
            sections::subscriptions(node, session, &mut html)?;
            sections::peers(node, session, &mut html)?;
        }
    }
    sections::plugins(node, &mut html)?;
    if let Some(session) = &session {
        sections::activity(node, session, &mut html)?;
    }
    Ok(page(200, html))
}

/// Which source is the first of the page: `/?sources=50`. What is no such number shows the beginning.
fn offset(request: &Request) -> u64 {
    let offset = request.query.strip_prefix("sources=").and_then(|offset| offset.parse().ok());
    offset.filter(|offset| *offset <= MAX_OFFSET).unwrap_or_default()
}

/// The style of the page.
pub(crate) fn style() -> Response {
    let headers =
        vec![("content-type", "text/css".to_owned()), ("cache-control", "public, max-age=3600".to_owned())];
    Response { status: 200, headers, body: Body::Bytes(STYLE.into()) }
}

/// The beginning of a page, up to its content.
fn begin(session: Option<&Session>) -> Html {
    let mut html = Html::default();
    html.raw(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Federation node</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n\
         <header><h1>Federation node</h1>\n",
    );
    if let Some(session) = session {
        html.raw("<form method=\"post\" action=\"/page/sign-out\">");
        token(&mut html, session);
        html.raw("<button>Sign out</button></form>\n");
    }
    html.raw("</header>\n<main>\n");
    html
}

/// The hidden field that shows that a form is of this page.
fn token(html: &mut Html, session: &Session) {
    html.raw("<input type=\"hidden\" name=\"form_token\" value=\"").text(&session.form_token).raw("\">");
}

fn page(status: u16, mut html: Html) -> Response {
    html.raw("</main>\n</html>\n");
    let headers = vec![
        ("content-type", "text/html; charset=utf-8".to_owned()),
        ("cache-control", "no-store".to_owned()),
        ("content-security-policy", POLICY.to_owned()),
        ("referrer-policy", "no-referrer".to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-resource-policy", "same-origin".to_owned()),
    ];
    Response { status, headers, body: Body::Bytes(html.into_bytes()) }
}
