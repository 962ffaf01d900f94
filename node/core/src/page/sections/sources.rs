//! The section of sources.

use super::{ROWS, button};
use crate::Node;
use crate::database::Value;
use crate::fault::Fault;
use crate::host::Host;
use crate::page::html::Html;
use crate::page::session::Session;
use crate::page::{subscribing, token};
use crate::score::{self, Listed};
use crate::source::{self, Facts, Source, Status};

/// How many checks the plot of a source shows.
const PLOTTED: u64 = 40;

/// The sources, a page of them: the plot of each is a statement of its own.
pub(in crate::page) fn sources<H: Host>(
    node: &Node<H>,
    session: &Session,
    offset: u64,
    html: &mut Html,
) -> Result<(), Fault> {
    html.raw("<section><h2>Sources</h2>\n");
    let sources = score::list(&node.host, (ROWS, offset))?;
    let total = source::count(&node.host)?;
    if total == 0 {
        html.raw("<p>No source is registered.</p>\n");
    } else {
        html.raw(
            "<table><thead><tr><th scope=\"col\">Source<th scope=\"col\">Status<th scope=\"col\">Trust\
             <th scope=\"col\">Checks<th scope=\"col\">Plugins<th scope=\"col\">Subscribers<th scope=\"col\">Actions\
             </thead>\n<tbody>\n",
        );
        for listed in &sources {
            row(node, session, listed, html)?;
        }
        html.raw("</tbody></table>\n");
        turn_over(offset, total, html);
    }
    if session.is_admin() {
        form_to_add(session, html);
    }
    html.raw("</section>\n");
    Ok(())
}

/// The links to the pages before and after this one, where there are any.
fn turn_over(offset: u64, total: u64, html: &mut Html) {
    let next = offset.saturating_add(ROWS);
    if offset == 0 && next >= total {
        return;
    }
    html.raw("<p>").number(total).raw(" sources; the most trusted are first.");
    for (place, label, is_there) in
        [(offset.saturating_sub(ROWS), "Previous", offset > 0), (next, "Next", next < total)]
    {
        if is_there {
            html.raw(" <a href=\"/?sources=").number(place).raw("\">").raw(label).raw("</a>");
        }
    }
    html.raw("</p>\n");
}

fn form_to_add(session: &Session, html: &mut Html) {
    html.raw("<details><summary>Add a source</summary><form method=\"post\" action=\"/page/add-source\">");
    token(html, session);
    html.raw(
        "<label>Instance URL <input type=\"url\" name=\"instance_url\" required></label>\
         <label>User name <input name=\"username\" required></label>\
         <label>Public key <textarea name=\"public_key\" rows=\"3\" required></textarea></label>\
         <label>Its did:plc, if it has one <input name=\"did\" pattern=\"did:plc:[a-z2-7]{24}\"></label>\
         <button>Add</button></form></details>\n",
    );
}

/// A row of the table.
fn row<H: Host>(
    node: &Node<H>,
    session: &Session,
    Listed { source, facts, trust }: &Listed,
    html: &mut Html,
) -> Result<(), Fault> {
    status(source, facts, html);
    html.raw("<td data-label=\"Trust\"><details><summary>")
        .text(format!("{:.2}", trust.score()))
        .raw("</summary><ul>");
    for reason in &trust.reasons {
        html.raw("<li>").text(reason);
    }
    html.raw("</ul></details><td data-label=\"Checks\">");
    plot(node, source, html)?;
    html.raw("<td data-label=\"Plugins\">")
        .number(facts.mirrors)
        .raw("<td data-label=\"Subscribers\">")
        .number(facts.subscribers);
    html.raw("<td>");
    if session.is_admin() {
        button(html, session, ("/page/verify-source", "Verify"), ("sourceId", &source.id));
        form_to_change_key(session, source, html);
    }
    if source.status == Status::Verified {
        subscribing::form(node, session, &source.id, html)?;
    }
    html.raw("\n");
    Ok(())
}

/// What a source is called, its status, and what is to be said of that.
fn status(source: &Source, facts: &Facts, html: &mut Html) {
    html.raw("<tr><th scope=\"row\">")
        .text(&source.id)
        .raw("<td><strong class=\"")
        .text(source.status.as_str());
    html.raw("\">").text(source.status.as_str()).raw("</strong>");
    if let (Some(did), "self-certified") = (&source.did, source.trust()) {
        html.raw("<br>self-certified by ").text(did.as_str());
    }
    let notes = [
        source.identity_reason.as_deref(),
        source.is_oracle.then_some("signs anything (oracle)"),
        (source.challenge.as_deref() == Some("legacy")).then_some("legacy challenge"),
        (facts.equivocations > 0).then_some("served or signed other bytes for a known version"),
        source.reason.as_deref(),
    ];
    for note in notes.into_iter().flatten() {
        html.raw("<br><small>").text(note).raw("</small>");
    }
}

fn form_to_change_key(session: &Session, source: &Source, html: &mut Html) {
    html.raw("<details><summary>Change the key</summary><form method=\"post\" action=\"/page/change-key\">");
    token(html, session);
    html.raw("<input type=\"hidden\" name=\"sourceId\" value=\"").text(&source.id).raw("\">");
    html.raw(
        "<label>New public key <textarea name=\"public_key\" rows=\"3\" required></textarea></label>\
         <label><input type=\"checkbox\" name=\"stolen\"> The old key was stolen</label>\
         <button>Change</button></form></details>",
    );
}

/// The last checks as a plot: a bar for each, as high as its response time, and marked where it failed.
fn plot<H: Host>(node: &Node<H>, source: &Source, html: &mut Html) -> Result<(), Fault> {
    let statement = "SELECT result = 'success', response_ms FROM verification WHERE source_id = ? ORDER BY id DESC LIMIT ?";
    let rows = node.host.query(statement, &[Value::from(&source.id), Value::from(PLOTTED)])?;
    let mut good = 0_u64;
    for row in &rows {
        good = good.saturating_add(u64::from(row.flag(0)?));
    }
    html.raw("<svg role=\"img\" width=\"160\" height=\"24\" aria-label=\"").number(good).raw(" of the last ");
    html.number(u64::try_from(rows.len()).unwrap_or_default()).raw(" checks verified the source\">");
    // From right to left: the newest is the last.
    for (x, row) in (0_u64..).step_by(4).zip(rows.iter()) {
        let height = row.number(1)?.checked_div(100).unwrap_or_default().clamp(3, 24);
        html.raw("<rect width=\"3\" class=\"").raw(if row.flag(0)? { "good" } else { "bad" }).raw("\" x=\"");
        html.number(156_u64.saturating_sub(x)).raw("\" y=\"").number(24_u64.saturating_sub(height));
        html.raw("\" height=\"").number(height).raw("\"/>");
    }
    html.raw("</svg>");
    Ok(())
}
