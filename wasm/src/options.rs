//! What a caller may say beside the inputs.

use crate::document::Document;
use fedverify::Limits;
use wasm_bindgen::prelude::wasm_bindgen;

/// Limits, memory, and which release and artifact are meant.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Options {
    limits: Limits,
    memory: Option<Memory>,
    pub(crate) release: Option<String>,
    pub(crate) artifact_url: Option<String>,
    pub(crate) no_downgrade: bool,
}

/// That a pin is wanted, and the one of the last visit.
#[derive(Debug)]
struct Memory {
    now: u64,
    pin: Option<Document>,
}

#[wasm_bindgen]
impl Options {
    /// The defaults of core, no memory, the latest release.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Options {
        Options::default()
    }

    /// The limit of this name; nothing if there is none.
    #[wasm_bindgen(js_name = getLimit)]
    pub fn get_limit(&self, name: &str) -> Option<u64> {
        self.limits.get(name)
    }

    /// Sets the limit of this name, and says whether there is one.
    #[wasm_bindgen(js_name = setLimit)]
    pub fn set_limit(&mut self, name: &str, value: u64) -> bool {
        self.limits.set(name, value)
    }

    /// Asks for a pin. `now` is the caller's clock in seconds since 1970; without a pin it is the first visit.
    pub fn remember(&mut self, now: u64, pin: Option<Document>) {
        self.memory = Some(Memory { now, pin });
    }

    /// Names the release by its exact version, and the artifact by the address that it was fetched from; refuses a version
    /// below the highest that the pin knows where `no_downgrade` is set.
    pub fn choose(&mut self, release: Option<String>, artifact_url: Option<String>, no_downgrade: bool) {
        (self.release, self.artifact_url, self.no_downgrade) = (release, artifact_url, no_downgrade);
    }
}

impl Options {
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The clock and the pin, where a pin is wanted.
    pub(crate) fn take_memory(&mut self) -> Option<(u64, Option<Document>)> {
        self.memory.take().map(|memory| (memory.now, memory.pin))
    }
}
