//! The directories that serve an identity's log.

use fedverify::directory::{self, Answer};
use fedverify::fair::Publisher;
use fedverify::tables::Check;
use fedverify::{ApiFault, Error, Limits, Log, PlcDid, Verification, Warning};
use fedverify_net::{Asked, Client, Request, Source};
use std::thread::{self, Builder, ScopedJoinHandle};
use std::time::Duration;

/// How long the DID document may take. Nothing rests on it, so it is fetched alongside the metadata and the package, and nothing waits
/// for it any longer.
const DOCUMENT_TIMEOUT: Duration = Duration::from_secs(2);

/// What the directories served of an identity.
pub(crate) struct Served {
    /// The newest log, or why there is none to go by.
    pub(crate) log: Result<ServedLog, Error>,
    /// What else was found: directories that serve no log, or lag behind.
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
    for log in fetch_all(client, urls, did, limits) {
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

/// The log that each directory serves, or why it serves none. All are asked at the same time: a slow one delays the result by no more
/// than its own timeout.
fn fetch_all(
    client: &Client,
    urls: &[String],
    did: &PlcDid,
    limits: &Limits,
) -> Vec<Result<ServedLog, Error>> {
    let fetch_one = |url: &str| {
        let log = fetch_from(client, url, did, limits)?;
        match log.parse(limits).map(drop) {
            Ok(()) => Ok(log),
            Err(error) if urls.len() > 1 => Err(error.naming_source(url)),
            Err(error) => Err(error),
        }
    };
    thread::scope(|scope| {
        let fetch_beside = |url| Builder::new().spawn_scoped(scope, move || fetch_one(url)).map_err(|_| url);
        let threads: Vec<_> = urls.iter().map(|url| fetch_beside(url.as_str())).collect();
        let outcomes = threads.into_iter().map(|thread| match thread {
            Ok(thread) => outcome(thread),
            // If no thread can be started, it is asked in its turn.
            Err(url) => fetch_one(url),
        });
        outcomes.collect()
    })
}

fn outcome<T>(thread: ScopedJoinHandle<'_, Result<T, Error>>) -> Result<T, Error> {
    let panicked = || Error::misuse(ApiFault::Panicked, "fetching a log failed: this is a bug");
    thread.join().unwrap_or_else(|_| Err(panicked()))
}

fn fetch_from(client: &Client, url: &str, did: &PlcDid, limits: &Limits) -> Result<ServedLog, Error> {
    let url_of_log = url_below(url, &format!("{did}/log/audit"));
    let request = Request::get(&url_of_log, Source::User, Asked::Log);
    let json = client.document(request, limits.log_bytes).map_err(|error| error.at(Check::PlcJson))?;
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

/// The DID document that a directory serves beside its log.
pub(crate) struct Document {
    url: String,
    json: Vec<u8>,
}

/// Fetches the DID document of an identity. Nothing rests on it, so a document that is not
/// available is not worth a warning.
pub(crate) fn fetch_document(
    client: &Client,
    directory: &str,
    did: &PlcDid,
    limits: &Limits,
) -> Option<Document> {
    let url = url_below(directory, did.as_str());
    let request = Request::get(&url, Source::User, Asked::Json);
    let json = client.within(DOCUMENT_TIMEOUT).document(request, limits.log_bytes).ok()?;
    Some(Document { url, json })
}

/// The DID whose document a verification can compare: that of a proven identity, a deactivated one too.
pub(crate) fn did_to_compare(verification: &Verification) -> Option<PlcDid> {
    match verification.publisher()? {
        Publisher::Plc(identity) => Some(identity.did().clone()),
        Publisher::Web(_) | _ => None,
    }
}

/// Compares the DID document with the one that follows from the identity's log.
pub(crate) fn compare_document(document: &Document, verification: &mut Verification, limits: &Limits) {
    let Some(Publisher::Plc(identity)) = verification.publisher() else { return };
    if let Some(warning) = directory::compare_document(&document.url, identity, &document.json, limits) {
        verification.warn(warning);
    }
}

fn url_below(directory: &str, path: &str) -> String {
    format!("{}/{path}", directory.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    #[test]
    fn a_thread_that_panics_is_a_fault_of_fedverify() {
        thread::scope(|scope| {
            let thread = scope.spawn(|| -> Result<(), Error> { std::panic::panic_any("on purpose") });
            assert_eq!(outcome(thread).map_err(|error| error.code()), Err(Code::ApiPanicked));
        });
    }
}
