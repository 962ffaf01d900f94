//! Reads the conformance corpus and compares reports with it. Every runner in Rust includes this file.

use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The form of the manifest that this file reads.
const FORMAT: u64 = 2;

/// The parts of a report in which facts are looked up, in this order; after them, its top level.
const PARTS: [&str; 5] = ["identity", "release", "package", "plugin", "key"];

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
    assert_eq!(manifest["format"], FORMAT);
    let cases: Vec<Case> = manifest["cases"].as_array().expect("cases").iter().map(Case::new).collect();
    assert!(cases.len() >= 1000, "only {} cases", cases.len());
    cases
}

impl Case {
    fn new(case: &Value) -> Case {
        let string =
            |name: &str| case[name].as_str().unwrap_or_else(|| panic!("{name} in {case}")).to_owned();
        let limits = case["limits"].as_object().cloned().unwrap_or_default();
        Case {
            name: string("name"),
            kind: string("kind"),
            inputs: case["inputs"].as_object().expect("inputs").clone(),
            limits: limits
                .into_iter()
                .map(|(name, limit)| (name, limit.as_u64().expect("a limit")))
                .collect(),
            verdict: string("verdict"),
            expected: case.clone(),
        }
    }

    /// An input as the manifest writes it: the string itself, or the path of its file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.inputs.get(name).map(|value| value.as_str().expect("inputs are strings"))
    }

    /// The names of the inputs.
    pub(crate) fn input_names(&self) -> impl Iterator<Item = &str> {
        self.inputs.keys().map(String::as_str)
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
        // How far a rejected verification came decides which warnings it has, so they are compared in verified cases only.
        if self.verdict == "verified" {
            compare("warnings", &self.expected["warnings"], &warning_codes(report));
        }
        for (name, fact) in self.expected["facts"].as_object().into_iter().flatten() {
            compare(name, fact, fact_of(report, name));
        }
        if let Some(pin) = self.expected.get("pin") {
            compare("pin", pin, &report["pin"]);
        }
        differences
    }
}

/// The report's warning codes, sorted. A report has each code once.
fn warning_codes(report: &Value) -> Value {
    let warnings = report["warnings"].as_array();
    let codes = warnings.into_iter().flatten().filter_map(|warning| warning["code"].as_str());
    let mut codes: Vec<&str> = codes.collect();
    codes.sort_unstable();
    codes.into()
}

/// A fact by its name, from the first part of the report that holds it. A fact that is null in the corpus is null or absent
/// in the report.
fn fact_of<'r>(report: &'r Value, name: &str) -> &'r Value {
    let in_parts = PARTS.iter().map(|part| &report[*part][name]);
    in_parts.chain([&report[name]]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}
