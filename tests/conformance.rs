//! Reads the conformance corpus, and compares a face's reports with it. Every face's runner in Rust includes this file.

use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// One case of `tests/corpus/manifest.json`; `tests/corpus/README.md` describes the members.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) kind: String,
    inputs: Map<String, Value>,
    pub(crate) limits: Vec<(String, u64)>,
    pub(crate) verdict: String,
    expected: Value,
}

/// The folder of the corpus.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus")
}

/// All cases. Fails where there are too few: a runner that runs nothing must not pass.
pub(crate) fn cases() -> Vec<Case> {
    let manifest = std::fs::read(folder().join("manifest.json")).expect("the corpus is committed");
    let manifest: Value = serde_json::from_slice(&manifest).expect("the manifest is JSON");
    assert_eq!(manifest["format"], 1);
    let cases: Vec<Case> = manifest["cases"].as_array().expect("cases").iter().map(Case::of).collect();
    assert!(cases.len() >= 120, "only {} cases", cases.len());
    cases
}

impl Case {
    fn of(case: &Value) -> Case {
        let text = |name: &str| case[name].as_str().unwrap_or_else(|| panic!("{name} in {case}")).to_owned();
        let limits = case["limits"].as_object().cloned().unwrap_or_default();
        Case {
            name: text("name"),
            kind: text("kind"),
            inputs: case["inputs"].as_object().expect("inputs").clone(),
            limits: limits
                .into_iter()
                .map(|(name, limit)| (name, limit.as_u64().expect("a limit")))
                .collect(),
            verdict: text("verdict"),
            expected: case.clone(),
        }
    }

    /// Whether the case is about a document that is only read, of which no face makes a report.
    pub(crate) fn is_document(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "fair-alias" | "web-package" | "pfn-federation-info" | "pfn-author-data" | "pfn-asset-url"
        )
    }

    /// An input that is literal text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.inputs.get(name).map(|value| value.as_str().expect("inputs are texts"))
    }

    /// An input that is a file.
    pub(crate) fn file(&self, name: &str) -> Option<PathBuf> {
        self.text(name).map(|path| folder().join(path))
    }

    /// What the report says that the corpus does not expect; empty where they agree.
    pub(crate) fn differences(&self, report: &Value) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: &Value, found: &Value| {
            if expected != found {
                differences.push(format!("{}: expected {what} {expected}, found {found}", self.name));
            }
        };
        compare("kind", &self.expected["kind"], &report["kind"]);
        compare("verdict", &self.expected["verdict"], &report["verdict"]);
        compare("code", &self.expected["code"], &report["error"]["code"]);
        if !self.expected["operation"].is_null() {
            compare("operation", &self.expected["operation"], &report["error"]["operation"]);
        }
        if self.verdict == "verified" {
            compare("warnings", &self.expected["warnings"], &warning_codes(report));
            for (name, fact) in self.expected["facts"].as_object().into_iter().flatten() {
                compare(name, fact, fact_of(report, name));
            }
        }
        differences
    }
}

fn warning_codes(report: &Value) -> Value {
    let mut codes: Vec<Value> =
        report["warnings"].as_array().into_iter().flatten().map(|warning| warning["code"].clone()).collect();
    codes.sort_by_key(Value::to_string);
    Value::Array(codes)
}

/// A fact by its name, in whichever part of the report holds it. A fact that is null in the corpus is absent there.
fn fact_of<'r>(report: &'r Value, name: &str) -> &'r Value {
    let parts = ["identity", "release", "package", "plugin", "key", "document"];
    parts.iter().map(|part| &report[*part][name]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}
