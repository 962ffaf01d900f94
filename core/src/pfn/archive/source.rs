//! Reading at any place of a file, and knowing afterwards whether it was the file that failed.

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
    /// Errors: [`IoFileUnreadable`](crate::Code::IoFileUnreadable), also when the reader has not `size` bytes: then the
    /// digests are those of something else.
    pub(super) fn new(mut reader: R, size: u64) -> Result<Self, Error> {
        match reader.seek(SeekFrom::End(0)) {
            Ok(end) if end == size => {
                Ok(Source { reader: RefCell::new(reader), size, failure: RefCell::new(None) })
            }
            Ok(end) => {
                let message = format!(
                    "the archive has {end} bytes, but {size} were digested: it was changed meanwhile"
                );
                Err(Error::unreadable_file(std::io::ErrorKind::Other, message))
            }
            Err(error) => Err(failed(&error)),
        }
    }
}

impl<R> Source<R> {
    /// What the reader failed with, if it did.
    pub(super) fn failure(&self) -> Option<Error> {
        self.failure.take()
    }
}

impl<R: Read + Seek> ReaderAt for Source<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        // Beyond the end there is nothing, also where a file cannot even seek to.
        if offset >= self.size {
            return Ok(0);
        }
        // Never borrowed already: reading does not come back here.
        let mut reader = self.reader.try_borrow_mut().map_err(io::Error::other)?;
        loop {
            match reader.seek(SeekFrom::Start(offset)).and_then(|_| reader.read(buffer)) {
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

fn failed(error: &io::Error) -> Error {
    let message = format!("the archive could not be read: {}", quote(&error.to_string()));
    Error::unreadable_file(std::io::ErrorKind::Other, message)
}
