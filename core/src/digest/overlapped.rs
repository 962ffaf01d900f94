//! Large packages on two threads: one reads and computes SHA-256, for which processors have instructions, the other
//! SHA-384, which takes three times as long. So a package costs what SHA-384 alone would.

use super::{PackageHasher, Sha384, read_some};
use crate::error::Error;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

/// How much is handed over at a time.
const PIECE_BYTES: usize = 128 * 1024;

/// How many pieces there are: one that is read, one that is hashed, and some between, for when either is held up.
const PIECES: usize = 6;

/// Bytes as they were read: so many at the start of the buffer.
type Piece = (Box<[u8]>, usize);

/// Whether there is more than one processor. Asking the system takes longer than hashing a small package.
fn is_worth_it() -> bool {
    thread::available_parallelism().is_ok_and(|count| count.get() > 1)
}

/// Takes everything that the reader has left; `None`, with nothing read, where there is one processor, or no thread can be started.
pub(super) fn update_from(
    hasher: &mut PackageHasher,
    reader: &mut impl Read,
    progress: &mut impl FnMut(u64),
) -> Option<Result<(), Error>> {
    if !is_worth_it() {
        return None;
    }
    let sha384 = hasher.sha384.clone();
    let (filled, to_hash) = sync_channel(PIECES);
    let (hashed, to_fill) = channel();
    for _ in 0..PIECES {
        // The other end is held right here.
        let _ = hashed.send((vec![0; PIECE_BYTES].into_boxed_slice(), 0));
    }
    thread::scope(|scope| {
        let helper =
            thread::Builder::new().spawn_scoped(scope, move || hash(sha384, &to_hash, &hashed)).ok()?;
        let read = read_on(hasher, reader, progress, filled, &to_fill);
        match helper.join() {
            Ok(sha384) => hasher.sha384 = sha384,
            // Then not all was hashed.
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Some(read)
    })
}

/// Until nobody fills pieces any more.
fn hash(mut sha384: Sha384, filled: &Receiver<Piece>, hashed: &Sender<Piece>) -> Sha384 {
    for (buffer, count) in filled {
        sha384.update(buffer.get(..count).unwrap_or_default());
        // At the end nobody waits for it.
        let _ = hashed.send((buffer, count));
    }
    sha384
}

fn read_on(
    hasher: &mut PackageHasher,
    reader: &mut impl Read,
    progress: &mut impl FnMut(u64),
    filled: SyncSender<Piece>,
    to_fill: &Receiver<Piece>,
) -> Result<(), Error> {
    // The helper holds its ends until all pieces are hashed. Were it gone, it would have panicked, and so does the caller.
    while let Ok((mut buffer, _)) = to_fill.recv() {
        let count = read_some(reader, &mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update_sha256(buffer.get(..count).unwrap_or_default())?;
        progress(hasher.size);
        if filled.send((buffer, count)).is_err() {
            break;
        }
    }
    Ok(())
}
