//! What to verify: the inputs of every kind, by name.

use crate::input::Input;
use crate::limits::Limits;
use fedverify::tables::{InputName, Kind};
use fedverify::{ApiFault, Error, quote};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// Core's request. An input that it refuses makes the whole request unusable, and the verification's report says so.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Request {
    request: fedverify::Request<'static>,
}

#[wasm_bindgen]
impl Request {
    /// A request without inputs.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str, limits: Limits) -> Request {
        let limits = limits.into_core();
        match kind.parse() {
            Ok(kind) => Request { request: fedverify::Request::new(kind, limits) },
            Err(error) => {
                // Every report is of some kind; that of a key has the fewest steps.
                let mut request = fedverify::Request::new(Kind::Key, limits);
                request.refuse(error);
                Request { request }
            }
        }
    }

    /// Gives an input of bytes.
    #[wasm_bindgen(js_name = setBytes)]
    pub fn set_bytes(&mut self, name: &str, input: Input) {
        self.set(name, |request, name| request.set_input(name, input.into_core()));
    }

    /// Gives a string.
    #[wasm_bindgen(js_name = setString)]
    pub fn set_string(&mut self, name: &str, value: String) {
        self.set(name, |request, name| request.set_string(name, value));
    }

    /// Gives a whole number.
    #[wasm_bindgen(js_name = setNumber)]
    pub fn set_number(&mut self, name: &str, value: u64) {
        self.set(name, |request, name| request.set_number(name, value));
    }

    /// Sets a flag, or says that a stream follows.
    #[wasm_bindgen(js_name = setFlag)]
    pub fn set_flag(&mut self, name: &str, value: bool) {
        self.set(name, |request, name| request.set_flag(name, value));
    }

    /// Has a pin in the report where that changes nothing else.
    #[wasm_bindgen(js_name = offerPin)]
    pub fn offer_pin(&mut self) {
        self.request.offer_pin();
    }

    /// Says that the call is wrong. The message is the JavaScript side's own, but may repeat what it was given.
    pub fn refuse(&mut self, message: &str) {
        self.request.refuse(Error::misuse(ApiFault::Argument, fedverify::printable(message)));
    }

    /// Says that a hasher was used after it was finished or failed.
    #[wasm_bindgen(js_name = usedUp)]
    pub fn used_up(&mut self) {
        let message = "this hasher is finished or failed; create a new one";
        self.request.refuse(Error::misuse(ApiFault::UsedUp, message));
    }

    /// Says that a call trapped in an instance that is gone.
    pub fn panicked(&mut self, reason: &str) {
        let message = format!("the wasm module failed and was replaced: {}", quote(reason));
        self.request.refuse(Error::misuse(ApiFault::Panicked, message));
    }
}

impl Request {
    pub(crate) fn as_core(&self) -> &fedverify::Request<'static> {
        &self.request
    }

    pub(crate) fn as_core_mut(&mut self) -> &mut fedverify::Request<'static> {
        &mut self.request
    }

    fn set(
        &mut self,
        name: &str,
        set: impl FnOnce(&mut fedverify::Request<'static>, InputName) -> Result<(), Error>,
    ) {
        let outcome = name.parse().and_then(|name| set(&mut self.request, name));
        outcome.unwrap_or_else(|error| self.request.refuse(error));
    }
}

/// An input, as JavaScript has to know it.
#[derive(Serialize)]
struct InputFacts {
    name: &'static str,
    #[serde(rename = "type")]
    input_type: &'static str,
    /// How many bytes it may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

/// The inputs that a kind takes, in the order of core's table, as JSON: name, type, and how many bytes may be in it. None
/// where there is no such kind.
#[wasm_bindgen]
pub fn inputs(kind: &str, limits: Limits) -> String {
    let limits = limits.into_core();
    let kind = Kind::from_name(kind);
    let taken = InputName::ALL.iter().filter(|name| kind.is_some_and(|kind| kind.takes(**name)));
    let facts = |name: &InputName| InputFacts {
        name: name.as_str(),
        input_type: name.input_type().as_str(),
        limit: name.max_bytes(&limits),
    };
    // Only strings and numbers: nothing can fail.
    serde_json::to_string(&taken.map(facts).collect::<Vec<_>>()).unwrap_or_default()
}
