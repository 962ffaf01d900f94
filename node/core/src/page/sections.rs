//! The sections of the page.

use super::html::Html;
use super::session::Session;
use super::{subscribing, token};
use crate::activity;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::keys::Caller;
use crate::names::encoded;
use crate::score::{self, Listed};
use crate::source::{self, Source, Status};
use crate::{Node, mirror, peer, subscription};

/// How many versions and events the page shows. The API has all of them.
const ROWS: u64 = 50;

/// How many checks the plot of a source shows.
const PLOTTED: u64 = 40;

pub(super) fn sign_in(html: &mut Html) {
    html.raw(
        "<section><h2>Sign in</h2>\n<form method=\"post\" action=\"/page/sign-in\">\
         <label>API key <input type=\"password\" name=\"key\" required autocomplete=\"off\"></label>\
         <button>Sign in</button></form>\n\
         <p>A key is made with the master key: POST /federation/create-admin-key.</p></section>\n",
    );
}

/// The sources, a page of them: the plot of each is a statement of its own.
pub(super) fn sources<H: Host>(
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
            row_of_source(node, session, listed, html)?;
        }
        html.raw("</tbody></table>\n");
        let next = offset.saturating_add(ROWS);
        if offset > 0 || next < total {
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
    }
    if session.is_admin() {
        html.raw(
            "<details><summary>Add a source</summary><form method=\"post\" action=\"/page/add-source\">",
        );
        token(html, session);
        html.raw(
            "<label>Instance URL <input type=\"url\" name=\"instance_url\" required></label>\
             <label>User name <input name=\"username\" required></label>\
             <label>Public key <textarea name=\"public_key\" rows=\"3\" required></textarea></label>\
             <label>Its did:plc, if it has one <input name=\"did\" pattern=\"did:plc:[a-z2-7]{24}\"></label>\
             <button>Add</button></form></details>\n",
        );
    }
    html.raw("</section>\n");
    Ok(())
}

fn row_of_source<H: Host>(
    node: &Node<H>,
    session: &Session,
    Listed { source, facts, trust }: &Listed,
    html: &mut Html,
) -> Result<(), Fault> {
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
        (facts.equivocations > 0).then_some("served other bytes for a known version"),
        source.reason.as_deref(),
    ];
    for note in notes.into_iter().flatten() {
        html.raw("<br><small>").text(note).raw("</small>");
    }
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
        html.raw(
            "<details><summary>Change the key</summary><form method=\"post\" action=\"/page/change-key\">",
        );
        token(html, session);
        html.raw("<input type=\"hidden\" name=\"sourceId\" value=\"").text(&source.id).raw("\">");
        html.raw(
            "<label>New public key <textarea name=\"public_key\" rows=\"3\" required></textarea></label>\
             <button>Change</button></form></details>",
        );
    }
    if source.status == Status::Verified {
        subscribing::form(node, session, &source.id, html)?;
    }
    html.raw("\n");
    Ok(())
}

fn button(
    html: &mut Html,
    session: &Session,
    (action, label): (&'static str, &'static str),
    (name, value): (&'static str, &str),
) {
    html.raw("<form method=\"post\" action=\"").raw(action).raw("\">");
    token(html, session);
    html.raw("<input type=\"hidden\" name=\"")
        .raw(name)
        .raw("\" value=\"")
        .text(value)
        .raw("\"><button aria-label=\"");
    html.raw(label).raw(" ").text(value).raw("\">").raw(label).raw("</button></form>");
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

pub(super) fn subscriptions<H: Host>(
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

/// The other nodes that are asked.
pub(super) fn peers<H: Host>(node: &Node<H>, session: &Session, html: &mut Html) -> Result<(), Fault> {
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
            html.raw("<tr><th scope=\"row\">").text(&peer.url).raw("<td data-label=\"Last visit (UTC)\">");
            if let (Some(at), Some(result)) = (peer.last_sync, &peer.result) {
                html.text(time(&node.host, at)?)
                    .raw(" <strong class=\"")
                    .text(result)
                    .raw("\">")
                    .text(result);
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

pub(super) fn plugins<H: Host>(node: &Node<H>, html: &mut Html) -> Result<(), Fault> {
    html.raw("<section><h2>Mirrored plugins</h2>\n");
    let query = mirror::Query { limit: ROWS, ..mirror::Query::default() };
    let (mirrors, total) = mirror::list(&node.host, &query)?;
    if total == 0 {
        html.raw("<p>No version is mirrored.</p></section>\n");
        return Ok(());
    }
    html.raw("<p>").number(total);
    html.raw(if total == 1 { " version:</p>\n" } else { " versions; the newest are:</p>\n" });
    html.raw(
        "<table><thead><tr><th scope=\"col\">Plugin<th scope=\"col\">Version<th scope=\"col\">Source\
         <th scope=\"col\">What is proven<th scope=\"col\">Mirrored (UTC)<th scope=\"col\">SHA-256</thead>\n<tbody>\n",
    );
    for mirror in &mirrors {
        html.raw("<tr><th scope=\"row\">").text(&mirror.name).raw("<br><small>").text(&mirror.plugin_id);
        html.raw("</small><td data-label=\"Version\">").text(&mirror.version);
        html.raw("<td data-label=\"Source\">").text(&mirror.source_id).raw("<td>");
        html.raw(if mirror.binding == "signed" {
            "name, version and archive are signed"
        } else {
            "name and version are signed; the archive's bytes are not"
        });
        if source::find(&node.host, &mirror.source_id)?.is_some_and(|source| source.is_oracle) {
            html.raw("<br><strong class=\"stale\">its source signs anything (oracle): strangers can get such signatures</strong>");
        }
        if let Some(peer) = &mirror.peer {
            html.raw("<br><small>taken from the node ").text(peer).raw("</small>");
        }
        if mirror.equivocations > 0 {
            html.raw("<br><strong class=\"error\">other bytes were served for this version later, and refused</strong>");
        }
        if mirror.withdrawn_at.is_some() {
            html.raw("<br><strong class=\"stale\">withdrawn</strong>");
        } else {
            html.raw("<br><a href=\"/federation/verify?source=").text(encoded(&mirror.source_id));
            html.raw("&amp;plugin=")
                .text(encoded(&mirror.plugin_id))
                .raw("&amp;version=")
                .text(encoded(&mirror.version));
            html.raw("\">report</a>");
        }
        html.raw("<td data-label=\"Mirrored (UTC)\">").text(time(&node.host, mirror.mirrored_at)?);
        html.raw("<td data-label=\"SHA-256\"><code>").text(&mirror.sha256);
        html.raw("</code>\n");
    }
    html.raw("</tbody></table></section>\n");
    Ok(())
}

pub(super) fn activity<H: Host>(node: &Node<H>, session: &Session, html: &mut Html) -> Result<(), Fault> {
    html.raw("<section><h2>Activity (UTC)</h2>\n<ol class=\"activity\">\n");
    for event in activity::list(&node.host, session.is_admin(), (ROWS, 0))? {
        html.raw("<li><time>")
            .text(time(&node.host, event.timestamp)?)
            .raw("</time> <b>")
            .text(&event.kind)
            .raw("</b>");
        if let Some(result) = &event.result {
            html.raw(" <strong class=\"").text(result).raw("\">").text(result).raw("</strong>");
        }
        let versions = match (&event.old_version, &event.new_version) {
            (Some(old), Some(new)) if old != mirror::NO_VERSION => Some(format!("{old} → {new}")),
            (Some(_) | None, Some(version)) | (Some(version), None) => Some(version.clone()),
            (None, None) => None,
        };
        for text in [&event.source_id, &event.plugin_id, &versions, &event.reason].into_iter().flatten() {
            html.raw(" · ").text(text);
        }
        html.raw("\n");
    }
    html.raw("</ol></section>\n");
    Ok(())
}

/// A time for people, in UTC, as the headings say.
fn time(host: &impl Host, seconds: u64) -> Result<String, Fault> {
    let rows = host.query("SELECT strftime('%Y-%m-%d %H:%M:%S', ?, 'unixepoch')", &[Value::from(seconds)])?;
    first(rows).map_or(Ok(String::new()), |row| Ok(row.optional_text(0)?.unwrap_or_default()))
}
