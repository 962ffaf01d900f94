//! A case of the corpus in memory, so that its inputs can be changed before they are verified.

use crate::conformance::{self, Case};
use fedverify::pfn::{
    Challenge, PluginArchive, PluginRecord, PublisherKey, VerifiedChallenge, VerifiedPlugin,
};
use fedverify::report::{Kind, Report};
use fedverify::{
    Error, Identity, Limits, Log, Metadata, PackageDigests, Pin, PublicKey, VerifiedPackage, VerifiedRelease,
    WebDid, WebIdentity,
};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Inputs that the manifest holds as text. All others are files.
const TEXTS: [&str; 11] = [
    "did",
    "release",
    "artifactUrl",
    "noDowngrade",
    "now",
    "txt",
    "signature",
    "archiveSignature",
    "challenge",
    "author",
    "slug",
];

const FILES: [&str; 8] = ["log", "pin", "metadata", "package", "key", "plugin", "archive", "document"];

/// Inputs by their names.
pub(crate) type Inputs = BTreeMap<&'static str, Vec<u8>>;

/// A case with its inputs read.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) is_verified: bool,
    pub(crate) inputs: Inputs,
    limits: Limits,
}

/// All cases of which there is something to read. A case about a missing file has nothing to change.
pub(crate) fn subjects() -> Vec<Subject> {
    conformance::cases().iter().filter_map(Subject::of).collect()
}

impl Subject {
    fn of(case: &Case) -> Option<Subject> {
        let mut inputs = Inputs::new();
        for name in TEXTS {
            inputs.extend(case.text(name).map(|text| (name, text.as_bytes().to_vec())));
        }
        for name in FILES {
            if let Some(path) = case.file(name) {
                inputs.insert(name, std::fs::read(path).ok()?);
            }
        }
        let mut limits = Limits::default();
        for (name, limit) in &case.limits {
            assert!(limits.set(name, *limit), "no limit is named {name}");
        }
        let is_verified = case.verdict == "verified";
        Some(Subject { name: case.name.clone(), kind: case.kind.clone(), is_verified, inputs, limits })
    }

    /// Verifies these inputs as the ones of this case. `None` where a text input is no text any more, or `now` no number,
    /// as no such thing can be handed to core; and for the kinds that are only read and have no report.
    pub(crate) fn verify(&self, inputs: &Inputs) -> Option<Report> {
        let text_of = |name: &str| inputs.get(name).map(|bytes| std::str::from_utf8(bytes));
        let are_texts = TEXTS.into_iter().filter_map(text_of).all(|text| text.is_ok());
        let is_time = |text| matches!(text, Ok(text) if str::parse::<u64>(text).is_ok());
        if !are_texts || !text_of("now").is_none_or(is_time) {
            return None;
        }
        Run { inputs, limits: &self.limits }.report(&self.kind)
    }
}

/// One verification.
struct Run<'r> {
    inputs: &'r Inputs,
    limits: &'r Limits,
}

impl<'r> Run<'r> {
    fn file(&self, name: &str) -> &'r [u8] {
        self.inputs.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<&'r str> {
        self.inputs.get(name).map(|bytes| std::str::from_utf8(bytes).expect("looked at before"))
    }

    fn report(&self, kind: &str) -> Option<Report> {
        Some(match kind {
            "plc-log" => reported(Kind::PlcLog, self.identity(), Report::of_identity),
            "fair-package" => reported(Kind::FairPackage, self.package(), Report::of_package),
            "web-package" => reported(Kind::FairPackage, self.web_package(), Report::of_package),
            "fair-alias" => reported(Kind::PlcLog, self.alias(), Report::clone),
            "pfn-plugin" => reported(Kind::PfnPlugin, self.plugin(), Report::of_plugin),
            "pfn-challenge" => reported(Kind::PfnChallenge, self.challenge(), Report::of_challenge),
            "key" => reported(Kind::Key, PublicKey::read(self.file("key"), self.limits), Report::of_key),
            "pfn-author-data" | "pfn-federation-info" | "pfn-asset-url" => return None,
            other => panic!("no runner for {other}"),
        })
    }

    fn identity(&self) -> Result<Identity, Error> {
        let did = self.text("did").unwrap_or_default().parse()?;
        let log = Log::parse_with(self.file("log"), self.limits)?;
        let Some(now) = self.text("now") else { return log.verify(&did) };
        let pin = Pin::parse(self.file("pin"), self.limits)?;
        log.verify_remembering(&did, Some(&pin), now.parse().expect("looked at before"))
    }

    fn alias(&self) -> Result<Report, Error> {
        let identity = self.identity()?;
        let report = Report::of_identity(&identity);
        let Some(alias) = identity.alias()? else { return Ok(report) };
        let records: Vec<String> = self.text("txt").unwrap_or_default().lines().map(str::to_owned).collect();
        alias.confirm(identity.did().as_str(), &records)?;
        Ok(report.with_alias(Ok(&alias)))
    }

    fn package(&self) -> Result<VerifiedPackage, Error> {
        let identity = self.identity()?;
        let metadata = Metadata::parse_with(self.file("metadata"), self.limits)?;
        self.package_of(identity.release(&metadata, self.text("release"))?)
    }

    fn web_package(&self) -> Result<VerifiedPackage, Error> {
        let did: WebDid = self.text("did").unwrap_or_default().parse()?;
        let identity = WebIdentity::parse(self.file("document"), &did, self.limits)?;
        let metadata = Metadata::parse_with(self.file("metadata"), self.limits)?;
        self.package_of(identity.release(&metadata, self.text("release"))?)
    }

    fn package_of(&self, release: VerifiedRelease) -> Result<VerifiedPackage, Error> {
        let release = match self.text("noDowngrade") {
            Some(_) => release.refuse_downgrade()?,
            None => release,
        };
        let digests = PackageDigests::of_with(self.file("package"), self.limits, |_| {})?;
        match self.text("artifactUrl") {
            Some(url) => release.verify_from(url, &digests),
            None => release.verify(&digests),
        }
    }

    fn plugin(&self) -> Result<VerifiedPlugin, Error> {
        let key = PublisherKey::parse(self.file("key"), self.limits)?;
        let plugin =
            PluginRecord::parse(self.file("plugin"), self.limits)?.verify(&key, self.text("signature"))?;
        let Some(archive) = self.inputs.get("archive") else { return Ok(plugin) };
        let digests = PackageDigests::of_with(archive.as_slice(), self.limits, |_| {})?;
        let archive = PluginArchive::read(Cursor::new(archive), digests, self.limits)?;
        plugin.with_archive(&archive, self.text("archiveSignature"))
    }

    fn challenge(&self) -> Result<VerifiedChallenge, Error> {
        let key = PublisherKey::parse(self.file("key"), self.limits)?;
        let challenge = Challenge::new(self.text("challenge").unwrap_or_default(), self.limits)?;
        challenge.verify(&key, self.text("signature").unwrap_or_default())
    }
}

fn reported<T>(kind: Kind, result: Result<T, Error>, report: fn(&T) -> Report) -> Report {
    match result {
        Ok(proof) => report(&proof),
        Err(error) => Report::refused(kind, &error),
    }
}
