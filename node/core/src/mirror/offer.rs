//! One plugin that a source offers, from its record to a stored version.

use super::store::{self, number};
use super::{asset, blob_name};
use crate::activity::Event;
use crate::database::Value;
use crate::host::{Fault, Fetch, Host};
use crate::names::{Instance, encoded};
use crate::settings::Settings;
use crate::source::{Problem, Source};
use fedverify::pfn::{ArchiveBinding, CheckedArchive, PluginArchive, VerifiedPlugin};
use fedverify::{Code, PackageDigests, quote};
use std::io::Cursor;

/// The longest name and description of a plugin, in characters. Both are in every list, a hundred to a page.
const MAX_NAME_CHARS: usize = 500;
const MAX_DESCRIPTION_CHARS: usize = 5000;

/// A plugin whose metadata its publisher signed.
pub(super) struct Offer<'o> {
    pub(super) source: &'o Source,
    pub(super) plugin: VerifiedPlugin,
    pub(super) number: String,
    pub(super) version: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) tags: Vec<String>,
    pub(super) signature: String,
    pub(super) archive_signature: Option<String>,
    /// The URL of the node where it is; `None` for its publisher's own instance.
    pub(super) peer: Option<&'o str>,
}

/// What became of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mirrored {
    /// It was fetched, and is stored.
    Fetched,
    /// It is stored, and was checked not long ago.
    Known,
}

impl<'o> Offer<'o> {
    /// An offer, if its version, its id and its texts can be stored.
    pub(super) fn new(
        source: &'o Source,
        plugin: VerifiedPlugin,
        tags: Vec<String>,
        (signature, archive_signature): (String, Option<String>),
    ) -> Result<Self, Problem> {
        crate::names::check(&source.username, plugin.id())?;
        let signed = (plugin.version(), plugin.name(), plugin.description());
        let (Some(version), Some(name), Some(description)) = signed else {
            // An empty string in its place is not what was signed.
            let what = "expected a name, a version and a description that are strings, found one that is null or missing";
            return Err(Problem::new("node.record.incomplete", what));
        };
        let [version, name, description] = [version, name, description].map(str::to_owned);
        let number = number(&version).ok_or_else(|| {
            let what = format!(
                "expected a version of at most 128 letters, digits and ._+~-, found {}",
                quote(&version)
            );
            Problem::new("node.version.unusable", what)
        })?;
        for (what, text, most) in
            [("name", &name, MAX_NAME_CHARS), ("description", &description, MAX_DESCRIPTION_CHARS)]
        {
            let count = text.chars().count();
            if count > most {
                let message = format!("expected a {what} of at most {most} characters, found {count}");
                return Err(Problem::new("node.record.too_long", message));
            }
        }
        Ok(Offer {
            source,
            plugin,
            number,
            version,
            name,
            description,
            tags,
            signature,
            archive_signature,
            peer: None,
        })
    }

    /// The same, from another node; `None` where nothing signs its archive: such archives are taken from their publisher only.
    pub(super) fn of_peer(self, url: &'o str) -> Option<Self> {
        self.archive_signature.is_some().then_some(Offer { peer: Some(url), ..self })
    }

    /// Source, plugin and number: the values that name a version in the database.
    pub(super) fn place(&self) -> [Value; 3] {
        [self.source.id.as_str(), self.plugin.id(), &self.number].map(Value::from)
    }

    /// Something that happened to it.
    pub(super) fn event<'e>(
        &'e self,
        kind: &'static str,
        result: Option<&'static str>,
        reason: Option<&'e str>,
    ) -> Event<'e> {
        Event {
            plugin_id: Some(self.plugin.id()),
            plugin_name: Some(&self.name),
            new_version: Some(&self.version),
            result,
            reason,
            ..Event::of_source(kind, &self.source.id)
        }
    }

    /// Fetches the archive, judges it, and stores it.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of this machine. Why the offer was refused is in the result.
    pub(super) async fn mirror(
        &self,
        host: &impl Host,
        settings: &Settings,
        is_forced: bool,
    ) -> Result<Result<Mirrored, Problem>, Fault> {
        if !is_forced && self.was_checked_lately(host, settings)? {
            return Ok(Ok(Mirrored::Known));
        }
        let archive = match self.fetch(host, settings).await? {
            Ok(archive) => archive,
            Err(problem) => return Ok(Err(problem)),
        };
        let (digests, is_signed) = match self.judge(settings, &archive) {
            Ok(judged) => judged,
            Err(problem) => return Ok(Err(problem)),
        };
        let sha256 = digests.sha256_hex();
        match store::first_seen(host, self)? {
            Some(known) if known != sha256 => {
                return self.refuse_other_bytes(host, &known, &sha256).map(Err);
            }
            // Another node's word changes nothing of what is here: nobody signs its tags.
            Some(_) if self.peer.is_some() && store::has(host, self, &sha256)? => {
                return Ok(Ok(Mirrored::Known));
            }
            Some(_) => {}
            None => {
                if let Some(problem) = self.has_no_room(host, settings, digests.size())? {
                    return Ok(Err(problem));
                }
            }
        }
        // The blob first: a row never points at nothing, whenever the machine stops.
        host.put_blob(&blob_name(&sha256), archive).await?;
        store::put(host, self, &digests, is_signed)?;
        Ok(Ok(Mirrored::Fetched))
    }

    fn was_checked_lately(&self, host: &impl Host, settings: &Settings) -> Result<bool, Fault> {
        let place = (self.source.id.as_str(), self.plugin.id(), self.version.as_str());
        let since = crate::activity::seconds(host).saturating_sub(settings.limits.recheck_seconds);
        let is_same = |mirror: &super::Mirror| {
            mirror.signature == self.signature && mirror.public_key == self.source.public_key
        };
        Ok(store::find(host, place)?.is_some_and(|mirror| mirror.checked_at > since && is_same(&mirror)))
    }

    async fn fetch(&self, host: &impl Host, settings: &Settings) -> Result<Result<Vec<u8>, Problem>, Fault> {
        let url = match self.url(settings) {
            Ok(url) => url,
            Err(problem) => return Ok(Err(problem)),
        };
        let fetch = Fetch {
            url,
            json: None,
            max_bytes: settings.limits.archive_bytes,
            timeout_ms: settings.limits.archive_ms,
            reach: settings.reach,
        };
        Ok(host.fetch(&fetch).await?.map_err(Problem::from))
    }

    /// Where its archive is.
    fn url(&self, settings: &Settings) -> Result<String, Problem> {
        let Some(peer) = self.peer else { return asset::url(self.source, self.plugin.id(), settings.reach) };
        let [source, plugin, version] = [&self.source.id, self.plugin.id(), &self.version].map(encoded);
        let query = format!("source={source}&plugin={plugin}&version={version}");
        Ok(Instance::stored(peer).url(&format!("/federation/download?{query}")))
    }

    /// The archive must say that it is what was signed; a signature over it, where one is given, must be good.
    fn judge(&self, settings: &Settings, archive: &[u8]) -> Result<(PackageDigests, bool), Problem> {
        let limits = settings.limits.of_core();
        let digests = PackageDigests::from_reader(archive, &limits)?;
        let read = PluginArchive::read(Cursor::new(archive), digests, &limits)?;
        let plugin = self.plugin.clone().with_archive(&read, self.archive_signature.as_deref())?;
        let is_signed = plugin.archive().map(CheckedArchive::binding) == Some(ArchiveBinding::Signed);
        Ok((read.digests().clone(), is_signed))
    }

    /// Why one more archive of this size is too much of this source; `None` if it is not.
    fn has_no_room(
        &self,
        host: &impl Host,
        settings: &Settings,
        size: u64,
    ) -> Result<Option<Problem>, Fault> {
        let (bytes, versions) = store::used(host, &self.source.id)?;
        let (most_bytes, most_versions) = (settings.limits.source_bytes, settings.limits.source_versions);
        if bytes.saturating_add(size) <= most_bytes && versions < most_versions {
            return Ok(None);
        }
        let what = format!(
            "expected at most {most_versions} versions of {most_bytes} bytes in all of one source; \
             {versions} of {bytes} bytes are stored, and this one has {size}"
        );
        Ok(Some(Problem::new("node.source.full", what)))
    }

    fn refuse_other_bytes(&self, host: &impl Host, known: &str, found: &str) -> Result<Problem, Fault> {
        let reason = format!(
            "version {} was {known} (SHA-256) when it was first seen and is {found} now: the first bytes are kept",
            quote(&self.version)
        );
        store::equivocated(host, self, found, &reason)?;
        // Core's code for a known version whose bytes changed.
        Ok(Problem::new(Code::PinReleaseChanged.as_str(), reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Instance;
    use fedverify::pfn::{PluginRecord, PublisherKey};
    use fedverify::{Limits, Reach};

    /// A key of which the private half is nowhere, and what it signed.
    const KEY: &str = "YgRHorFzOuAcCpk6G/6VhqgUjD6wZN1oZyRDIAI3WYU=";
    const NULL_NAME: &str = r#"{"slug":"a","name":null,"version":"1","short_description":"D","signature":"qTOMx44wOy9rjwh1VvLKyzVnD62FjMamSojfyan11OGLlI5OcXekhPEBvE88JTHYNwOLfpKl2IubLd/YHUeXBw=="}"#;
    const NO_DESCRIPTION: &str = r#"{"slug":"a","name":"N","version":"1","signature":"A5n6PvVqt31YC8LM1Mcwk3T3e8qUSswW7uQZG0BelcCn87vpHc07WKc9i/4SzfeGOO5cCgmWsyxNRJGdG5QpDA=="}"#;
    const NULL_VERSION: &str = r#"{"slug":"a","name":"N","version":null,"short_description":"D","signature":"jbrkxcLSzuVTyNW9cKPwytpOD3lG05LcXPP5Es+YFDHENXn1pcfYfs2BTbwAppNTJ2xTRY9uf7856oEFhV96Bw=="}"#;
    const EMPTY: &str = r#"{"slug":"a","name":"","version":"1","short_description":"","signature":"x4GBocyRNMASYHpzdAOjV0uNAqpzDOfBZmISlB0UnnffgKlK80gdST8EaHlDNqgURj0JzS9cYSoYqV1Og8H6DA=="}"#;

    fn offered(record: &str) -> Result<(), String> {
        let limits = Limits::default();
        let instance = Instance::parse("https://a.example", Reach::Public).unwrap();
        let host = crate::fake::Fake::answering("", Ok(Vec::new()));
        let source =
            Source::new(&host, instance, "al", KEY, None).map_err(|refusal| refusal.message).unwrap();
        let key = PublisherKey::parse(KEY.as_bytes(), &limits).unwrap();
        let plugin = PluginRecord::parse(record.as_bytes(), &limits).unwrap().verify(&key, None).unwrap();
        Offer::new(&source, plugin, Vec::new(), (String::new(), None))
            .map(drop)
            .map_err(|problem| problem.code)
    }

    /// Its signature is over `null` or over nothing: stored as an empty string it would verify no more.
    #[test]
    fn what_was_signed_as_null_or_not_at_all_is_no_empty_string() {
        let incomplete = Err("node.record.incomplete".to_owned());
        for record in [NULL_NAME, NO_DESCRIPTION, NULL_VERSION] {
            assert_eq!(offered(record), incomplete, "{record}");
        }
        assert_eq!(offered(EMPTY), Ok(()));
    }
}
