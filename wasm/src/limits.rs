//! How much untrusted input may cost.

use wasm_bindgen::prelude::wasm_bindgen;

/// Core's limits, set by name.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Limits {
    limits: fedverify::Limits,
}

#[wasm_bindgen]
impl Limits {
    /// Core's defaults.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Limits {
        Limits::default()
    }

    /// Sets the limit of this name, or says why it cannot.
    pub fn set(&mut self, name: &str, value: u64) -> Option<String> {
        self.limits.set(name, value).err().map(|error| error.message().to_owned())
    }
}

impl Limits {
    pub(crate) fn into_core(self) -> fedverify::Limits {
        self.limits
    }
}
