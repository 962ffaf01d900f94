//! The corpus as files: the manifest, and the data that its cases name.

use crate::case::{Case, File, Input, Kept, Verdict};
use crate::directories;
use crate::json::Json;
use std::collections::BTreeMap;

/// Files by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The form of the manifest. A change that a runner would misread counts it up.
const FORMAT: u64 = 2;

/// The folder of the corpus in the project.
pub const FOLDER: &str = "tests/corpus";

/// Turns cases into the files of the corpus, with paths from the corpus's own folder.
pub fn files(cases: &[Case], of_directories: &[directories::Case]) -> Tree {
    let mut store = Store::default();
    let listed: Vec<Json> = cases.iter().map(|case| listed(case, &mut store)).collect();
    let of_directories: Vec<Json> = of_directories.iter().map(|case| case.listed(&mut store)).collect();
    let mut tree = store.tree;
    for (name, format, cases) in
        [("manifest.json", FORMAT, listed), ("directories.json", directories::FORMAT, of_directories)]
    {
        let manifest = Json::object([("format", format.into()), ("cases", Json::Array(cases))]);
        tree.insert(name.to_owned(), manifest.pretty().into_bytes());
    }
    tree
}

/// The data files. The first case with some content names the file; later ones use it.
#[derive(Default)]
pub(crate) struct Store {
    tree: Tree,
    paths: BTreeMap<(&'static str, Vec<u8>), String>,
}

impl Store {
    pub(crate) fn path_of(&mut self, case: &str, file: &File) -> String {
        let own = || match file.shared {
            Some(path) => path.to_owned(),
            None => format!("{case}.{}", file.extension),
        };
        let path = self.paths.entry((file.extension, file.bytes.clone())).or_insert_with(own).clone();
        let old = self.tree.insert(path.clone(), file.bytes.clone());
        assert!(old.is_none_or(|old| old == file.bytes), "two files at {path}");
        path
    }
}

fn listed(case: &Case, store: &mut Store) -> Json {
    let inputs = case.inputs.iter().map(|(name, input)| {
        let value = match input {
            Input::Text(text) | Input::Path(text) => text.clone(),
            Input::File(file) => store.path_of(&case.name, file),
        };
        ((*name).to_owned(), value.into())
    });
    let mut listed = Json::object([
        ("name", case.name.as_str().into()),
        ("rule", case.rule.as_str().into()),
        ("about", case.about.as_str().into()),
        ("kind", case.kind.into()),
        ("inputs", Json::Object(inputs.collect())),
    ]);
    if !case.limits.is_empty() {
        let limits = case.limits.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
        listed.push("limits", Json::Object(limits.collect()));
    }
    push_verdict(case, &mut listed);
    push_contents(case, &mut listed);
    listed
}

fn push_verdict(case: &Case, listed: &mut Json) {
    match case.verdict.as_ref().unwrap_or_else(|| panic!("{} has no verdict", case.name)) {
        Verdict::Verified { warnings } => {
            listed.push("verdict", "verified");
            listed.push("code", ());
            listed.push("warnings", Json::array(warnings.iter().copied()));
        }
        Verdict::Rejected { code, operation } => {
            listed.push("verdict", "rejected");
            listed.push("code", *code);
            if let Some(operation) = operation {
                listed.push("operation", *operation);
            }
        }
        Verdict::Undetermined { code } => {
            listed.push("verdict", "undetermined");
            listed.push("code", *code);
        }
    }
}

/// What the report must hold beside its verdict.
fn push_contents(case: &Case, listed: &mut Json) {
    if let Some(facts) = &case.facts {
        listed.push("facts", facts.clone());
    }
    match &case.kept {
        Kept::Unsaid => {}
        Kept::Nothing => listed.push("pin", ()),
        Kept::Pin(pin) => listed.push("pin", pin.clone()),
    }
}
