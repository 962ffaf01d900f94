//! A package as it was published, of which each case changes one thing.

use crate::case::{Case, File, Input, log_facts};
use crate::cases::publisher::{FAIR_LABEL, genesis, log, root};
use crate::encoding::{base64url, hex, sha256};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::metadata::{Form, artifact, metadata, release, sha256_checksum};
use crate::moment::Moment;
use crate::operation::Op;
use crate::plugin;

/// Where the package is fetched from.
pub(in crate::cases) const URL: &str = "https://publisher.example/hello-fair-1.0.0.zip";

/// An identity, a metadata document and a package that fit together.
#[derive(Clone)]
pub(in crate::cases) struct Published {
    pub(in crate::cases) log: Log,
    pub(in crate::cases) metadata: Json,
    pub(in crate::cases) package: Vec<u8>,
    signer: Signer,
    version: String,
    url: String,
}

/// Who signed the package, and how.
#[derive(Clone)]
struct Signer {
    id: String,
    key: KeyPair,
    form: Form,
}

/// The package itself.
pub(in crate::cases) fn package() -> Vec<u8> {
    plugin::archive("hello-fair", "Hello FAIR", "1.0.0").bytes()
}

impl Published {
    /// The publisher's ordinary release: one Ed25519 key, one artifact, a SHA-256 checksum.
    pub(in crate::cases) fn new() -> Published {
        Published::under(log(), "fair", KeyPair::ed25519(FAIR_LABEL), Form::Ed25519Sha384)
    }

    /// The release under another genesis, whose verification method `id` is `key`.
    pub(in crate::cases) fn by(genesis: Op, id: &str, key: KeyPair, form: Form) -> Published {
        let log = Log::new(&genesis.sign(&root()), Moment::START);
        Published::under(log, id, key, form)
    }

    /// The release under any log, in which the verification method `id` is `key`.
    pub(in crate::cases) fn under(log: Log, id: &str, key: KeyPair, form: Form) -> Published {
        let package = package();
        let signed = artifact(URL, &package, form.sign_text(&key, &package));
        let metadata = metadata(log.did(), [release("1.0.0", signed)]);
        let signer = Signer { id: id.to_owned(), key, form };
        Published { log, metadata, package, signer, version: "1.0.0".to_owned(), url: URL.to_owned() }
    }

    /// Changes the metadata document.
    pub(in crate::cases) fn edit(mut self, change: impl FnOnce(&mut Json)) -> Published {
        change(&mut self.metadata);
        self
    }

    /// Changes the only release.
    pub(in crate::cases) fn release(self, change: impl FnOnce(&mut Json)) -> Published {
        self.edit(|metadata| change(metadata.member("releases").item(0)))
    }

    /// Changes the only package artifact.
    pub(in crate::cases) fn artifact(self, change: impl FnOnce(&mut Json)) -> Published {
        self.release(|release| change(release.member("artifacts").member("package")))
    }

    /// Replaces the artifact's signature.
    pub(in crate::cases) fn signature(self, signature: impl Into<Json>) -> Published {
        self.artifact(|artifact| artifact.set("signature", signature))
    }

    /// Replaces the package by other bytes, which this signature and the right checksum go with.
    pub(in crate::cases) fn package(mut self, package: &[u8], signature: &[u8]) -> Published {
        self.package = package.to_vec();
        self.artifact(|artifact| {
            artifact.set("signature", base64url(signature));
            artifact.set("checksum", sha256_checksum(package));
        })
    }

    /// Replaces the releases.
    pub(in crate::cases) fn releases(self, releases: impl IntoIterator<Item = Json>) -> Published {
        self.edit(|metadata| metadata.set("releases", Json::array(releases)))
    }

    /// What is expected of the release: the version and artifact that were verified.
    pub(in crate::cases) fn expecting(mut self, version: &str, url: &str) -> Published {
        self.version = version.to_owned();
        self.url = url.to_owned();
        self
    }

    /// The case without a verdict.
    pub(in crate::cases) fn case(&self, name: &str) -> Case {
        self.case_with(name, self.metadata.pretty())
    }

    /// The case with another string as the metadata document.
    pub(in crate::cases) fn case_with(&self, name: &str, metadata: impl Into<Vec<u8>>) -> Case {
        self.case_called(&format!("fair/{name}")).file("metadata", "metadata.json", metadata)
    }

    /// The case under a name of another family.
    pub(in crate::cases) fn case_called(&self, name: &str) -> Case {
        Case::new("fair-package", name)
            .text("did", self.log.did())
            .input("log", self.log_file())
            .file("metadata", "metadata.json", self.metadata.pretty())
            .input("package", self.package_file())
    }

    /// The case without the package: down to the release alone.
    pub(in crate::cases) fn case_of_metadata(&self, name: &str) -> Case {
        Case::new("fair-metadata", format!("fair/metadata-only/{name}"))
            .text("did", self.log.did())
            .input("log", self.log_file())
            .file("metadata", "metadata.json", self.metadata.pretty())
    }

    /// The facts of the release that was found.
    pub(in crate::cases) fn release_facts(&self) -> Json {
        log_facts(&self.log)
            .with("trust", "self-certified")
            .with("version", self.version.as_str())
            .with("type", self.metadata.get("type").expect("a type").clone())
    }

    /// The facts of the verified package.
    pub(in crate::cases) fn facts(&self) -> Json {
        self.release_facts()
            .with("artifact", self.url.as_str())
            .with("keyId", self.signer.id.as_str())
            .with("key", self.signer.key.did_key())
            .with("algorithm", self.signer.form.name())
            .with("sha256", hex(&sha256(&self.package)))
    }

    /// The case, which must be verified.
    pub(in crate::cases) fn verified(
        &self,
        name: &str,
        rule: &str,
        about: &str,
        warnings: &[&'static str],
    ) -> Case {
        self.case(name).rule(rule).about(about).verified(self.facts(), warnings)
    }

    /// The case, which must be rejected.
    pub(in crate::cases) fn rejected(&self, name: &str, rule: &str, about: &str, code: &'static str) -> Case {
        self.case(name).rule(rule).about(about).rejected(code)
    }

    fn log_file(&self) -> Input {
        let shared = (self.log.did() == genesis().did()).then_some("shared/publisher.log.json");
        let shared = shared.filter(|_| self.log.text() == log().text());
        Input::File(File { shared, extension: "log.json", bytes: self.log.text().into_bytes() })
    }

    fn package_file(&self) -> Input {
        let shared = (self.package == package()).then_some("shared/hello-fair-1.0.0.zip");
        Input::File(File { shared, extension: "zip", bytes: self.package.clone() })
    }
}
