//! API keys. Only their hashes are stored, and without a master key none can be made.

use crate::activity::{self, Event};
use crate::database::{Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::refusal::{Failure, Refusal};
use crate::secret;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// The longest description or name of a key, in characters.
const MAX_TEXT_CHARS: usize = 200;

/// How many digits of a key's hash name it. It says nothing about the key itself.
const ID_DIGITS: usize = 12;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Everything.
    Admin,
    /// Read, and subscribe for itself.
    Subscriber,
}

impl Role {
    fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Subscriber => "subscriber",
        }
    }

    /// The role of a stored key.
    pub(crate) fn stored(text: &str) -> Self {
        if text == Role::Admin.as_str() { Role::Admin } else { Role::Subscriber }
    }

    fn prefix(self) -> &'static str {
        match self {
            Role::Admin => "fadmin_",
            Role::Subscriber => "fsub_",
        }
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    Nobody,
    Master,
    Key { id: String, name: String, role: Role },
}

impl Caller {
    /// Whether this is the holder of an admin's key.
    pub(crate) fn is_admin(&self) -> bool {
        matches!(self, Caller::Key { role: Role::Admin, .. })
    }
}

/// The body of `create-admin-key`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    #[serde(default)]
    description: String,
    name: Option<String>,
    role: Option<Role>,
}

/// A key at the only time when it is shown.
#[derive(Debug, Serialize)]
pub(crate) struct MadeKey {
    key: String,
    id: String,
    name: String,
    role: Role,
    description: String,
    /// In milliseconds, as the original has it.
    created: u64,
}

/// A key in a list.
#[derive(Debug, Serialize)]
pub(crate) struct ListedKey {
    id: String,
    name: String,
    role: String,
    description: String,
    created_at: u64,
    revoked_at: Option<u64>,
}

/// Who has this token.
pub(crate) fn caller(host: &impl Host, settings: &Settings, token: Option<&str>) -> Result<Caller, Fault> {
    let Some(token) = token else { return Ok(Caller::Nobody) };
    if settings.master_key.as_deref().is_some_and(|master| secret::is_same(master, token)) {
        return Ok(Caller::Master);
    }
    let hash = secret::hash(token);
    let statement = "SELECT id, name, role, hash FROM api_key WHERE hash = ? AND revoked_at IS NULL";
    let Some(row) = first(host.query(statement, &[Value::from(&hash)])?) else { return Ok(Caller::Nobody) };
    // The index found it by comparing hashes, from which nothing follows about keys; this does not rely on it.
    if !secret::is_same(&row.text(3)?, &hash) {
        return Ok(Caller::Nobody);
    }
    Ok(Caller::Key { id: row.text(0)?, name: row.text(1)?, role: Role::stored(&row.text(2)?) })
}

/// Makes a key.
pub(crate) fn create(host: &impl Host, settings: &Settings, new: NewKey) -> Result<MadeKey, Failure> {
    let role = new.role.unwrap_or(Role::Admin);
    check_text("description", &new.description)?;
    let active = "SELECT COUNT(*) FROM api_key WHERE revoked_at IS NULL";
    let count = first(host.query(active, &[])?).map_or(Ok(0), |row| row.number(0))?;
    if count >= settings.limits.keys {
        let message = format!("there are {count} keys already, which is the limit: revoke one");
        return Err(Refusal::new(409, "node.limit", message).into());
    }
    let key = format!("{}{}", role.prefix(), secret::random_hex(host)?);
    let hash = secret::hash(&key);
    let id = hash.get(..ID_DIGITS).unwrap_or_default().to_owned();
    let name = new.name.unwrap_or_else(|| id.clone());
    check_name(host, &name)?;
    let made = MadeKey { key, id, name, role, description: new.description, created: host.now_ms() };
    let values = [&made.id, &made.name, &made.description, &role.as_str().to_owned(), &hash].map(Value::from);
    host.transaction(&mut || {
        let values = [&values[..], &[Value::from(made.created)]].concat();
        host.query(
            "INSERT INTO api_key (id, name, description, role, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            &values,
        )?;
        activity::record(host, &Event::of_node("key_created", &format!("{} ({})", made.name, role.as_str())))
    })?;
    Ok(made)
}

/// All keys, without their secrets.
pub(crate) fn list(host: &impl Host) -> Result<Vec<ListedKey>, Fault> {
    let statement =
        "SELECT id, name, role, description, created_at, revoked_at FROM api_key ORDER BY created_at, id";
    host.query(statement, &[])?.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<ListedKey, Fault> {
    Ok(ListedKey {
        id: row.text(0)?,
        name: row.text(1)?,
        role: row.text(2)?,
        description: row.text(3)?,
        created_at: row.number(4)?,
        revoked_at: row.optional_number(5)?,
    })
}

/// Gives a key a new secret. Its name, and with it its subscriptions, stay; its sessions end. An admin who could get
/// another admin's secret would still have a key when its own is revoked.
pub(crate) fn rotate(host: &impl Host, caller: &Caller, id: &str) -> Result<MadeKey, Failure> {
    let (name, role, description) = active(host, id)?;
    let is_own = matches!(caller, Caller::Key { id: own, .. } if own == id);
    if role == Role::Admin && *caller != Caller::Master && !is_own {
        let message = "another admin's key is rotated with the master key, or by its holder";
        return Err(Refusal::new(403, "node.forbidden", message).into());
    }
    let key = format!("{}{}", role.prefix(), secret::random_hex(host)?);
    let created = host.now_ms();
    host.transaction(&mut || {
        let values = [Value::from(&secret::hash(&key)), Value::from(created), Value::from(id)];
        host.query("UPDATE api_key SET hash = ?, created_at = ? WHERE id = ?", &values)?;
        host.query("DELETE FROM session WHERE key_id = ?", &[Value::from(id)])?;
        activity::record(host, &Event::of_node("key_rotated", &name))
    })?;
    Ok(MadeKey { key, id: id.to_owned(), name, role, description, created })
}

/// Revokes a key for ever. Its sessions and its subscriptions end: nobody else could end them.
pub(crate) fn revoke(host: &impl Host, id: &str) -> Result<(), Failure> {
    let (name, ..) = active(host, id)?;
    host.transaction(&mut || {
        let values = [Value::from(host.now_ms()), Value::from(id)];
        host.query("UPDATE api_key SET revoked_at = ? WHERE id = ?", &values)?;
        host.query("DELETE FROM session WHERE key_id = ?", &[Value::from(id)])?;
        host.query("DELETE FROM subscription WHERE subscriber = ?", &[Value::from(&name)])?;
        activity::record(host, &Event::of_node("key_revoked", &name))
    })?;
    Ok(())
}

/// Name, role and description of a key that is not revoked.
fn active(host: &impl Host, id: &str) -> Result<(String, Role, String), Failure> {
    let statement = "SELECT name, role, description FROM api_key WHERE id = ? AND revoked_at IS NULL";
    let row = first(host.query(statement, &[Value::from(id)])?);
    let row = row.ok_or_else(|| Refusal::missing("no key with this id that is not revoked"))?;
    Ok((row.text(0)?, Role::stored(&row.text(1)?), row.text(2)?))
}

fn check_text(what: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > MAX_TEXT_CHARS || text.chars().any(char::is_control) {
        let message =
            format!("expected a {what} of at most {MAX_TEXT_CHARS} characters without control characters");
        return Err(Refusal::bad(message));
    }
    Ok(())
}

/// A key's name is that of its subscriptions, so no two keys ever have the same.
fn check_name(host: &impl Host, name: &str) -> Result<(), Failure> {
    check_text("name", name)?;
    if name.is_empty() {
        return Err(Refusal::bad("expected a name that is not empty").into());
    }
    if !host.query("SELECT 1 FROM api_key WHERE name = ?", &[Value::from(name)])?.is_empty() {
        return Err(Refusal::new(409, "node.conflict", "there is a key of this name already").into());
    }
    Ok(())
}
