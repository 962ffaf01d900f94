//! Reads at any offset of a file, and knows afterwards whether it was the file that failed.

use crate::error::Error;
use crate::quote::quote;
use rawzip::ReaderAt;
use std::cell::RefCell;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// A reader of known size.
pub(super) struct Source<R> {
    reader: RefCell<R>,
    size: u64,
    failure: RefCell<Option<Error>>,
}

impl<R: Seek> Source<R> {
    /// # Errors
    ///
    /// [`Code::IoFileUnreadable`](crate::Code::IoFileUnreadable), also if the reader does not have `size` bytes: then the
    /// digests are of something else.
    pub(super) fn new(mut reader: R, size: u64) -> Result<Self, Error> {
        match reader.seek(SeekFrom::End(0)) {
            Ok(end) if end == size => {
                Ok(Source { reader: RefCell::new(reader), size, failure: RefCell::new(None) })
            }
            Ok(end) => {
                let message =
                    format!("the archive has {end} bytes, but {size} were hashed: it changed in between");
                Err(Error::unreadable_file(ErrorKind::Other, message))
            }
            Err(error) => Err(failed(&error)),
        }
    }
}

impl<R> Source<R> {
    /// The number of bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// What the reader failed with, if it did.
    pub(super) fn failure(&self) -> Option<Error> {
        self.failure.take()
    }
}

impl<R: Read + Seek> Source<R> {
    /// The last bytes, or all of them if there are fewer.
    ///
    /// # Errors
    ///
    /// [`Code::IoFileUnreadable`](crate::Code::IoFileUnreadable).
    pub(super) fn tail(&self, max_bytes: usize) -> Result<Vec<u8>, Error> {
        let count = usize::try_from(self.size).unwrap_or(usize::MAX).min(max_bytes);
        let offset = self.size.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        let mut tail = vec![0; count];
        self.read_exact_at(&mut tail, offset).map_err(|error| failed(&error))?;
        Ok(tail)
    }
}

impl<R: Read + Seek> ReaderAt for Source<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        // There is nothing beyond the end, also at offsets that a file cannot seek to.
        if offset >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        // Never borrowed already: reading does not call this again.
        let mut reader = self.reader.try_borrow_mut().map_err(io::Error::other)?;
        loop {
            match reader.seek(SeekFrom::Start(offset)).and_then(|_| reader.read(buffer)).and_then(some) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure.replace(Some(failed(&error)));
                    return Err(error);
                }
                Ok(count) => return Ok(count),
            }
        }
    }
}

/// Before its end, a file that gives nothing is not the file that was hashed.
fn some(count: usize) -> io::Result<usize> {
    if count == 0 {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "it became shorter after it was hashed"));
    }
    Ok(count)
}

fn failed(error: &io::Error) -> Error {
    let message = format!("the archive could not be read: {}", quote(&error.to_string()));
    Error::unreadable_file(error.kind(), message)
}
