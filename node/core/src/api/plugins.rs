//! Mirrored versions: listed, downloaded, verified, withdrawn.

use super::{MAX_ROWS, places};
use crate::Node;
use crate::arguments::{self, MAX_OFFSET, Query};
use crate::host::Host;
use crate::http::{Body, Request, Response};
use crate::mirror::{self, Mirror, Order};
use crate::refusal::{Failure, Refusal};
use crate::score;
use crate::trust::Doubt;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// How many versions a request without a limit gets.
const DEFAULT_ROWS: u64 = 50;

pub(super) fn list<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let query = Query::parse(request, &["source", "plugin", "tag", "order", "limit", "offset"])?;
    let (mirrors, total) = mirror::list(
        &node.host,
        &mirror::Query {
            source: query.optional("source"),
            plugin: query.optional("plugin"),
            tag: query.optional("tag"),
            order: order(&query)?,
            limit: query.number("limit", DEFAULT_ROWS, MAX_ROWS)?,
            offset: query.number("offset", 0, MAX_OFFSET)?,
        },
    )?;
    let sources = mirrors.iter().map(|mirror| mirror.source_id.as_str()).collect();
    let sources = score::offering(&node.host, &sources)?;
    let listed = |mirror: &Mirror| {
        let mut listed = mirror.listed();
        // Every version has a source.
        if let Some((listed, source)) = listed.as_object_mut().zip(sources.get(&mirror.source_id)) {
            listed.insert("source_public_key".to_owned(), json!(source.public_key));
            listed.insert("doubts".to_owned(), json!(source.doubts(&mirror.public_key)));
        }
        listed
    };
    let plugins = fitting(mirrors.iter().map(listed), node.settings.limits.page_bytes);
    Ok(Response::json(200, &json!({"plugins": plugins, "total": total})))
}

fn order(query: &Query) -> Result<Order, Refusal> {
    match query.optional("order") {
        None | Some("newest") => Ok(Order::Newest),
        Some("oldest") => Ok(Order::Oldest),
        Some(other) => Err(Refusal::bad(format!(
            "expected order to be newest or oldest, found {}",
            fedverify::quote(other)
        ))),
    }
}

/// As many of them as fit into a page, and at least one: otherwise nobody would get past a very long one.
fn fitting(plugins: impl Iterator<Item = Json>, most: u64) -> Vec<Json> {
    let mut bytes = 0_u64;
    let fits = |plugin: &Json| {
        let is_first = bytes == 0;
        bytes = bytes.saturating_add(u64::try_from(plugin.to_string().len()).unwrap_or(u64::MAX));
        is_first || bytes <= most
    };
    plugins.take_while(fits).collect()
}

pub(super) fn download<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let mirror = named(node, request)?;
    let etag = format!("\"{}\"", mirror.sha256);
    // A weak tag is one that a proxy has made of ours, and a star is any archive (RFC 9110, section 13.1.2).
    let is_it = |tag: &str| tag.trim().trim_start_matches("W/") == etag;
    let is_any = |known: &str| known.trim() == "*" || known.split(',').any(is_it);
    let is_known = request.header("if-none-match").is_some_and(is_any);
    // The names have only letters, digits, - _ . + ~ in them.
    let file_name = format!("attachment; filename=\"{}-{}.zip\"", mirror.plugin_id, mirror.version);
    let body = Body::Blob { name: mirror::blob_name(&mirror.sha256), size: mirror.size };
    let (status, body) = if is_known { (304, Body::Bytes(Vec::new())) } else { (200, body) };
    let digest = base64(&mirror.sha256);
    let response = Response { status, headers: vec![("content-type", "application/zip".to_owned())], body };
    Ok(response
        .with("content-disposition", file_name)
        .with("digest", format!("sha-256={digest}"))
        .with("repr-digest", format!("sha-256=:{digest}:"))
        .with("etag", etag)
        // The bytes never change unless a stolen key signed them, but the version can be withdrawn: caches must soon ask again.
        .with("cache-control", "public, max-age=300"))
}

pub(super) async fn verify<H: Host>(node: &Node<H>, request: &Request) -> Result<Response, Failure> {
    let mirror = named(node, request)?;
    let _place = places::verification(node)?;
    let report = Response::json(200, &mirror::verdict(&node.host, &node.settings, &mirror).await?);
    // The report is the same as the command's, which knows no sources: what is known against this one goes beside it.
    let doubts = doubts(node, &mirror)?;
    Ok(if doubts.is_empty() { report } else { report.with("x-doubts", doubts) })
}

/// The codes of what is known against a version.
fn doubts<H: Host>(node: &Node<H>, mirror: &Mirror) -> Result<String, Failure> {
    let source = score::offering(&node.host, &[mirror.source_id.as_str()].into())?;
    let doubts = source.get(&mirror.source_id).map(|source| source.doubts(&mirror.public_key));
    let codes: Vec<&str> = doubts.iter().flatten().map(Doubt::code).collect();
    Ok(codes.join(", "))
}

/// The version that a query names, if it is offered.
fn named<H: Host>(node: &Node<H>, request: &Request) -> Result<Mirror, Failure> {
    let query = Query::parse(request, &["source", "plugin", "version"])?;
    let place = (query.required("source")?, query.required("plugin")?, query.required("version")?);
    let mirror = mirror::find(&node.host, place)?;
    let mirror = mirror.ok_or_else(|| Refusal::missing("this version is not mirrored here"))?;
    if mirror.withdrawn_at.is_some() {
        return Err(Refusal::new(
            410,
            "node.withdrawn",
            "this version was withdrawn by the node's administrator",
        )
        .into());
    }
    Ok(mirror)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    source: String,
    plugin: String,
    version: String,
}

pub(super) fn withdraw<H: Host>(
    node: &Node<H>,
    request: &Request,
    is_withdrawn: bool,
) -> Result<Response, Failure> {
    let place: Place = arguments::body(request)?;
    let place = (place.source.as_str(), place.plugin.as_str(), place.version.as_str());
    if !mirror::set_withdrawn(&node.host, place, is_withdrawn)? {
        return Err(Refusal::missing("this version is not mirrored here").into());
    }
    Ok(Response::json(200, &json!({"success": true})))
}

/// A hexadecimal digest in base64 (RFC 9530, section 2).
fn base64(hex: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits: Vec<bool> = Vec::new();
    for digit in hex.chars().filter_map(|digit| digit.to_digit(16)) {
        bits.extend([8, 4, 2, 1].map(|bit| digit & bit != 0));
    }
    let sextets = bits.chunks(6).map(|sextet| {
        let value = sextet
            .iter()
            .chain([&false; 6])
            .take(6)
            .fold(0_usize, |value, bit| value << 1 | usize::from(*bit));
        ALPHABET.get(value).map_or('=', |byte| char::from(*byte))
    });
    let mut text: String = sextets.collect();
    while text.len().checked_rem(4) != Some(0) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Fake, get, now, version};

    #[test]
    fn a_known_archive_is_not_sent_again() {
        let node = Fake::answering("FROM mirrored", Ok(vec![version()])).node();
        let status = |known: &str| {
            let place = "source=al@a.example&plugin=gallery&version=1.0.0";
            let mut request = get("/federation/download", place);
            request.headers.push(("if-none-match".to_owned(), known.to_owned()));
            now(node.handle(request)).status
        };
        for known in ["\"00\"", "W/\"00\"", "\"11\", \"00\"", "*", " * "] {
            assert_eq!(status(known), 304, "{known}");
        }
        for other in ["\"11\"", "00", "\"*\"", "\"11\", *", ""] {
            assert_eq!(status(other), 200, "{other}");
        }
    }

    #[test]
    fn a_page_has_so_many_bytes_and_one_version_at_least() {
        let count = |most: u64| {
            // Four bytes each.
            let plugins = ["aa", "bb", "cc"].map(|text| json!(text));
            fitting(plugins.into_iter(), most).len()
        };
        assert_eq!([0, 4, 7, 8, 11, 12, 100].map(count), [1, 1, 1, 2, 2, 3, 3]);
        assert_eq!(fitting([].into_iter(), 100), Vec::<Json>::new());
    }

    #[test]
    fn a_digest_is_base64() {
        // RFC 4648, section 10.
        for (hex, text) in
            [("", ""), ("66", "Zg=="), ("666f", "Zm8="), ("666f6f", "Zm9v"), ("666f6f6261", "Zm9vYmE=")]
        {
            assert_eq!(base64(hex), text);
        }
    }
}
