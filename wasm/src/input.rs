//! An input that JavaScript has read, or could not read.

use fedverify::{Error, quote};
use std::borrow::Cow;
use std::io::ErrorKind;
use wasm_bindgen::prelude::wasm_bindgen;

/// The bytes of an input, or why they could not be read. Core reports a failure when the step that wants the input is
/// reached, so the order of the errors is the same in every binding.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Input {
    content: Result<Vec<u8>, Error>,
}

#[wasm_bindgen]
impl Input {
    /// An input that was read, up to one byte beyond its limit.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Input {
        Input { content: Ok(bytes) }
    }

    /// An input that could not be read to its end. `missing` says that there is no such file.
    pub fn unreadable(name: &str, missing: bool, reason: &str) -> Input {
        Input { content: Err(unreadable(name, missing, reason)) }
    }
}

impl Input {
    /// The input as core takes it.
    pub(crate) fn into_core(self) -> fedverify::verification::Input<'static> {
        self.content.map(Cow::Owned)
    }
}

/// The error for an input that could not be read.
pub(crate) fn unreadable(name: &str, missing: bool, reason: &str) -> Error {
    let kind = if missing { ErrorKind::NotFound } else { ErrorKind::Other };
    Error::unreadable_file(kind, format!("{name} could not be read: {}", quote(reason)))
}
