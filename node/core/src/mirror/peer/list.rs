//! The list of versions that another node has of a source, a page at a time.

use crate::Node;
use crate::fault::Fault;
use crate::host::{Fetch, Host};
use crate::mirror::values::{Given, Tags, Text};
use crate::names::encoded;
use crate::peer::Peer;
use crate::source::{Problem, Source};
use fedverify::{Code, quote};
use serde::Deserialize;

/// How many versions a page of a node's list has at most: so many of the longest are no more than is read of a response.
pub(super) const PAGE_ROWS: u64 = 50;

/// A page of the list of a node's versions, the oldest first.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) plugins: Vec<Listed>,
    /// How many versions there are on all pages.
    pub(super) total: u64,
}

/// The code of a response that is no such page.
const MALFORMED: &str = "node.peer.malformed";

/// A version in it.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) description: String,
    pub(super) sha256: String,
    pub(super) withdrawn_at: Option<u64>,
    // By name, and not as one struct within: serde would make every member that it does not know, too.
    #[serde(default)]
    pub(super) tags: Tags,
    #[serde(default)]
    pub(super) signature: Text,
    #[serde(default)]
    pub(super) archive_signature: Given,
    #[serde(default)]
    pub(super) public_key: Text,
}

/// The page that begins with the version of this number, counted from 0, the oldest. It may have fewer versions than are asked for.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the peer does is in the result.
pub(super) async fn page<H: Host>(
    Node { host, settings, .. }: &Node<H>,
    peer: &Peer,
    source: &Source,
    offset: u64,
) -> Result<Result<Page, Problem>, Fault> {
    let source_id = encoded(&source.id);
    let path =
        format!("/federation/plugins?source={source_id}&order=oldest&limit={PAGE_ROWS}&offset={offset}");
    let fetch = Fetch {
        url: peer.url(&path),
        json: None,
        max_bytes: settings.limits.author_data_bytes,
        timeout_ms: settings.limits.answer_ms,
        reach: settings.reach,
    };
    let body = host.fetch(&fetch).await?;
    Ok(body.map_err(Problem::from).and_then(|body| read(&body, &fetch.url)))
}

/// Whether a problem is one of this page only: something came, and it is too long, or is no page. What the peer has of other sources
/// may be as it should be.
pub(super) fn is_of_one_page(problem: &Problem) -> bool {
    [MALFORMED, Code::IoNetworkAnswer.as_str()].contains(&problem.code.as_str())
}

fn read(body: &[u8], url: &str) -> Result<Page, Problem> {
    let page: Page = serde_json::from_slice(body).map_err(|error| {
        let found = quote(&error.to_string());
        let what = format!("expected the list of a node's versions at {url}, found: {found}");
        Problem::new(MALFORMED, what)
    })?;
    let count = page.plugins.len();
    if u64::try_from(count).unwrap_or(u64::MAX) > PAGE_ROWS {
        let what = format!("expected at most {PAGE_ROWS} versions in a page, found {count}");
        return Err(Problem::new(MALFORMED, what));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mirror::offer::{MAX_DESCRIPTION_CHARS, MAX_NAME_CHARS};
    use crate::mirror::values::{MAX_TAGS, MAX_TEXT_CHARS};
    use crate::settings::Limits;
    use serde_json::json;

    /// More than a version has beside its texts: ids, keys, digests and doubts.
    const OTHERS: usize = 16 * 1024;

    /// Otherwise a publisher of long texts could not be taken from a peer that sends as many versions as it is asked for.
    #[test]
    fn a_page_of_the_longest_versions_can_be_read() {
        // A control character has six bytes in JSON.
        let text = |chars: usize| "\u{1}".repeat(chars);
        let longest = json!({
            "name": text(MAX_NAME_CHARS), "description": text(MAX_DESCRIPTION_CHARS),
            "tags": vec![text(MAX_TEXT_CHARS); MAX_TAGS],
        });
        let bytes = u64::try_from(longest.to_string().len().saturating_add(OTHERS)).unwrap();
        assert!(bytes.saturating_mul(PAGE_ROWS) < Limits::default().author_data_bytes, "{bytes}");
    }
}
