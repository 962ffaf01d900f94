//! What a verifier remembers.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::{free, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::Pin;
use std::sync::OnceLock;

/// What a verifier remembers of one identity, so that no directory can take back what it once showed: its operations,
/// when this verifier first saw each, and the digests of the packages that it verified.
///
/// Keep the JSON of the pin that the last verification gave, where nobody else can write, and replace it as a whole: write
/// beside, sync, rename. Freed with `fedverify_pin_free`.
pub struct fedverify_pin {
    pub(crate) pin: Pin,
    json: OnceLock<String>,
}

impl fedverify_pin {
    pub(crate) fn of(pin: Pin) -> Self {
        fedverify_pin { pin, json: OnceLock::new() }
    }
}

/// Reads a pin from the JSON that `fedverify_pin_json` gave.
///
/// Errors: `FEDVERIFY_PIN_MALFORMED`, whatever is wrong with it: torn, cut, damaged, of another form or too large;
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_parse(
    json: Bytes<'_>,
    json_len: usize,
    limits: Option<&fedverify_limits>,
    pin: Place<'_, fedverify_pin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(pin, error, || {
        let json = json.read(json_len, "a pin")?;
        Pin::parse(json, &fedverify_limits::of(limits)).map(fedverify_pin::of)
    })
}

/// Takes a pin back. NULL is allowed, the same pin twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_free(pin: Option<Box<fedverify_pin>>) {
    free(pin);
}

/// The pin as JSON on one line, to be kept. It lives as long as the pin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_json(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::of(pin.json.get_or_init(|| pin.pin.to_json())))
}

/// The DID that the pin is about. It lives as long as the pin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_did(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::of(pin.pin.did()))
}

/// The CID of the last operation that was seen and is not nullified. It lives as long as the pin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_head(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::of(pin.pin.head()))
}
