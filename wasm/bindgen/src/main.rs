//! Makes the JavaScript side of a wasm module: `fedverify-bindgen web|worker IN.wasm OUT-FOLDER`. `web` loads the module as pages
//! and programs want to, `worker` imports it as Cloudflare's runtime wants it.
//!
//! wasm-bindgen's own command, as far as it is needed here, pinned by this crate's Cargo.lock instead of installed by hand.

use anyhow::{Context, bail};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [form, input, folder] = arguments.as_slice() else {
        bail!("expected web or worker, IN.wasm and OUT-FOLDER")
    };
    let mut bindgen = Bindgen::new();
    match form.as_str() {
        "web" => bindgen.web(true)?.omit_default_module_path(true),
        // The crate `worker` asks to be told of traps.
        "worker" => bindgen.module(true)?.out_name("bindings").force_enable_abort_handler(true),
        _ => bail!("expected web or worker, found {form}"),
    };
    bindgen
        .input_path(input)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // After a trap nothing of the instance can be trusted: it is replaced (wasm/js/src/instance.js, node/worker/index.js).
        .reset_state_function(true)
        .generate(Path::new(folder))
        .with_context(|| format!("cannot make the JavaScript side of {input}"))
}
