//! Responses that callers have not read yet. Each is in memory until its last byte is written, and a caller who asks and does not read
//! may stay for as long as a connection lasts: what all of them together hold is bounded. Archives are not among them; they come
//! piece by piece from the storage.

use crate::shares::{Most, Share, Shares};
use hyper::body::Bytes;
use std::net::IpAddr;

/// Bytes of a response that is not counted: refusals, and what is said of one thing. Lists cannot keep these from anyone, and all
/// connections together hold no more than this much each.
const SHORT: usize = 16 * 1024;

/// The room for responses that are not read yet, of all connections together.
#[derive(Clone)]
pub(crate) struct Unread(Shares);

/// A response and its share of the room.
struct Held {
    bytes: Vec<u8>,
    _share: Share,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Unread {
    /// Room for so many bytes.
    pub(crate) fn new(bytes: Most) -> Self {
        Unread(Shares::new(bytes))
    }

    /// Takes a response in, if there is room for this caller. Its room is free again with the last of its bytes, whether they were
    /// written or the connection broke off: hyper keeps the bytes for longer than the body that they came in.
    pub(crate) fn hold(&self, mut bytes: Vec<u8>, caller: IpAddr) -> Option<Bytes> {
        if bytes.len() <= SHORT {
            return Some(Bytes::from(bytes));
        }
        // What was reserved beside the bytes would be held and not counted.
        bytes.shrink_to_fit();
        let share = self.0.take(caller, bytes.len())?;
        Some(Bytes::from_owner(Held { bytes, _share: share }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    /// All of this room is for whoever comes.
    fn room(bytes: usize) -> Unread {
        let [of_all, of_one_address, of_one_site, of_one_provider] = [bytes; 4];
        Unread::new(Most { of_all, of_one_address, of_one_site, of_one_provider })
    }

    #[test]
    fn what_is_not_read_has_so_many_bytes_and_what_was_dropped_has_none() {
        let unread = room(3 * SHORT);
        let left = || 3 * SHORT - unread.0.by_all();
        let first = unread.hold(vec![1; 2 * SHORT], CALLER).unwrap();
        assert_eq!((first.len(), left()), (2 * SHORT, SHORT));
        assert!(unread.hold(vec![2; SHORT + 1], CALLER).is_none());
        // A part keeps all of it in memory.
        let part = first.slice(..1);
        drop(first);
        assert_eq!(left(), SHORT);
        drop(part);
        assert_eq!(left(), 3 * SHORT);
        let whole = unread.hold(vec![3; 3 * SHORT], CALLER);
        assert!(whole.is_some() && unread.hold(vec![4; SHORT + 1], CALLER).is_none());
        // One that is longer than all the room is never let in, and takes none.
        drop(whole);
        assert!(unread.hold(vec![5; 3 * SHORT + 1], CALLER).is_none());
        assert_eq!(left(), 3 * SHORT);
    }

    #[test]
    fn short_responses_are_let_in_where_there_is_no_room() {
        let unread = room(0);
        assert_eq!(unread.hold(vec![1; SHORT], CALLER).map(|bytes| bytes.len()), Some(SHORT));
        assert!(unread.hold(vec![1; SHORT + 1], CALLER).is_none());
    }
}
