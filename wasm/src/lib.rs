//! fedverify for browsers, Node, Deno and Workers: what `wasm/js` calls.
//!
//! Nothing here decides anything: core verifies, and every answer is core's [`Report`](fedverify::Report). Inputs are
//! bytes, texts and whole numbers, answers are JSON (`answer.rs`). The JavaScript side (`wasm/js`) reads streams, checks
//! the types of arguments and makes errors of refusals; people program against that, not against this.

mod answer;
mod document;
mod fault;
mod key;
mod log;
mod options;
mod package;
mod pfn;

pub use document::Document;
pub use fault::{misused, panicked, start};
pub use key::read_key;
pub use log::verify_log;
pub use options::Options;
pub use package::PackageCheck;
pub use pfn::{PluginCheck, verify_challenge};
