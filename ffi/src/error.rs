//! Why a call failed.

use crate::border::fedverify_str;
use crate::handle::{free, look};
use crate::status::{fedverify_status, status_of};
use fedverify::Error;
use fedverify::tables::Check;

/// Why a call failed. Freed with `fedverify_error_free`.
pub struct fedverify_error(pub(crate) Error);

/// Frees an error. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_free(error: Option<Box<fedverify_error>>) {
    free(error);
}

/// The status that the call returned; `FEDVERIFY_OK` for NULL. `fedverify_status_code` and the functions beside it say more.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_status(error: Option<&fedverify_error>) -> fedverify_status {
    look(error, |error| status_of(error.0.code()))
}

/// What was expected, what was found, and where. For people; not stable. Strings from the input are quoted and escaped, so
/// it is safe to print on a terminal. Valid until the error is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_message(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::new(error.0.message()))
}

/// The index in the log of the operation that the error is about, counted from 0; -1 if it is about none.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_operation(error: Option<&fedverify_error>) -> i64 {
    let index = error.and_then(|error| error.0.operation());
    index.and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)
}

/// The recomputed CID of the operation that the error is about; absent where none was computed. Whether it is about an
/// operation at all is what `fedverify_error_operation` says. Valid until the error is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_cid(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::from_optional(error.0.cid()))
}

/// The step that the verification stopped at, one of the `FEDVERIFY_CHECK_` constants; absent where it was none. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_check(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::from_optional(error.0.check().map(Check::as_str)))
}

/// The limit that was exceeded, one of the `FEDVERIFY_LIMIT_` constants; absent where none was. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_limit(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::from_optional(error.0.limit()))
}
