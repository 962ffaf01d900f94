//! Cases of the corpus about what several directories serve of one identity. No report answers them: they are questions that a
//! caller asks beside verifications.

use crate::case::File;
use crate::corpus::Store;
use crate::json::Json;
use crate::log::Log;

/// The form of the list of these cases. A change that a runner would misread counts it up.
pub(crate) const FORMAT: u64 = 1;

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    name: String,
    rule: &'static str,
    about: String,
    did: String,
    question: Question,
}

#[derive(Debug, Clone)]
enum Question {
    /// Which of these logs is the newest.
    Newest { logs: Vec<File>, relation: Option<&'static str>, answer: Answer },
    /// Whether this DID document says what the log says.
    Document { log: File, served: File, differs: bool },
}

#[derive(Debug, Clone)]
enum Answer {
    Newest { place: usize, lagging: Vec<usize> },
    Refused { code: &'static str, operation: Option<u64> },
}

/// A log as some directory serves it.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    did: String,
    file: File,
}

fn file(extension: &'static str, text: String) -> File {
    File { shared: None, extension, bytes: text.into_bytes() }
}

impl Served {
    pub(crate) fn audit(log: &Log) -> Served {
        Served { did: log.did().to_owned(), file: file("log.json", log.text()) }
    }

    pub(crate) fn bare(log: &Log) -> Served {
        Served { did: log.did().to_owned(), file: file("log.json", log.bare().pretty()) }
    }

    pub(crate) fn export(log: &Log) -> Served {
        Served { did: log.did().to_owned(), file: file("export.jsonl", log.export()) }
    }
}

/// A case without its answer.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    name: String,
    rule: &'static str,
    about: String,
    did: String,
    logs: Vec<File>,
    relation: Option<&'static str>,
}

impl Asked {
    /// Directories that serve these logs of the first one's identity, in the order in which they are asked.
    pub(crate) fn new(rule: &'static str, name: &str, about: &str, logs: &[Served]) -> Asked {
        let did = logs.first().expect("a log").did.clone();
        let logs = logs.iter().map(|served| served.file.clone()).collect();
        Asked {
            name: format!("directories/{name}"),
            rule,
            about: about.to_owned(),
            did,
            logs,
            relation: None,
        }
    }

    /// How the second of two logs relates to the first.
    pub(crate) fn relation(self, relation: &'static str) -> Asked {
        assert_eq!(self.logs.len(), 2, "{}", self.name);
        Asked { relation: Some(relation), ..self }
    }

    /// The place of the newest log, and of those whose directories lag.
    pub(crate) fn newest(self, place: usize, lagging: &[usize]) -> Case {
        self.answered(Answer::Newest { place, lagging: lagging.to_vec() })
    }

    /// The logs contradict each other, and part at this operation.
    pub(crate) fn disagree_at(self, operation: u64) -> Case {
        self.refused("plc.directory.disagree", Some(operation))
    }

    /// The same, where one of them is bare, so that their operations have no common index.
    pub(crate) fn disagree(self) -> Case {
        self.refused("plc.directory.disagree", None)
    }

    pub(crate) fn refused(self, code: &'static str, operation: Option<u64>) -> Case {
        self.answered(Answer::Refused { code, operation })
    }

    fn answered(self, answer: Answer) -> Case {
        let Asked { name, rule, about, did, logs, relation } = self;
        Case { name, rule, about, did, question: Question::Newest { logs, relation, answer } }
    }
}

impl Case {
    /// A DID document that a directory serves beside a log.
    pub(crate) fn document(
        rule: &'static str,
        name: &str,
        about: &str,
        log: &Log,
        (served, differs): (String, bool),
    ) -> Case {
        let Served { did, file: log } = Served::audit(log);
        let question = Question::Document { log, served: file("document.json", served), differs };
        Case { name: format!("directories/document/{name}"), rule, about: about.to_owned(), did, question }
    }

    /// The same two logs, asked for in the other order.
    pub(crate) fn turned(&self) -> Case {
        let mut turned = self.clone();
        turned.name.push_str("-turned");
        turned.about = format!("As {}, in the other order.", self.name);
        let Question::Newest { logs, relation, answer } = &mut turned.question else {
            panic!("{}", self.name)
        };
        assert_eq!(logs.len(), 2, "{}", self.name);
        logs.reverse();
        *relation = relation.map(|relation| match relation {
            "ahead" => "behind",
            "behind" => "ahead",
            same => same,
        });
        if let Answer::Newest { place, lagging } = answer {
            *place = 1 - *place;
            lagging.iter_mut().for_each(|place| *place = 1 - *place);
        }
        turned
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
        self.rule
    }

    /// What the case asks, as the list writes it.
    pub fn kind(&self) -> &'static str {
        match self.question {
            Question::Newest { .. } => "newest",
            Question::Document { .. } => "document",
        }
    }

    /// The error code that the case asks for.
    pub fn code(&self) -> Option<&'static str> {
        match self.question {
            Question::Newest { answer: Answer::Refused { code, .. }, .. } => Some(code),
            _ => None,
        }
    }

    /// The warning that the case asks for.
    pub fn warning(&self) -> Option<&'static str> {
        match &self.question {
            Question::Newest { answer: Answer::Newest { lagging, .. }, .. } if !lagging.is_empty() => {
                Some("plc.directory.lag")
            }
            Question::Document { differs: true, .. } => Some("plc.document.differs"),
            _ => None,
        }
    }

    /// The case as the list has it. Its files go to the others.
    pub(crate) fn listed(&self, store: &mut Store) -> Json {
        let mut listed = Json::object([
            ("name", self.name.as_str().into()),
            ("rule", self.rule.into()),
            ("about", self.about.as_str().into()),
            ("kind", self.kind().into()),
            ("did", self.did.as_str().into()),
        ]);
        match &self.question {
            Question::Newest { logs, relation, answer } => {
                let path = |(place, log)| store.path_of(&format!("{}-{place}", self.name), log);
                listed.push("logs", Json::array(logs.iter().enumerate().map(path)));
                if let Some(relation) = relation {
                    listed.push("relation", *relation);
                }
                push_answer(answer, &mut listed);
            }
            Question::Document { log, served, differs } => {
                listed.push("log", store.path_of(&self.name, log));
                listed.push("document", store.path_of(&self.name, served));
                listed.push("differs", *differs);
            }
        }
        listed
    }
}

fn push_answer(answer: &Answer, listed: &mut Json) {
    match answer {
        Answer::Newest { place, lagging } => {
            listed.push("code", ());
            listed.push("newest", *place as u64);
            listed.push("lagging", Json::array(lagging.iter().map(|place| *place as u64)));
        }
        Answer::Refused { code, operation } => {
            listed.push("code", *code);
            if let Some(operation) = operation {
                listed.push("operation", *operation);
            }
        }
    }
}
