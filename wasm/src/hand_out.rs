//! Checks of P-256 signatures, for WebCrypto.

use crate::request::Request;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Request {
    /// Hands out the checks that WebCrypto can make, by their places, and says how many there are.
    #[wasm_bindgen(js_name = handOut)]
    pub fn hand_out(&mut self) -> usize {
        self.as_core_mut().hand_out().len()
    }

    /// The place of the operation whose signature it is.
    pub fn operation(&self, place: usize) -> usize {
        self.at(place).map_or(0, fedverify::P256Check::operation)
    }

    /// The key, uncompressed.
    pub fn key(&self, place: usize) -> Vec<u8> {
        self.at(place).map(fedverify::P256Check::key).unwrap_or_default()
    }

    /// The message.
    pub fn message(&self, place: usize) -> Vec<u8> {
        self.at(place).map(|check| check.message().to_vec()).unwrap_or_default()
    }

    /// r and s.
    pub fn signature(&self, place: usize) -> Vec<u8> {
        self.at(place).map(|check| check.signature().to_vec()).unwrap_or_default()
    }

    /// Says that it was made, and holds.
    pub fn confirm(&mut self, place: usize) {
        self.as_core_mut().confirm(place);
    }
}

impl Request {
    fn at(&self, place: usize) -> Option<&fedverify::P256Check> {
        self.as_core().handed_out().get(place)
    }
}
