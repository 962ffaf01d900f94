//! Storing versions: what each was when it was first seen, for ever, and what is offered of it.

use super::offer::Offer;
use super::version::{Known, find, known, number};
use crate::activity::{self, Event, seconds};
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use fedverify::{Limits, PackageDigests, Version};

/// How many other archives of one version are recorded. The first is the proof; a source could serve new ones for ever.
const MAX_EQUIVOCATIONS: u64 = 10;

/// The original's word for no version before.
pub(crate) const NO_VERSION: &str = "0.0.0";

/// Records that other bytes came for a known version, and the keys that signed both. Which of them were stolen, the administrator may say
/// only later.
pub(super) fn equivocated(
    host: &impl Host,
    offer: &Offer<'_>,
    sha256: &str,
    reason: &str,
) -> Result<(), Fault> {
    let statement =
        "SELECT COUNT(*) FROM proven_equivocation WHERE source_id = ? AND plugin_id = ? AND number = ?";
    let count = first(host.query(statement, &offer.place())?).map_or(Ok(0), |row| row.number(0))?;
    if count >= MAX_EQUIVOCATIONS {
        return Ok(());
    }
    host.transaction(&mut || {
        let others = [
            Value::from(sha256),
            Value::from(seconds(host)),
            Value::from(&offer.source.did_key()),
            Value::from(&offer.source.public_key),
        ];
        let values = [&offer.place()[..], &others].concat();
        // The source's own key may have signed the known bytes after an earlier one did: then it has signed both. What a stolen key signed
        // once counts where the source's own has signed it, too. But what counts already keeps its keys: if one was stolen that showed
        // the same bytes again, that clears nobody.
        host.query(
            "INSERT INTO equivocation (source_id, plugin_id, number, sha256, found_at, found_key, known_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, COALESCE(
                (SELECT ?6 FROM mirror WHERE source_id = ?1 AND plugin_id = ?2 AND number = ?3 AND public_key = ?7),
                (SELECT did_key FROM digest WHERE source_id = ?1 AND plugin_id = ?2 AND number = ?3)))
             ON CONFLICT DO UPDATE SET found_key = excluded.found_key, known_key = excluded.known_key
             WHERE EXISTS (SELECT 1 FROM stolen_key AS s WHERE s.source_id = equivocation.source_id
                AND s.did_key IN (equivocation.known_key, equivocation.found_key))",
            &values,
        )?;
        activity::record_daily(host, &offer.event("equivocation", Some("failure"), Some(reason)))
    })
}

/// Stores a version whose blob is there: its digests if it is new, and what its publisher says of it now. A signature over
/// its bytes, once given, holds for these bytes and the key that made it, also where the publisher gives it no more. Nothing holds that a
/// stolen key signed.
pub(super) fn put(
    host: &impl Host,
    offer: &Offer<'_>,
    digests: &PackageDigests,
    is_signed: bool,
) -> Result<(), Fault> {
    let previous = previous(host, offer)?;
    let known = known(host, offer)?;
    let is_new = known.as_ref().is_none_or(|known| known.sha256 != digests.sha256_hex());
    host.transaction(&mut || {
        if known.as_ref().is_some_and(|known| known.is_by_stolen_key) {
            replace_digest(host, offer, digests)?;
        } else {
            put_digest(host, offer, digests)?;
        }
        put_mirror(host, offer, (is_signed, previous.as_ref()))?;
        if is_new { announce(host, offer, previous.as_ref(), known.as_ref()) } else { Ok(()) }
    })
}

fn put_digest(host: &impl Host, offer: &Offer<'_>, digests: &PackageDigests) -> Result<(), Fault> {
    let texts = [offer.version.as_str(), &digests.sha256_hex(), &digests.sha384_hex()].map(Value::from);
    let numbers = [digests.size(), seconds(host)].map(Value::from);
    let values = [&offer.place()[..], &texts, &numbers].concat();
    host.query(
        "INSERT INTO digest (source_id, plugin_id, number, version, sha256, sha384, size, first_seen)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        &values,
    )
    .map(drop)
}

/// Forgets what a stolen key signed as this version. That it was withdrawn stays where the bytes are the same: of others, the
/// administrator has said nothing.
fn replace_digest(host: &impl Host, offer: &Offer<'_>, digests: &PackageDigests) -> Result<(), Fault> {
    host.query("DELETE FROM mirror WHERE source_id = ? AND plugin_id = ? AND number = ?", &offer.place())?;
    let texts = [offer.version.as_str(), &digests.sha256_hex(), &digests.sha384_hex()].map(Value::from);
    let numbers = [digests.size(), seconds(host)].map(Value::from);
    let values = [&texts[..], &numbers, &offer.place()].concat();
    host.query(
        "UPDATE digest SET version = ?1, sha256 = ?2, sha384 = ?3, size = ?4, first_seen = ?5,
            withdrawn_at = CASE WHEN sha256 = ?2 THEN withdrawn_at END
         WHERE source_id = ?6 AND plugin_id = ?7 AND number = ?8",
        &values,
    )
    .map(drop)
}

fn put_mirror(
    host: &impl Host,
    offer: &Offer<'_>,
    (is_signed, previous): (bool, Option<&Previous>),
) -> Result<(), Fault> {
    let place = (offer.source.id.as_str(), offer.plugin.id(), offer.version.as_str());
    if find(host, place)?.is_some_and(|mirror| offer.proves_less_than(&mirror)) {
        return put_tags(host, offer);
    }
    let tags = tags(offer);
    let binding = if is_signed { "signed" } else { "consistent" };
    let texts =
        [offer.version.as_str(), &offer.name, &offer.description, &tags, &offer.signature].map(Value::from);
    let others = [
        Value::from(offer.archive_signature.as_deref()),
        Value::from(&offer.source.public_key),
        Value::from(binding),
        Value::from(seconds(host)),
        Value::from(seconds(host)),
        Value::from(offer.peer),
        Value::from(id(host, offer, previous)?),
    ];
    let values = [&offer.place()[..], &texts, &others].concat();
    host.query(
        "INSERT INTO mirror (source_id, plugin_id, number, version, name, description, tags, signature,
            archive_signature, public_key, binding, mirrored_at, checked_at, peer, id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (source_id, plugin_id, number) DO UPDATE SET version = excluded.version, name = excluded.name,
            description = excluded.description, tags = excluded.tags, signature = excluded.signature,
            archive_signature = COALESCE(excluded.archive_signature, archive_signature), public_key = excluded.public_key,
            binding = CASE WHEN excluded.archive_signature IS NULL THEN binding ELSE excluded.binding END,
            checked_at = excluded.checked_at, peer = excluded.peer",
        &values,
    )?;
    put_key(host, offer)
}

/// Records the key that signed the bytes. The first one that was not stolen stays: if a later one is stolen, which only signed the same
/// bytes again, they are the publisher's all the same.
fn put_key(host: &impl Host, offer: &Offer<'_>) -> Result<(), Fault> {
    let values = [&[Value::from(&offer.source.did_key())], &offer.place()[..]].concat();
    host.query(
        "UPDATE digest SET did_key = ? WHERE source_id = ? AND plugin_id = ? AND number = ?
         AND (did_key IS NULL OR did_key IN (
            SELECT s.did_key FROM stolen_key AS s WHERE s.source_id = digest.source_id))",
        &values,
    )
    .map(drop)
}

/// Stores no more than the tags, and when it was checked: what is there proves more than the offer does.
fn put_tags(host: &impl Host, offer: &Offer<'_>) -> Result<(), Fault> {
    let values = [&[Value::from(&tags(offer)), Value::from(seconds(host))], &offer.place()[..]].concat();
    let statement = "UPDATE mirror SET tags = ?, checked_at = ?
         WHERE source_id = ? AND plugin_id = ? AND number = ?";
    host.query(statement, &values).map(drop)
}

fn tags(offer: &Offer<'_>) -> String {
    // A list of strings: nothing can fail.
    serde_json::to_string(&offer.tags).unwrap_or_default()
}

/// The other version of a plugin that is listed last.
struct Previous {
    id: u64,
    version: String,
}

impl Previous {
    /// Whether what is offered is below it.
    fn is_above(&self, offer: &Offer<'_>) -> bool {
        is_below(&offer.version, &self.version)
    }
}

/// The last one that no stolen key signed, and the last one of all where a stolen key signed all of them.
fn previous(host: &impl Host, offer: &Offer<'_>) -> Result<Option<Previous>, Fault> {
    let last = "SELECT id, version FROM mirror WHERE source_id = ? AND plugin_id = ? AND number <> ?
         ORDER BY id DESC LIMIT 1";
    let last_safe =
        "SELECT id, version FROM mirror AS m WHERE source_id = ? AND plugin_id = ? AND number <> ?
         AND NOT EXISTS (SELECT 1 FROM stolen_version AS s
            WHERE s.source_id = m.source_id AND s.plugin_id = m.plugin_id AND s.number = m.number)
         ORDER BY id DESC LIMIT 1";
    for statement in [last_safe, last] {
        if let Some(row) = first(host.query(statement, &offer.place())?) {
            return Ok(Some(Previous { id: row.number(0)?, version: row.text(1)? }));
        }
    }
    Ok(None)
}

/// The id of a new version: lists have the order of the ids. It comes last, behind some room. But what another node has comes before the
/// last version if it is below that one: otherwise the history that a peer lists would stand between callers, who read the newest first
/// and not without end, and the current version.
fn id(host: &impl Host, offer: &Offer<'_>, previous: Option<&Previous>) -> Result<u64, Fault> {
    if let Some(previous) = previous.filter(|previous| offer.peer.is_some() && previous.is_above(offer)) {
        let statement = "SELECT COALESCE(MAX(id), 0) + 1 FROM mirror WHERE id < ?";
        let before =
            first(host.query(statement, &[Value::from(previous.id)])?).map_or(Ok(0), |row| row.number(0))?;
        // Versions that an older program stored have no room before them.
        if before < previous.id {
            return Ok(before);
        }
    }
    // Room for 2^20 versions, more than a source may have. The number is no value: to a Durable Object all of those are floating-point.
    let statement = "SELECT (COALESCE(MAX(id), 0) / 1048576 + 1) * 1048576 FROM mirror";
    first(host.query(statement, &[])?).map_or(Ok(0), |row| row.number(0))
}

/// A new version as activity. What is below the version before is no update. If its publisher offers it, that is a downgrade; if
/// another node has it, it is a part of the history that this one lacked, and says nothing about what the publisher offers now.
fn announce(
    host: &impl Host,
    offer: &Offer<'_>,
    previous: Option<&Previous>,
    replaced: Option<&Known>,
) -> Result<(), Fault> {
    let old = previous.map_or(NO_VERSION, |previous| &previous.version);
    let kind = match (previous.is_some_and(|previous| previous.is_above(offer)), offer.peer) {
        (false, _) => "version_update",
        (true, None) => "version_downgrade",
        (true, Some(_)) => "older_version",
    };
    let peer = offer.peer.map(|url| format!("from the node {url}"));
    let replaced = replaced.map(|known| {
        let withdrew = if known.is_withdrawn { " and the administrator withdrew" } else { "" };
        format!("in place of {} (SHA-256), which a stolen key signed{withdrew}", known.sha256)
    });
    let reasons: Vec<String> = peer.into_iter().chain(replaced).collect();
    let reason = (!reasons.is_empty()).then(|| reasons.join(", "));
    let event = offer.event(kind, Some("success"), reason.as_deref());
    activity::record(host, &Event { old_version: Some(old), ..event })
}

/// Whether a version is below another. One without an order is below all that have one.
pub(super) fn is_below(version: &str, other: &str) -> bool {
    let precedence =
        |text: &str| Version::parse(text, &Limits::default()).ok().and_then(|version| version.precedence());
    precedence(version) < precedence(other)
}

/// Withdraws a version or takes that back; false if there is none.
pub(crate) fn set_withdrawn(
    host: &impl Host,
    (source_id, plugin_id, version): (&str, &str, &str),
    is_withdrawn: bool,
) -> Result<bool, Fault> {
    let found = find(host, (source_id, plugin_id, version))?.zip(number(version));
    let Some((mirror, number)) = found else { return Ok(false) };
    let at = is_withdrawn.then(|| seconds(host));
    host.transaction(&mut || {
        let place = [source_id, plugin_id, &number].map(Value::from);
        let values = [&[Value::from(at)], &place[..]].concat();
        host.query(
            "UPDATE digest SET withdrawn_at = ? WHERE source_id = ? AND plugin_id = ? AND number = ?",
            &values,
        )?;
        let kind = if is_withdrawn { "plugin_withdrawn" } else { "plugin_restored" };
        let event = Event {
            plugin_id: Some(plugin_id),
            plugin_name: Some(&mirror.name),
            new_version: Some(&mirror.version),
            ..Event::of_source(kind, source_id)
        };
        activity::record(host, &event)
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_without_an_order_are_below_all_others() {
        assert!(is_below("1.9", "1.10") && !is_below("1.10", "1.9") && !is_below("1.0", "1.0.0"));
        assert!(is_below("trunk", "0.1") && !is_below("0.1", "trunk") && is_below("2.0-rc.1", "2.0"));
    }
}
