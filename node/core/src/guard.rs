//! Blobs piece by piece: on their way out the last piece goes only when all of them are what the name says, and one that is to be
//! stored again is compared.

use crate::fault::Fault;
use crate::mirror::blob_name;
use crate::secret::hex;
use sha2::{Digest, Sha256};

/// Looks at the pieces of a blob as they are sent on, and holds the last one back. A caller who gets fewer bytes than were promised
/// knows that the blob is not whole.
#[derive(Debug)]
pub struct Guard<P> {
    name: String,
    hasher: Sha256,
    held: Option<P>,
}

impl<P: AsRef<[u8]>> Guard<P> {
    /// For the blob of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Guard { name: name.to_owned(), hasher: Sha256::new(), held: None }
    }

    /// Takes a piece, and gives the one before it, which is now known not to be the last; `None` for the first. Empty pieces are
    /// skipped.
    pub fn pass(&mut self, piece: P) -> Option<P> {
        if piece.as_ref().is_empty() {
            return None;
        }
        self.hasher.update(piece.as_ref());
        self.held.replace(piece)
    }

    /// The last piece, after all were taken; `None` for an empty blob.
    ///
    /// # Errors
    ///
    /// A [`Fault`] where the bytes are other than the blob's.
    pub fn last(self) -> Result<Option<P>, Fault> {
        if blob_name(&hex(&self.hasher.finalize())) != self.name {
            return Err(Fault::new(format!("the stored {} is damaged: SHA-256 mismatch", self.name)));
        }
        Ok(self.held)
    }
}

/// Compares a stored blob, piece by piece as it is read, with the bytes that it should have.
#[derive(Debug)]
pub struct Compare<'b> {
    /// What is left of the bytes; `None` once a piece was another.
    left: Option<&'b [u8]>,
}

impl<'b> Compare<'b> {
    /// Compares with these bytes.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Compare { left: Some(bytes) }
    }

    /// Takes a piece, and says whether all pieces so far were the same. Once one was not, no more need to be read.
    pub fn pass(&mut self, piece: &[u8]) -> bool {
        self.left = self.left.and_then(|left| left.strip_prefix(piece));
        self.left.is_some()
    }

    /// Whether the pieces were all of the bytes and no others, after all were taken.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.left.is_some_and(<[u8]>::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4: "abc".
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn all_pieces_are_compared() {
        for (pieces, is_same) in [
            (&["a", "", "bc"][..], true),
            (&["abc"], true),
            (&["ab"], false),
            (&["abcd"], false),
            (&["b", "abc"], false),
        ] {
            let mut compare = Compare::new(b"abc");
            for piece in pieces {
                compare.pass(piece.as_bytes());
            }
            assert_eq!(compare.is_same(), is_same, "{pieces:?}");
        }
        assert!(Compare::new(b"").is_same() && !Compare::new(b"abc").pass(b"d"));
    }

    #[test]
    fn the_last_piece_waits_for_the_digest() {
        let mut guard = Guard::new(&blob_name(ABC));
        assert_eq!(["a", "", "b", "c"].map(|piece| guard.pass(piece)), [None, None, Some("a"), Some("b")]);
        assert_eq!(guard.last(), Ok(Some("c")));
        for pieces in [&["a", "b", "d"][..], &["a", "b"], &["abc", "c"], &[]] {
            let mut guard = Guard::new(&blob_name(ABC));
            for piece in pieces {
                guard.pass(piece);
            }
            assert!(guard.last().is_err(), "{pieces:?}");
        }
    }
}
