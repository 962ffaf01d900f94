//! Taking versions from another node. It is one more place where bytes are, and its word counts for nothing: which sources there
//! are and which keys they have is known here, and every signature, archive and digest is checked as if the publisher had sent it.
//!
//! Only archives that the source's own key signs are taken. Of others, nothing but the first sight tells which bytes are a
//! version's; a peer could make this node remember other bytes than the publisher's, and refuse the publisher's for ever.

mod list;
mod report;

use super::offer::{Offer, of_other_nodes};
use super::taking::Mirrored;
use super::version::{self, Mirror};
use crate::activity::{self, Event};
use crate::fault::Fault;
use crate::host::Host;
use crate::peer::{self, Peer, Place};
use crate::schedule::BUSY_SECONDS;
use crate::score;
use crate::settings::Settings;
use crate::source::{self, Problem, Source, Standing, Status};
use crate::subscription::{self, Filters};
use crate::{Node, Occupied};
use fedverify::pfn::PluginRecord;
use list::{Listed, PAGE_ROWS};
use report::{PeerReport, Refused, Taken};
use serde_json::json;

/// After how many refusals a visit ends: a peer of which so much is refused is not read any further. The next visit goes on with
/// the next source: one that the peer has nothing good of must not keep the node from the others.
const MAX_REFUSED: usize = 100;

/// After how many sources whose list cannot be read a visit ends: each may send as many bytes as are read of a response. The next visit
/// goes on with the next source here, too.
const MAX_UNREADABLE: usize = 10;

/// The code of a visit whose time is up.
const SLOW: &str = "node.peer.slow";
/// The code of a visit that ends because too much of a source was refused.
const REFUSED: &str = "node.peer.refused";
/// The code of a source that is left for the next visit, which comes soon, because something else is done with it.
const BUSY: &str = "node.busy";

/// Visits a peer: takes what it has of the sources that somebody here subscribes to. One visit goes on where the last one was left
/// off, so that every source has its turn, also where a platform permits fewer questions at once than there are sources.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the peer does is in the report.
pub(crate) async fn visit<H: Host>(node: &Node<H>, peer: &Peer) -> Result<PeerReport, Fault> {
    let end = node.host.now_ms().saturating_add(node.settings.limits.sync_ms);
    let mut visit =
        Visit { node, peer, end, report: PeerReport::default(), at: peer.next.clone(), after: None };
    let ended = visit.sources().await;
    if ended.is_err() && visit.at == peer.next {
        // This machine failed here at the last visit, too: the next one skips it.
        visit.at = visit.after;
    }
    let report = visit.report;
    peer::left_off(&node.host, &peer.url, visit.at.as_ref(), report.mirrored_count)?;
    ended?;
    let reason = report.problem.as_ref().map(Problem::to_string);
    let refused = u64::try_from(report.refused.len()).unwrap_or(u64::MAX);
    peer::visited(&node.host, &peer.url, reason.as_deref(), refused)?;
    let usual = node.settings.limits.check_seconds;
    let is_left = reason.is_none() && visit.at.is_some();
    // The checks of sources come as often, and could be in the way every time.
    peer::postpone(&node.host, &peer.url, if is_left { usual.min(BUSY_SECONDS) } else { usual })?;
    announce_end(&node.host, peer, reason.as_deref())?;
    Ok(report)
}

/// Whether this node knows by itself that the source's key is the publisher's: it has shown that it has it, or the log of its
/// identity names it.
fn is_proven_here(source: &Source) -> bool {
    source.status == Status::Verified || source.identity == Some(Standing::Proven)
}

/// Records a failure, and the first success after one.
fn announce_end(host: &impl Host, peer: &Peer, reason: Option<&str>) -> Result<(), Fault> {
    let was_failure = peer.result.as_deref() == Some("failure");
    if was_failure == reason.is_some() {
        return Ok(());
    }
    let said = reason.unwrap_or("it can be read again");
    let said = format!("{}: {said}", peer.url);
    let result = Some(if reason.is_none() { "success" } else { "failure" });
    activity::record(host, &Event { result, ..Event::of_node("peer_sync", &said) })
}

struct Visit<'v, H> {
    node: &'v Node<H>,
    peer: &'v Peer,
    /// When the time of the visit is up, in milliseconds.
    end: u64,
    report: PeerReport,
    /// Where it is. Once it is through: the first source that was left, or `None`.
    at: Option<Place>,
    /// Where it would go on if it skipped what it is doing now.
    after: Option<Place>,
}

impl<H: Host> Visit<'_, H> {
    /// Takes what the peer has of one source after another. One source whose list cannot be read must not keep the others waiting.
    async fn sources(&mut self) -> Result<(), Fault> {
        let Node { host, .. } = self.node;
        let first = self.peer.next.clone().unwrap_or_default();
        let mut source_ids = subscription::sources(host, &first.source_id)?.into_iter().peekable();
        let (mut unreadable, mut left) = (0_usize, None);
        while let Some(source_id) = source_ids.next() {
            let next = source_ids.peek().map(|id| Place { source_id: id.clone(), offset: 0 });
            let Some(source) = source::find(host, &source_id)?.filter(is_proven_here) else { continue };
            let offset = if source_id == first.source_id { first.offset } else { 0 };
            let taken = self.take(&source, offset, next.as_ref()).await?;
            score::refresh(host, &source.id)?;
            let problem = match taken {
                Ok(()) => continue,
                Err(problem) if problem.code == BUSY => {
                    left = left.or_else(|| self.at.take());
                    continue;
                }
                Err(problem) => problem,
            };
            // What was refused is not read again: newer versions come after it.
            match problem.code.as_str() {
                SLOW => {}
                REFUSED => self.at = self.after.take(),
                _ => self.at = next,
            }
            unreadable = unreadable.saturating_add(1);
            let goes_on = list::is_of_one_page(&problem) && unreadable < MAX_UNREADABLE;
            // The first one says most: the report, and the row of the peer, have one.
            self.report.problem.get_or_insert(problem);
            if !goes_on {
                return Ok(());
            }
        }
        // One that was left at the last visit, too, waits as long as usual: every visit would begin with it, and those before it would
        // never have their turn.
        self.at = left.filter(|left| left.source_id != first.source_id);
        Ok(())
    }

    /// Takes what the peer has of one source, page by page, the oldest version first. So they are listed here in the order in which
    /// they are listed there, as if this node had mirrored each when the peer did, and the newest one comes last. And what the peer
    /// mirrors meanwhile moves none of its list towards the start: a visit goes on where the last one ended, and skips nothing that was
    /// there then. What is here already keeps its own place.
    ///
    /// The peer's total is only its word: there is an end where a page is empty, and after as many versions as a source may have here.
    /// If it lists more than are wanted, those are its newest.
    async fn take(
        &mut self,
        source: &Source,
        first: u64,
        next: Option<&Place>,
    ) -> Result<Result<(), Problem>, Fault> {
        let Node { host, settings, .. } = self.node;
        let filters = subscription::of_source(host, &source.id)?;
        let filters: Vec<Filters> = filters.into_iter().map(|subscription| subscription.filters).collect();
        let (mut newest, mut offset, mut read) = (self.newest_wanted(source)?, first, 0_u64);
        // Once where the list is too long, and once where the room for old versions is used up. More jumps only a changing total asks for.
        let mut jumps = 2_usize;
        while read < settings.limits.source_versions {
            (self.at, self.after) = (Some(place(source, offset)), next.cloned());
            if let Some(problem) = self.ends(source)? {
                return Ok(Err(problem));
            }
            let page = match list::page(self.node, self.peer, source, offset).await? {
                Ok(page) => page,
                Err(problem) => return Ok(Err(problem)),
            };
            let too_old = page.total.saturating_sub(newest);
            if offset < too_old && jumps > 0 {
                (offset, jumps) = (too_old, jumps.saturating_sub(1));
                continue;
            }
            let before = self.report.mirrored_count;
            if let Err(problem) = self.take_page(source, &filters, (offset, &page.plugins)).await? {
                return Ok(Err(problem));
            }
            if self.report.mirrored_count > before {
                newest = self.newest_wanted(source)?;
            }
            let count = u64::try_from(page.plugins.len()).unwrap_or(u64::MAX);
            (offset, read) = (offset.saturating_add(count), read.saturating_add(count));
            if page.plugins.is_empty() || offset >= page.total {
                break;
            }
        }
        Ok(Ok(()))
    }

    /// How many of the newest versions that a peer lists are wanted. Once the longest archives of another page, and those of the last
    /// one, might not fit into what other nodes may fill, only the last page is: old archives, which come first, would take all the room,
    /// and none are ever deleted.
    fn newest_wanted(&self, source: &Source) -> Result<u64, Fault> {
        let Node { host, settings: Settings { limits, .. }, .. } = self.node;
        let (stored, _) = version::used(host, &source.id)?;
        let two_pages = limits.archive_bytes.saturating_mul(PAGE_ROWS).saturating_mul(2);
        let has_room = stored.saturating_add(two_pages) <= of_other_nodes(limits.source_bytes);
        let most = of_other_nodes(limits.source_versions);
        Ok(if has_room { most } else { most.min(PAGE_ROWS) })
    }

    /// Takes what is wanted of a page. Its first version has this number in the peer's list.
    async fn take_page(
        &mut self,
        source: &Source,
        filters: &[Filters],
        (offset, page): (u64, &[Listed]),
    ) -> Result<Result<(), Problem>, Fault> {
        for (number, listed) in (offset..).zip(page) {
            let is_wanted = filters.iter().any(|filters| filters.want(&listed.tags.0));
            if !is_wanted || listed.withdrawn_at.is_some() {
                continue;
            }
            (self.at, self.after) =
                (Some(place(source, number)), Some(place(source, number.saturating_add(1))));
            if let Some(problem) = self.ends(source)? {
                return Ok(Err(problem));
            }
            match self.mirror(source, listed).await? {
                Ok(taken) => self.report.count(&taken),
                Err(problem) if problem.code == BUSY => return Ok(Err(problem)),
                Err(problem) => self.refuse(source, listed, problem)?,
            }
            if self.report.refused.len() >= MAX_REFUSED {
                let what = format!("{MAX_REFUSED} of its versions were refused: the rest was not read");
                return Ok(Err(Problem::new(REFUSED, what)));
            }
        }
        Ok(Ok(()))
    }

    /// Verifies and stores one version, unless it is here already. The key is the one that is registered here.
    async fn mirror(&self, source: &Source, listed: &Listed) -> Result<Result<Taken, Problem>, Fault> {
        let Node { host, settings, .. } = self.node;
        if self.is_of_earlier_key(source, listed)? {
            return Ok(Ok(Taken::Mirrored(Mirrored::Known)));
        }
        let signature = listed.signature.0.clone();
        // What it lists beside these members is its own word.
        let record = json!({
            "slug": listed.id, "name": listed.name, "version": listed.version,
            "short_description": listed.description, "signature": signature,
        });
        let record = PluginRecord::parse(record.to_string().as_bytes(), &settings.limits.of_core());
        let signatures = (signature.unwrap_or_default(), listed.archive_signature.0.clone());
        let offer = match Offer::signed(source, record.clone(), listed.tags.0.clone(), signatures) {
            Ok(offer) => offer,
            Err(problem) => {
                let is_earlier =
                    record.map_or(Ok(false), |record| self.is_of_key_given_up(source, listed, record))?;
                return Ok(if is_earlier { Ok(Taken::Earlier) } else { Err(problem) });
            }
        };
        if version::has(host, &offer, &listed.sha256)? {
            return Ok(Ok(Taken::Mirrored(Mirrored::Known)));
        }
        let Some(offer) = offer.of_peer(&self.peer.url) else { return Ok(Ok(Taken::Unsigned)) };
        // No archive is fetched in vain, minute after minute.
        if self.occupy(source)?.is_none() {
            return Ok(Err(busy()));
        }
        let archive = match offer.fetch(host, settings).await? {
            Ok(archive) => archive,
            Err(problem) => return Ok(Err(problem)),
        };
        let Some(_occupied) = self.occupy(source)? else { return Ok(Err(busy())) };
        Ok(offer.keep(host, settings, archive).await?.map(Taken::Mirrored))
    }

    /// Reserves a source for as long as something of it is judged and stored, and never while the peer is waited for: one that answers
    /// slowly would keep the publisher and the administrator from it, who may be about to give it another key. `None` where somebody else
    /// visits it, or where it is not what it was.
    fn occupy(&self, source: &Source) -> Result<Option<Occupied<'_>>, Fault> {
        let Some(occupied) = self.node.occupy(&source.id) else { return Ok(None) };
        Ok(self.is_as_it_was(source)?.then_some(occupied))
    }

    /// Whether a source has the key that it had when its list was begun. While the peer is waited for, it can be changed or removed.
    fn is_as_it_was(&self, source: &Source) -> Result<bool, Fault> {
        let now = source::find(&self.node.host, &source.id)?.filter(is_proven_here);
        Ok(now.is_some_and(|now| now.key == source.key))
    }

    /// Why no more of a source is asked for; `None` if there is no reason.
    fn ends(&self, source: &Source) -> Result<Option<Problem>, Fault> {
        if self.node.host.now_ms() > self.end {
            return Ok(Some(slow()));
        }
        let is_peer = peer::find(&self.node.host, &self.peer.url)?.is_some();
        Ok((!is_peer || !self.is_as_it_was(source)?).then(busy))
    }

    /// Whether this is a version that is here already, with the signature of a key that the source had before.
    fn is_of_earlier_key(&self, source: &Source, listed: &Listed) -> Result<bool, Fault> {
        let place = (source.id.as_str(), listed.id.as_str(), listed.version.as_str());
        let is_it = |mirror: &Mirror| {
            !source.has_key(&mirror.public_key)
                && mirror.sha256 == listed.sha256
                && listed.signature.0.as_ref() == Some(&mirror.signature)
        };
        Ok(version::find(&self.node.host, place)?.as_ref().is_some_and(is_it))
    }

    /// Whether a key signed it that the source has given up. The peer names the key, and that is only its word: what that key did not
    /// sign is as forged as anything else. Nothing is taken for that.
    fn is_of_key_given_up(
        &self,
        source: &Source,
        listed: &Listed,
        record: PluginRecord,
    ) -> Result<bool, Fault> {
        let named = listed.public_key.0.as_deref().and_then(|key| source.with_key(key).ok());
        let Some(named) = named else { return Ok(false) };
        let is_given_up = source::gave_up(&self.node.host, source, &named.did_key())?;
        Ok(is_given_up && record.verify(&named.key, None).is_ok())
    }

    /// Records a refusal. It is the peer's fault and not the source's, whose trust it does not touch.
    fn refuse(&mut self, source: &Source, listed: &Listed, problem: Problem) -> Result<(), Fault> {
        let [plugin, version] = [&listed.id, &listed.version].map(|text| fedverify::printable(text));
        let reason = format!("from the node {}: {problem}", self.peer.url);
        let event = Event {
            plugin_id: Some(&plugin),
            new_version: Some(&version),
            result: Some("failure"),
            reason: Some(&reason),
            ..Event::of_source("peer_refused", &source.id)
        };
        activity::record_daily(&self.node.host, &event)?;
        let Problem { code, reason } = problem;
        self.report.refused.push(Refused { source: source.id.clone(), plugin, version, code, reason });
        Ok(())
    }
}

fn place(source: &Source, offset: u64) -> Place {
    Place { source_id: source.id.clone(), offset }
}

fn busy() -> Problem {
    Problem::new(BUSY, "the source is being visited or was changed, or the peer was removed")
}

fn slow() -> Problem {
    Problem::new(SLOW, "the time is up: what is left is for the next visit")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Fake, SIGNATURE, version_of};
    use crate::mirror::testing::{KEY, KEY_IN_PEM, OTHER_KEY, source};
    use serde::Deserialize;

    #[test]
    fn an_earlier_key_is_another_key_and_no_other_spelling() {
        let listed = json!({
            "id": "gallery", "name": "Gallery", "version": "1.0.0", "description": "Pictures", "sha256": "00",
            "signature": SIGNATURE,
        });
        let listed = Listed::deserialize(listed).unwrap();
        let peer = Peer {
            url: "https://peer.example".to_owned(),
            added_at: 1,
            next_sync: 1,
            last_sync: None,
            result: None,
            reason: None,
            mirrored: 0,
            refused: 0,
            next: None,
        };
        for (registered, stored, is_earlier) in [
            (KEY, KEY, false),
            (KEY, KEY_IN_PEM, false),
            (KEY_IN_PEM, KEY, false),
            (KEY, OTHER_KEY, true),
            (KEY_IN_PEM, OTHER_KEY, true),
        ] {
            let node = Fake::answering("FROM mirrored", Ok(vec![version_of(stored, None)])).node();
            let report = PeerReport::default();
            let visit = Visit { node: &node, peer: &peer, end: 0, report, at: None, after: None };
            let found = visit.is_of_earlier_key(&source(registered), &listed);
            assert_eq!(found, Ok(is_earlier), "{registered} {stored}");
        }
    }
}
