//! The limits that a caller changes: an array from names to integers.

use crate::arguments::{Arguments, wrong};
use ext_php_rs::types::Zval;
use fedverify::{Error, Limits, quote};

/// The limits, with those of the argument `$limits` in the place of the given ones.
///
/// Errors: [`Code::ApiArgument`](fedverify::Code::ApiArgument) for a name that no limit has, and for a value that is no
/// integer of 0 or more.
pub(crate) fn changed(mut limits: Limits, arguments: &Arguments<'_>) -> Result<Limits, Error> {
    for (name, value) in arguments.table("limits").into_iter().flatten() {
        let name = name.to_string();
        #[cfg(feature = "panic")]
        assert!(name != "panic", "asked to panic");
        if !limits.set(&name, number(&name, value)?) {
            let known = Limits::NAMES.join(", ");
            return Err(wrong(format!("$limits names {}; the limits are {known}", quote(&name))));
        }
    }
    Ok(limits)
}

fn number(name: &str, value: &Zval) -> Result<u64, Error> {
    let number = value.dereference().long().and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| wrong(format!("$limits must give an integer of 0 or more for {}", quote(name))))
}
