//! An input that JavaScript has read, or could not read.

use fedverify::report::Check;
use fedverify::{Error, quote};
use wasm_bindgen::prelude::wasm_bindgen;

/// The bytes of a document, or why they could not be read. Which of two inputs that are missing is reported is decided
/// here, by the order of the steps, as in every face.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Document {
    content: Result<Vec<u8>, Error>,
}

#[wasm_bindgen]
impl Document {
    /// A document that was read, up to one byte beyond its limit.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Document {
        Document { content: Ok(bytes) }
    }

    /// A document that could not be read to its end. `missing` says that there is no such file.
    pub fn unreadable(what: &str, missing: bool, reason: &str) -> Document {
        Document { content: Err(unreadable(what, missing, reason)) }
    }
}

impl Document {
    /// The bytes. A failure belongs to the step that wanted them.
    pub(crate) fn read(self, check: Check) -> Result<Vec<u8>, Error> {
        self.content.map_err(|error| error.at(check))
    }
}

/// The error for an input that could not be read.
pub(crate) fn unreadable(what: &str, missing: bool, reason: &str) -> Error {
    Error::unreadable_file(missing, format!("the {what} could not be read: {}", quote(reason)))
}
