//! Archives, as files of a folder or as objects of a bucket.

use crate::bucket;
use fedverify_node::{Fault, Stored};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, GetResult, ObjectStore, ObjectStoreExt, PutMode};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// The archives of a node: of this place, or of the folder `blobs` in its own. A folder is made where it is missing.
    pub(crate) fn open(place: Option<&str>, data: &std::path::Path) -> Result<Self, Fault> {
        if let Some(place) = place.and_then(|place| place.strip_prefix("s3://")) {
            return bucket::open(place).map(Blobs);
        }
        let folder = place.map_or_else(|| data.join("blobs"), PathBuf::from);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Fault::new(format!("{} cannot be made: {error}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(Fault::new)?;
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
