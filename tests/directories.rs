//! Reads the cases of the conformance corpus about several directories. Every runner in Rust includes this file.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The form of the list that this file reads.
const FORMAT: u64 = 1;

/// The list `tests/corpus/directories.json`; `tests/corpus/README.md` describes the members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: u64,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Case {
    Newest(Newest),
    Document(Document),
}

/// Which of several logs is the newest.
#[derive(Deserialize)]
pub(crate) struct Newest {
    pub(crate) name: String,
    pub(crate) did: String,
    logs: Vec<String>,
    pub(crate) relation: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) operation: Option<usize>,
    pub(crate) newest: Option<usize>,
    pub(crate) lagging: Option<Vec<usize>>,
}

/// Whether a DID document says what the log says.
#[derive(Deserialize)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) did: String,
    log: String,
    document: String,
    pub(crate) differs: bool,
}

impl Newest {
    pub(crate) fn logs(&self) -> Vec<PathBuf> {
        self.logs.iter().map(|path| folder().join(path)).collect()
    }
}

impl Document {
    pub(crate) fn log(&self) -> Vec<u8> {
        read(&self.log)
    }

    pub(crate) fn served(&self) -> Vec<u8> {
        read(&self.document)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus")
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).expect("the corpus is committed")
}

/// All cases. Fails where there are too few: a runner that runs nothing must not pass.
pub(crate) fn cases() -> (Vec<Newest>, Vec<Document>) {
    let list: List = serde_json::from_slice(&read("directories.json")).expect("a list of cases");
    assert_eq!(list.format, FORMAT);
    let (mut newest, mut documents) = (Vec::new(), Vec::new());
    for case in list.cases {
        match case {
            Case::Newest(case) => newest.push(case),
            Case::Document(case) => documents.push(case),
        }
    }
    assert!(newest.len() >= 60 && documents.len() >= 40, "{} and {}", newest.len(), documents.len());
    (newest, documents)
}
