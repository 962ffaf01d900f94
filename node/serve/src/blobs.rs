//! Archives, as files of a folder. `object_store` has the same interface for S3 and its like.

use fedverify_node::{Fault, Stored};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, GetResult, ObjectStore, ObjectStoreExt, PutMode};
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// The blobs of a folder that exists.
    pub(crate) fn open(folder: &std::path::Path) -> Result<Self, Fault> {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(Fault::new)?;
        Ok(Blobs(Arc::new(store.with_fsync(true))))
    }

    /// Stores a blob whole or not at all, and never in place of another.
    pub(crate) async fn put_new(&self, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
        let (path, size) = (Path::from(name), bytes.len());
        match self.0.put_opts(&path, bytes.into(), PutMode::Create.into()).await {
            Ok(_) => Ok(Stored::New),
            Err(Error::AlreadyExists { .. }) => {
                let stored = self.0.head(&path).await.map_err(Fault::new)?.size;
                if u64::try_from(size).ok() != Some(stored) {
                    return Err(Fault::new(format!(
                        "the stored {name} has {stored} bytes instead of {size}"
                    )));
                }
                Ok(Stored::Before)
            }
            Err(error) => Err(Fault::new(error)),
        }
    }

    /// How many bytes a blob has; `None` if there is none.
    pub(crate) async fn size(&self, name: &str) -> Result<Option<u64>, Fault> {
        match self.0.head(&Path::from(name)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Fault::new(error)),
        }
    }

    /// A blob, to be read or sent on; `None` if there is none.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<GetResult>, Fault> {
        match self.0.get(&Path::from(name)).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Fault::new(error)),
        }
    }
}
