//! The list of versions that another node has of a source, a page at a time.

use crate::Node;
use crate::fault::Fault;
use crate::host::{Fetch, Host};
use crate::mirror::values::{Given, Tags, Text};
use crate::names::encoded;
use crate::peer::Peer;
use crate::source::{Problem, Source};
use fedverify::quote;
use serde::Deserialize;

/// How many versions a page of a node's list has at most.
pub(super) const PAGE_ROWS: u64 = 100;

/// A page of the list of a node's versions.
#[derive(Debug, Deserialize)]
struct Page {
    plugins: Vec<Listed>,
}

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

/// The page that begins with the version of this number, counted from 0.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the peer does is in the result.
pub(super) async fn page<H: Host>(
    Node { host, settings, .. }: &Node<H>,
    peer: &Peer,
    source: &Source,
    offset: u64,
) -> Result<Result<Vec<Listed>, Problem>, Fault> {
    let source_id = encoded(&source.id);
    let path = format!("/federation/plugins?source={source_id}&limit={PAGE_ROWS}&offset={offset}");
    let fetch = Fetch {
        url: peer.url(&path),
        json: None,
        max_bytes: settings.limits.author_data_bytes,
        timeout_ms: settings.limits.answer_ms,
        reach: settings.reach,
    };
    let body = host.fetch(&fetch).await?;
    Ok(body.map_err(Problem::from).and_then(|body| rows(&body, &fetch.url)))
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
