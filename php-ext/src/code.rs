//! `FedVerify\Code` and `FedVerify\WarningCode`: the codes as constants, from core's tables.

use crate::engine;
use ext_php_rs::builders::{ClassBuilder, FunctionBuilder};
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::{ClassFlags, ConstantFlags, MethodFlags};
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::{Code, WarningCode};

/// Registers the classes. Only while PHP starts.
pub(crate) fn register() -> Result<()> {
    register_class("FedVerify\\Code", Code::ALL.iter().map(|code| code.as_str()))?;
    register_class("FedVerify\\WarningCode", WarningCode::ALL.iter().map(|code| code.as_str()))
}

fn register_class(name: &str, codes: impl Iterator<Item = &'static str>) -> Result<()> {
    let constructor = FunctionBuilder::new("__construct", no_objects);
    let mut class = ClassBuilder::new(name)
        .flags(ClassFlags::Final)
        .method(constructor, MethodFlags::Private)
        .registration(|_class, tables| engine::keep(tables));
    for code in codes {
        class = class.constant(constant_name(code), engine::Interned(code), &[], ConstantFlags::Public)?;
    }
    class.register()
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
