//! How a method that verifies runs: arguments in, an object or an exception out.

use crate::arguments::{self, Arguments, Parameter, wrong};
use crate::engine::Handler;
use crate::exception;
use crate::guard::guarded;
use crate::report;
use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ExecuteData, ce, run_handler};
use fedverify::tables::Kind;
use fedverify::{Error, Limits, Report, Request, Verification};
use std::panic::AssertUnwindSafe;

/// Why nothing is returned: the report that the exception carries.
pub(crate) type Refusal = Box<Report>;

/// The refusal of a call that cannot be used.
pub(crate) fn refused(kind: Kind, error: Error) -> Refusal {
    let mut request = Request::new(kind, Limits::default());
    request.refuse(error);
    Box::new(Verification::start(&request).finish())
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

/// Declares a method without parameters that returns a string or null.
pub(crate) fn declare_string_or_null(name: &str, handler: Handler) -> FunctionBuilder<'static> {
    FunctionBuilder::new(name, handler).returns(DataType::String, false, true)
}

/// Declares a method that returns an array or null.
pub(crate) fn declare_array_or_null(
    name: &str,
    handler: Handler,
    parameters: &'static [Parameter],
) -> FunctionBuilder<'static> {
    let method = arguments::declare(FunctionBuilder::new(name, handler), parameters);
    method.returns(DataType::Array, false, true)
}

/// Runs a method: reads its arguments, does the work, returns what it made or throws. Where the caller names no known kind,
/// there can be no report, and PHP throws its `ValueError` with this message.
pub(crate) fn run<T: IntoZval>(
    call: &mut ExecuteData,
    answer: &mut Zval,
    parameters: &'static [Parameter],
    kind: impl FnOnce(&Arguments<'_>) -> Result<Kind, String>,
    work: impl FnOnce(&Arguments<'_>, Kind) -> Result<T, Refusal>,
) {
    run_handler(AssertUnwindSafe(|| {
        let Some(arguments) = Arguments::read(call, parameters) else { return };
        let kind = match kind(&arguments) {
            Ok(kind) => kind,
            Err(message) => return PhpException::new(message, 0, ce::value_error()).throw(),
        };
        match guarded(|| work(&arguments, kind), |error| refused(kind, error)) {
            Ok(value) => {
                if let Err(fault) = value.set_zval(answer, false) {
                    PhpException::from(fault).throw();
                }
            }
            Err(report) => throw(*report),
        }
    }));
}

/// Works on what the object of a method holds. PHP calls methods on objects of their class only.
pub(crate) fn on<H, T>(
    held: Option<H>,
    kind: Kind,
    work: impl FnOnce(&H) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    match held {
        Some(held) => work(&held),
        None => Err(refused(kind, wrong("expected an object of the method's own class, found another"))),
    }
}

/// Throws what a report says went wrong.
fn throw(report: Report) {
    let Some(error) = report.error().cloned() else { return };
    exception::throw(&error, report::Report::new(report));
}
