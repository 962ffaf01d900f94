//! A package of a did:web as it was published, of which each case changes one thing.

use crate::case::{Case, File, Input};
use crate::cases::fair::published::{URL, package};
use crate::cases::publisher::{REPOSITORY, fair};
use crate::encoding::{hex, sha256};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::metadata::{Form, artifact, metadata, release};
use crate::moment::Moment;

/// The DID that most cases are about.
pub(super) const DID: &str = "did:web:publisher.example:plugins";

/// Where the metadata document is served.
pub(super) const REPOSITORY_URL: &str = "https://publisher.example/fair.json";

/// The verifier's clock.
pub(super) const NOW: Moment = Moment::hour(24);

/// A DID document, a metadata document and a package that fit together.
#[derive(Clone)]
pub(super) struct WebPublished {
    did: String,
    document: Json,
    metadata: Json,
    key_id: &'static str,
    key: KeyPair,
    form: Form,
}

/// A verification method.
pub(super) fn method(id: &str, key: &KeyPair) -> Json {
    method_of(id, key.multibase())
}

/// A verification method with any multibase.
pub(super) fn method_of(id: &str, multibase: impl Into<Json>) -> Json {
    Json::object([
        ("id", id.into()),
        ("type", "Multikey".into()),
        ("controller", DID.into()),
        ("publicKeyMultibase", multibase.into()),
    ])
}

/// A service.
pub(super) fn service(id: &str, service_type: &str, endpoint: impl Into<Json>) -> Json {
    Json::object([("id", id.into()), ("type", service_type.into()), ("serviceEndpoint", endpoint.into())])
}

impl WebPublished {
    /// The ordinary release: one Ed25519 key, one repository, one artifact.
    pub(super) fn new() -> WebPublished {
        WebPublished::of(DID)
    }

    /// The release of another DID; everything is about it.
    pub(super) fn of(did: &str) -> WebPublished {
        let key = method(&format!("{did}#fair"), &fair()).with("controller", did);
        let document = Json::object([
            (
                "@context",
                Json::array(["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]),
            ),
            ("id", did.into()),
            ("verificationMethod", Json::array([key])),
            ("service", Json::array([service("#fairpm_repo", REPOSITORY, REPOSITORY_URL)])),
        ]);
        let metadata = metadata_of(did, Form::Ed25519Sha384, &fair());
        WebPublished {
            did: did.to_owned(),
            document,
            metadata,
            key_id: "fair",
            key: fair(),
            form: Form::Ed25519Sha384,
        }
    }

    /// Lets the package be signed by this key, which the document calls so.
    pub(super) fn signed_by(mut self, key_id: &'static str, key: KeyPair, form: Form) -> WebPublished {
        self.metadata = metadata_of(&self.did, form, &key);
        (self.key_id, self.key, self.form) = (key_id, key, form);
        self
    }

    /// Changes the DID document.
    pub(super) fn edit(mut self, change: impl FnOnce(&mut Json)) -> WebPublished {
        change(&mut self.document);
        self
    }

    /// Changes the first verification method.
    pub(super) fn key(self, change: impl FnOnce(&mut Json)) -> WebPublished {
        self.edit(|document| change(document.member("verificationMethod").item(0)))
    }

    /// Replaces the verification methods.
    pub(super) fn keys(self, methods: impl IntoIterator<Item = Json>) -> WebPublished {
        self.edit(|document| document.set("verificationMethod", Json::array(methods)))
    }

    /// Replaces the services.
    pub(super) fn services(self, services: impl IntoIterator<Item = Json>) -> WebPublished {
        self.edit(|document| document.set("service", Json::array(services)))
    }

    /// The DID document.
    pub(super) fn document(&self) -> &Json {
        &self.document
    }

    /// The case without a verdict.
    pub(super) fn case(&self, name: &str, rule: &str, about: impl Into<String>) -> Case {
        let package =
            File { shared: Some("shared/hello-fair-1.0.0.zip"), extension: "zip", bytes: package() };
        Case::new("fair-package", format!("web/{name}"))
            .rule(rule)
            .about(about)
            .text("did", self.did.as_str())
            .file("document", "did.json", self.document.pretty())
            .file("metadata", "metadata.json", self.metadata.pretty())
            .input("package", Input::File(package))
            .now(NOW.seconds())
    }

    /// The facts of the verified package. A did:web has no log, so there is no head.
    pub(super) fn facts(&self) -> Json {
        Json::object([
            ("trust", "web".into()),
            ("did", self.did.as_str().into()),
            ("head", Json::Null),
            ("repository", REPOSITORY_URL.into()),
            ("version", "1.0.0".into()),
            ("type", "wp-plugin".into()),
            ("artifact", URL.into()),
            ("keyId", self.key_id.into()),
            ("key", self.key.did_key().into()),
            ("algorithm", self.form.name().into()),
            ("sha256", hex(&sha256(&package())).into()),
        ])
    }

    /// The case, which must be verified.
    pub(super) fn verified(&self, name: &str, rule: &str, about: &str, warnings: &[&'static str]) -> Case {
        self.case(name, rule, about).verified(self.facts(), warnings)
    }

    /// The case, which must be rejected.
    pub(super) fn rejected(&self, name: &str, rule: &str, about: &str, code: &'static str) -> Case {
        self.case(name, rule, about).rejected(code)
    }
}

fn metadata_of(did: &str, form: Form, key: &KeyPair) -> Json {
    metadata(did, [release("1.0.0", artifact(URL, &package(), form.sign_text(key, &package())))])
}
