//! `FedVerify\ArchiveSignature`: the signature of an archive, by the digest that a node lists.

use crate::arguments::Parameter;
use crate::question;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::Limits;
use fedverify::pfn::{ArchiveDigest, PublisherKey};

/// A name to call `verify` by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\ArchiveSignature", modifier = with_methods, flags = ClassFlags::Final)]
pub struct ArchiveSignature;

#[php_impl]
impl ArchiveSignature {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\ArchiveSignature has no objects; call FedVerify\\ArchiveSignature::verify()".into())
    }
}

const VERIFY: &[Parameter] =
    &[Parameter::bytes("key"), Parameter::bytes("sha384"), Parameter::bytes("signature")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify = question::declare("verify", verify, VERIFY, DataType::Void);
    class.method(verify, MethodFlags::Public | MethodFlags::Static)
}

zend_fastcall! {
    extern fn verify(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, VERIFY, |arguments| {
            let digest = ArchiveDigest::parse(&arguments.lossy("sha384"))?;
            let key = PublisherKey::parse(arguments.required_bytes("key"), &Limits::default())?;
            Ok(digest.check_signature(&key, &arguments.lossy("signature"))?)
        });
    }
}
