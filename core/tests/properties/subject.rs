//! A case of the corpus in memory, so that its inputs can be changed before they are verified.

use crate::conformance::{self, Case};
use fedverify::tables::{InputName, InputType, Kind};
use fedverify::{Limits, Report, Request, Verification};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Inputs by their names.
pub(crate) type Inputs = BTreeMap<&'static str, Vec<u8>>;

/// A case with its inputs read.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) kind: Kind,
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
        for name in InputName::ALL {
            let Some(text) = case.text(name.as_str()) else { continue };
            let content = match name.input_type() {
                InputType::Bytes | InputType::Stream => std::fs::read(case.file(name.as_str())?).ok()?,
                InputType::String | InputType::Number | InputType::Flag => text.as_bytes().to_vec(),
            };
            inputs.insert(name.as_str(), content);
        }
        let mut limits = Limits::default();
        for (name, limit) in &case.limits {
            limits.set(name, *limit).unwrap_or_else(|error| panic!("{error}"));
        }
        let kind = Kind::from_name(&case.kind).expect("a kind");
        Some(Subject {
            name: case.name.clone(),
            kind,
            is_verified: case.verdict == "verified",
            inputs,
            limits,
        })
    }

    /// Verifies these inputs as the ones of this case. `None` where a string is not UTF-8 any more, or a number none: no
    /// such thing can be handed to core.
    pub(crate) fn verify(&self, inputs: &Inputs) -> Option<Report> {
        let mut request = Request::new(self.kind, self.limits);
        let mut stream = None;
        for (name, content) in inputs {
            let name = InputName::from_name(name).expect("an input");
            let text = std::str::from_utf8(content);
            let given = match name.input_type() {
                InputType::Bytes => request.set_bytes(name, content),
                InputType::String => request.set_string(name, text.ok()?),
                InputType::Number => request.set_number(name, text.ok()?.parse().ok()?),
                InputType::Flag => request.set_flag(name, text.ok()? == "true"),
                InputType::Stream => {
                    stream = Some(content);
                    request.set_flag(name, true)
                }
            };
            given.expect("the kind takes the input");
        }
        let mut verification = Verification::start(&request);
        if let Some(stream) = stream {
            verification.read(Cursor::new(stream), |_| {});
        }
        Some(verification.finish())
    }
}
