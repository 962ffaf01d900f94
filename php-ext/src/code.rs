//! `FedVerify\Code` and `FedVerify\WarningCode`: the codes as constants, from core's tables.

use crate::arguments::{self, Arguments, Parameter};
use crate::engine::{self, Handler};
use ext_php_rs::builders::{ClassBuilder, FunctionBuilder};
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::{ClassFlags, ConstantFlags, DataType, MethodFlags};
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ExecuteData, ce, run_handler};
use ext_php_rs::zend_fastcall;
use fedverify::{Code, WarningCode};
use std::panic::AssertUnwindSafe;

/// Registers the classes. Only while PHP starts.
pub(crate) fn register() -> Result<()> {
    let flags = MethodFlags::Public | MethodFlags::Static;
    class_of("FedVerify\\Code", Code::ALL.iter().map(|code| code.as_str()))?
        .method(declare("meaning", meaning), flags)
        .method(declare("remedy", remedy), flags)
        .register()?;
    class_of("FedVerify\\WarningCode", WarningCode::ALL.iter().map(|code| code.as_str()))?.register()
}

fn class_of(name: &str, codes: impl Iterator<Item = &'static str>) -> Result<ClassBuilder> {
    let constructor = FunctionBuilder::new("__construct", no_objects);
    let mut class = ClassBuilder::new(name)
        .flags(ClassFlags::Final)
        .method(constructor, MethodFlags::Private)
        .registration(|_class, tables| engine::keep(tables));
    for code in codes {
        class = class.constant(constant_name(code), engine::Interned(code), &[], ConstantFlags::Public)?;
    }
    Ok(class)
}

/// `plc.cid.mismatch` is `PLC_CID_MISMATCH`.
fn constant_name(code: &str) -> String {
    code.replace('.', "_").to_ascii_uppercase()
}

zend_fastcall! {
    extern fn no_objects(_call: &mut ExecuteData, _answer: &mut Zval) {
        PhpException::from_message("the class is a list of constants".to_owned()).throw();
    }
}

const OF_CODE: &[Parameter] = &[Parameter::bytes("code")];

fn declare(name: &str, handler: Handler) -> FunctionBuilder<'static> {
    arguments::declare(FunctionBuilder::new(name, handler), OF_CODE).returns(DataType::String, false, false)
}

zend_fastcall! {
    extern fn meaning(call: &mut ExecuteData, answer: &mut Zval) {
        explain(call, answer, "meaning", |code| code.meaning());
    }
}

zend_fastcall! {
    extern fn remedy(call: &mut ExecuteData, answer: &mut Zval) {
        explain(call, answer, "remedy", |code| code.remedy());
    }
}

fn explain(call: &mut ExecuteData, answer: &mut Zval, method: &str, of: impl Fn(Code) -> &'static str) {
    run_handler(AssertUnwindSafe(|| {
        let Some(arguments) = Arguments::read(call, OF_CODE) else { return };
        let name = std::str::from_utf8(arguments.required_bytes("code")).ok();
        let explained =
            name.and_then(|name| name.parse::<Code>().ok()).map(|code| of(code).set_zval(answer, false));
        if !matches!(explained, Some(Ok(()))) {
            let message = format!("FedVerify\\Code::{method}(): Argument #1 ($code) must be an error code");
            PhpException::new(message, 0, ce::value_error()).throw();
        }
    }));
}
