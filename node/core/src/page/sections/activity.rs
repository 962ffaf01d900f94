//! The section of what happened.

use super::{ROWS, time};
use crate::fault::Fault;
use crate::host::Host;
use crate::page::html::Html;
use crate::page::session::Session;
use crate::{Node, activity, mirror};

/// What happened last, as far as this key may know.
pub(in crate::page) fn activity<H: Host>(
    node: &Node<H>,
    session: &Session,
    html: &mut Html,
) -> Result<(), Fault> {
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
