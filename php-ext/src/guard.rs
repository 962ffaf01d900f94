//! What becomes of a panic: an error like any other, never the end of PHP's process.

use fedverify::{ApiFault, Error};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the work. A panic becomes the refusal of [`Code::ApiPanicked`](fedverify::Code::ApiPanicked).
///
/// The work only reads what it was given and makes new values, so nothing half-changed is seen after a panic.
pub(crate) fn guarded<T, E>(
    work: impl FnOnce() -> Result<T, E>,
    refusal: impl FnOnce(Error) -> E,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_panic| {
        let message = "fedverify stopped at a bug; nothing was verified";
        Err(refusal(Error::misuse(ApiFault::Panicked, message)))
    })
}
