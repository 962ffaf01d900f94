//! How much untrusted input may cost.

use crate::border::{Out, Place, Str, fedverify_str};
use crate::call::{attempt, given, tell};
use crate::error::fedverify_error;
use crate::handle::{free, guarded};
use crate::status::fedverify_status;
use fedverify::Limits;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much untrusted input may cost: bytes, operations, signature checks and so on, each by its name, one of the
/// `FEDVERIFY_LIMIT_` constants. Every limit is inclusive. Where a function takes limits, its comment names those that it
/// counts, and NULL means the defaults; calls read the limits once, at their start. Freed with `fedverify_limits_free`.
pub struct fedverify_limits(Mutex<Limits>);

impl fedverify_limits {
    fn lock(&self) -> MutexGuard<'_, Limits> {
        // Limits are numbers: no panic can leave them half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The limits of a call: the caller's, or the defaults.
    pub(crate) fn or_default(limits: Option<&fedverify_limits>) -> Limits {
        limits.map_or_else(Limits::default, |limits| *limits.lock())
    }
}

/// Makes limits with the default values: 8 MiB for a log or a metadata document, 512 MiB for a package and so on. Never
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_new() -> Option<Box<fedverify_limits>> {
    Some(Box::new(fedverify_limits(Mutex::new(Limits::default()))))
}

/// Frees limits. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_free(limits: Option<Box<fedverify_limits>>) {
    free(limits);
}

/// Sets a limit by its name, one of the `FEDVERIFY_LIMIT_` constants.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has; then nothing is changed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_set(
    limits: Option<&fedverify_limits>,
    name: Str<'_>,
    name_len: usize,
    value: u64,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let limits = given(limits, "limits")?;
        let name = name.read(name_len, "the name of a limit")?;
        limits.lock().set(name, value)
    })
}

/// Puts the value of a limit by its name into `value`. NULL as `limits` means the defaults.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_get(
    limits: Option<&fedverify_limits>,
    name: Str<'_>,
    name_len: usize,
    value: Out<'_, u64>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell(value, error, || {
        let name = name.read(name_len, "the name of a limit")?;
        fedverify_limits::or_default(limits).get(name)
    })
}

/// The number of limits. With their names, a program can list every limit, its default and what it counts, also those of later
/// versions.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_count() -> usize {
    Limits::NAMES.len()
}

/// The name of a limit, in the order of the `FEDVERIFY_LIMIT_` constants; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_name(index: usize) -> fedverify_str {
    fedverify_str::from_optional(Limits::NAMES.get(index).copied())
}

/// What a limit counts, in one line; absent for a name that no limit has. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_limits_meaning(name: Str<'_>, name_len: usize) -> fedverify_str {
    let meaning = guarded(|| name.read(name_len, "the name of a limit").ok().and_then(Limits::meaning));
    fedverify_str::from_optional(meaning.flatten())
}
