//! `FedVerify\AuditLog`: from the log that a directory serves to the identity that it proves.

use crate::arguments::Parameter;
use crate::identity;
use crate::method;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::tables::Kind;
use std::time::{SystemTime, UNIX_EPOCH};

/// A name to call `verify` by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\AuditLog", modifier = with_methods, flags = ClassFlags::Final)]
pub struct AuditLog;

#[php_impl]
impl AuditLog {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\AuditLog has no objects; call FedVerify\\AuditLog::verify()".into())
    }
}

const VERIFY: &[Parameter] = &[
    Parameter::bytes("json"),
    Parameter::bytes("did"),
    Parameter::bytes("pin").or_null(),
    Parameter::integer("now"),
    Parameter::table("limits"),
];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify = method::declare("verify", verify, VERIFY, "FedVerify\\Identity");
    class.method(verify, MethodFlags::Public | MethodFlags::Static)
}

zend_fastcall! {
    extern fn verify(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY, |_| Ok(Kind::PlcLog), |arguments, _| {
            identity::prove(arguments, arguments.integer("now").unwrap_or_else(now))
        });
    }
}

/// Seconds since 1970. A clock before that counts as 1970: then everything seems to be first seen now.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}
