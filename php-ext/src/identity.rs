//! `FedVerify\Identity`: what a verified log proves. Holding one is the proof.

use crate::arguments::{Arguments, Parameter, wrong};
use crate::directory::told;
use crate::evidence::{Evidence, Proof};
use crate::json::{self, Table};
use crate::method::{self, Refusal, refused};
use crate::release::Release;
use crate::report::Report;
use crate::verifier::{Call, Outcome};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::fair::Publisher;
use fedverify::plc::State;
use fedverify::tables::{InputName, Kind};
use fedverify::{Limits, Pin, directory};
use std::sync::Arc;

/// A verified identity, and the log that proves it, by which its packages are verified.
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
    report: Arc<fedverify::Report>,
    evidence: Evidence,
}

/// Verifies the log.
pub(crate) fn prove(arguments: &Arguments<'_>, now: i64) -> Result<Identity, Refusal> {
    let (log, did) = (arguments.required_bytes("json"), arguments.required_bytes("did"));
    let pin = arguments.bytes("pin");
    let call = Call::new(Kind::PlcLog, Limits::default())
        .with_limits(arguments)
        .with(InputName::Did, did)
        .with(InputName::Log, log)
        .with(InputName::Pin, pin)
        .with(InputName::Remember, true)
        .with(InputName::Now, now);
    let limits = call.limits();
    let Outcome { report, publisher } = call.verified()?;
    let Some(Publisher::Plc(identity)) = publisher else {
        return Err(refused(Kind::PlcLog, wrong("only the log of a did:plc proves an identity")));
    };
    let pin = pin.map_or_else(|| pin_of(&identity).as_bytes().into(), Into::into);
    let proof = Proof::Log { log: log.into(), pin };
    let evidence = Evidence { did: did.into(), proof, now, limits };
    Ok(Identity { proven: Proven { identity, report: Arc::new(report), evidence } })
}

fn pin_of(identity: &fedverify::Identity) -> String {
    identity.pin().map(Pin::to_json).unwrap_or_default()
}

impl Proven {
    /// The report with the identity's history, which ordinary ones do not have.
    fn with_history(&self) -> fedverify::Report {
        self.evidence.call(Kind::PlcLog, None).with(InputName::History, true).run().report
    }

    /// The warning that a directory serves another document than the one that follows from the log.
    fn compare_document(&self, arguments: &Arguments<'_>) -> Option<Table> {
        let url = String::from_utf8_lossy(arguments.bytes("url").unwrap_or(DIRECTORY));
        let served = arguments.required_bytes("served");
        let warning = directory::compare_document(&url, &self.identity, served, &self.evidence.limits)?;
        Some(json::table(Some(told(&warning))))
    }
}

impl Identity {
    /// The identity of core.
    pub(crate) fn core(&self) -> &fedverify::Identity {
        &self.proven.identity
    }

    fn state(&self) -> Option<&State> {
        self.core().state()
    }
}

#[php_impl]
impl Identity {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("an identity is what FedVerify\\AuditLog::verify() proves".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_report(&self) -> String {
        self.proven.report.to_json()
    }

    pub fn did(&self) -> String {
        self.core().did().to_string()
    }

    pub fn head(&self) -> String {
        self.core().head().to_owned()
    }

    pub fn operations(&self) -> i64 {
        i64::try_from(self.core().history().len()).unwrap_or(i64::MAX)
    }

    pub fn nullified(&self) -> Vec<String> {
        self.core().nullified().map(str::to_owned).collect()
    }

    pub fn is_tombstoned(&self) -> bool {
        self.core().is_tombstoned()
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

    pub fn repository(&self) -> Option<String> {
        self.core().repository().ok().map(str::to_owned)
    }

    pub fn contestable(&self) -> Table {
        let contestable = json::member(&self.proven.report.to_json(), &["identity", "contestable"]);
        contestable.unwrap_or_else(Table::empty)
    }

    pub fn history(&self) -> Table {
        let history = json::member(&self.proven.with_history().to_json(), &["identity", "history"]);
        history.unwrap_or_else(Table::empty)
    }

    pub fn warnings(&self) -> Table {
        json::member(&self.proven.report.to_json(), &["warnings"]).unwrap_or_else(Table::empty)
    }

    pub fn did_document(&self) -> Table {
        json::table(self.core().did_document())
    }

    pub fn pin(&self) -> String {
        pin_of(self.core())
    }

    pub fn report(&self) -> Report {
        Report::new(fedverify::Report::clone(&self.proven.report))
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
    Parameter::flag("waitRecoveryWindow"),
];

const RELEASE: &[Parameter] = &[
    Parameter::bytes("metadataJson"),
    Parameter::bytes("version").or_null(),
    Parameter::bytes("pin").or_null(),
    Parameter::flag("noDowngrade"),
    Parameter::table("limits"),
];

const CONFIRM_ALIAS: &[Parameter] = &[Parameter::bytes("txtRecords")];

const COMPARE_DOCUMENT: &[Parameter] =
    &[Parameter::bytes("served"), Parameter::bytes("url").or("'https://plc.directory'")];

/// The directory of did:plc, where the caller names no other.
const DIRECTORY: &[u8] = b"https://plc.directory";

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let report = "FedVerify\\Report";
    let compare = method::declare_array_or_null("compareDocument", compare_document, COMPARE_DOCUMENT);
    class
        .method(method::declare("release", release, RELEASE, "FedVerify\\Release"), MethodFlags::Public)
        .method(method::declare("verifyPackage", verify_package, VERIFY_PACKAGE, report), MethodFlags::Public)
        .method(method::declare_string_or_null("aliasRecordName", alias_record_name), MethodFlags::Public)
        .method(method::declare("confirmAlias", confirm_alias, CONFIRM_ALIAS, report), MethodFlags::Public)
        .method(compare, MethodFlags::Public)
}

fn proven_of(call: &mut ExecuteData) -> Option<Proven> {
    call.get_object::<Identity>().map(|this| this.proven.clone())
}

zend_fastcall! {
    extern fn release(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = proven_of(call);
        method::run(call, answer, RELEASE, |_| Ok(Kind::FairMetadata), |arguments, kind| {
            method::on(proven, kind, |proven| Release::of(&proven.evidence, arguments))
        });
    }
}

zend_fastcall! {
    extern fn verify_package(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = proven_of(call);
        method::run(call, answer, VERIFY_PACKAGE, |_| Ok(Kind::FairPackage), |arguments, kind| {
            method::on(proven, kind, |proven| proven.evidence.package(arguments))
        });
    }
}

zend_fastcall! {
    extern fn alias_record_name(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = proven_of(call);
        method::run(call, answer, &[], |_| Ok(Kind::FairAlias), |_: &Arguments<'_>, kind| {
            method::on(proven, kind, |proven| proven.evidence.alias_record_name())
        });
    }
}

zend_fastcall! {
    extern fn confirm_alias(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = proven_of(call);
        method::run(call, answer, CONFIRM_ALIAS, |_| Ok(Kind::FairAlias), |arguments, kind| {
            method::on(proven, kind, |proven| proven.evidence.confirm_alias(arguments))
        });
    }
}

zend_fastcall! {
    extern fn compare_document(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = proven_of(call);
        method::run(call, answer, COMPARE_DOCUMENT, |_| Ok(Kind::PlcLog), |arguments, kind| {
            method::on(proven, kind, |proven| Ok(proven.compare_document(arguments)))
        });
    }
}
