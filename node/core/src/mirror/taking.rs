//! Taking what a source offers: the archive is fetched, judged and stored.

use super::offer::Offer;
use super::version::Known;
use super::{asset, blob_name, store, version};
use crate::fault::Fault;
use crate::host::{Fetch, Host, Stored};
use crate::names::{Instance, encoded};
use crate::settings::Settings;
use crate::source::Problem;
use fedverify::pfn::{ArchiveBinding, CheckedArchive, PluginArchive, VerifiedPlugin};
use fedverify::{Code, Limits, PackageDigests, quote};
use serde_json::json;
use std::io::Cursor;

/// The code of a plugin at which this machine failed.
pub(super) const FAULT: &str = "node.fault";

/// What became of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mirrored {
    /// It was fetched, and is stored.
    Fetched,
    /// It is stored, and was checked not long ago.
    Known,
}

impl Offer<'_> {
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
        match self.fetch(host, settings).await? {
            Ok(archive) => self.keep(host, settings, archive).await,
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// Judges the archive, and stores it. The source must be reserved by then.
    pub(super) async fn keep(
        &self,
        host: &impl Host,
        settings: &Settings,
        archive: Vec<u8>,
    ) -> Result<Result<Mirrored, Problem>, Fault> {
        let (plugin, signature) = (self.plugin.clone(), self.archive_signature.clone());
        let limits = settings.limits.of_core();
        let judge = move || (judge(plugin, signature.as_deref(), &limits, &archive), archive);
        let (judged, archive) = host.work(judge).await?;
        let (digests, is_signed) = match judged {
            Ok(judged) => judged,
            Err(problem) => return Ok(Err(problem)),
        };
        if let Some(outcome) = self.without_storing(host, settings, &digests)? {
            return Ok(outcome);
        }
        let sha256 = digests.sha256_hex();
        // The blob first: a row never points at nothing, whenever the machine stops.
        let stored = match host.put_blob(&blob_name(&sha256), archive).await {
            // The disk may refuse this archive only, and the source's others are still tried. A visit to a peer ends here, and the next
            // one goes on behind it.
            Err(fault) if self.peer.is_none() => return Ok(Err(self.not_kept(host, &fault))),
            stored => stored?,
        };
        if stored == Stored::Replaced {
            host.log(
                &json!({"event": "archive", "sha256": sha256, "was": "damaged", "is": "replaced"})
                    .to_string(),
            );
        }
        store::put(host, self, &digests, is_signed)?;
        Ok(Ok(Mirrored::Fetched))
    }

    /// What becomes of judged bytes that are not stored; `None` where they are to be.
    fn without_storing(
        &self,
        host: &impl Host,
        settings: &Settings,
        digests: &PackageDigests,
    ) -> Result<Option<Result<Mirrored, Problem>>, Fault> {
        let sha256 = digests.sha256_hex();
        Ok(match version::known(host, self)? {
            Some(Known { is_by_stolen_key: true, .. }) | None => {
                self.too_much(host, settings, digests.size())?.map(Err)
            }
            Some(known) if known.sha256 != sha256 => {
                Some(Err(self.refuse_other_bytes(host, &known.sha256, &sha256)?))
            }
            // Another node's word changes nothing of what is here: its tags are not signed.
            Some(_) if self.peer.is_some() && version::has(host, self, &sha256)? => Some(Ok(Mirrored::Known)),
            Some(_) => None,
        })
    }

    /// A failure of this machine at one plugin: its reason is for the log only.
    fn not_kept(&self, host: &impl Host, fault: &Fault) -> Problem {
        let (source, plugin, fault) = (&self.source.id, self.plugin.id(), fault.to_string());
        host.log(&json!({"event": "fault", "source": source, "plugin": plugin, "fault": fault}).to_string());
        Problem::new(FAULT, "this node could not store the archive: its log says why")
    }

    fn was_checked_lately(&self, host: &impl Host, settings: &Settings) -> Result<bool, Fault> {
        let place = (self.source.id.as_str(), self.plugin.id(), self.version.as_str());
        let now = crate::activity::seconds(host);
        let since = now.saturating_sub(settings.limits.recheck_seconds);
        // A check that is later than now was dated by a wrong clock, and does not count.
        let is_lately = |at: u64| since < at && at <= now;
        let is_same = |mirror: &super::Mirror| {
            let is_as_offered = mirror.signature == self.signature && self.source.has_key(&mirror.public_key);
            is_as_offered || self.proves_less_than(mirror)
        };
        let is_known = version::find(host, place)?
            .is_some_and(|mirror| is_lately(mirror.checked_at) && is_same(&mirror));
        Ok(is_known && !version::known(host, self)?.is_some_and(|known| known.is_by_stolen_key))
    }

    /// Fetches the archive.
    pub(super) async fn fetch(
        &self,
        host: &impl Host,
        settings: &Settings,
    ) -> Result<Result<Vec<u8>, Problem>, Fault> {
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

    /// Why one more archive of this size is too much of this source; `None` if it is not.
    fn too_much(&self, host: &impl Host, settings: &Settings, size: u64) -> Result<Option<Problem>, Fault> {
        let (bytes, versions) = version::used_by_others(host, self)?;
        let limits = &settings.limits;
        let (most_bytes, most_versions) = (self.most(limits.source_bytes), self.most(limits.source_versions));
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

/// The archive must say that it is what was signed; a signature over it, where one is given, must be good.
fn judge(
    plugin: VerifiedPlugin,
    signature: Option<&str>,
    limits: &Limits,
    archive: &[u8],
) -> Result<(PackageDigests, bool), Problem> {
    let digests = PackageDigests::from_reader(archive, limits)?;
    let read = PluginArchive::read(Cursor::new(archive), digests, limits)?;
    let plugin = plugin.with_archive(&read, signature)?;
    let is_signed = plugin.archive().map(CheckedArchive::binding) == Some(ArchiveBinding::Signed);
    Ok((read.digests().clone(), is_signed))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{KEY, KEY_IN_PEM, OTHER_KEY, SIGNED, offer, source};
    use crate::fake::{Fake, version_of};

    #[test]
    fn a_version_is_known_by_its_key_in_whatever_spelling() {
        for (registered, stored, is_known) in [
            (KEY, KEY, true),
            (KEY, KEY_IN_PEM, true),
            (KEY_IN_PEM, KEY, true),
            (KEY, OTHER_KEY, false),
            (KEY_IN_PEM, OTHER_KEY, false),
        ] {
            let node = Fake::answering("FROM mirrored", Ok(vec![version_of(stored, None)])).node();
            let source = source(registered);
            let offer = offer(&source, SIGNED).unwrap();
            let found = offer.was_checked_lately(&node.host, &node.settings);
            assert_eq!(found, Ok(is_known), "{registered} {stored}");
        }
    }
}
