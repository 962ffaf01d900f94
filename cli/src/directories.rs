//! The directories that serve an identity's log.

use crate::net::{Client, JSON, Request};
use fedverify::directory::{self, Answer};
use fedverify::fair::Publisher;
use fedverify::tables::Check;
use fedverify::{ApiFault, Error, Limits, Log, PlcDid, Verification, Warning};

/// What the directories served of an identity.
pub(crate) struct Served {
    /// The newest log, or why there is none to go by.
    pub(crate) log: Result<ServedLog, Error>,
    /// What was found beside that.
    pub(crate) warnings: Vec<Warning>,
}

/// A log, and the directory that served it.
pub(crate) struct ServedLog {
    pub(crate) directory: String,
    pub(crate) json: Vec<u8>,
}

/// Fetches the log from every directory, and chooses the newest: each must verify, and none may contradict another. A
/// directory that serves no log is a warning, as long as another serves one (did-plc.md, "Several directories").
pub(crate) fn fetch(client: &Client, urls: &[String], did: &PlcDid, limits: &Limits) -> Served {
    let (mut logs, mut errors) = (Vec::new(), Vec::new());
    for url in urls {
        let log = fetch_from(client, url, did, limits).and_then(|log| match log.parse(limits).map(drop) {
            Ok(()) => Ok(log),
            Err(error) if urls.len() > 1 => Err(error.naming_source(url)),
            Err(error) => Err(error),
        });
        match log {
            Ok(log) => logs.push(log),
            Err(error) => errors.push(error),
        }
    }
    let mut warnings: Vec<Warning> = errors.iter().map(directory::unreachable).collect();
    let log = match errors.into_iter().next() {
        Some(error) if logs.is_empty() => return Served { log: Err(error), warnings: Vec::new() },
        Some(_) | None => newest(logs, did, limits),
    };
    let log = log.map(|(log, lags)| {
        warnings.extend(lags);
        log
    });
    Served { log, warnings }
}

fn fetch_from(client: &Client, url: &str, did: &PlcDid, limits: &Limits) -> Result<ServedLog, Error> {
    let url_of_log = url_below(url, &format!("{did}/log/audit"));
    let request = Request { url: &url_of_log, accept: JSON, check: Check::PlcJson };
    let json = client.document(request, limits.log_bytes)?;
    Ok(ServedLog { directory: url.to_owned(), json })
}

/// The newest of these logs, which are well-formed. One alone is core's to verify, with what is remembered.
fn newest(
    mut logs: Vec<ServedLog>,
    did: &PlcDid,
    limits: &Limits,
) -> Result<(ServedLog, Vec<Warning>), Error> {
    let mut lags = Vec::new();
    if logs.len() > 1 {
        let answers = logs.iter().map(|log| log.answer(did, limits)).collect::<Result<Vec<_>, _>>()?;
        let (newest, warnings) = directory::newest(&answers)?;
        lags = warnings;
        let place = answers.iter().position(|answer| std::ptr::eq(answer, newest)).unwrap_or_default();
        logs.swap(0, place);
    }
    let unnamed = || Error::misuse(ApiFault::Argument, "expected the URL of a directory, found none");
    let log = logs.into_iter().next().ok_or_else(unnamed)?;
    Ok((log, lags))
}

impl ServedLog {
    /// The log. It must be an audit log: other forms say nothing about recoveries.
    fn parse(&self, limits: &Limits) -> Result<Log<'_>, Error> {
        Log::parse(&self.json, limits).and_then(Log::require_audit)
    }

    fn answer(&self, did: &PlcDid, limits: &Limits) -> Result<Answer, Error> {
        let identity = self.parse(limits).and_then(|log| log.verify(did));
        let identity = identity.map_err(|error| error.naming_source(&self.directory))?;
        Ok(Answer { url: self.directory.clone(), identity })
    }
}

/// Compares the DID document of a directory with the one that follows from the identity's log. Nothing rests on it, so a
/// document that is not available is not worth a warning.
pub(crate) fn compare_document(
    client: &Client,
    directory: &str,
    verification: &mut Verification,
    limits: &Limits,
) {
    let Some(Publisher::Plc(identity)) = verification.publisher() else { return };
    if identity.is_tombstoned() {
        return;
    }
    let url = url_below(directory, identity.did().as_str());
    let request = Request { url: &url, accept: JSON, check: Check::PlcJson };
    let Ok(served) = client.document(request, limits.log_bytes) else { return };
    if let Some(warning) = directory::compare_document(&url, identity, &served, limits) {
        verification.warn(warning);
    }
}

fn url_below(directory: &str, path: &str) -> String {
    format!("{}/{path}", directory.trim_end_matches('/'))
}
