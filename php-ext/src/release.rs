//! `FedVerify\Release`: what a metadata document lists for a proven publisher, before the package is there.

use crate::arguments::{Arguments, Parameter};
use crate::evidence::Evidence;
use crate::json::{self, Table};
use crate::method::{self, Refusal};
use crate::report::Report;
use crate::verifier::Outcome;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::Pin;
use fedverify::tables::{InputName, Kind};
use std::sync::Arc;

/// A release that is tied to its publisher, and what its package is verified by.
#[php_class]
#[php(
    name = "FedVerify\\Release",
    modifier = with_methods,
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties)
)]
pub struct Release {
    tied: Tied,
}

/// Cheap to clone.
#[derive(Clone)]
struct Tied {
    evidence: Evidence,
    choice: Choice,
    report: Arc<fedverify::Report>,
}

/// Which release was asked for.
#[derive(Clone)]
struct Choice {
    metadata: Arc<[u8]>,
    version: Option<Arc<[u8]>>,
    no_downgrade: bool,
}

impl Tied {
    fn verify_package(&self, arguments: &Arguments<'_>) -> Result<Report, Refusal> {
        let metadata: &[u8] = &self.choice.metadata;
        self.evidence
            .call(Kind::FairPackage, arguments.bytes("pin"))
            .with_limits(arguments)
            .with(InputName::Metadata, metadata)
            .with(InputName::Release, self.choice.version.as_deref())
            .with_package(arguments, self.choice.no_downgrade)
            .report()
    }
}

impl Release {
    /// The release that a metadata document lists for a publisher.
    pub(crate) fn of(publisher: &Evidence, arguments: &Arguments<'_>) -> Result<Self, Refusal> {
        let pin = arguments.bytes("pin");
        let metadata = arguments.required_bytes("metadataJson");
        let (version, no_downgrade) = (arguments.bytes("version"), arguments.is_set("noDowngrade"));
        let call = publisher
            .call(Kind::FairMetadata, pin)
            .with_limits(arguments)
            .with(InputName::Metadata, metadata)
            .with(InputName::Release, version)
            .with(InputName::NoDowngrade, no_downgrade);
        let evidence = publisher.judged_by(pin, call.limits());
        let Outcome { report, .. } = call.verified()?;
        let choice = Choice { metadata: metadata.into(), version: version.map(Into::into), no_downgrade };
        Ok(Release { tied: Tied { evidence, choice, report: Arc::new(report) } })
    }

    fn json(&self) -> String {
        self.tied.report.to_json()
    }

    fn word(&self, path: &[&str]) -> String {
        json::word(&self.json(), path).unwrap_or_default()
    }

    fn table(&self, path: &[&str]) -> Table {
        json::member(&self.json(), path).unwrap_or_else(Table::empty)
    }
}

#[php_impl]
impl Release {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("a release is what release() of FedVerify\\Identity or FedVerify\\WebDocument proves".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_report(&self) -> String {
        self.json()
    }

    pub fn did(&self) -> String {
        self.word(&["identity", "did"])
    }

    pub fn version(&self) -> String {
        self.word(&["release", "version"])
    }

    pub fn r#type(&self) -> String {
        self.word(&["release", "type"])
    }

    pub fn repository(&self) -> String {
        self.word(&["release", "repository"])
    }

    pub fn versions(&self) -> Table {
        self.table(&["release", "versions"])
    }

    pub fn artifacts(&self) -> Table {
        self.table(&["release", "artifacts"])
    }

    pub fn warnings(&self) -> Table {
        self.table(&["warnings"])
    }

    pub fn pin(&self) -> Option<String> {
        self.tied.report.pin().map(Pin::to_json)
    }

    pub fn report(&self) -> Report {
        Report::new(fedverify::Report::clone(&self.tied.report))
    }
}

const VERIFY_PACKAGE: &[Parameter] = &[
    Parameter::path("path"),
    Parameter::bytes("pin").or_null(),
    Parameter::bytes("artifactUrl").or_null(),
    Parameter::flag("noDowngrade"),
    Parameter::table("limits"),
    Parameter::flag("waitRecoveryWindow"),
];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify_package =
        method::declare("verifyPackage", verify_package, VERIFY_PACKAGE, "FedVerify\\Report");
    class.method(verify_package, MethodFlags::Public)
}

zend_fastcall! {
    extern fn verify_package(call: &mut ExecuteData, answer: &mut Zval) {
        let tied = call.get_object::<Release>().map(|this| this.tied.clone());
        method::run(call, answer, VERIFY_PACKAGE, |_| Ok(Kind::FairPackage), |arguments, kind| {
            method::on(tied, kind, |tied| tied.verify_package(arguments))
        });
    }
}
