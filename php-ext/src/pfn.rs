//! `FedVerify\Pfn`: what publishers of the Plugin Federation Network signed with a key that the caller trusts.

use crate::arguments::Parameter;
use crate::limits;
use crate::method;
use crate::question;
use crate::verifier::{self, Call};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::Limits;
use fedverify::pfn::Challenge;
use fedverify::tables::{InputName, Kind};

/// A name to call the methods by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\Pfn", modifier = with_methods, flags = ClassFlags::Final)]
pub struct Pfn;

#[php_impl]
impl Pfn {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\Pfn has no objects; call its methods".into())
    }
}

const VERIFY_PLUGIN: &[Parameter] = &[
    Parameter::bytes("key"),
    Parameter::bytes("pluginJson"),
    Parameter::bytes("signature").or_null(),
    Parameter::path("archivePath").or_null(),
    Parameter::bytes("archiveSignature").or_null(),
    Parameter::table("limits"),
];

const VERIFY_CHALLENGE: &[Parameter] = &[
    Parameter::bytes("key"),
    Parameter::bytes("challenge"),
    Parameter::bytes("signature"),
    Parameter::table("limits"),
];

const CHECK_CHALLENGE: &[Parameter] = &[Parameter::bytes("challenge"), Parameter::table("limits")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let flags = MethodFlags::Public | MethodFlags::Static;
    let report = "FedVerify\\Report";
    class
        .method(method::declare("verifyPlugin", verify_plugin, VERIFY_PLUGIN, report), flags)
        .method(method::declare("verifyChallenge", verify_challenge, VERIFY_CHALLENGE, report), flags)
        .method(question::declare("checkChallenge", check_challenge, CHECK_CHALLENGE, DataType::Void), flags)
}

zend_fastcall! {
    extern fn verify_plugin(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY_PLUGIN, |_| Ok(Kind::PfnPlugin), |arguments, kind| {
            Call::new(kind, Limits::default())
                .with_limits(arguments)
                .with(InputName::Key, arguments.required_bytes("key"))
                .with(InputName::Plugin, arguments.required_bytes("pluginJson"))
                .with(InputName::Signature, arguments.bytes("signature"))
                .with(InputName::Archive, arguments.bytes("archivePath"))
                .with(InputName::ArchiveSignature, arguments.bytes("archiveSignature"))
                .report()
        });
    }
}

zend_fastcall! {
    extern fn verify_challenge(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY_CHALLENGE, |_| Ok(Kind::PfnChallenge), |arguments, kind| {
            Call::new(kind, Limits::default())
                .with_limits(arguments)
                .with(InputName::Key, arguments.required_bytes("key"))
                .with(InputName::Challenge, arguments.required_bytes("challenge"))
                .with(InputName::Signature, arguments.required_bytes("signature"))
                .report()
        });
    }
}

zend_fastcall! {
    extern fn check_challenge(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, CHECK_CHALLENGE, |arguments| {
            let limits = limits::of(arguments)?;
            let challenge = verifier::string(InputName::Challenge, arguments.required_bytes("challenge"))?;
            Ok(Challenge::new(challenge, &limits).map(drop)?)
        });
    }
}
