//! `FedVerify\Identity`: what a verified log proves. Holding one is the proof.

use crate::arguments::{Arguments, Parameter};
use crate::audit_log;
use crate::file;
use crate::json::{self, Table};
use crate::limits;
use crate::method::{self, Refusal, refused};
use crate::report::{Report, warnings};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::plc::State;
use fedverify::report::{Check, Kind};
use fedverify::{Error, Limits, Metadata, VerifiedRelease};
use std::sync::Arc;

/// A verified identity, and the log that proves it, for the pin that a package may be judged by.
#[php_class]
#[php(
    name = "FedVerify\\Identity",
    modifier = with_methods,
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties)
)]
pub struct Identity {
    proven: Proven,
}

/// Cheap to clone.
#[derive(Clone)]
struct Proven {
    identity: fedverify::Identity,
    log: Arc<[u8]>,
    now: u64,
    limits: Limits,
}

impl Identity {
    pub(crate) fn new(identity: fedverify::Identity, log: &[u8], now: u64, limits: Limits) -> Self {
        Identity { proven: Proven { identity, log: log.into(), now, limits } }
    }

    fn identity(&self) -> &fedverify::Identity {
        &self.proven.identity
    }

    fn state(&self) -> Option<&State> {
        self.identity().state()
    }
}

#[php_impl]
impl Identity {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("an identity is what FedVerify\\AuditLog::verify() proves".into())
    }

    pub fn did(&self) -> String {
        self.identity().did().to_string()
    }

    pub fn head(&self) -> String {
        self.identity().head().to_owned()
    }

    pub fn operations(&self) -> i64 {
        i64::try_from(self.identity().history().len()).unwrap_or(i64::MAX)
    }

    pub fn nullified(&self) -> Vec<String> {
        self.identity().nullified().map(str::to_owned).collect()
    }

    pub fn is_tombstoned(&self) -> bool {
        self.identity().is_tombstoned()
    }

    pub fn rotation_keys(&self) -> Vec<String> {
        self.state().map(State::rotation_keys).unwrap_or_default().to_vec()
    }

    pub fn verification_methods(&self) -> Table {
        json::table(self.state().map(State::verification_methods))
    }

    pub fn also_known_as(&self) -> Vec<String> {
        self.state().map(State::also_known_as).unwrap_or_default().to_vec()
    }

    pub fn services(&self) -> Table {
        json::table(self.state().map(State::services))
    }

    pub fn warnings(&self) -> Table {
        warnings(self.identity().warnings())
    }

    pub fn did_document(&self) -> Table {
        json::table(self.identity().did_document())
    }

    pub fn pin(&self) -> String {
        json::text(self.identity().pin())
    }

    pub fn report(&self) -> Report {
        Report::new(fedverify::Report::of_identity(self.identity()))
    }
}

const VERIFY_PACKAGE: &[Parameter] = &[
    Parameter::bytes("metadataJson"),
    Parameter::path("path"),
    Parameter::bytes("version").or_null(),
    Parameter::bytes("pin").or_null(),
    Parameter::bytes("artifactUrl").or_null(),
    Parameter::flag("noDowngrade"),
    Parameter::table("limits"),
];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify_package =
        method::declare("verifyPackage", verify_package, VERIFY_PACKAGE, "FedVerify\\Report");
    class.method(verify_package, MethodFlags::Public)
}

zend_fastcall! {
    extern fn verify_package(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = call.get_object::<Identity>().map(|this| this.proven.clone());
        method::run(call, answer, VERIFY_PACKAGE, Kind::FairPackage, |arguments| {
            // PHP calls methods on objects of their class only.
            proven.map_or_else(|| Err(no_object()), |proven| proven.verify_package(arguments))
        });
    }
}

fn no_object() -> Refusal {
    refused(Kind::FairPackage, &crate::arguments::wrong("verifyPackage() is a method of FedVerify\\Identity"))
}

impl Proven {
    /// Verifies step by step, so that a refusal still reports what was proven before it.
    fn verify_package(&self, arguments: &Arguments<'_>) -> Result<Report, Refusal> {
        const KIND: Kind = Kind::FairPackage;
        let limits = limits::changed(self.limits, arguments).map_err(|error| refused(KIND, &error))?;
        let identity = self.as_of(arguments, &limits).map_err(|error| refused(KIND, &error))?;
        let release = release(&identity, arguments, &limits)
            .map_err(|error| Box::new(refused(KIND, &error).with_identity(&identity)))?;
        let package = package(&release, arguments, &limits)
            .map_err(|error| Box::new(refused(KIND, &error).with_release(&release)))?;
        Ok(Report::new(package))
    }

    /// The identity against the pin of this call, where there is one.
    fn as_of(&self, arguments: &Arguments<'_>, limits: &Limits) -> Result<fedverify::Identity, Error> {
        let Some(pin) = arguments.bytes("pin") else { return Ok(self.identity.clone()) };
        audit_log::remembered(&self.log, self.identity.did(), Some(pin), self.now, limits)
    }
}

fn release(
    identity: &fedverify::Identity,
    arguments: &Arguments<'_>,
    limits: &Limits,
) -> Result<VerifiedRelease, Error> {
    let metadata = Metadata::parse_with(arguments.required_bytes("metadataJson"), limits)?;
    let release = identity.release(&metadata, arguments.text("version")?)?;
    if arguments.is_set("noDowngrade") { release.refuse_downgrade() } else { Ok(release) }
}

fn package(
    release: &VerifiedRelease,
    arguments: &Arguments<'_>,
    limits: &Limits,
) -> Result<fedverify::Report, Error> {
    let artifact_url = arguments.text("artifactUrl")?;
    let (_file, digests) = file::digest(arguments.required_bytes("path"), limits, Check::FairBytes)?;
    let package = match artifact_url {
        Some(url) => release.verify_from(url, &digests)?,
        None => release.verify(&digests)?,
    };
    Ok(fedverify::Report::of_package(&package))
}
