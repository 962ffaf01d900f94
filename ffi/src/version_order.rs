//! The order of versions of packages, and their numbers.

use crate::border::{Out, Place, Str};
use crate::call::{make, number_of, tell};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use crate::string::fedverify_string;
use fedverify::Version;

/// Compares two versions by precedence, as releases are: `order` becomes -1, 0 or 1 for `a` below, equal to or above `b`.
/// Versions with equal precedence may be different strings: `1.0` and `1.0.0`.
///
/// Limits: `versionBytes`.
///
/// Errors: `FEDVERIFY_FAIR_VERSION_INVALID` for a string that is no version, or has no place in the order of versions, such as
/// `trunk`; `FEDVERIFY_API_ARGUMENT`. Then `order` becomes 0.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_version_compare(
    a: Str<'_>,
    a_len: usize,
    b: Str<'_>,
    b_len: usize,
    limits: Option<&fedverify_limits>,
    order: Out<'_, i32>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell(order, error, || {
        let limits = fedverify_limits::or_default(limits);
        let (a, b) = (a.read(a_len, "a version")?, b.read(b_len, "a version")?);
        Version::compare(a, b, &limits).map(number_of)
    })
}

/// A version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A version without a place
/// in the order of versions is its own name. Pins name versions so.
///
/// Limits: `versionBytes`.
///
/// Errors: `FEDVERIFY_FAIR_VERSION_INVALID` for a string that is no version; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_version_number(
    version: Str<'_>,
    version_len: usize,
    limits: Option<&fedverify_limits>,
    number: Place<'_, fedverify_string>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(number, error, || {
        let version = version.read(version_len, "a version")?;
        let version = Version::parse(version, &fedverify_limits::or_default(limits))?;
        Ok(fedverify_string(version.number()))
    })
}
