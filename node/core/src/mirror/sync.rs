//! Synchronising a source: its author-data, and every plugin in it that somebody wants, one after another.

use super::listing::{Extra, Listing};
use super::offer::Offer;
use super::taking::{FAULT, Mirrored};
use crate::activity::{self, Event};
use crate::fault::Fault;
use crate::host::{Fetch, Host};
use crate::settings::Settings;
use crate::source::{self, Problem, Source};
use crate::subscription::Filters;
use fedverify::pfn::{AuthorData, PluginRecord};
use fedverify::{Error, quote};
use serde::Serialize;
use serde_json::Value as Json;

/// How many refused plugins a response lists and the activity gets of one synchronisation. A source could list others each time.
const MAX_LISTED: usize = 100;

/// After how many archives in a row that could not be stored a synchronisation ends: the storage takes nothing, and publishers
/// would send the others in vain.
const MAX_FAULTS: u64 = 3;

/// What a synchronisation did, in the shape of the original and with what was refused.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncReport {
    /// Whether this machine stored what it was to store. What was refused is no failure of it.
    success: bool,
    mirrored_count: u64,
    total_plugins: u64,
    /// Plugins for which there was no time, or no storage.
    pub(crate) left: u64,
    author_info: Json,
    refused: Vec<Refused>,
    #[serde(skip)]
    faults: Faults,
}

impl SyncReport {
    fn new(author_info: Json) -> Self {
        let (mirrored_count, total_plugins, left) = (0, 0, 0);
        let (refused, faults) = (Vec::new(), Faults::default());
        SyncReport { success: true, mirrored_count, total_plugins, left, author_info, refused, faults }
    }

    /// Counts a plugin for which there was time. A refusal becomes activity, too.
    fn count(
        &mut self,
        host: &impl Host,
        source: &Source,
        plugin_id: &str,
        mirrored: Result<Mirrored, Problem>,
    ) -> Result<(), Fault> {
        self.faults.count(&mirrored);
        self.success = self.faults.all == 0;
        match mirrored {
            Ok(Mirrored::Fetched | Mirrored::Known) => {
                self.mirrored_count = self.mirrored_count.saturating_add(1);
            }
            Err(problem) if self.refused.len() < MAX_LISTED => {
                announce(host, source, plugin_id, &problem)?;
                let Problem { code, reason } = problem;
                self.refused.push(Refused { plugin: plugin_id.to_owned(), code, reason });
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// Why plugins were left for the next visit; `None` if none were.
    fn why_left(&self) -> Option<String> {
        let SyncReport { left, total_plugins, faults, .. } = self;
        let why = if faults.are_too_many() { "archives cannot be stored" } else { "the time is up" };
        let reason = format!("{why}: {left} of {total_plugins} plugins are left for the next visit");
        (*left > 0).then_some(reason)
    }

    /// That this machine could not store archives; `None` if it could.
    pub(crate) fn fault(&self) -> Option<Fault> {
        let Faults { all, .. } = self.faults;
        (all > 0).then(|| Fault::new(format!("archives that could not be stored: {all}")))
    }

    /// Whether the synchronisation ended for that.
    pub(crate) fn is_ended_by_faults(&self) -> bool {
        self.faults.are_too_many()
    }
}

/// The archives that this machine could not store: all of them, and how many since the last one that it could.
#[derive(Debug, Default, Clone, Copy)]
struct Faults {
    all: u64,
    in_a_row: u64,
}

impl Faults {
    fn count(&mut self, mirrored: &Result<Mirrored, Problem>) {
        match mirrored {
            Ok(Mirrored::Fetched) => self.in_a_row = 0,
            Err(problem) if problem.code == FAULT => {
                self.all = self.all.saturating_add(1);
                self.in_a_row = self.in_a_row.saturating_add(1);
            }
            _ => {}
        }
    }

    fn are_too_many(self) -> bool {
        self.in_a_row >= MAX_FAULTS
    }
}

/// A plugin that was not mirrored, and why.
#[derive(Debug, Serialize)]
struct Refused {
    plugin: String,
    code: String,
    reason: String,
}

/// Synchronises a source. `is_forced` fetches the archives of known versions again, to see whether they are what they were.
///
/// # Errors
///
/// A [`Fault`] of this machine; why the source could not be read is in the result.
pub(crate) async fn sync(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    filters: &[Filters],
    is_forced: bool,
) -> Result<Result<SyncReport, Problem>, Fault> {
    let (author, listing) = match author_data(host, settings, source).await? {
        Ok(documents) => documents,
        Err(problem) => {
            failed(host, source, &problem.reason)?;
            return Ok(Err(problem));
        }
    };
    let end = host.now_ms().saturating_add(settings.limits.sync_ms);
    let mut report = SyncReport::new(listing.author());
    let no_extra = Extra::default();
    for (index, (id, record)) in author.plugins().iter().enumerate() {
        let extra = listing.plugins.get(index).unwrap_or(&no_extra);
        if !filters.iter().any(|filters| filters.want(&extra.tags.0)) {
            continue;
        }
        report.total_plugins = report.total_plugins.saturating_add(1);
        // A source that serves slowly must not keep the node from the others.
        if host.now_ms() > end || report.faults.are_too_many() {
            report.left = report.left.saturating_add(1);
            continue;
        }
        let mirrored = mirror(host, settings, source, (record, extra), is_forced).await?;
        report.count(host, source, id, mirrored)?;
    }
    source::set_synced(host, &source.id)?;
    if let Some(reason) = report.why_left() {
        failed(host, source, &reason)?;
    }
    Ok(Ok(report))
}

/// Records that a synchronisation was not done, or not all of it.
fn failed(host: &impl Host, source: &Source, reason: &str) -> Result<(), Fault> {
    let (result, reason) = (Some("failure"), Some(reason));
    activity::record(host, &Event { result, reason, ..Event::of_source("sync", &source.id) })
}

async fn author_data(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
) -> Result<Result<(AuthorData, Listing), Problem>, Fault> {
    let fetch = Fetch {
        // A user name has nothing in it that would have to be encoded.
        url: source.instance.url(&format!("/author-data?author={}", source.username)),
        json: None,
        max_bytes: settings.limits.author_data_bytes,
        timeout_ms: settings.limits.answer_ms,
        reach: settings.reach,
    };
    let body = host.fetch(&fetch).await?;
    Ok(body.map_err(Problem::from).and_then(|body| read(&body, settings, source)))
}

/// The author-data of a source, and of so many plugins at most.
fn read(body: &[u8], settings: &Settings, source: &Source) -> Result<(AuthorData, Listing), Problem> {
    let author = AuthorData::parse(body, &settings.limits.of_core())?;
    if author.username() != source.username {
        let (expected, found) = (quote(&source.username), quote(author.username()));
        let what = format!("expected the author-data of {expected}, found that of {found}");
        return Err(Problem::new("node.author.other", what));
    }
    let (count, most) = (author.plugins().len(), settings.limits.plugins);
    if u64::try_from(count).map_or(true, |count| count > most) {
        let what = format!("expected the author-data of at most {most} plugins, found {count}");
        return Err(Problem::new("node.author.too_many", what));
    }
    let listing =
        Listing::parse(body).map_err(|what| Problem::new("pfn.author_data.malformed", quote(&what)))?;
    Ok((author, listing))
}

/// Verifies and stores one plugin.
async fn mirror(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    (record, extra): (&Result<PluginRecord, Error>, &Extra),
    is_forced: bool,
) -> Result<Result<Mirrored, Problem>, Fault> {
    let signatures = (extra.signature.0.clone().unwrap_or_default(), extra.archive_signature.0.clone());
    match Offer::signed(source, record.clone(), extra.tags.0.clone(), signatures) {
        Ok(offer) => offer.mirror(host, settings, is_forced).await,
        Err(problem) => Ok(Err(problem)),
    }
}

/// Records a refusal. An equivocation was recorded where it was found.
fn announce(host: &impl Host, source: &Source, plugin_id: &str, problem: &Problem) -> Result<(), Fault> {
    if problem.code == fedverify::Code::PinReleaseChanged.as_str() {
        return Ok(());
    }
    let kind = match problem.code.as_str() {
        // A failure of this machine says nothing about the source.
        FAULT => "sync",
        code if code.starts_with("pfn.signature.") => "signature_failure",
        _ => "plugin_refused",
    };
    // A publisher's id of a plugin that it did not sign can be anything.
    let plugin_id = fedverify::printable(plugin_id);
    let reason = problem.to_string();
    let event = Event {
        plugin_id: Some(&plugin_id),
        result: Some("failure"),
        reason: Some(&reason),
        ..Event::of_source(kind, &source.id)
    };
    activity::record_daily(host, &event)
}
