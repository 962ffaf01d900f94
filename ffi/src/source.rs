//! Bytes that a caller's function gives, piece by piece.

use crate::border::{Callback, Context, Reader, argument};
use crate::files;
use crate::status::fedverify_status;
use fedverify::{Error, Limits, PackageDigests, PackageHasher};
use std::io::ErrorKind;

/// How much a function is asked for at a time. Calls from languages with an interpreter are not cheap.
const PIECE_BYTES: usize = 64 * 1024;

/// A caller's function as a source of bytes.
pub(crate) struct Source<'a> {
    callback: Callback<'a>,
    buffer: Vec<u8>,
}

impl<'a> Source<'a> {
    /// # Errors
    ///
    /// [`fedverify::Code::ApiArgument`] for NULL as the function.
    pub(crate) fn new(reader: Reader<'a>, context: Context<'a>) -> Result<Self, Error> {
        Ok(Source { callback: reader.with(context)?, buffer: vec![0; PIECE_BYTES] })
    }

    /// The next bytes; none at the end.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be read; [`fedverify::Code::ApiArgument`] for more bytes than were asked for.
    pub(crate) fn next(&mut self) -> Result<&[u8], Error> {
        let count = self.callback.call(&mut self.buffer);
        if count < 0 {
            return Err(unreadable(count));
        }
        let piece = usize::try_from(count).ok().and_then(|count| self.buffer.get(..count));
        piece.ok_or_else(|| {
            argument(format!(
                "expected at most {PIECE_BYTES} bytes from the function that reads, found {count}"
            ))
        })
    }

    /// Reads to the end, and gives every piece away.
    ///
    /// # Errors
    ///
    /// As [`Source::next`], and those of `take`.
    fn read(&mut self, mut take: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        loop {
            match self.next()? {
                [] => return Ok(()),
                piece => take(piece)?,
            }
        }
    }

    /// The digests of all bytes.
    ///
    /// # Errors
    ///
    /// As [`Source::next`]; [`fedverify::Code::InputTooLarge`].
    pub(crate) fn digests(mut self, limits: &Limits) -> Result<PackageDigests, Error> {
        let mut hasher = PackageHasher::new(limits);
        self.read(|piece| hasher.update(piece))?;
        Ok(hasher.finish())
    }

    /// All bytes and their digests.
    ///
    /// # Errors
    ///
    /// As [`Source::digests`]; [`fedverify::Code::IoMemory`].
    pub(crate) fn bytes(mut self, limits: &Limits) -> Result<(Vec<u8>, PackageDigests), Error> {
        let (mut bytes, mut hasher) = (Vec::new(), PackageHasher::new(limits));
        self.read(|piece| {
            hasher.update(piece)?;
            bytes.try_reserve(piece.len()).map_err(|_| no_memory(bytes.len()))?;
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok((bytes, hasher.finish()))
    }
}

fn unreadable(returned: i64) -> Error {
    let message = format!("the function that reads the bytes failed: it returned {returned}");
    let status = returned.checked_neg().and_then(|status| fedverify_status::try_from(status).ok());
    let told = status.and_then(|status| files::unreadable(status, &message).ok());
    told.unwrap_or_else(|| Error::unreadable_file(ErrorKind::Other, message))
}

fn no_memory(held: usize) -> Error {
    let message = format!("there is not enough memory for an archive of over {held} bytes");
    Error::unreadable_file(ErrorKind::OutOfMemory, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    fn outcome(mut number: i64) -> Result<usize, Code> {
        let mut source = Source::new(Reader::returning(), Context::new(&mut number)).unwrap();
        source.next().map(<[u8]>::len).map_err(|error| error.code())
    }

    #[test]
    fn what_a_function_returns_is_a_length_the_end_or_a_reason() {
        assert_eq!(outcome(0), Ok(0));
        assert_eq!(outcome(65536), Ok(65536));
        assert_eq!(outcome(65537), Err(Code::ApiArgument));
        assert_eq!(outcome(i64::MAX), Err(Code::ApiArgument));
        assert_eq!(outcome(-1), Err(Code::IoFileUnreadable));
        assert_eq!(outcome(i64::MIN), Err(Code::IoFileUnreadable));
        assert_eq!(outcome(-i64::from(Code::IoNetworkTimeout.number())), Err(Code::IoNetworkTimeout));
        assert_eq!(outcome(-i64::from(Code::PlcCidMismatch.number())), Err(Code::IoFileUnreadable));
    }

    #[test]
    fn nothing_unwinds_out_of_a_function_that_reads() {
        let mut number = 7;
        let mut error = crate::tests::Caught::default();
        let status = crate::call::attempt(error.place(), || {
            Source::new(Reader::returning(), Context::new(&mut number))?.digests(&Limits::default()).map(drop)
        });
        assert_eq!((status, error.code()), (Code::ApiPanicked.number().into(), Some(Code::ApiPanicked)));
    }

    #[test]
    fn a_function_must_be_there() {
        let refused = Source::new(Reader::null(), Context::new(&mut 0)).err();
        assert_eq!(refused.map(|error| error.code()), Some(Code::ApiArgument));
    }
}
