//! The form that subscribes to a source, or changes and repeats a subscription: its tags as one line of text.

use super::html::Html;
use super::session::Session;
use super::token;
use crate::Node;
use crate::arguments::Form;
use crate::fault::Fault;
use crate::host::Host;
use crate::keys::Caller;
use crate::refusal::Failure;
use crate::subscription::{self, Filters};
use serde_json::{Value as Json, json};

/// Writes the form. Its field has the tags that this key's subscription has, so that sending it again changes nothing.
pub(super) fn form<H: Host>(
    node: &Node<H>,
    session: &Session,
    source_id: &str,
    html: &mut Html,
) -> Result<(), Fault> {
    html.raw("<form method=\"post\" action=\"/page/subscribe\">");
    token(html, session);
    html.raw("<input type=\"hidden\" name=\"sourceId\" value=\"").text(source_id).raw("\">");
    let filters = subscribed(node, session, source_id)?;
    let label = if filters.is_some() { "Save and sync" } else { "Subscribe and sync" };
    let tags = filters.unwrap_or_default().tags;
    // What no line can say is kept as it is: the form then has no field for it.
    if from_line(&line(&tags)) == tags {
        html.raw(
            "<label>Tags, separated by commas <input name=\"tags\" placeholder=\"all plugins\" value=\"",
        );
        html.text(line(&tags)).raw("\"></label>");
    }
    html.raw("<button aria-label=\"")
        .raw(label)
        .raw(" ")
        .text(source_id)
        .raw("\">")
        .raw(label)
        .raw("</button></form>");
    Ok(())
}

/// What the API is asked when the form is sent. Without a field for the tags they stay what they are.
pub(super) fn asked<H: Host>(node: &Node<H>, session: &Session, form: &Form) -> Result<Json, Failure> {
    let source_id = form.required("sourceId")?;
    let filters = match form.optional("tags") {
        Some(line) => Filters { tags: from_line(line) },
        None => subscribed(node, session, source_id)?.unwrap_or_default(),
    };
    Ok(json!({"sourceId": source_id, "filters": filters}))
}

fn subscribed<H: Host>(node: &Node<H>, session: &Session, source_id: &str) -> Result<Option<Filters>, Fault> {
    let Caller::Key { name, .. } = &session.caller else { return Ok(None) };
    subscription::filters(&node.host, source_id, name)
}

fn line(tags: &[String]) -> String {
    tags.join(", ")
}

fn from_line(line: &str) -> Vec<String> {
    line.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}
