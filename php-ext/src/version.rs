//! `FedVerify\Version`: the order of versions, and their numbers.

use crate::arguments::Parameter;
use crate::question;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::Limits;

/// A name to call the methods by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\Version", modifier = with_methods, flags = ClassFlags::Final)]
pub struct Version;

#[php_impl]
impl Version {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\Version has no objects; call its methods".into())
    }
}

const COMPARE: &[Parameter] = &[Parameter::bytes("a"), Parameter::bytes("b")];

const NUMBER: &[Parameter] = &[Parameter::bytes("version")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let flags = MethodFlags::Public | MethodFlags::Static;
    class
        .method(question::declare("compare", compare, COMPARE, DataType::Long), flags)
        .method(question::declare("number", number, NUMBER, DataType::String), flags)
}

zend_fastcall! {
    extern fn compare(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, COMPARE, |arguments| {
            let [a, b] = ["a", "b"].map(|name| arguments.lossy(name));
            let order = fedverify::Version::compare(&a, &b, &Limits::default())?;
            Ok(question::number_of(order))
        });
    }
}

zend_fastcall! {
    extern fn number(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, NUMBER, |arguments| {
            let version = fedverify::Version::parse(&arguments.lossy("version"), &Limits::default())?;
            Ok(version.number())
        });
    }
}
