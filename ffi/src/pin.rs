//! What a verifier remembers.

use crate::border::{Bytes, Out, Place, fedverify_str};
use crate::call::{given, make, number_of, tell};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::{Pin, Version};
use std::sync::OnceLock;

/// What a verifier remembers of one identity, so that no directory can take back what it once showed: its operations,
/// when this verifier first saw each, and the digests of the packages that it verified.
///
/// Keep the JSON of the pin that the last verification gave, where only you can write, and replace it as a whole: write
/// a new file, sync, rename. Freed with `fedverify_pin_free`.
pub struct fedverify_pin {
    pub(crate) pin: Pin,
    json: OnceLock<String>,
    highest_version: OnceLock<Option<Version>>,
}

impl fedverify_pin {
    pub(crate) fn new(pin: Pin) -> Self {
        fedverify_pin { pin, json: OnceLock::new(), highest_version: OnceLock::new() }
    }
}

/// Reads a pin from the JSON that `fedverify_pin_json` gave.
///
/// Limits: `pinBytes`, `jsonDepth`, `jsonValues`.
///
/// Errors: `FEDVERIFY_PIN_MALFORMED`, whatever is wrong: torn, truncated, damaged, of another format or too large;
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
        Pin::parse(json, &fedverify_limits::or_default(limits)).map(fedverify_pin::new)
    })
}

/// Frees a pin. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_free(pin: Option<Box<fedverify_pin>>) {
    free(pin);
}

/// What two pins of one identity know, from visits that ran at the same time: a new pin. Merging never forgets, and the order
/// of the two does not matter.
///
/// Limits: `pinBytes`, `jsonValues`.
///
/// Errors: `FEDVERIFY_PIN_MALFORMED` for pins of two identities; `FEDVERIFY_PIN_FORK` where each has an operation in force
/// that the other never saw, or nothing is in force by both; `FEDVERIFY_PIN_NULLIFICATION_LATE` where one has an operation as
/// undone that the other proves to have been undone too late; `FEDVERIFY_PIN_TOO_LARGE` where `fedverify_pin_parse` would refuse
/// the merged pin by these limits; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_merge(
    a: Option<&fedverify_pin>,
    b: Option<&fedverify_pin>,
    limits: Option<&fedverify_limits>,
    merged: Place<'_, fedverify_pin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(merged, error, || {
        let (a, b) = (&given(a, "a pin")?.pin, &given(b, "a pin")?.pin);
        a.merge(b, &fedverify_limits::or_default(limits)).map(fedverify_pin::new)
    })
}

/// Compares the logs of two pins of one identity: `order` becomes -1, 0 or 1 where that of `a` is older than, the same as or newer
/// than that of `b`. The newer one has all operations that are in force by the other, and more. Of two with the same operations in
/// force, the newer one knows more operations, nullified ones included; else it is of the later visit; else the SHA-256 of its log is
/// the greater. The packages do not count.
///
/// Errors: `FEDVERIFY_PIN_MALFORMED` for pins of two identities; `FEDVERIFY_PIN_FORK` where they know histories that contradict each
/// other; `FEDVERIFY_API_ARGUMENT`. Then `order` becomes 0.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_compare(
    a: Option<&fedverify_pin>,
    b: Option<&fedverify_pin>,
    order: Out<'_, i32>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell(order, error, || {
        let (a, b) = (&given(a, "a pin")?.pin, &given(b, "a pin")?.pin);
        a.compare(b).map(number_of)
    })
}

/// Whether two pins know the same; false where one is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_equals(a: Option<&fedverify_pin>, b: Option<&fedverify_pin>) -> bool {
    look(a, |a| look(b, |b| a.pin == b.pin))
}

/// The pin as JSON on one line, to be kept. Valid until the pin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_json(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::new(pin.json.get_or_init(|| pin.pin.to_json())))
}

/// The DID that the pin is about. Valid until the pin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_did(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::new(pin.pin.did()))
}

/// The CID of the last operation that was seen and is not nullified. Valid until the pin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_head(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| fedverify_str::new(pin.pin.head()))
}

/// When the log was last verified, in seconds since 1970 by the verifier's own clock.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_last_visit(pin: Option<&fedverify_pin>) -> u64 {
    look(pin, |pin| pin.pin.last_visit())
}

/// The highest version of which a package was verified; absent where none with a place in the order of versions was. Valid
/// until the pin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pin_highest_version(pin: Option<&fedverify_pin>) -> fedverify_str {
    look(pin, |pin| {
        let highest = pin.highest_version.get_or_init(|| pin.pin.highest_version());
        fedverify_str::from_optional(highest.as_ref().map(Version::as_str))
    })
}
