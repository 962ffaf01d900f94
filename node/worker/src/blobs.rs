//! Archives, in the R2 bucket. Their names are those of their digests: none is ever one of the original's.

use fedverify_node::{Fault, Stored};
use worker::{Bucket, Conditional, Object, ResponseBody};

/// Stores a blob whole or not at all, and never in place of another.
pub(crate) async fn put_new(bucket: &Bucket, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
    let size = u64::try_from(bytes.len()).map_err(Fault::new)?;
    let only_new = Conditional {
        etag_matches: None,
        etag_does_not_match: Some("*".to_owned()),
        uploaded_before: None,
        uploaded_after: None,
    };
    let put = bucket.put(name, bytes).only_if(only_new).execute().await.map_err(Fault::new)?;
    if put.is_some() {
        return Ok(Stored::New);
    }
    let stored = bucket.head(name).await.map_err(Fault::new)?;
    let stored = stored.ok_or_else(|| Fault::new(format!("{name} was not stored")))?.size();
    if stored != size {
        return Err(Fault::new(format!("the stored {name} has {stored} bytes instead of {size}")));
    }
    Ok(Stored::Before)
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
