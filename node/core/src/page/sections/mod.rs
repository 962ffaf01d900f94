//! The sections of the page.

mod activity;
mod peers;
mod plugins;
mod sources;
mod subscriptions;

pub(super) use activity::activity;
pub(super) use peers::peers;
pub(super) use plugins::plugins;
pub(super) use sources::sources;
pub(super) use subscriptions::subscriptions;

use super::html::Html;
use super::session::Session;
use super::token;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;

/// How many sources, versions and events the page shows at once. The API has all of them.
const ROWS: u64 = 50;

/// The form for a key that begins a session.
pub(super) fn sign_in(html: &mut Html) {
    html.raw(
        "<section><h2>Sign in</h2>\n<form method=\"post\" action=\"/page/sign-in\">\
         <label>API key <input type=\"password\" name=\"key\" required autocomplete=\"off\"></label>\
         <button>Sign in</button></form>\n\
         <p>A key is made with the master key: POST /federation/create-admin-key.</p></section>\n",
    );
}

/// A form that is one button, for what this value names.
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

/// A time for people, in UTC, as the headings say.
fn time(host: &impl Host, seconds: u64) -> Result<String, Fault> {
    let rows = host.query("SELECT strftime('%Y-%m-%d %H:%M:%S', ?, 'unixepoch')", &[Value::from(seconds)])?;
    first(rows).map_or(Ok(String::new()), |row| Ok(row.optional_text(0)?.unwrap_or_default()))
}
