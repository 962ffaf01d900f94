//! Non-fatal findings, as several handles lend them.

use crate::border::fedverify_str;
use fedverify::Warning;

/// The code of a warning; absent past the end.
pub(crate) fn code(warnings: &[Warning], index: usize) -> fedverify_str {
    fedverify_str::from_optional(warnings.get(index).map(|warning| warning.code().as_str()))
}

/// The message of a warning; absent past the end.
pub(crate) fn message(warnings: &[Warning], index: usize) -> fedverify_str {
    fedverify_str::from_optional(warnings.get(index).map(Warning::message))
}
