//! What the page's forms ask for, and how the page tells what came of it.

use super::session::{self, Session};
use super::{begin, page, subscribing};
use crate::Node;
use crate::arguments::Form;
use crate::host::Host;
use crate::http::{Body, Request, Response};
use crate::keys::{self, Caller};
use crate::refusal::{Failure, Refusal};
use crate::secret;
use serde_json::{Value as Json, json};

/// What a form asks for.
pub(crate) enum Asked {
    /// Nothing of the API: this is the response.
    Nothing(Response),
    /// That this route of the API is called with this body, for the key of the session.
    Call { session: Session, path: &'static str, body: Json },
}

/// Reads a form of the page. Signing in and out is done at once.
pub(crate) fn asked<H: Host>(node: &Node<H>, request: &Request) -> Result<Asked, Failure> {
    let form = Form::parse(request)?;
    // With slashes at the end, too: the table of routes does not mind them.
    let path = request.path.trim_matches('/');
    if path == "page/sign-in" {
        return sign_in(node, request, &form).map(Asked::Nothing);
    }
    let Some(session) = session::find(&node.host, request)? else {
        return Ok(Asked::Nothing(see_root()));
    };
    let is_ours =
        form.optional("form_token").is_some_and(|token| secret::is_same(token, &session.form_token));
    if !is_ours {
        return Err(Refusal::new(
            403,
            "node.forbidden",
            "the form does not belong to this session: reload the page",
        )
        .into());
    }
    if path == "page/sign-out" {
        let cookie = session::end(&node.host, &node.settings, request)?;
        return Ok(Asked::Nothing(see_root().with("set-cookie", cookie)));
    }
    let (path, body) = call(node, &session, path, &form)?;
    Ok(Asked::Call { session, path, body })
}

fn sign_in<H: Host>(node: &Node<H>, request: &Request, form: &Form) -> Result<Response, Failure> {
    // Another site's page could sign a visitor in with a key of its own.
    let is_foreign = request.header("sec-fetch-site").is_some_and(|site| site != "same-origin");
    let key = form.optional("key").filter(|_| !is_foreign).map(str::trim);
    let Caller::Key { id, .. } = keys::caller(&node.host, &node.settings, key)? else {
        let mut html = begin(None);
        html.raw("<p role=\"alert\">This is not a key of this node.</p><p><a href=\"/\">Back</a></p>\n");
        return Ok(page(403, html));
    };
    let cookie = session::begin(&node.host, &node.settings, &id)?;
    Ok(see_root().with("set-cookie", cookie))
}

/// The route of the API that a form stands for, and its body.
fn call<H: Host>(
    node: &Node<H>,
    session: &Session,
    path: &str,
    form: &Form,
) -> Result<(&'static str, Json), Failure> {
    let source_id = || form.required("sourceId").map(|id| json!({"sourceId": id}));
    match path {
        "page/subscribe" => Ok(("/federation/subscribe", subscribing::asked(node, session, form)?)),
        "page/verify-source" => Ok(("/federation/verify-source", source_id()?)),
        "page/unsubscribe" => Ok(("/federation/unsubscribe", source_id()?)),
        "page/add-source" => {
            let member = |name: &str| form.required(name).map(str::trim);
            let (url, username, key) = (member("instance_url")?, member("username")?, member("public_key")?);
            // An empty field is none.
            let did = form.optional("did").map(str::trim).filter(|did| !did.is_empty());
            Ok((
                "/federation/add-source",
                json!({"instance_url": url, "username": username, "public_key": key, "did": did}),
            ))
        }
        "page/change-key" => {
            let (id, key) = (form.required("sourceId")?, form.required("public_key")?.trim());
            // Browsers send a box only if it is ticked.
            let is_stolen = form.optional("stolen").is_some();
            Ok(("/federation/change-key", json!({"sourceId": id, "public_key": key, "stolen": is_stolen})))
        }
        "page/add-peer" => Ok(("/federation/add-peer", json!({"url": form.required("url")?.trim()}))),
        "page/remove-peer" => Ok(("/federation/remove-peer", json!({"url": form.required("url")?}))),
        _ => Err(Refusal::missing("there is no such form").into()),
    }
}

/// Says what came of it.
pub(crate) fn told(session: &Session, outcome: Result<Response, Failure>) -> Result<Response, Failure> {
    let (status, is_done, said) = match outcome {
        Ok(response) => {
            let answer = answer(&response);
            (response.status, answer.get("success") == Some(&Json::Bool(true)), said(&answer))
        }
        Err(Failure::Refused(refusal)) => (refusal.status, false, refusal.message),
        Err(fault @ Failure::Fault(_)) => return Err(fault),
    };
    let mut html = begin(Some(session));
    html.raw("<section role=\"status\"><h2>")
        .raw(if is_done { "Done" } else { "Not done" })
        .raw("</h2>\n<p>");
    html.text(said).raw("</p><p><a href=\"/\">Back</a></p></section>\n");
    Ok(page(status, html))
}

/// The JSON of a response of the API.
fn answer(response: &Response) -> Json {
    let Body::Bytes(bytes) = &response.body else { return Json::Null };
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// What it says in words: whether the source is verified, how much was mirrored, what was refused.
fn said(json: &Json) -> String {
    let mut said = Vec::new();
    for (member, label) in [("status", "status"), ("reason", "why"), ("error", "error"), ("message", "")] {
        if let Some(text) = json.get(member).and_then(Json::as_str) {
            said.push(format!("{label}{}{text}", if label.is_empty() { "" } else { ": " }));
        }
    }
    if let Some(sync) = json.get("syncResult") {
        let count = |name: &str| sync.get(name).and_then(Json::as_u64).unwrap_or_default();
        said.push(match sync.get("knownCount") {
            // Of another node.
            Some(_) => {
                let [taken, known, unsigned, earlier] =
                    ["mirroredCount", "knownCount", "unsignedCount", "earlierCount"].map(count);
                format!(
                    "{taken} versions taken, {known} were here, {unsigned} without a signed archive, {earlier} of earlier keys"
                )
            }
            None => format!("{} of {} plugins mirrored", count("mirroredCount"), count("totalPlugins")),
        });
        for refused in sync.get("refused").and_then(Json::as_array).into_iter().flatten() {
            let text = |name: &str| refused.get(name).and_then(Json::as_str).unwrap_or_default();
            said.push(format!("{} refused: {}", text("plugin"), text("reason")));
        }
    }
    if said.is_empty() { "Done.".to_owned() } else { said.join("; ") }
}

fn see_root() -> Response {
    Response { status: 303, headers: vec![("location", "/".to_owned())], body: Body::Bytes(Vec::new()) }
}
