//! Several directories' logs of one identity, and the document that a directory serves beside its log.

use crate::input::Input;
use crate::outcome::{self, outcome};
use crate::verification::Verification;
use fedverify::directory::{self, Answer};
use fedverify::tables::Kind;
use fedverify::{ApiFault, Error, Warning};
use wasm_bindgen::prelude::wasm_bindgen;

/// What several directories' logs prove.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Directories {
    answers: Vec<Answer>,
    failure: Option<Error>,
}

#[wasm_bindgen]
impl Directories {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Directories {
        Directories::default()
    }

    /// Adds what a directory's log proves: a verification of the kind `plc-log`.
    pub fn add(&mut self, url: String, verification: Verification) {
        match verification.identity() {
            Ok(identity) => self.answers.push(Answer { url, identity: identity.clone() }),
            Err(error) => self.failure = Some(error),
        }
    }

    /// The URL of the newest, and the warnings about the others, as JSON.
    pub fn newest(self) -> String {
        let newest = self.failure.map_or(Ok(()), Err).and_then(|()| {
            let (newest, warnings) = directory::newest(&self.answers)?;
            let warnings: Vec<String> = warnings.iter().map(written).collect();
            Ok(format!(r#"{{"url":{},"warnings":[{}]}}"#, outcome::string(&newest.url), warnings.join(",")))
        });
        outcome(Kind::PlcLog, newest)
    }
}

#[wasm_bindgen]
impl Verification {
    /// Compares the DID document that a directory serves with the one that follows from the log, within the limits of the
    /// log. Gives the warning as JSON, or null.
    #[wasm_bindgen(js_name = compareDocument)]
    pub fn compare_document(self, url: &str, served: Input) -> String {
        let compared = self.identity().and_then(|identity| {
            let served = served.into_core()?;
            let warning = directory::compare_document(url, identity, &served, self.limits());
            Ok(warning.as_ref().map_or_else(|| "null".to_owned(), written))
        });
        outcome(Kind::PlcLog, compared)
    }
}

impl Verification {
    fn identity(&self) -> Result<&fedverify::Identity, Error> {
        self.plc_identity().ok_or_else(|| Error::misuse(ApiFault::Argument, "expected a log that verifies"))
    }
}

fn written(warning: &Warning) -> String {
    format!(
        r#"{{"code":{},"message":{}}}"#,
        outcome::string(warning.code().as_str()),
        outcome::string(warning.message())
    )
}
