//! The directories that serve an identity's log.

use crate::net::{Client, JSON, Request};
use fedverify::directory::{self, Answer};
use fedverify::report::Check;
use fedverify::{AuditLog, Error, Identity, Limits, Log, PlcDid, Warning};

/// A log as one directory serves it.
pub(crate) struct ServedLog {
    directory: String,
    json: Vec<u8>,
}

/// Fetches the log from every directory. One that gives none is a warning, as long as another gives one.
pub(crate) fn fetch(
    client: &Client,
    urls: &[String],
    did: &PlcDid,
    limits: &Limits,
) -> Result<(Vec<ServedLog>, Vec<Warning>), Error> {
    let (mut logs, mut errors) = (Vec::new(), Vec::new());
    for url in urls {
        let url_of_log = address(url, &format!("{did}/log/audit"));
        let request = Request { url: &url_of_log, accept: JSON, check: Check::PlcJson };
        match client.document(request, limits.log_bytes) {
            Ok(json) => logs.push(ServedLog { directory: url.clone(), json }),
            Err(error) => errors.push(error),
        }
    }
    match errors.first() {
        Some(error) if logs.is_empty() => Err(error.clone()),
        Some(_) | None => Ok((logs, errors.iter().map(directory::unreachable).collect())),
    }
}

/// Chooses the newest of the logs, where there are several: each must verify, and none may contradict another.
pub(crate) fn newest(
    mut logs: Vec<ServedLog>,
    did: &PlcDid,
    limits: &Limits,
) -> Result<(ServedLog, Vec<Warning>), Error> {
    let mut warnings = Vec::new();
    if logs.len() > 1 {
        let answers = logs.iter().map(|log| log.answer(did, limits)).collect::<Result<Vec<_>, _>>()?;
        let (newest, lags) = directory::newest(&answers)?;
        warnings = lags;
        logs.retain(|log| log.directory == newest.url);
    }
    let log =
        logs.into_iter().next().ok_or_else(|| Error::unreadable_file(true, "no directory was named"))?;
    Ok((log, warnings))
}

impl ServedLog {
    /// The log. A directory's audit log it must be: a bare one says nothing about recoveries.
    pub(crate) fn parse(&self, limits: &Limits) -> Result<Log, Error> {
        AuditLog::parse_with(&self.json, limits).map(Log::Audit)
    }

    fn answer(&self, did: &PlcDid, limits: &Limits) -> Result<Answer, Error> {
        let identity = self.parse(limits).and_then(|log| log.verify(did));
        let identity = identity.map_err(|error| error.from_source(&self.directory))?;
        Ok(Answer { url: self.directory.clone(), identity })
    }

    /// Compares the DID document of the same directory with the one that follows from the log. Nothing rests on it, so
    /// that it cannot be had is nothing to speak of.
    pub(crate) fn compare_document(
        &self,
        client: &Client,
        identity: &Identity,
        limits: &Limits,
    ) -> Option<Warning> {
        if identity.is_tombstoned() {
            return None;
        }
        let url = address(&self.directory, identity.did().as_str());
        let request = Request { url: &url, accept: JSON, check: Check::PlcJson };
        let served = client.document(request, limits.log_bytes).ok()?;
        directory::compare_document(&url, identity, &served, limits)
    }
}

fn address(directory: &str, path: &str) -> String {
    format!("{}/{path}", directory.trim_end_matches('/'))
}
