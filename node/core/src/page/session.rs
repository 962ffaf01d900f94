//! Sessions of the page. The browser holds a random cookie that no script can read; the key itself is not kept.

use crate::activity::seconds;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::http::Request;
use crate::keys::{Caller, Role};
use crate::secret;
use crate::settings::Settings;

/// The name of the cookie.
const COOKIE: &str = "fedverify_node";

/// How long a session is, in seconds: a working day.
const SECONDS: u64 = 8 * 60 * 60;

/// A session of a key that is not revoked.
pub(crate) struct Session {
    pub(crate) caller: Caller,
    /// What a form must send along: another site's page cannot know it.
    pub(super) form_token: String,
}

impl Session {
    pub(super) fn is_admin(&self) -> bool {
        self.caller.is_admin()
    }
}

/// The session that a request belongs to.
pub(super) fn find(host: &impl Host, request: &Request) -> Result<Option<Session>, Fault> {
    let Some(token) = cookie(request) else { return Ok(None) };
    let statement =
        "SELECT k.id, k.name, k.role, s.form_token FROM session AS s JOIN api_key AS k ON k.id = s.key_id
         WHERE s.hash = ? AND s.expires_at > ? AND s.expires_at <= ? AND k.revoked_at IS NULL";
    let now = seconds(host);
    // One that ends later than any began by a wrong clock.
    let values =
        [Value::from(&secret::hash(token)), Value::from(now), Value::from(now.saturating_add(SECONDS))];
    let Some(row) = first(host.query(statement, &values)?) else { return Ok(None) };
    let role = Role::stored(&row.text(2)?);
    let caller = Caller::Key { id: row.text(0)?, name: row.text(1)?, role };
    Ok(Some(Session { caller, form_token: row.text(3)? }))
}

/// Begins a session of a key; the value of the cookie to set.
pub(super) fn begin(host: &impl Host, settings: &Settings, key_id: &str) -> Result<String, Fault> {
    let (token, form_token) = (secret::random_hex(host)?, secret::random_hex(host)?);
    let now = seconds(host);
    let texts = [&secret::hash(&token), key_id, &form_token].map(Value::from);
    let values = [&texts[..], &[Value::from(now.saturating_add(SECONDS))]].concat();
    host.transaction(&mut || {
        host.query("DELETE FROM session WHERE expires_at <= ?", &[Value::from(now)])?;
        host.query("INSERT INTO session (hash, key_id, form_token, expires_at) VALUES (?, ?, ?, ?)", &values)
            .map(drop)
    })?;
    Ok(set_cookie(settings, &token, SECONDS))
}

/// Ends the session of a request; the value of the cookie to set.
pub(super) fn end(host: &impl Host, settings: &Settings, request: &Request) -> Result<String, Fault> {
    if let Some(token) = cookie(request) {
        host.query("DELETE FROM session WHERE hash = ?", &[Value::from(&secret::hash(token))])?;
    }
    Ok(set_cookie(settings, "", 0))
}

fn set_cookie(settings: &Settings, token: &str, seconds: u64) -> String {
    let secure = if settings.url.starts_with("https://") { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn cookie(request: &Request) -> Option<&str> {
    let mut pairs = request.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, token)| token)
}
