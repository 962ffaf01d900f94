//! `FedVerify\Exception` and its two subclasses: why there is no proof.
//!
//! They are plain PHP classes with properties, so that PHP gives them file, line and trace like any exception.

use crate::arguments::{self, Arguments, Parameter};
use crate::engine::{self, Class, Handler};
use ext_php_rs::builders::{ClassBuilder, ClassProperty, FunctionBuilder};
use ext_php_rs::class::ClassEntryInfo;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags, PropertyFlags};
use ext_php_rs::types::{ZendHashTable, ZendObject, Zval};
use ext_php_rs::zend::{ClassEntry, ExecuteData, ce, run_handler};
use ext_php_rs::zend_fastcall;
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
const LIMIT: &str = "limit";
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
        .property(property(LIMIT, None))
        .property(property(REPORT, None))
        .method(getter("errorCode", error_code, DataType::String, !nullable), MethodFlags::Public)
        .method(getter("remedy", remedy, DataType::String, !nullable), MethodFlags::Public)
        .method(getter("operation", operation, DataType::Long, nullable), MethodFlags::Public)
        .method(getter("cid", cid, DataType::String, nullable), MethodFlags::Public)
        .method(getter("limit", limit, DataType::String, nullable), MethodFlags::Public)
        .method(
            getter("report", report, DataType::object("FedVerify\\Report"), nullable),
            MethodFlags::Public,
        )
        .method(
            written("__serialize", serialize, &[]).returns(DataType::Array, false, false),
            MethodFlags::Public,
        )
        .method(
            written("__unserialize", unserialize, DATA).returns(DataType::Void, false, false),
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

fn written(name: &str, handler: Handler, parameters: &'static [Parameter]) -> FunctionBuilder<'static> {
    arguments::declare(FunctionBuilder::new(name, handler), parameters)
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
    extern fn limit(call: &mut ExecuteData, answer: &mut Zval) { give(call, answer, LIMIT); }
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

/// A property that is written down, and what it may be.
struct Written {
    name: &'static str,
    is_own: bool,
    is_text: bool,
    is_nullable: bool,
}

impl Written {
    const fn of_php(name: &'static str, is_text: bool) -> Self {
        Written { name, is_own: false, is_text, is_nullable: false }
    }

    const fn own(name: &'static str, is_text: bool, is_nullable: bool) -> Self {
        Written { name, is_own: true, is_text, is_nullable }
    }

    fn class(&self) -> &'static ClassEntry {
        if self.is_own { EXCEPTION.get() } else { ce::exception() }
    }

    fn accepts(&self, value: &Zval) -> bool {
        let has_type = if self.is_text { value.is_string() } else { value.is_long() };
        has_type || (self.is_nullable && value.is_null())
    }
}

/// What is written down of an exception. Not its report: one that is read back would claim what no verification said. Nor its
/// trace, whose arguments may be anything.
const WRITTEN: [Written; 9] = [
    Written::of_php("message", true),
    Written::of_php("code", false),
    Written::of_php("file", true),
    Written::of_php("line", false),
    Written::own(ERROR_CODE, true, false),
    Written::own(REMEDY, true, false),
    Written::own(OPERATION, false, true),
    Written::own(CID, true, true),
    Written::own(LIMIT, true, true),
];

const DATA: &[Parameter] = &[Parameter::table("data").required()];

zend_fastcall! {
    extern fn serialize(call: &mut ExecuteData, answer: &mut Zval) {
        run_handler(AssertUnwindSafe(|| {
            if engine::arguments(call, &[]).is_none() {
                return;
            }
            let Some(this) = call.get_self() else { return };
            let mut data = ZendHashTable::new();
            for written in &WRITTEN {
                // Names of our own: nothing can fail.
                let _is_set = data.insert(written.name, engine::property(written.class(), this, written.name));
            }
            answer.set_hashtable(data);
        }));
    }
}

zend_fastcall! {
    extern fn unserialize(call: &mut ExecuteData, _answer: &mut Zval) {
        run_handler(AssertUnwindSafe(|| {
            let values = Arguments::read(call, DATA).map(|arguments| {
                let data = arguments.table("data");
                let value = |written: &Written| data?.get(written.name).map(|value| value.dereference().shallow_clone());
                WRITTEN.iter().map(value).collect::<Vec<_>>()
            });
            let (Some(values), Some(this)) = (values, call.get_self()) else { return };
            let is_whole = |(written, value): (&Written, &Option<Zval>)| {
                value.as_ref().is_some_and(|value| written.accepts(value))
            };
            if !WRITTEN.iter().zip(&values).all(is_whole) {
                let message = "Invalid serialization data for FedVerify\\Exception object".to_owned();
                return PhpException::from_message(message).throw();
            }
            for (written, value) in WRITTEN.iter().zip(values) {
                engine::set_property(written.class(), this, written.name, value.unwrap_or_default());
            }
        }));
    }
}

/// Throws an error that is about no verification.
pub(crate) fn throw_without_report(error: &Error) {
    throw(error, Zval::new());
}

/// Throws an error with the report that it is of: a `FedVerify\Report`, or null.
pub(crate) fn throw(error: &Error, report: impl IntoZval) {
    match exception(error, report) {
        Ok(exception) => engine::throw(exception),
        Err(fault) => PhpException::from(fault).throw(),
    }
}

/// The class follows the verdict.
fn class_of(error: &Error) -> &'static Class {
    if error.code() == Code::ApiPanicked {
        return &EXCEPTION;
    }
    if error.code().is_undetermined() { &INVALID_INPUT } else { &REJECTED }
}

fn exception(error: &Error, report: impl IntoZval) -> Result<Zval> {
    let mut object = ZendObject::new(class_of(error).get());
    let operation = error.operation().and_then(|operation| i64::try_from(operation).ok());
    let number = i64::from(error.code().number());
    engine::set_property(ce::exception(), &mut object, "message", error.to_string().into_zval(false)?);
    engine::set_property(ce::exception(), &mut object, "code", number.into_zval(false)?);
    let own = [
        (ERROR_CODE, error.code().as_str().into_zval(false)?),
        (REMEDY, error.remedy().into_zval(false)?),
        (OPERATION, operation.into_zval(false)?),
        (CID, error.cid().into_zval(false)?),
        (LIMIT, error.limit().into_zval(false)?),
        (REPORT, report.into_zval(false)?),
    ];
    for (name, value) in own {
        engine::set_property(EXCEPTION.get(), &mut object, name, value);
    }
    object.into_zval(false)
}
