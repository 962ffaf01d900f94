//! `FedVerify\Exception` and its two subclasses: why there is no proof.
//!
//! They are plain PHP classes with properties, so that PHP gives them file, line and trace like any exception.

use crate::engine::{self, Class, Handler};
use crate::report::Report;
use ext_php_rs::builders::{ClassBuilder, ClassProperty, FunctionBuilder};
use ext_php_rs::class::ClassEntryInfo;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags, PropertyFlags};
use ext_php_rs::types::{ZendObject, Zval};
use ext_php_rs::zend::{ExecuteData, ce, run_handler};
use ext_php_rs::zend_fastcall;
use fedverify::tables::Verdict;
use fedverify::{Code, Error};
use std::panic::AssertUnwindSafe;

/// `FedVerify\Exception`: thrown itself only where fedverify failed.
static EXCEPTION: Class = Class::unset();
/// `FedVerify\RejectedException`: something was judged and refused.
static REJECTED: Class = Class::unset();
/// `FedVerify\InvalidInputException`: nothing could be judged.
static INVALID_INPUT: Class = Class::unset();

/// What the objects hold beside message and code.
const ERROR_CODE: &str = "errorCode";
const REMEDY: &str = "remedy";
const OPERATION: &str = "operation";
const CID: &str = "cid";
const REPORT: &str = "report";

/// Registers the classes. Only while PHP starts.
pub(crate) fn register() -> Result<()> {
    let nullable = true;
    ClassBuilder::new("FedVerify\\Exception")
        .extends((ce::exception, "\\Exception"))
        .property(property(ERROR_CODE, Some("")))
        .property(property(REMEDY, Some("")))
        .property(property(OPERATION, None))
        .property(property(CID, None))
        .property(property(REPORT, None))
        .method(getter("errorCode", error_code, DataType::String, !nullable), MethodFlags::Public)
        .method(getter("remedy", remedy, DataType::String, !nullable), MethodFlags::Public)
        .method(getter("operation", operation, DataType::Long, nullable), MethodFlags::Public)
        .method(getter("cid", cid, DataType::String, nullable), MethodFlags::Public)
        .method(
            getter("report", report, DataType::object("FedVerify\\Report"), nullable),
            MethodFlags::Public,
        )
        .registration(|class, tables| {
            EXCEPTION.set(class);
            engine::keep(tables);
        })
        .register()?;
    let base: ClassEntryInfo = (|| EXCEPTION.get(), "FedVerify\\Exception");
    ClassBuilder::new("FedVerify\\RejectedException")
        .extends(base)
        .flags(ClassFlags::Final)
        .registration(|class, _no_methods| REJECTED.set(class))
        .register()?;
    ClassBuilder::new("FedVerify\\InvalidInputException")
        .extends(base)
        .flags(ClassFlags::Final)
        .registration(|class, _no_methods| INVALID_INPUT.set(class))
        .register()
}

fn property(name: &str, default: Option<&'static str>) -> ClassProperty {
    ClassProperty {
        name: name.to_owned(),
        flags: PropertyFlags::Private,
        default: default.map(|text| -> Box<dyn FnOnce() -> Result<Zval>> {
            // Interned: the class outlives every request.
            Box::new(move || engine::Interned(text).into_zval(true))
        }),
        docs: &[],
        ty: None,
        nullable: false,
        readonly: false,
        default_stub: None,
    }
}

fn getter(name: &str, handler: Handler, returned: DataType, is_nullable: bool) -> FunctionBuilder<'static> {
    FunctionBuilder::new(name, handler).returns(returned, false, is_nullable)
}

zend_fastcall! {
    extern fn error_code(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, ERROR_CODE); }
}
zend_fastcall! {
    extern fn remedy(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, REMEDY); }
}
zend_fastcall! {
    extern fn operation(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, OPERATION); }
}
zend_fastcall! {
    extern fn cid(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, CID); }
}
zend_fastcall! {
    extern fn report(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, REPORT); }
}

fn give(call: &mut ExecuteData, answer: &mut Zval, name: &str) {
    run_handler(AssertUnwindSafe(|| {
        if engine::arguments(call, &[]).is_none() {
            return;
        }
        if let Some(this) = call.get_self() {
            *answer = engine::property(EXCEPTION.get(), this, name);
        }
    }));
}

/// Throws what a report says went wrong.
pub(crate) fn throw(report: fedverify::Report) {
    let Some(error) = report.error().cloned() else { return };
    match exception(&error, report) {
        Ok(exception) => engine::throw(exception),
        Err(fault) => PhpException::from(fault).throw(),
    }
}

/// The class follows the verdict.
fn class_of(error: &Error, report: &fedverify::Report) -> &'static Class {
    if error.code() == Code::ApiPanicked {
        return &EXCEPTION;
    }
    if report.verdict() == Verdict::Rejected { &REJECTED } else { &INVALID_INPUT }
}

fn exception(error: &Error, report: fedverify::Report) -> Result<Zval> {
    let mut object = ZendObject::new(class_of(error, &report).get());
    let operation = error.operation().and_then(|operation| i64::try_from(operation).ok());
    let number = i64::from(error.code().number());
    engine::set_property(ce::exception(), &mut object, "message", error.to_string().into_zval(false)?);
    engine::set_property(ce::exception(), &mut object, "code", number.into_zval(false)?);
    let own = [
        (ERROR_CODE, error.code().as_str().into_zval(false)?),
        (REMEDY, error.remedy().into_zval(false)?),
        (OPERATION, operation.into_zval(false)?),
        (CID, error.cid().into_zval(false)?),
        (REPORT, Report::new(report).into_zval(false)?),
    ];
    for (name, value) in own {
        engine::set_property(EXCEPTION.get(), &mut object, name, value);
    }
    object.into_zval(false)
}
