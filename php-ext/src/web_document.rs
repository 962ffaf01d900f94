//! `FedVerify\WebDocument`: what the web server of a did:web says of it.

use crate::arguments::{Arguments, Parameter};
use crate::audit_log::now;
use crate::evidence::{Evidence, Proof};
use crate::json::{self, Table};
use crate::method;
use crate::question;
use crate::release::Release;
use crate::report::Report;
use crate::verifier::{self, Call, Outcome};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::tables::{InputName, Kind};
use fedverify::{Limits, WebDid};
use std::sync::Arc;

/// A verified DID document.
#[php_class]
#[php(
    name = "FedVerify\\WebDocument",
    modifier = with_methods,
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties)
)]
pub struct WebDocument {
    evidence: Evidence,
    report: Arc<fedverify::Report>,
}

impl WebDocument {
    fn json(&self) -> String {
        self.report.to_json()
    }

    fn table(&self, path: &[&str]) -> Table {
        json::member(&self.json(), path).unwrap_or_else(Table::empty)
    }
}

#[php_impl]
impl WebDocument {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("a document is what FedVerify\\WebDocument::verify() proves".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_report(&self) -> String {
        self.json()
    }

    pub fn did(&self) -> String {
        json::word(&self.json(), &["identity", "did"]).unwrap_or_default()
    }

    pub fn verification_methods(&self) -> Table {
        self.table(&["identity", "verificationMethods"])
    }

    pub fn document_url(&self) -> String {
        json::word(&self.json(), &["identity", "documentUrl"]).unwrap_or_default()
    }

    pub fn withdrawn(&self) -> Table {
        self.table(&["identity", "withdrawn"])
    }

    pub fn also_known_as(&self) -> Table {
        self.table(&["identity", "alsoKnownAs"])
    }

    pub fn services(&self) -> Table {
        self.table(&["identity", "services"])
    }

    pub fn repository(&self) -> Option<String> {
        json::word(&self.json(), &["identity", "repository"])
    }

    pub fn warnings(&self) -> Table {
        self.table(&["warnings"])
    }

    pub fn report(&self) -> Report {
        Report::new(fedverify::Report::clone(&self.report))
    }
}

const URL: &[Parameter] = &[Parameter::bytes("did")];

const VERIFY: &[Parameter] = &[
    Parameter::bytes("json"),
    Parameter::bytes("did"),
    Parameter::integer("now"),
    Parameter::table("limits"),
];

const RELEASE: &[Parameter] =
    &[Parameter::bytes("metadataJson"), Parameter::bytes("version").or_null(), Parameter::table("limits")];

const VERIFY_PACKAGE: &[Parameter] = &[
    Parameter::bytes("metadataJson"),
    Parameter::path("path"),
    Parameter::bytes("version").or_null(),
    Parameter::bytes("artifactUrl").or_null(),
    Parameter::table("limits"),
];

const CONFIRM_ALIAS: &[Parameter] = &[Parameter::bytes("txtRecords")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let report = "FedVerify\\Report";
    let verify = method::declare("verify", verify, VERIFY, "FedVerify\\WebDocument");
    class
        .method(
            question::declare("url", url, URL, DataType::String),
            MethodFlags::Public | MethodFlags::Static,
        )
        .method(verify, MethodFlags::Public | MethodFlags::Static)
        .method(method::declare("release", release, RELEASE, "FedVerify\\Release"), MethodFlags::Public)
        .method(method::declare("verifyPackage", verify_package, VERIFY_PACKAGE, report), MethodFlags::Public)
        .method(method::declare_string_or_null("aliasRecordName", alias_record_name), MethodFlags::Public)
        .method(method::declare("confirmAlias", confirm_alias, CONFIRM_ALIAS, report), MethodFlags::Public)
}

zend_fastcall! {
    extern fn url(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, URL, |arguments| {
            let did: WebDid = verifier::string(InputName::Did, arguments.required_bytes("did"))?.parse()?;
            Ok(did.document_url())
        });
    }
}

zend_fastcall! {
    extern fn verify(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY, |_| Ok(Kind::WebDocument), |arguments, kind| {
            let (did, json) = (arguments.required_bytes("did"), arguments.required_bytes("json"));
            let now = arguments.integer("now").unwrap_or_else(now);
            let call = Call::new(kind, Limits::default())
                .with_limits(arguments)
                .with(InputName::Did, did)
                .with(InputName::Document, json)
                .with(InputName::Now, now);
            let limits = call.limits();
            let Outcome { report, .. } = call.verified()?;
            let proof = Proof::Document(json.into());
            let evidence = Evidence { did: did.into(), proof, now, limits };
            Ok(WebDocument { evidence, report: Arc::new(report) })
        });
    }
}

fn evidence_of(call: &mut ExecuteData) -> Option<Evidence> {
    call.get_object::<WebDocument>().map(|this| this.evidence.clone())
}

zend_fastcall! {
    extern fn release(call: &mut ExecuteData, answer: &mut Zval) {
        let evidence = evidence_of(call);
        method::run(call, answer, RELEASE, |_| Ok(Kind::FairMetadata), |arguments, kind| {
            method::on(evidence, kind, |evidence| Release::of(evidence, arguments))
        });
    }
}

zend_fastcall! {
    extern fn verify_package(call: &mut ExecuteData, answer: &mut Zval) {
        let evidence = evidence_of(call);
        method::run(call, answer, VERIFY_PACKAGE, |_| Ok(Kind::FairPackage), |arguments, kind| {
            method::on(evidence, kind, |evidence| evidence.package(arguments))
        });
    }
}

zend_fastcall! {
    extern fn alias_record_name(call: &mut ExecuteData, answer: &mut Zval) {
        let evidence = evidence_of(call);
        method::run(call, answer, &[], |_| Ok(Kind::FairAlias), |_: &Arguments<'_>, kind| {
            method::on(evidence, kind, Evidence::alias_record_name)
        });
    }
}

zend_fastcall! {
    extern fn confirm_alias(call: &mut ExecuteData, answer: &mut Zval) {
        let evidence = evidence_of(call);
        method::run(call, answer, CONFIRM_ALIAS, |_| Ok(Kind::FairAlias), |arguments, kind| {
            method::on(evidence, kind, |evidence| evidence.confirm_alias(arguments))
        });
    }
}
