//! Packages over the network: hashed as they come, kept nowhere.

use crate::net::{Client, Request, Sink};
use crate::progress::Progress;
use fedverify::report::Check;
use fedverify::{Error, Limits, PackageDigests, PackageHasher, VerifiedRelease};
use serde_json::Value;

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

/// Chooses the artifact to fetch: the first ZIP, else the first; `None` if the release has none.
///
/// The document is read once more here, because core tells only the addresses. Nothing rests on this reading: it
/// chooses an address, and core then verifies the bytes as that artifact or refuses them.
pub(crate) fn choose(release: &VerifiedRelease, metadata: &[u8]) -> Option<Source> {
    let known: Vec<&str> = release.artifact_urls().collect();
    let document: Value = serde_json::from_slice(metadata).ok()?;
    let version = release.version().to_string();
    let releases = document.get("releases").and_then(Value::as_array)?;
    let release = releases.iter().find(|release| text(release, "version") == Some(&version))?;
    let package = release.get("artifacts").and_then(|artifacts| artifacts.get("package"))?;
    let artifacts = package.as_array().map_or(std::slice::from_ref(package), Vec::as_slice);
    let artifacts =
        artifacts.iter().filter(|artifact| text(artifact, "url").is_some_and(|url| known.contains(&url)));
    let is_zip = |artifact: &&Value| text(artifact, "content-type") == Some(ZIP);
    let chosen = artifacts.clone().find(is_zip).or_else(|| artifacts.clone().next())?;
    let is_asset = chosen.get("release-asset") == Some(&Value::Bool(true));
    Some(Source { url: text(chosen, "url")?.to_owned(), accept: if is_asset { ASSET } else { "*/*" } })
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
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
