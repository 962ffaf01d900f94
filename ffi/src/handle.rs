//! What every handle can do: be looked at, and be freed. Nothing unwinds out of either.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Looks at a handle. Of NULL there is nothing to see: an absent string, 0, false.
pub(crate) fn look<H, T: Default>(handle: Option<&H>, see: impl FnOnce(&H) -> T) -> T {
    handle.and_then(|handle| guarded(|| see(handle))).unwrap_or_default()
}

/// Frees a handle. NULL is ignored.
pub(crate) fn free<H>(handle: Option<Box<H>>) {
    let _nothing_comes_of_it = guarded(|| drop(handle));
}

/// Nothing unwinds into C. What fails leaves handles as they were, or unusable, never changed half-way.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
