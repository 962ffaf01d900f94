//! Taking versions from another node. It is one more place where bytes are, and its word counts for nothing: which sources there
//! are and which keys they have is known here, and every signature, archive and digest is checked as if the publisher had sent it.
//!
//! Only archives that the source's own key signs are taken. Of others, nothing but the first sight tells which bytes are a
//! version's; a peer could make this node remember other bytes than the publisher's, and refuse the publisher's for ever.

use super::listing::Extra;
use super::offer::{Mirrored, Offer};
use super::store;
use crate::Node;
use crate::activity::{self, Event};
use crate::host::{Fault, Fetch, Host};
use crate::names::encoded;
use crate::peer::{self, Peer};
use crate::score;
use crate::source::{self, Problem, Source, Standing, Status};
use crate::subscription::{self, Filters};
use fedverify::pfn::PluginRecord;
use fedverify::quote;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many versions a page of a node's list has at most.
const PAGE_ROWS: u64 = 100;

/// After how many refusals a visit ends: a peer of which so much is refused is not read any further.
const MAX_REFUSED: usize = 100;

/// A page of the list of a node's versions.
#[derive(Debug, Deserialize)]
struct Page {
    plugins: Vec<Listed>,
}

/// A version in it.
#[derive(Debug, Deserialize)]
struct Listed {
    id: String,
    name: String,
    version: String,
    description: String,
    sha256: String,
    withdrawn_at: Option<u64>,
    #[serde(flatten)]
    extra: Extra,
}

/// What a visit to a peer did.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PeerReport {
    mirrored_count: u64,
    /// Versions that are here already.
    known_count: u64,
    refused: Vec<Refused>,
    /// Why the visit ended early, or could not be made.
    #[serde(skip)]
    pub(crate) problem: Option<Problem>,
}

/// A version that was not taken, and why.
#[derive(Debug, Serialize)]
struct Refused {
    source: String,
    plugin: String,
    version: String,
    code: String,
    reason: String,
}

/// Visits a peer: takes what it has of the sources that somebody here subscribes to.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the peer does is in the report.
pub(crate) async fn visit<H: Host>(node: &Node<H>, peer: &Peer) -> Result<PeerReport, Fault> {
    let end = node.host.now_ms().saturating_add(node.settings.limits.sync_ms);
    let mut visit = Visit { node, peer, end, report: PeerReport::default() };
    for source_id in subscription::sources(&node.host)? {
        let source = source::find(&node.host, &source_id)?.filter(is_proven_here);
        // A source that is being visited itself is for the next time.
        let Some((source, _occupied)) = source.zip(node.occupy(&source_id)) else { continue };
        let taken = visit.take(&source).await?;
        score::refresh(&node.host, &source.id)?;
        if let Err(problem) = taken {
            visit.report.problem = Some(problem);
            break;
        }
    }
    let report = visit.report;
    let reason = report.problem.as_ref().map(|problem| format!("{} [{}]", problem.reason, problem.code));
    let refused = u64::try_from(report.refused.len()).unwrap_or(u64::MAX);
    peer::visited(&node.host, &peer.url, reason.as_deref(), (report.mirrored_count, refused))?;
    announce_end(&node.host, peer, reason.as_deref())?;
    Ok(report)
}

/// Whether this node knows by itself that the source's key is the publisher's: it has shown that it has it, or the log of its
/// identity names it.
fn is_proven_here(source: &Source) -> bool {
    source.status == Status::Verified || source.identity == Some(Standing::Proven)
}

/// A failure, and the first success after one, as activity.
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
}

impl<H: Host> Visit<'_, H> {
    /// Takes what the peer has of one source, page by page. Its total is only its word: pages end where one is not full, and
    /// where there are more versions than a source's document may have plugins.
    async fn take(&mut self, source: &Source) -> Result<Result<(), Problem>, Fault> {
        let Node { host, settings, .. } = self.node;
        let filters = subscription::of_source(host, &source.id)?;
        let filters: Vec<Filters> = filters.into_iter().map(|subscription| subscription.filters).collect();
        let mut offset = 0_u64;
        while offset < settings.limits.plugins {
            let page = match self.page(source, offset).await? {
                Ok(page) => page,
                Err(problem) => return Ok(Err(problem)),
            };
            for listed in &page {
                let is_wanted = filters.iter().any(|filters| filters.want(&listed.extra.tags()));
                if !is_wanted || listed.withdrawn_at.is_some() {
                    continue;
                }
                if host.now_ms() > self.end {
                    let what = "the time is up: what is left is for the next visit";
                    return Ok(Err(Problem::new("node.peer.slow", what)));
                }
                match self.mirror(source, listed).await? {
                    Ok(Mirrored::Fetched) => {
                        self.report.mirrored_count = self.report.mirrored_count.saturating_add(1);
                    }
                    Ok(Mirrored::Known) => {
                        self.report.known_count = self.report.known_count.saturating_add(1);
                    }
                    Err(problem) => self.refuse(source, listed, problem)?,
                }
                if self.report.refused.len() >= MAX_REFUSED {
                    let what = format!("{MAX_REFUSED} of its versions were refused: the rest is not read");
                    return Ok(Err(Problem::new("node.peer.refused", what)));
                }
            }
            if u64::try_from(page.len()).unwrap_or(u64::MAX) < PAGE_ROWS {
                break;
            }
            offset = offset.saturating_add(PAGE_ROWS);
        }
        Ok(Ok(()))
    }

    async fn page(&self, source: &Source, offset: u64) -> Result<Result<Vec<Listed>, Problem>, Fault> {
        let Node { host, settings, .. } = self.node;
        let source_id = encoded(&source.id);
        let path = format!("/federation/plugins?source={source_id}&limit={PAGE_ROWS}&offset={offset}");
        let fetch = Fetch {
            url: self.peer.url(&path),
            json: None,
            max_bytes: settings.limits.author_data_bytes,
            timeout_ms: settings.limits.answer_ms,
            reach: settings.reach,
        };
        let body = host.fetch(&fetch).await?;
        Ok(body.map_err(Problem::from).and_then(|body| rows(&body, &fetch.url)))
    }

    /// Verifies and stores one version, unless it is here already. The key is the one that is registered here.
    async fn mirror(&self, source: &Source, listed: &Listed) -> Result<Result<Mirrored, Problem>, Fault> {
        let Node { host, settings, .. } = self.node;
        let signature = listed.extra.signature().unwrap_or_default();
        // What it lists beside these members is its own word.
        let record = json!({
            "slug": listed.id, "name": listed.name, "version": listed.version,
            "short_description": listed.description, "signature": signature,
        });
        let verified = PluginRecord::parse(record.to_string().as_bytes(), &settings.limits.of_core())
            .and_then(|record| record.verify(&source.key, None));
        let signatures = (signature, listed.extra.archive_signature());
        let offer = verified
            .map_err(Problem::from)
            .and_then(|plugin| Offer::new(source, plugin, listed.extra.tags(), signatures));
        match offer {
            Ok(offer) if store::has(host, &offer, &listed.sha256)? => Ok(Ok(Mirrored::Known)),
            Ok(offer) => offer.of_peer(&self.peer.url).mirror(host, settings, true).await,
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// A refusal as activity. It is the peer's, not the source's: no fact of the source's trust.
    fn refuse(&mut self, source: &Source, listed: &Listed, problem: Problem) -> Result<(), Fault> {
        let [plugin, version] = [&listed.id, &listed.version].map(|text| fedverify::printable(text));
        let reason = format!("from the node {}: {} [{}]", self.peer.url, problem.reason, problem.code);
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

/// The versions of a page.
fn rows(body: &[u8], url: &str) -> Result<Vec<Listed>, Problem> {
    let page: Page = serde_json::from_slice(body).map_err(|error| {
        let found = quote(&error.to_string());
        let what = format!("expected the list of a node's versions at {url}, found: {found}");
        Problem::new("node.peer.malformed", what)
    })?;
    let count = page.plugins.len();
    if u64::try_from(count).unwrap_or(u64::MAX) > PAGE_ROWS {
        let what = format!("expected at most {PAGE_ROWS} versions in a page, found {count}");
        return Err(Problem::new("node.peer.malformed", what));
    }
    Ok(page.plugins)
}
