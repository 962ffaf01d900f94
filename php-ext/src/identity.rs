//! `FedVerify\Identity`: what a verified log proves. Holding one is the proof.

use crate::arguments::{Arguments, Parameter, wrong};
use crate::json::{self, Table};
use crate::method::{self, Refusal, refused};
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
use fedverify::{Limits, Pin};
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
    log: Arc<[u8]>,
    /// The pin that the log was verified with, or on a first visit the one that came of it.
    pin: Arc<[u8]>,
    now: i64,
    limits: Limits,
}

/// What a log is verified by.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'c> {
    pub(crate) log: &'c [u8],
    /// The pin of the last visit; `None` on a first one.
    pub(crate) pin: Option<&'c [u8]>,
    pub(crate) now: i64,
}

impl Visit<'_> {
    /// Verifies the log.
    pub(crate) fn identity(self, arguments: &Arguments<'_>) -> Result<Identity, Refusal> {
        let did = arguments.required_bytes("did");
        let call = self.call(Kind::PlcLog, did, Limits::default()).with_limits(arguments);
        let limits = call.limits();
        let Outcome { report, publisher } = call.verified()?;
        let Some(Publisher::Plc(identity)) = publisher else {
            return Err(refused(Kind::PlcLog, wrong("only the log of a did:plc proves an identity")));
        };
        let pin = self.pin.map_or_else(|| pin_of(&identity).as_bytes().into(), Into::into);
        let (report, log) = (Arc::new(report), self.log.into());
        Ok(Identity { proven: Proven { identity, report, log, pin, now: self.now, limits } })
    }

    /// A call that proves the identity, and remembers.
    fn call<'c>(&'c self, kind: Kind, did: &'c [u8], limits: Limits) -> Call<'c> {
        Call::new(kind, limits)
            .with(InputName::Did, did)
            .with(InputName::Log, self.log)
            .with(InputName::Pin, self.pin)
            .with(InputName::Remember, true)
            .with(InputName::Now, self.now)
    }
}

fn pin_of(identity: &fedverify::Identity) -> String {
    identity.pin().map(Pin::to_json).unwrap_or_default()
}

impl Proven {
    fn did(&self) -> &[u8] {
        self.identity.did().as_str().as_bytes()
    }

    /// The visit that proved the identity. On a first visit its pin spares the signature checks of the second walk.
    fn visit(&self) -> Visit<'_> {
        Visit { log: &self.log, pin: Some(&self.pin), now: self.now }
    }

    fn verify_package(&self, arguments: &Arguments<'_>) -> Result<Report, Refusal> {
        let visit = self.visit();
        let visit = Visit { pin: arguments.bytes("pin").or(visit.pin), ..visit };
        visit
            .call(Kind::FairPackage, self.did(), self.limits)
            .with_limits(arguments)
            .with(InputName::Metadata, arguments.required_bytes("metadataJson"))
            .with(InputName::Package, arguments.required_bytes("path"))
            .with(InputName::Release, arguments.bytes("version"))
            .with(InputName::ArtifactUrl, arguments.bytes("artifactUrl"))
            .with(InputName::NoDowngrade, arguments.is_set("noDowngrade"))
            .with(InputName::WaitRecoveryWindow, arguments.is_set("waitRecoveryWindow"))
            .report()
    }

    /// The report with the identity's history, which ordinary ones do not have.
    fn with_history(&self) -> fedverify::Report {
        let visit = self.visit();
        let call = visit.call(Kind::PlcLog, self.did(), self.limits);
        call.with(InputName::History, true).run().report
    }
}

impl Identity {
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

    pub fn repository(&self) -> Option<String> {
        self.identity().repository().ok().map(str::to_owned)
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
        json::table(self.identity().did_document())
    }

    pub fn pin(&self) -> String {
        pin_of(self.identity())
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

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify_package =
        method::declare("verifyPackage", verify_package, VERIFY_PACKAGE, "FedVerify\\Report");
    class.method(verify_package, MethodFlags::Public)
}

zend_fastcall! {
    extern fn verify_package(call: &mut ExecuteData, answer: &mut Zval) {
        let proven = call.get_object::<Identity>().map(|this| this.proven.clone());
        method::run(call, answer, VERIFY_PACKAGE, |_| Ok(Kind::FairPackage), |arguments, kind| match proven {
            Some(proven) => proven.verify_package(arguments),
            // PHP calls methods on objects of their class only.
            None => Err(refused(kind, wrong("verifyPackage() is a method of FedVerify\\Identity"))),
        });
    }
}
