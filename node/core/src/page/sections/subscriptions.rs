//! The section of subscriptions.

use super::button;
use crate::fault::Fault;
use crate::host::Host;
use crate::keys::Caller;
use crate::page::html::Html;
use crate::page::session::Session;
use crate::{Node, subscription};

/// The session's own subscriptions; an admin sees all.
pub(in crate::page) fn subscriptions<H: Host>(
    node: &Node<H>,
    session: &Session,
    html: &mut Html,
) -> Result<(), Fault> {
    let Caller::Key { name, .. } = &session.caller else { return Ok(()) };
    html.raw("<section><h2>Subscriptions</h2>\n");
    let listed = subscription::list(&node.host, if session.is_admin() { None } else { Some(name) })?;
    if listed.is_empty() {
        html.raw("<p>There is no subscription.</p>\n");
    } else {
        html.raw(
            "<table><thead><tr><th scope=\"col\">Source<th scope=\"col\">Subscriber<th scope=\"col\">Tags\
             <th scope=\"col\">Actions</thead>\n<tbody>\n",
        );
        for subscription in &listed {
            let tags = &subscription.filters.tags;
            html.raw("<tr><th scope=\"row\">")
                .text(&subscription.source_id)
                .raw("<td data-label=\"Subscriber\">")
                .text(&subscription.subscriber);
            html.raw("<td data-label=\"Tags\">")
                .text(if tags.is_empty() { "all".to_owned() } else { tags.join(", ") })
                .raw("<td>");
            if subscription.subscriber == *name {
                button(
                    html,
                    session,
                    ("/page/unsubscribe", "Unsubscribe"),
                    ("sourceId", &subscription.source_id),
                );
            }
            html.raw("\n");
        }
        html.raw("</tbody></table>\n");
    }
    html.raw("</section>\n");
    Ok(())
}
