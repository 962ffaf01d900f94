//! The section of other nodes.

use super::{button, time};
use crate::Node;
use crate::fault::Fault;
use crate::host::Host;
use crate::page::html::Html;
use crate::page::session::Session;
use crate::page::token;
use crate::peer::{self, Peer};

/// The other nodes that are asked.
pub(in crate::page) fn peers<H: Host>(
    node: &Node<H>,
    session: &Session,
    html: &mut Html,
) -> Result<(), Fault> {
    html.raw("<section><h2>Other nodes</h2>\n");
    let peers = peer::list(&node.host)?;
    if peers.is_empty() {
        html.raw("<p>No other node is registered.</p>\n");
    } else {
        html.raw(
            "<table><thead><tr><th scope=\"col\">Node<th scope=\"col\">Last visit (UTC)<th scope=\"col\">Versions taken\
             <th scope=\"col\">Refused last<th scope=\"col\">Actions</thead>\n<tbody>\n",
        );
        for peer in &peers {
            row(node, session, peer, html)?;
        }
        html.raw("</tbody></table>\n");
    }
    if session.is_admin() {
        html.raw("<details><summary>Add a node</summary><form method=\"post\" action=\"/page/add-peer\">");
        token(html, session);
        html.raw(
            "<label>URL of the node <input type=\"url\" name=\"url\" required></label>\
             <button>Add</button></form></details>\n",
        );
    }
    html.raw("</section>\n");
    Ok(())
}

/// A row of the table.
fn row<H: Host>(node: &Node<H>, session: &Session, peer: &Peer, html: &mut Html) -> Result<(), Fault> {
    html.raw("<tr><th scope=\"row\">").text(&peer.url).raw("<td data-label=\"Last visit (UTC)\">");
    if let (Some(at), Some(result)) = (peer.last_sync, &peer.result) {
        html.text(time(&node.host, at)?).raw(" <strong class=\"").text(result).raw("\">").text(result);
        html.raw("</strong>");
    }
    if let Some(reason) = &peer.reason {
        html.raw("<br><small>").text(reason).raw("</small>");
    }
    html.raw("<td data-label=\"Versions taken\">").number(peer.mirrored);
    html.raw("<td data-label=\"Refused last\">").number(peer.refused).raw("<td>");
    if session.is_admin() {
        button(html, session, ("/page/add-peer", "Sync"), ("url", &peer.url));
        button(html, session, ("/page/remove-peer", "Remove"), ("url", &peer.url));
    }
    html.raw("\n");
    Ok(())
}
