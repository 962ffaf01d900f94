//! How a method that verifies runs: arguments in, an object or an exception out.

use crate::arguments::{self, Arguments, Parameter};
use crate::engine::Handler;
use crate::exception;
use crate::guard::guarded;
use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ExecuteData, run_handler};
use fedverify::Error;
use fedverify::report::{Kind, Report};
use std::panic::AssertUnwindSafe;

/// Why there is nothing to give back: the report that the exception carries.
pub(crate) type Refusal = Box<Report>;

/// The refusal of a verification that had proven nothing.
pub(crate) fn refused(kind: Kind, error: &Error) -> Refusal {
    Box::new(Report::refused(kind, error))
}

/// Declares a method that verifies.
pub(crate) fn declare(
    name: &str,
    handler: Handler,
    parameters: &'static [Parameter],
    returned_class: &'static str,
) -> FunctionBuilder<'static> {
    let method = arguments::declare(FunctionBuilder::new(name, handler), parameters);
    method.returns(DataType::object(returned_class), false, false)
}

/// Runs a method: reads its arguments, does the work, gives back what it made or throws.
pub(crate) fn run<T: IntoZval>(
    call: &mut ExecuteData,
    answer: &mut Zval,
    parameters: &'static [Parameter],
    kind: Kind,
    work: impl FnOnce(&Arguments<'_>) -> Result<T, Refusal>,
) {
    run_handler(AssertUnwindSafe(|| {
        let Some(arguments) = Arguments::of(call, parameters) else { return };
        match guarded(|| work(&arguments), |error| refused(kind, error)) {
            Ok(value) => {
                if let Err(fault) = value.set_zval(answer, false) {
                    PhpException::from(fault).throw();
                }
            }
            Err(report) => exception::throw(*report),
        }
    }));
}
