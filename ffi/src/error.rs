//! Why a call failed.

use crate::border::fedverify_str;
use crate::call::{free, look};
use crate::status::{fedverify_status, status_of};
use fedverify::Error;
use fedverify::report::Check;

/// Why a call failed. Freed with `fedverify_error_free`.
pub struct fedverify_error(pub(crate) Error);

/// Takes an error back. NULL is allowed, the same error twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_free(error: Option<Box<fedverify_error>>) {
    free(error);
}

/// The status that the call answered; `FEDVERIFY_OK` for NULL. `fedverify_status_code` and its like say more of it.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_status(error: Option<&fedverify_error>) -> fedverify_status {
    look(error, |error| status_of(error.0.code()))
}

/// What was expected, what was found, and where. For people; not stable. Text from the input is quoted and escaped in it,
/// so it is safe to print on a terminal. It lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_message(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::of(error.0.message()))
}

/// The index in the log of the operation that the error is about, counted from 0; -1 if it is about none.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_operation(error: Option<&fedverify_error>) -> i64 {
    let index = error.and_then(|error| error.0.operation());
    index.and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)
}

/// The recomputed CID of the operation that the error is about; absent where there is none or it could not be computed. It
/// lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_cid(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::of_optional(error.0.cid()))
}

/// The step of the verification that failed, such as `plc.genesis`, as reports name it; absent where it was none. The text
/// lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_error_check(error: Option<&fedverify_error>) -> fedverify_str {
    look(error, |error| fedverify_str::of_optional(error.0.check().map(Check::as_str)))
}
