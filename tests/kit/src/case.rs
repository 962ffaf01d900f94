//! One case of the corpus: inputs, and what a verifier must make of them.

use crate::json::Json;
use crate::log::Log;

/// The name of a case's input, as the manifest writes it.
pub type InputName = &'static str;

/// Something that a verifier is given.
#[derive(Debug, Clone)]
pub enum Input {
    /// A literal string in the manifest.
    Text(String),
    /// A file of the corpus.
    File(File),
    /// A path of the corpus at which there is no file: nothing, or a folder.
    Path(String),
}

/// A file of the corpus. Files of the same content are stored once.
#[derive(Debug, Clone)]
pub struct File {
    /// The path of a file that many cases share; others are named after the first case that uses them.
    pub shared: Option<&'static str>,
    /// What the file's name ends with.
    pub extension: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

/// What a verifier must answer.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Verified, with exactly these warnings.
    Verified {
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

/// What the report must hold as the pin that the caller is to keep.
#[derive(Debug, Clone, Default)]
pub enum Kept {
    /// The case says nothing about it.
    #[default]
    Unsaid,
    /// No pin.
    Nothing,
    /// Exactly this pin.
    Pin(Json),
}

/// A case. Built in this order: [`Case::new`], inputs, one of the verdicts, then more facts and the pin.
#[derive(Debug, Clone)]
pub struct Case {
    pub(crate) name: String,
    pub(crate) rule: String,
    pub(crate) about: String,
    pub(crate) kind: &'static str,
    pub(crate) inputs: Vec<(InputName, Input)>,
    pub(crate) limits: Vec<(&'static str, u64)>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) facts: Option<Json>,
    pub(crate) kept: Kept,
}

impl Case {
    /// A case of some kind, under a unique name that reads like a path.
    pub fn new(kind: &'static str, name: impl Into<String>) -> Case {
        Case {
            name: name.into(),
            rule: String::new(),
            about: String::new(),
            kind,
            inputs: Vec::new(),
            limits: Vec::new(),
            verdict: None,
            facts: None,
            kept: Kept::Unsaid,
        }
    }

    /// A case about a log.
    pub fn plc(name: impl Into<String>) -> Case {
        Case::new("plc-log", name)
    }

    /// The rule that the case is about: a page of `docs/rules` and its heading, or a public document.
    pub fn rule(mut self, rule: impl Into<String>) -> Case {
        self.rule = rule.into();
        self
    }

    /// One sentence: what is special, and why only this check refuses it.
    pub fn about(mut self, about: impl Into<String>) -> Case {
        self.about = about.into();
        self
    }

    /// An input that is a string in the manifest.
    pub fn text(self, name: InputName, text: impl Into<String>) -> Case {
        self.input(name, Input::Text(text.into()))
    }

    /// An input that is asked for or not, such as `noDowngrade`.
    pub fn flag(self, name: InputName) -> Case {
        self.text(name, "true")
    }

    /// The verifier's clock, in seconds since 1970.
    pub fn now(self, seconds: u64) -> Case {
        self.text("now", seconds.to_string())
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

    /// The JSON of a log and the DID it is asked for.
    pub fn log_text(self, did: &str, text: impl Into<Vec<u8>>) -> Case {
        self.text("did", did).file("log", "log.json", text)
    }

    /// The JSON lines of an export and the DID they are asked for.
    pub fn export(self, did: &str, lines: impl Into<Vec<u8>>) -> Case {
        self.text("did", did).file("log", "export.jsonl", lines)
    }

    /// Overrides a limit of the verifier.
    pub fn limit(mut self, name: &'static str, value: u64) -> Case {
        self.limits.push((name, value));
        self
    }

    /// The case must be verified. An identity that has ended has its warning in whatever a case is about.
    pub fn verified(mut self, facts: Json, warnings: &[&'static str]) -> Case {
        let mut warnings = warnings.to_vec();
        if facts.get("tombstoned") == Some(&true.into()) {
            warnings.push("plc.deactivated");
        }
        warnings.sort_unstable();
        self.verdict = Some(Verdict::Verified { warnings });
        self.facts = Some(facts);
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

    /// One more fact that the report must hold, whatever the verdict. `null`: the report must not have it.
    pub fn fact(mut self, name: &str, value: impl Into<Json>) -> Case {
        self.facts.get_or_insert_with(|| Json::object([])).set(name, value);
        self
    }

    /// The report must hold this pin.
    pub fn keeps(mut self, pin: impl Into<Json>) -> Case {
        self.kept = Kept::Pin(pin.into());
        self
    }

    /// The report must hold no pin.
    pub fn keeps_nothing(mut self) -> Case {
        self.kept = Kept::Nothing;
        self
    }

    /// The case's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is special about the case.
    pub fn subject(&self) -> &str {
        &self.about
    }

    /// The rule that the case is about.
    pub fn cites(&self) -> &str {
        &self.rule
    }

    /// The error code that the case asks for.
    pub fn code(&self) -> Option<&'static str> {
        match self.verdict {
            Some(Verdict::Rejected { code, .. } | Verdict::Undetermined { code }) => Some(code),
            _ => None,
        }
    }

    /// The warnings that the case asks for.
    pub fn warnings(&self) -> &[&'static str] {
        match &self.verdict {
            Some(Verdict::Verified { warnings }) => warnings,
            _ => &[],
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

/// Replaces a string that must occur exactly once.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} must occur once in\n{text}");
    text.replacen(from, to, 1)
}
