//! Makes the JavaScript side of the wasm module: `fedverify-bindgen IN.wasm OUT-FOLDER`.
//!
//! wasm-bindgen's own command, as far as it is needed here, pinned by this crate's Cargo.lock instead of installed by hand.

use anyhow::{Context, bail};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else { bail!("expected IN.wasm and OUT-FOLDER") };
    let folder = Path::new(folder);
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // After a trap nothing of the instance can be trusted: it is replaced (js/src/instance.js).
        .reset_state_function(true)
        .generate(folder)
        .with_context(|| format!("cannot make the JavaScript side of {input}"))
}
