//! Archives, as files of a folder or as objects of a bucket.

use crate::bucket;
use fedverify_node::{Compare, Fault, Stored};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use hyper::body::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, GetResult, ObjectStore, ObjectStoreExt, PutMode};
use std::path::PathBuf;
use std::sync::Arc;

/// How much of an object is read at a time to be sent on. A piece from a bucket stays in memory until the caller has taken it, and there
/// can be as many downloads as connections.
const PIECE_BYTES: u64 = 256 * 1024;

/// The pieces of a blob, to be sent on.
pub(crate) type Pieces = BoxStream<'static, Result<Bytes, Error>>;

#[derive(Clone)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    is_bucket: bool,
}

impl Blobs {
    /// The archives of a node: of this place, or of the folder `blobs` in its own. A folder is made where it is missing.
    pub(crate) fn open(place: Option<&str>, data: &std::path::Path) -> Result<Self, Fault> {
        if let Some(place) = place.and_then(|place| place.strip_prefix("s3://")) {
            return bucket::open(place).map(|store| Blobs { store, is_bucket: true });
        }
        let folder = place.map_or_else(|| data.join("blobs"), PathBuf::from);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Fault::new(format!("{} cannot be made: {error}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(Fault::new)?;
        Ok(Blobs { store: Arc::new(store.with_fsync(true)), is_bucket: false })
    }

    /// Stores a blob whole or not at all. One that is there stays if it has these bytes, and is replaced if it has not: names are
    /// those of digests, so it is damaged.
    pub(crate) async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
        let (path, bytes) = (Path::from(name), Bytes::from(bytes));
        match self.store.put_opts(&path, bytes.clone().into(), PutMode::Create.into()).await {
            Ok(_) => return Ok(Stored::New),
            Err(Error::AlreadyExists { .. }) => {}
            Err(error) => return Err(Fault::new(error)),
        }
        if self.has(name, &bytes).await? {
            return Ok(Stored::Before);
        }
        self.store.put_opts(&path, bytes.into(), PutMode::Overwrite.into()).await.map_err(Fault::new)?;
        Ok(Stored::Replaced)
    }

    /// Whether a blob has these bytes. One that cannot be read is not known to have others: the storage fails.
    async fn has(&self, name: &str, bytes: &[u8]) -> Result<bool, Fault> {
        let size = u64::try_from(bytes.len()).map_err(Fault::new)?;
        let Some(mut pieces) = self.stream(name, size).await? else { return Ok(false) };
        let mut compare = Compare::new(bytes);
        while let Some(piece) = pieces.next().await {
            if !compare.pass(&piece.map_err(Fault::new)?) {
                return Ok(false);
            }
        }
        Ok(compare.is_same())
    }

    /// How many bytes a blob has; `None` if there is none.
    pub(crate) async fn size(&self, name: &str) -> Result<Option<u64>, Fault> {
        match self.store.head(&Path::from(name)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Fault::new(error)),
        }
    }

    /// A blob of this size, to be sent on; `None` if there is none.
    pub(crate) async fn stream(&self, name: &str, size: u64) -> Result<Option<Pieces>, Fault> {
        if !self.is_bucket {
            let found = self.get(name).await?.filter(|found| found.meta.size == size);
            return Ok(found.map(GetResult::into_stream));
        }
        if self.size(name).await? != Some(size) {
            return Ok(None);
        }
        let (store, path) = (Arc::clone(&self.store), Path::from(name));
        let pieces = stream::try_unfold(0_u64, move |start| {
            let (store, path) = (Arc::clone(&store), path.clone());
            async move {
                if start >= size {
                    return Ok(None);
                }
                let end = start.saturating_add(PIECE_BYTES).min(size);
                store.get_range(&path, start..end).await.map(|piece| Some((piece, end)))
            }
        });
        Ok(Some(pieces.boxed()))
    }

    /// A blob, to be read; `None` if there is none.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<GetResult>, Fault> {
        match self.store.get(&Path::from(name)).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Fault::new(error)),
        }
    }
}
