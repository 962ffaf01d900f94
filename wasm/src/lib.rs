//! fedverify for browsers, Node, Deno and Workers: what `wasm/js` calls.
//!
//! One adapter for every kind: a [`Request`] takes inputs by their names, a [`Verification`] gives core's
//! [`Report`](fedverify::Report) as JSON. Beside it are questions about pins, versions and directories, which core answers, too, and
//! a hasher of packages.
//! Nothing here knows how to verify a kind, and nothing here decides anything. The JavaScript side
//! (`wasm/js`) reads streams, checks the types of arguments and throws what was not verified; people program against that,
//! not against this.

mod directories;
mod hand_out;
mod hasher;
mod input;
mod limits;
mod outcome;
mod question;
mod request;
mod verification;

pub use directories::Directories;
pub use hasher::PackageHasher;
pub use input::Input;
pub use limits::Limits;
pub use question::ask;
pub use request::{Request, inputs};
pub use verification::Verification;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the bindings whenever they start an instance, including the one that replaces a trapped instance. There is
/// nothing to do, but bindings without a start cannot replace an instance.
#[wasm_bindgen(start)]
pub fn start() {}
