//! Packages over the network: hashed as they come, kept nowhere.

use crate::net::{Client, Request, Sink};
use crate::progress::Progress;
use fedverify::fair::Artifact;
use fedverify::report::Check;
use fedverify::{Error, Limits, PackageDigests, PackageHasher, VerifiedRelease};

/// Where to fetch a package, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) url: String,
    accept: &'static str,
}

/// What hosts of release assets must be asked for (fair.md, "Fetching").
const ASSET: &str = "application/octet-stream";

/// The content type of what can be installed.
const ZIP: &str = "application/zip";

/// Fetches a package and hashes it, in constant memory.
pub(crate) fn fetch(client: &Client, source: &Source, limits: &Limits) -> Result<PackageDigests, Error> {
    let request = Request { url: &source.url, accept: source.accept, check: Check::FairBytes };
    let mut sink = Hashing::new(limits);
    client.fetch(request, &mut sink)?;
    Ok(sink.finish())
}

/// Chooses the artifact to fetch: the first ZIP, else the first; `None` if the release has none that is well-formed.
pub(crate) fn choose(release: &VerifiedRelease) -> Option<Source> {
    let is_zip = |artifact: &&Artifact| artifact.content_type() == Some(ZIP);
    let chosen = release.artifacts().find(is_zip).or_else(|| release.artifacts().next())?;
    let accept = if chosen.is_release_asset() { ASSET } else { "*/*" };
    Some(Source { url: chosen.url().to_owned(), accept })
}

/// Hashes what it takes.
struct Hashing<'a> {
    limits: &'a Limits,
    hasher: PackageHasher,
    bytes: u64,
    progress: Progress,
}

impl<'a> Hashing<'a> {
    fn new(limits: &'a Limits) -> Self {
        Hashing {
            limits,
            hasher: PackageHasher::new(limits),
            bytes: 0,
            progress: Progress::new("fetching", 0),
        }
    }

    fn finish(self) -> PackageDigests {
        self.progress.finish();
        self.hasher.finish()
    }
}

impl Sink for Hashing<'_> {
    fn start(&mut self, length: Option<u64>) {
        self.hasher = PackageHasher::new(self.limits);
        self.bytes = 0;
        self.progress.finish();
        self.progress = Progress::new("fetching", length.unwrap_or_default());
    }

    fn take(&mut self, bytes: &[u8]) -> Result<bool, Error> {
        self.hasher.update(bytes)?;
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or_default());
        self.progress.set(self.bytes);
        Ok(true)
    }
}
