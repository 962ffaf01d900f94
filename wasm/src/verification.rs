//! A verification of any kind, from its inputs to its report.

use crate::input::{Input, unreadable};
use crate::request::Request;
use fedverify::PackageDigests;
use fedverify::fair::Publisher;
use wasm_bindgen::prelude::wasm_bindgen;

/// Core's verification.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Verification {
    verification: fedverify::Verification,
    limits: fedverify::Limits,
}

#[wasm_bindgen]
impl Verification {
    /// Takes every step that the inputs allow.
    #[wasm_bindgen(constructor)]
    pub fn new(request: Request) -> Verification {
        let request = request.as_core();
        Verification { verification: fedverify::Verification::start(request), limits: *request.limits() }
    }

    /// Whether the bytes of the package or the archive are wanted now.
    #[wasm_bindgen(js_name = wantsBytes)]
    pub fn wants_bytes(&self) -> bool {
        self.verification.wants_bytes()
    }

    /// The URL from which to fetch the metadata document. None where none is wanted.
    #[wasm_bindgen(js_name = wantsMetadataFrom)]
    pub fn wants_metadata_from(&self) -> Option<String> {
        self.verification.wants_metadata_from().map(str::to_owned)
    }

    /// Gives the metadata document.
    pub fn metadata(&mut self, input: Input) {
        self.verification.metadata(input.into_core());
    }

    /// The name whose TXT records confirm the alias that the publisher claims. None where it claims none that is usable.
    #[wasm_bindgen(js_name = aliasRecordName)]
    pub fn alias_record_name(&self) -> Option<String> {
        self.verification.claimed_alias()?.ok().map(|alias| alias.record_name())
    }

    /// Gives the TXT records of that name, one per line.
    #[wasm_bindgen(js_name = aliasRecords)]
    pub fn alias_records(&mut self, records: &str) {
        let records: Vec<String> = records.lines().map(str::to_owned).collect();
        self.verification.alias_records(Ok(&records));
    }

    /// Says that the TXT records could not be looked up.
    #[wasm_bindgen(js_name = aliasUnknown)]
    pub fn alias_unknown(&mut self, reason: &str) {
        let reason = format!("the TXT records could not be looked up: {}", fedverify::quote(reason));
        self.verification.alias_records(Err(&reason));
    }

    /// The release and its artifacts as JSON, as soon as the release is tied to the publisher.
    pub fn release(&self) -> Option<String> {
        self.verification.release_json()
    }

    /// Takes the next bytes of the stream; false if no more are wanted.
    pub fn update(&mut self, bytes: &[u8]) -> bool {
        self.verification.update(bytes)
    }

    /// Takes the digests of a package that a hasher gave, in place of its bytes.
    pub fn digests(&mut self, size: u64, sha256: &str, sha384: &str) {
        match PackageDigests::handed_in(size, sha256, sha384) {
            Ok(digests) => self.verification.digests(digests),
            Err(error) => self.verification.fail(error),
        }
    }

    /// Says that the stream could not be read to its end. `missing` says that there is no such file.
    pub fn fail(&mut self, name: &str, missing: bool, reason: &str) {
        self.verification.fail(unreadable(name, missing, reason));
    }

    /// The report on all that was given, as JSON.
    pub fn finish(self) -> String {
        self.verification.finish().to_json()
    }
}

impl Verification {
    /// Those of the request.
    pub(crate) fn limits(&self) -> &fedverify::Limits {
        &self.limits
    }

    /// The identity of a did:plc, where it is proven.
    pub(crate) fn plc_identity(&self) -> Option<&fedverify::Identity> {
        let Publisher::Plc(identity) = self.verification.publisher()? else { return None };
        Some(identity)
    }
}
