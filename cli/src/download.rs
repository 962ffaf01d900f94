//! Packages over the network: hashed as they arrive, and not stored.

use crate::progress::Progress;
use fedverify::Verification;
use fedverify::fair::{Artifact, Release};
use fedverify::tables::Check;
use fedverify_net::{Asked, Client, Request, Sink, Source};

/// The content type of what can be installed.
const ZIP: &str = "application/zip";

/// Fetches the package that a verification wants, in constant memory.
pub(crate) fn fetch(client: &Client, verification: &mut Verification) {
    // Without an artifact there is nothing to fetch, and no bytes are any artifact of this release: core says why.
    let Some((url, asked)) = verification.release().and_then(choose) else { return };
    verification.fetch_from(&url);
    let request = Request::get(&url, Source::Server, asked);
    let mut sink = Feeding { verification, bytes: 0, progress: Progress::new("fetching", 0) };
    let outcome = client.fetch(request, &mut sink);
    sink.progress.finish();
    if let Err(error) = outcome {
        verification.fail(error.at(Check::FairBytes));
    }
}

/// Chooses the artifact to fetch, and says where it is and what it is: the first ZIP, or otherwise the first; `None` if the
/// release has none that is well-formed.
fn choose(release: &Release) -> Option<(String, Asked)> {
    let is_zip = |artifact: &&Artifact| artifact.content_type() == Some(ZIP);
    let chosen = release.artifacts().find(is_zip).or_else(|| release.artifacts().next())?;
    let asked = if chosen.is_release_asset() { Asked::ReleaseAsset } else { Asked::Package };
    Some((chosen.url().to_owned(), asked))
}

/// Hands what it takes to a verification.
struct Feeding<'a> {
    verification: &'a mut Verification,
    bytes: u64,
    progress: Progress,
}

impl Sink for Feeding<'_> {
    fn start(&mut self, length: Option<u64>) {
        self.verification.restart();
        self.bytes = 0;
        self.progress.finish();
        self.progress = Progress::new("fetching", length.unwrap_or_default());
    }

    fn take(&mut self, bytes: &[u8]) -> bool {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or_default());
        self.progress.set(self.bytes);
        self.verification.update(bytes)
    }
}
