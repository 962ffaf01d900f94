//! How every export runs: NULL and panics become a status, and results go where the caller wants them.

use crate::border::{Out, Place, argument};
use crate::error::fedverify_error;
use crate::handle::guarded;
use crate::status::{FEDVERIFY_OK, fedverify_status, status_of};
use fedverify::{ApiFault, Error};
use std::cmp::Ordering;

/// Runs what makes a new handle. Afterwards there is a handle in `place` and NULL in `error`, or the other way round.
pub(crate) fn make<T>(
    place: Place<'_, T>,
    error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<T, Error>,
) -> fedverify_status {
    make_optional(place, error, || work().map(Some))
}

/// Runs what makes a new handle where there is something to make one of, and else puts NULL.
pub(crate) fn make_optional<T>(
    place: Place<'_, T>,
    error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<Option<T>, Error>,
) -> fedverify_status {
    conclude(place, error, || work().map(|made| (made, Ok(()))))
}

/// Runs what makes a new handle that may tell of a failure: then there is a handle in `place` and an error in `error`.
pub(crate) fn conclude<T>(
    mut place: Place<'_, T>,
    error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<(Option<T>, Result<(), Error>), Error>,
) -> fedverify_status {
    place.put(None);
    attempt(error, || {
        if place.is_null() {
            return Err(argument("expected a place for the result, found NULL"));
        }
        let (made, outcome) = work()?;
        place.put(made.map(Box::new));
        outcome
    })
}

/// Runs what tells a value. On failure the place gets 0 or an absent string.
pub(crate) fn tell<T: Default>(
    place: Out<'_, T>,
    error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<T, Error>,
) -> fedverify_status {
    tell_or(T::default(), place, error, work)
}

/// The same, but on failure the place gets this value.
pub(crate) fn tell_or<T>(
    failed: T,
    mut place: Out<'_, T>,
    error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<T, Error>,
) -> fedverify_status {
    place.put(failed);
    attempt(error, || {
        if place.is_null() {
            return Err(argument("expected a place for the result, found NULL"));
        }
        place.put(work()?);
        Ok(())
    })
}

/// Runs what either succeeds or not.
pub(crate) fn attempt(
    mut error: Place<'_, fedverify_error>,
    work: impl FnOnce() -> Result<(), Error>,
) -> fedverify_status {
    error.put(None);
    let outcome = guarded(work).unwrap_or_else(|| Err(panicked()));
    match outcome {
        Ok(()) => FEDVERIFY_OK,
        Err(why) => {
            let status = status_of(why.code());
            error.put(Some(Box::new(fedverify_error(why))));
            status
        }
    }
}

/// A handle that must be there.
///
/// # Errors
///
/// [`fedverify::Code::ApiArgument`].
pub(crate) fn given<'h, H>(handle: Option<&'h H>, what: &str) -> Result<&'h H, Error> {
    handle.ok_or_else(|| argument(format!("expected {what}, found NULL")))
}

/// An order as C has it.
pub(crate) fn number_of(order: Ordering) -> i32 {
    match order {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// The error of an index past the end of a list.
pub(crate) fn beyond(what: &str, count: usize, index: usize) -> Error {
    argument(format!("expected the index of one of {count} {what}, found {index}"))
}

/// The error of a fault in fedverify itself.
pub(crate) fn panicked() -> Error {
    Error::misuse(ApiFault::Panicked, "fedverify failed inside; nothing was judged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handle::{free, look};
    use fedverify::Code;

    #[test]
    fn a_panic_is_a_status() {
        let mut error = crate::tests::Caught::default();
        let status = attempt(error.place(), || panic!("on purpose"));
        assert_eq!((status, error.code()), (status_of(Code::ApiPanicked), Some(Code::ApiPanicked)));
        assert_eq!(look(Some(&1), |_| -> u32 { panic!("on purpose") }), 0);
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("on purpose")
            }
        }
        free(Some(Box::new(Bomb)));
    }
}
