//! The order of versions of packages.

use crate::border::{Out, Place, Str};
use crate::call::tell;
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::Version;
use std::cmp::Ordering;

/// Compares two versions by precedence, as releases are: `order` becomes -1, 0 or 1 for `a` below, equal to or above `b`.
/// Versions with equal precedence may be different strings: `1.0` and `1.0.0`. Of the limits `versionBytes` counts.
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
        Ok(match Version::compare(a, b, &limits)? {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        })
    })
}
