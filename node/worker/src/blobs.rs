//! Archives, in the R2 bucket. Their names are those of their digests: none is ever one of the original's.

use fedverify_node::{Compare, Fault, Stored};
use futures_util::StreamExt;
use worker::{Bucket, Conditional, Object, ResponseBody};

/// Stores a blob whole or not at all. One that is there stays if it has these bytes, and is replaced if it has not: names are
/// those of digests, so it is damaged.
pub(crate) async fn put(bucket: &Bucket, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
    if let Some(stored) = found(bucket, name).await? {
        if has(&stored, &bytes).await? {
            return Ok(Stored::Before);
        }
        bucket.put(name, bytes).execute().await.map_err(Fault::new)?;
        return Ok(Stored::Replaced);
    }
    let only_new = Conditional {
        etag_matches: None,
        etag_does_not_match: Some("*".to_owned()),
        uploaded_before: None,
        uploaded_after: None,
    };
    // If another request was quicker, it stored the same bytes.
    let put = bucket.put(name, bytes).only_if(only_new).execute().await.map_err(Fault::new)?;
    Ok(if put.is_some() { Stored::New } else { Stored::Before })
}

/// Whether a blob has these bytes. One that cannot be read is not known to have others: the storage fails.
async fn has(stored: &Object, bytes: &[u8]) -> Result<bool, Fault> {
    if u64::try_from(bytes.len()) != Ok(stored.size()) {
        return Ok(false);
    }
    let body = stored.body().ok_or_else(|| Fault::new("a stored archive has no body"))?;
    let mut pieces = body.stream().map_err(Fault::new)?;
    let mut compare = Compare::new(bytes);
    while let Some(piece) = pieces.next().await {
        if !compare.pass(&piece.map_err(Fault::new)?) {
            return Ok(false);
        }
    }
    Ok(compare.is_same())
}

/// Reads a blob; `None` if there is none.
pub(crate) async fn get(bucket: &Bucket, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Some(found) = found(bucket, name).await? else { return Ok(None) };
    let body = found.body().ok_or_else(|| Fault::new(format!("{name} has no body")))?;
    body.bytes().await.map(Some).map_err(Fault::new)
}

/// A blob of this size, to be sent on.
pub(crate) async fn stream(bucket: &Bucket, name: &str, size: u64) -> Result<ResponseBody, Fault> {
    let damaged = || Fault::new("a stored archive is missing or has another size");
    let found = found(bucket, name).await?.filter(|found| found.size() == size).ok_or_else(damaged)?;
    found.body().ok_or_else(damaged)?.response_body().map_err(Fault::new)
}

async fn found(bucket: &Bucket, name: &str) -> Result<Option<Object>, Fault> {
    bucket.get(name).execute().await.map_err(Fault::new)
}
