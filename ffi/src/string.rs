//! Strings that belong to the caller.

use crate::border::fedverify_str;
use crate::handle::{free, look};

/// A string that was made for the caller. Freed with `fedverify_string_free`.
pub struct fedverify_string(pub(crate) String);

/// Frees a string. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_string_free(string: Option<Box<fedverify_string>>) {
    free(string);
}

/// The bytes of the string. Valid until the string is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_string_view(string: Option<&fedverify_string>) -> fedverify_str {
    look(string, |string| fedverify_str::new(&string.0))
}
