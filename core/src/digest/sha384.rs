//! SHA-384, which takes most of the time that a large package needs: ring's assembly where `native-crypto` asks for it.

#[cfg(not(feature = "native-crypto"))]
use sha2::Digest;

/// SHA-384 of bytes that come in pieces.
#[derive(Clone)]
#[cfg(feature = "native-crypto")]
pub(super) struct Sha384(ring::digest::Context);

#[cfg(feature = "native-crypto")]
impl Sha384 {
    pub(super) fn new() -> Self {
        Sha384(ring::digest::Context::new(&ring::digest::SHA384))
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn finish(self) -> [u8; 48] {
        let mut digest = [0; 48];
        let found = self.0.finish();
        digest.iter_mut().zip(found.as_ref()).for_each(|(to, from)| *to = *from);
        digest
    }
}

/// SHA-384 of bytes that come in pieces.
#[derive(Clone)]
#[cfg(not(feature = "native-crypto"))]
pub(super) struct Sha384(sha2::Sha384);

#[cfg(not(feature = "native-crypto"))]
impl Sha384 {
    pub(super) fn new() -> Self {
        Sha384(sha2::Sha384::new())
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn finish(self) -> [u8; 48] {
        self.0.finalize().into()
    }
}
