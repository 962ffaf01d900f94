//! One case of the corpus: inputs, and what a verifier must make of them.

use crate::json::Json;
use crate::log::Log;

/// The name of a case's input, as the manifest writes it.
pub type InputName = &'static str;

/// Something that a verifier is given.
#[derive(Debug, Clone)]
pub enum Input {
    /// Literal text in the manifest.
    Text(String),
    /// A file of the corpus.
    File(File),
    /// A path of the corpus at which there is no file of its own: missing, or a folder.
    Path(String),
}

/// A file of the corpus. Files of the same content are stored once.
#[derive(Debug, Clone)]
pub struct File {
    /// The path, for files that many cases share; else they are named for the first case.
    pub shared: Option<&'static str>,
    /// What the file's name ends with.
    pub extension: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a verifier must answer.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Verified, with these facts and exactly these warnings.
    Verified {
        /// What was verified.
        facts: Json,
        /// Warning codes, sorted.
        warnings: Vec<&'static str>,
    },
    /// Rejected with this code.
    Rejected {
        /// The error code.
        code: &'static str,
        /// The index of the operation at fault.
        operation: Option<u64>,
    },
    /// Not judged, with this code.
    Undetermined {
        /// The error code.
        code: &'static str,
    },
}

/// A case. Built in this order: [`Case::new`], inputs, then one of the verdicts.
#[derive(Debug, Clone)]
pub struct Case {
    pub(crate) name: String,
    pub(crate) rule: String,
    pub(crate) about: String,
    pub(crate) kind: &'static str,
    pub(crate) inputs: Vec<(InputName, Input)>,
    pub(crate) limits: Vec<(&'static str, u64)>,
    pub(crate) verdict: Option<Verdict>,
}

impl Case {
    /// A case of some kind, under a unique name that reads like a path.
    pub fn new(kind: &'static str, name: impl Into<String>) -> Case {
        let (rule, about) = (String::new(), String::new());
        Case { name: name.into(), rule, about, kind, inputs: Vec::new(), limits: Vec::new(), verdict: None }
    }

    /// A case about a log.
    pub fn plc(name: impl Into<String>) -> Case {
        Case::new("plc-log", name)
    }

    /// The rule that the case stands for: the page and its words.
    pub fn rule(mut self, rule: impl Into<String>) -> Case {
        self.rule = rule.into();
        self
    }

    /// One sentence: what is special, and why only this check refuses it.
    pub fn about(mut self, about: impl Into<String>) -> Case {
        self.about = about.into();
        self
    }

    /// An input that stands in the manifest.
    pub fn text(self, name: InputName, text: impl Into<String>) -> Case {
        self.input(name, Input::Text(text.into()))
    }

    /// An input in a file.
    pub fn file(self, name: InputName, extension: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        self.input(name, Input::File(File { shared: None, extension, bytes: bytes.into() }))
    }

    /// Any input; it replaces an earlier one of the same name.
    pub fn input(mut self, name: InputName, input: Input) -> Case {
        self.inputs.retain(|(other, _)| *other != name);
        self.inputs.push((name, input));
        self
    }

    /// A log and the DID it is asked for.
    pub fn log(self, log: &Log) -> Case {
        self.log_text(log.did(), log.text())
    }

    /// The text of a log and the DID it is asked for.
    pub fn log_text(self, did: &str, text: impl Into<Vec<u8>>) -> Case {
        self.text("did", did).file("log", "log.json", text)
    }

    /// Overrides a limit of the verifier.
    pub fn limit(mut self, name: &'static str, value: u64) -> Case {
        self.limits.push((name, value));
        self
    }

    /// The case must be verified.
    pub fn verified(mut self, facts: Json, warnings: &[&'static str]) -> Case {
        let mut warnings = warnings.to_vec();
        warnings.sort_unstable();
        self.verdict = Some(Verdict::Verified { facts, warnings });
        self
    }

    /// The log of [`Case::log`] must be verified, and come to this log's summary.
    pub fn verified_as(self, log: &Log, warnings: &[&'static str]) -> Case {
        self.verified(log_facts(log), warnings)
    }

    /// The same, with the whole state of the identity among the facts.
    pub fn verified_with_state(self, log: &Log, warnings: &[&'static str]) -> Case {
        let mut facts = log_facts(log);
        let last = log.summary().last;
        for member in ["rotationKeys", "verificationMethods", "alsoKnownAs", "services"] {
            facts.set(member, last.json().get(member).expect("a regular operation").clone());
        }
        self.verified(facts, warnings)
    }

    /// The case must be rejected.
    pub fn rejected(mut self, code: &'static str) -> Case {
        self.verdict = Some(Verdict::Rejected { code, operation: None });
        self
    }

    /// The case must be rejected because of this operation of the log.
    pub fn rejected_at(mut self, code: &'static str, operation: u64) -> Case {
        self.verdict = Some(Verdict::Rejected { code, operation: Some(operation) });
        self
    }

    /// The case cannot be judged.
    pub fn undetermined(mut self, code: &'static str) -> Case {
        self.verdict = Some(Verdict::Undetermined { code });
        self
    }

    /// The case's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The error code that the case asks for.
    pub fn code(&self) -> Option<&'static str> {
        match self.verdict {
            Some(Verdict::Rejected { code, .. } | Verdict::Undetermined { code }) => Some(code),
            _ => None,
        }
    }
}

/// The facts of a verified log.
pub fn log_facts(log: &Log) -> Json {
    let summary = log.summary();
    Json::object([
        ("head", summary.head.into()),
        ("operations", summary.operations.into()),
        ("nullified", Json::array(summary.nullified)),
        ("tombstoned", summary.tombstoned.into()),
    ])
}

/// Replaces a text that must occur exactly once.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} must occur once in\n{text}");
    text.replacen(from, to, 1)
}
