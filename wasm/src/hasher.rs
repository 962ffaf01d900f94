//! Packages whose bytes JavaScript gives in pieces, before it verifies them.

use crate::limits::Limits;
use crate::outcome::{outcome, string};
use fedverify::tables::Kind;
use wasm_bindgen::prelude::wasm_bindgen;

/// Core's hasher.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PackageHasher {
    hasher: fedverify::PackageHasher,
}

#[wasm_bindgen]
impl PackageHasher {
    /// Starts a package.
    #[wasm_bindgen(constructor)]
    pub fn new(limits: Limits) -> PackageHasher {
        PackageHasher { hasher: fedverify::PackageHasher::new(&limits.into_core()) }
    }

    /// A second hasher that has taken the same bytes.
    pub fn copy(&self) -> PackageHasher {
        PackageHasher { hasher: self.hasher.clone() }
    }

    /// Takes the next bytes: null, as JSON. A hasher that refuses them must not be used any more.
    pub fn update(&mut self, bytes: &[u8]) -> String {
        outcome(Kind::FairPackage, self.hasher.update(bytes).map(|()| "null".to_owned()))
    }

    /// The size and the digests of all bytes taken, as JSON.
    pub fn finish(self) -> String {
        let digests = self.hasher.finish();
        let (sha256, sha384) = (string(&digests.sha256_hex()), string(&digests.sha384_hex()));
        let facts = format!(r#"{{"size":{},"sha256":{sha256},"sha384":{sha384}}}"#, digests.size());
        outcome(Kind::FairPackage, Ok(facts))
    }
}
