//! Responses that callers have not read yet. Each is in memory until its last byte is written, and a caller who asks and does not read
//! may stay for as long as a connection lasts: what all of them together hold is bounded. Archives are not among them; they come
//! piece by piece from the storage.

use hyper::body::Bytes;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of a response that is not counted: refusals, and what is said of one thing. Lists cannot keep these from anyone, and all
/// connections together hold no more than this much each.
const SHORT: usize = 16 * 1024;

/// The room for responses that are not read yet, of all connections together.
#[derive(Clone)]
pub(crate) struct Unread(Arc<Semaphore>);

/// A response and its place.
struct Held {
    bytes: Vec<u8>,
    _place: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Unread {
    /// Room for so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Unread(Arc::new(Semaphore::new(bytes.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes a response in, if there is room. Its room is free again with the last of its bytes, whether they were written or the
    /// connection broke off: hyper keeps the bytes for longer than the body that they came in.
    pub(crate) fn hold(&self, mut bytes: Vec<u8>) -> Option<Bytes> {
        if bytes.len() <= SHORT {
            return Some(Bytes::from(bytes));
        }
        // What was reserved beside the bytes would be held and not counted.
        bytes.shrink_to_fit();
        let size = u32::try_from(bytes.len()).ok()?;
        let place = Arc::clone(&self.0).try_acquire_many_owned(size).ok()?;
        Some(Bytes::from_owner(Held { bytes, _place: place }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_has_so_many_bytes_and_what_was_dropped_has_none() {
        let unread = Unread::new(3 * SHORT);
        let left = || unread.0.available_permits();
        let first = unread.hold(vec![1; 2 * SHORT]).unwrap();
        assert_eq!((first.len(), left()), (2 * SHORT, SHORT));
        assert!(unread.hold(vec![2; SHORT + 1]).is_none());
        // A part keeps all of it in memory.
        let part = first.slice(..1);
        drop(first);
        assert_eq!(left(), SHORT);
        drop(part);
        assert_eq!(left(), 3 * SHORT);
        let whole = unread.hold(vec![3; 3 * SHORT]);
        assert!(whole.is_some() && unread.hold(vec![4; SHORT + 1]).is_none());
        // One that is longer than all the room is never let in, and takes none.
        drop(whole);
        assert!(unread.hold(vec![5; 3 * SHORT + 1]).is_none());
        assert_eq!(left(), 3 * SHORT);
    }

    #[test]
    fn short_answers_are_let_in_where_there_is_no_room() {
        let unread = Unread::new(0);
        assert_eq!(unread.hold(vec![1; SHORT]).map(|bytes| bytes.len()), Some(SHORT));
        assert!(unread.hold(vec![1; SHORT + 1]).is_none());
    }
}
