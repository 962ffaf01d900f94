//! `FedVerify\Pfn`: what publishers of the Plugin Federation Network signed with a key that the caller trusts.

use crate::arguments::{Arguments, Parameter, wrong};
use crate::file;
use crate::limits;
use crate::method::{self, Refusal, refused};
use crate::report::Report;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::pfn::{
    Challenge, PluginArchive, PluginRecord, PublisherKey, VerifiedChallenge, VerifiedPlugin,
};
use fedverify::report::{Check, Kind};
use fedverify::{Error, Limits};

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

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let flags = MethodFlags::Public | MethodFlags::Static;
    let report = "FedVerify\\Report";
    class
        .method(method::declare("verifyPlugin", verify_plugin, VERIFY_PLUGIN, report), flags)
        .method(method::declare("verifyChallenge", verify_challenge, VERIFY_CHALLENGE, report), flags)
}

zend_fastcall! {
    extern fn verify_plugin(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY_PLUGIN, Kind::PfnPlugin, |arguments| {
            let plugin = plugin(arguments);
            report(Kind::PfnPlugin, plugin.map(|plugin| fedverify::Report::of_plugin(&plugin)))
        });
    }
}

zend_fastcall! {
    extern fn verify_challenge(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY_CHALLENGE, Kind::PfnChallenge, |arguments| {
            let challenge = challenge(arguments);
            report(Kind::PfnChallenge, challenge.map(|challenge| fedverify::Report::of_challenge(&challenge)))
        });
    }
}

fn report(kind: Kind, report: Result<fedverify::Report, Error>) -> Result<Report, Refusal> {
    report.map(Report::new).map_err(|error| refused(kind, &error))
}

fn plugin(arguments: &Arguments<'_>) -> Result<VerifiedPlugin, Error> {
    let limits = limits::changed(Limits::default(), arguments)?;
    let (archive_path, archive_signature) =
        (arguments.bytes("archivePath"), arguments.text("archiveSignature")?);
    if archive_path.is_none() && archive_signature.is_some() {
        return Err(wrong("$archiveSignature signs an archive: give its $archivePath too"));
    }
    let key = PublisherKey::parse(arguments.required_bytes("key"), &limits)?;
    let record = PluginRecord::parse(arguments.required_bytes("pluginJson"), &limits)?;
    let plugin = record.verify(&key, arguments.text("signature")?)?;
    match archive_path {
        Some(path) => plugin.with_archive(&archive(path, &limits)?, archive_signature),
        None => Ok(plugin),
    }
}

/// Hashes the archive and reads its header through the same open file, so that the path cannot be made to lead
/// elsewhere in between.
fn archive(path: &[u8], limits: &Limits) -> Result<PluginArchive, Error> {
    let (file, digests) = file::digest(path, limits, Check::PfnArchive)?;
    PluginArchive::read(file, digests, limits)
}

fn challenge(arguments: &Arguments<'_>) -> Result<VerifiedChallenge, Error> {
    let limits = limits::changed(Limits::default(), arguments)?;
    let key = PublisherKey::parse(arguments.required_bytes("key"), &limits)?;
    Challenge::new(arguments.required_text("challenge")?, &limits)?
        .verify(&key, arguments.required_text("signature")?)
}
