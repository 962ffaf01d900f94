//! The limits that a caller changes: an array from names to integers.

use crate::arguments::{Arguments, wrong};
use ext_php_rs::types::Zval;
use fedverify::{Error, Limits, quote};

/// These limits, changed by the argument `$limits`.
///
/// Errors: [`Code::ApiArgument`](fedverify::Code::ApiArgument) for an unknown name, and for a value that is not an integer of
/// 0 or more.
pub(crate) fn changed(mut limits: Limits, arguments: &Arguments<'_>) -> Result<Limits, Error> {
    for (name, value) in arguments.table("limits").into_iter().flatten() {
        let name = name.to_string();
        #[cfg(feature = "panic")]
        assert!(name != "panic", "asked to panic");
        if !limits.set(&name, number(&name, value)?) {
            let known = Limits::NAMES.join(", ");
            return Err(wrong(format!("no limit is named {}; the limits are {known}", quote(&name))));
        }
    }
    Ok(limits)
}

fn number(name: &str, value: &Zval) -> Result<u64, Error> {
    let number = value.dereference().long().and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| wrong(format!("expected an integer of 0 or more as the limit {}", quote(name))))
}
