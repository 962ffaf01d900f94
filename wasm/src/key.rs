//! Public keys as text.

use crate::answer;
use crate::document::Document;
use crate::options::Options;
use fedverify::PublicKey;
use fedverify::report::{Check, Kind, Report};
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a public key (did:key, multibase or PEM) that can verify signatures.
#[wasm_bindgen(js_name = readKey)]
pub fn read_key(key: Document, options: &Options) -> String {
    let key = key.read(Check::Key).and_then(|text| PublicKey::read(&text, options.limits()));
    answer::of_report(&match key {
        Ok(key) => Report::of_key(&key),
        Err(error) => Report::refused(Kind::Key, &error),
    })
}
