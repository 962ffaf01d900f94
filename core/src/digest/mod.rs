//! A package's bytes, as far as verification needs them: [`PackageDigests`], from one pass in constant memory.

#[cfg(feature = "threads")]
mod overlapped;
mod sha384;

#[cfg(feature = "digests-handed-in")]
use crate::encoding::decode_hex;
use crate::encoding::hex;
#[cfg(feature = "digests-handed-in")]
use crate::error::ApiFault;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Code, Limits};
use sha2::{Digest, Sha256};
use sha384::Sha384;
use std::fmt;
use std::io::{ErrorKind, Read};

/// How much is read at a time. Large enough that the calls do not matter, small enough for a stack.
const CHUNK_BYTES: usize = 16 * 1024;

/// Size, SHA-256 and SHA-384 of a package. All that verification ever needs of its bytes.
///
/// ```
/// use fedverify::{Limits, PackageDigests};
///
/// let digests = PackageDigests::from_reader(&b"abc"[..], &Limits::default())?;
/// assert_eq!(digests.size(), 3);
/// assert!(digests.sha256_hex().starts_with("ba7816bf"));
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageDigests {
    size: u64,
    sha256: [u8; 32],
    sha384: [u8; 48],
}

impl PackageDigests {
    /// Reads a package to its end.
    ///
    /// # Errors
    ///
    /// [`Code::InputTooLarge`]; [`Code::IoFileUnreadable`] when the reader fails.
    pub fn from_reader(reader: impl Read, limits: &Limits) -> Result<Self, Error> {
        PackageDigests::from_reader_with(reader, limits, |_| {})
    }

    /// Like [`PackageDigests::from_reader`], with a function that is told now and then how many bytes were read so far.
    ///
    /// # Errors
    ///
    /// As [`PackageDigests::from_reader`].
    pub fn from_reader_with(
        reader: impl Read,
        limits: &Limits,
        progress: impl FnMut(u64),
    ) -> Result<Self, Error> {
        let mut hasher = PackageHasher::new(limits);
        hasher.update_from(reader, progress)?;
        Ok(hasher.finish())
    }

    /// What the caller says that a package has, with the digests in hexadecimal, whoever computed them. For the wasm module, whose
    /// instances may be gone before what they computed is used.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`]: they are not digests.
    #[cfg(feature = "digests-handed-in")]
    pub fn handed_in(size: u64, sha256: &str, sha384: &str) -> Result<Self, Error> {
        let digests = || {
            let sha256 = decode_hex(sha256)?.try_into().ok()?;
            let sha384 = decode_hex(sha384)?.try_into().ok()?;
            Some(PackageDigests { size, sha256, sha384 })
        };
        let message = "expected a SHA-256 and a SHA-384 digest in hexadecimal";
        digests().ok_or_else(|| Error::misuse(ApiFault::Argument, message))
    }

    /// Whether a package may have so many bytes: the limits of whoever hashed it may be other ones.
    pub(crate) fn check_size(&self, limits: &Limits) -> Result<(), Error> {
        check_size(self.size, limits.package_bytes)
    }

    /// The number of bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 digest.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// The SHA-384 digest.
    pub fn sha384(&self) -> &[u8; 48] {
        &self.sha384
    }

    /// The SHA-256 digest in lower-case hexadecimal.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }

    /// The SHA-384 digest in lower-case hexadecimal.
    pub fn sha384_hex(&self) -> String {
        hex(&self.sha384)
    }
}

/// Takes a package's bytes in pieces, for callers that have no reader.
///
/// ```
/// use fedverify::{Limits, PackageDigests, PackageHasher};
///
/// let mut hasher = PackageHasher::new(&Limits::default());
/// hasher.update(b"a")?;
/// hasher.update(b"bc")?;
/// assert_eq!(hasher.finish(), PackageDigests::from_reader(&b"abc"[..], &Limits::default())?);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Clone)]
pub struct PackageHasher {
    max_size: u64,
    size: u64,
    sha256: Sha256,
    sha384: Sha384,
}

/// Up to here one thread does all: starting another would take as long.
#[cfg(feature = "threads")]
const SMALL_BYTES: u64 = 512 * 1024;

impl PackageHasher {
    /// Starts a package of at most `limits.package_bytes`.
    pub fn new(limits: &Limits) -> Self {
        let (sha256, sha384) = (Sha256::new(), Sha384::new());
        PackageHasher { max_size: limits.package_bytes, size: 0, sha256, sha384 }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// [`Code::InputTooLarge`]; the bytes that were too many are not taken, and the hasher should be dropped.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.update_sha256(bytes)?;
        self.sha384.update(bytes);
        Ok(())
    }

    /// Takes the next bytes, all but for SHA-384.
    fn update_sha256(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        check_size(size, self.max_size)?;
        self.size = size;
        self.sha256.update(bytes);
        Ok(())
    }

    /// Takes everything that a reader has left.
    pub(crate) fn update_from(
        &mut self,
        mut reader: impl Read,
        mut progress: impl FnMut(u64),
    ) -> Result<(), Error> {
        let mut chunk = [0; CHUNK_BYTES];
        #[cfg(feature = "threads")]
        let mut is_alone = false;
        loop {
            #[cfg(feature = "threads")]
            if self.size >= SMALL_BYTES && !is_alone {
                match overlapped::update_from(self, &mut reader, &mut progress) {
                    Some(result) => return result,
                    None => is_alone = true,
                }
            }
            let count = read_some(&mut reader, &mut chunk)?;
            if count == 0 {
                return Ok(());
            }
            self.update(chunk.get(..count).unwrap_or_default())?;
            progress(self.size);
        }
    }

    /// The digests of all bytes taken.
    pub fn finish(self) -> PackageDigests {
        let (sha256, sha384) = (self.sha256.finalize().into(), self.sha384.finish());
        PackageDigests { size: self.size, sha256, sha384 }
    }
}

impl fmt::Debug for PackageHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PackageHasher").field("size", &self.size).finish_non_exhaustive()
    }
}

fn check_size(size: u64, max_size: u64) -> Result<(), Error> {
    if size > max_size {
        let found = "the package has more bytes";
        return Err(Error::beyond_limit(Code::InputTooLarge, found, "packageBytes", max_size));
    }
    Ok(())
}

/// Reads as much as there is at the moment; nothing at the end.
fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> Result<usize, Error> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result.map_err(|error| unreadable(&error)),
        }
    }
}

fn unreadable(error: &std::io::Error) -> Error {
    let message = format!("the package could not be read to its end: {}", quote(&error.to_string()));
    Error::unreadable_file(error.kind(), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives one byte at a time and is interrupted before each.
    struct Halting<'a>(&'a [u8], bool);

    impl Read for Halting<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(ErrorKind::Interrupted.into());
            }
            (&self.0[..self.0.len().min(1)]).read(buffer).inspect(|count| self.0 = &self.0[*count..])
        }
    }

    /// A reader on which nothing can be read.
    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk on fire"))
        }
    }

    /// A reader with a fault of its own.
    struct Panicking;

    impl Read for Panicking {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            panic!("a reader that nobody tested")
        }
    }

    #[test]
    fn any_reader_gives_the_same_digests() {
        let whole = PackageDigests::from_reader(&b"abc"[..], &Limits::default()).unwrap();
        assert_eq!(PackageDigests::from_reader(Halting(b"abc", false), &Limits::default()).unwrap(), whole);
        // FIPS 180-4 example values.
        assert_eq!(whole.sha256_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(whole.sha384_hex().starts_with("cb00753f45a35e8bb5a03d699ac65007"));
    }

    /// Around the size where a second thread helps, and beyond what the two hand each other at once, also by a reader that
    /// gives little at a time.
    #[test]
    fn size_and_pieces_do_not_matter() {
        let bytes: Vec<u8> =
            (0..3_000_001_u32).flat_map(|place| place.to_le_bytes().into_iter().take(1)).collect();
        for size in [524_287, 524_288, 524_289, 1_000_000, 3_000_001] {
            let whole = PackageDigests::from_reader(&bytes[..size], &Limits::default()).unwrap();
            assert_eq!(whole.size(), u64::try_from(size).unwrap());
            assert_eq!(whole.sha256(), &<[u8; 32]>::from(Sha256::digest(&bytes[..size])), "{size}");
            assert_eq!(whole.sha384(), &<[u8; 48]>::from(sha2::Sha384::digest(&bytes[..size])), "{size}");
        }
        let size = 600_000;
        let whole = PackageDigests::from_reader(&bytes[..size], &Limits::default()).unwrap();
        let by_bytes = PackageDigests::from_reader(Halting(&bytes[..size], false), &Limits::default());
        assert_eq!(by_bytes.unwrap(), whole);
        let mut seen = Vec::new();
        PackageDigests::from_reader_with(&bytes[..], &Limits::default(), |size| seen.push(size)).unwrap();
        assert!(seen.is_sorted());
        assert_eq!(seen.last(), Some(&3_000_001));
    }

    #[test]
    fn a_large_package_is_bounded_and_may_fail_too() {
        let limits = Limits { package_bytes: 2_000_000, ..Limits::default() };
        let bytes = vec![7; 2_000_001];
        assert!(PackageDigests::from_reader(&bytes[1..], &limits).is_ok());
        let error = PackageDigests::from_reader(&bytes[..], &limits).unwrap_err();
        assert_eq!(error.code(), Code::InputTooLarge);
        let error =
            PackageDigests::from_reader(bytes.as_slice().chain(Failing), &Limits::default()).unwrap_err();
        assert_eq!(error.code(), Code::IoFileUnreadable);
    }

    /// No thread is waited for that nobody ends.
    #[test]
    fn a_panic_of_the_reader_reaches_the_caller() {
        for size in [0, 600_000, 3_000_000] {
            let bytes = vec![7; size];
            let digest =
                || PackageDigests::from_reader(bytes.as_slice().chain(Panicking), &Limits::default());
            let panic = std::panic::catch_unwind(digest).unwrap_err();
            assert_eq!(panic.downcast_ref::<&str>(), Some(&"a reader that nobody tested"));
        }
    }

    #[test]
    fn the_size_limit_is_inclusive() {
        let limits = Limits { package_bytes: 3, ..Limits::default() };
        assert!(PackageDigests::from_reader(&b"abc"[..], &limits).is_ok());
        let error = PackageDigests::from_reader(&b"abcd"[..], &limits).unwrap_err();
        assert_eq!(error.code(), Code::InputTooLarge);
    }

    #[test]
    #[cfg(feature = "digests-handed-in")]
    fn digests_come_back_as_they_were() {
        let digests = PackageDigests::from_reader(&b"abc"[..], &Limits::default()).unwrap();
        let (sha256, sha384) = (digests.sha256_hex(), digests.sha384_hex());
        assert_eq!(PackageDigests::handed_in(3, &sha256, &sha384).unwrap(), digests);
        for (sha256, sha384) in [(&sha384, &sha384), (&sha256, &sha256), (&String::new(), &sha384)] {
            let error = PackageDigests::handed_in(3, sha256, sha384).unwrap_err();
            assert_eq!(error.code(), Code::ApiArgument);
        }
    }

    #[test]
    fn a_failing_reader_is_no_verdict() {
        let error = PackageDigests::from_reader(Failing, &Limits::default()).unwrap_err();
        assert_eq!(error.code(), Code::IoFileUnreadable);
        assert!(error.code().is_undetermined());
    }
}
