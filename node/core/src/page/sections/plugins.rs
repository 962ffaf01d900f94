//! The section of mirrored versions.

use super::{ROWS, time};
use crate::fault::Fault;
use crate::host::Host;
use crate::mirror::Mirror;
use crate::names::encoded;
use crate::page::html::Html;
use crate::score::{self, Offering};
use crate::{Node, mirror, source};

/// The newest versions.
pub(in crate::page) fn plugins<H: Host>(node: &Node<H>, html: &mut Html) -> Result<(), Fault> {
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
    let sources = mirrors.iter().map(|mirror| mirror.source_id.as_str()).collect();
    let sources = score::offering(&node.host, &sources)?;
    for mirror in &mirrors {
        row(node, mirror, sources.get(&mirror.source_id), html)?;
    }
    html.raw("</tbody></table></section>\n");
    Ok(())
}

/// A row of the table.
fn row<H: Host>(
    node: &Node<H>,
    mirror: &Mirror,
    source: Option<&Offering>,
    html: &mut Html,
) -> Result<(), Fault> {
    html.raw("<tr><th scope=\"row\">").text(&mirror.name).raw("<br><small>").text(&mirror.plugin_id);
    html.raw("</small><td data-label=\"Version\">").text(&mirror.version);
    html.raw("<td data-label=\"Source\">").text(&mirror.source_id).raw("<td>");
    what_is_proven(node, mirror, source, html)?;
    html.raw("<td data-label=\"Mirrored (UTC)\">").text(time(&node.host, mirror.mirrored_at)?);
    html.raw("<td data-label=\"SHA-256\"><code>").text(&mirror.sha256);
    html.raw("</code>\n");
    Ok(())
}

/// What the signatures of a version prove, what is known against it, and where its report is.
fn what_is_proven<H: Host>(
    node: &Node<H>,
    mirror: &Mirror,
    source: Option<&Offering>,
    html: &mut Html,
) -> Result<(), Fault> {
    html.raw(if mirror.binding == "signed" {
        "name, version and archive are signed"
    } else {
        "name and version are signed; the archive's bytes are not"
    });
    if source::find(&node.host, &mirror.source_id)?.is_some_and(|source| source.is_oracle) {
        html.raw("<br><strong class=\"stale\">its source signs anything (oracle): strangers can get such signatures</strong>");
    }
    for doubt in source.iter().flat_map(|source| source.doubts_of_key(&mirror.public_key)) {
        html.raw("<br><strong class=\"stale\">").text(doubt.reason()).raw("</strong>");
    }
    if let Some(peer) = &mirror.peer {
        html.raw("<br><small>taken from the node ").text(peer).raw("</small>");
    }
    if mirror.equivocations > 0 {
        html.raw(
            "<br><strong class=\"error\">other bytes came for this version later, and were refused</strong>",
        );
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
    Ok(())
}
