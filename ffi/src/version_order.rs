//! The order of versions of packages.

use crate::border::{Out, Place, Str};
use crate::call::{argument, tell};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::{Error, Limits, Precedence, Version, quote};
use std::cmp::Ordering;

/// Compares two versions by precedence, as releases are: `order` becomes -1, 0 or 1 for `a` below, equal to or above `b`.
/// Versions with equal precedence may be different strings: `1.0` and `1.0.0`. Of the limits `versionBytes` counts.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a string that is no version or has no place in the order of versions, such as
/// `trunk`. Then `order` becomes 0.
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
        let (a, b) = (precedence(a, a_len, &limits)?, precedence(b, b_len, &limits)?);
        Ok(match a.cmp(&b) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        })
    })
}

fn precedence(version: Str<'_>, len: usize, limits: &Limits) -> Result<Precedence, Error> {
    let text = version.read(len, "a version")?;
    let version = Version::parse(text, limits);
    let precedence = version.as_ref().and_then(Version::precedence);
    precedence
        .ok_or_else(|| argument(format!("expected a version that can be ordered, found {}", quote(text))))
}
