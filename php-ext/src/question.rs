//! How a method runs that asks something and verifies nothing: arguments in, a value or an exception without a report out.

use crate::arguments::{self, Arguments, Parameter};
use crate::engine::Handler;
use crate::exception;
use crate::guard::guarded;
use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ExecuteData, ce, run_handler};
use fedverify::Error;
use std::cmp::Ordering;
use std::panic::AssertUnwindSafe;

/// Why there is no answer.
pub(crate) enum Refusal {
    /// Core's reason.
    Error(Error),
    /// PHP's `ValueError`, with this message.
    Value(String),
    /// PHP's `TypeError`, with this message.
    Type(String),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Refusal::Error(error)
    }
}

/// Declares a method.
pub(crate) fn declare(
    name: &str,
    handler: Handler,
    parameters: &'static [Parameter],
    returned: DataType,
) -> FunctionBuilder<'static> {
    arguments::declare(FunctionBuilder::new(name, handler), parameters).returns(returned, false, false)
}

/// Runs a method.
pub(crate) fn run<T: IntoZval>(
    call: &mut ExecuteData,
    answer: &mut Zval,
    parameters: &'static [Parameter],
    work: impl FnOnce(&Arguments<'_>) -> Result<T, Refusal>,
) {
    run_handler(AssertUnwindSafe(|| {
        let Some(arguments) = Arguments::read(call, parameters) else { return };
        match guarded(|| work(&arguments), Refusal::Error) {
            Ok(value) => {
                if let Err(fault) = value.set_zval(answer, false) {
                    PhpException::from(fault).throw();
                }
            }
            Err(Refusal::Error(error)) => exception::throw_without_report(&error),
            Err(Refusal::Value(message)) => PhpException::new(message, 0, ce::value_error()).throw(),
            Err(Refusal::Type(message)) => PhpException::new(message, 0, ce::type_error()).throw(),
        }
    }));
}

/// An order as PHP's functions give it.
pub(crate) fn number_of(order: Ordering) -> i64 {
    match order {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}
