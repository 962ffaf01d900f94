//! `FedVerify\AuditLog`: from the log that a directory serves to the identity that it proves.

use crate::arguments::{Arguments, Parameter};
use crate::identity::Identity;
use crate::limits;
use crate::method::{self, Refusal, refused};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::report::{Check, Kind};
use fedverify::{Error, Limits, Log, Pin, PlcDid};
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
        method::run(call, answer, VERIFY, Kind::PlcLog, identity);
    }
}

fn identity(arguments: &Arguments<'_>) -> Result<Identity, Refusal> {
    verified(arguments).map_err(|error| refused(Kind::PlcLog, &error))
}

fn verified(arguments: &Arguments<'_>) -> Result<Identity, Error> {
    let limits = limits::changed(Limits::default(), arguments)?;
    let did: PlcDid = arguments.required_text("did")?.parse()?;
    let now = arguments.count("now")?.unwrap_or_else(now);
    let json = arguments.required_bytes("json");
    let identity = remembered(json, &did, arguments.bytes("pin"), now, &limits)?;
    Ok(Identity::new(identity, json, now, limits))
}

/// Verifies a log against what is remembered; without a pin it is a first visit.
///
/// Where the pin cannot be used, the log is judged by itself first: then the report says truly which steps passed.
pub(crate) fn remembered(
    json: &[u8],
    did: &PlcDid,
    pin: Option<&[u8]>,
    now: u64,
    limits: &Limits,
) -> Result<fedverify::Identity, Error> {
    let log = Log::parse_with(json, limits)?;
    match pin.map(|pin| Pin::parse(pin, limits)).transpose() {
        Ok(pin) => log.verify_remembering(did, pin.as_ref(), now),
        Err(error) => {
            log.verify(did)?;
            Err(error.at(Check::PinLog))
        }
    }
}

/// Seconds since 1970. A clock before that counts as 1970: then everything seems to be seen for the first time now.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
