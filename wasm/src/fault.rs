//! Answers on calls that judged nothing.

use crate::answer;
use fedverify::report::{Kind, Report};
use fedverify::{Error, FaceFault, quote};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the bindings whenever they start an instance, the one in place of a trapped instance too. There is nothing to
/// do, but bindings without a start cannot replace an instance.
#[wasm_bindgen(start)]
pub fn start() {}

/// The answer on a call with a wrong argument. `kind` is that of the report; `message` is the JavaScript side's own text.
#[wasm_bindgen]
pub fn misused(kind: &str, message: &str) -> String {
    of_face(kind, FaceFault::Argument, message)
}

/// The answer on a call that trapped in an instance that is gone.
#[wasm_bindgen]
pub fn panicked(kind: &str, reason: &str) -> String {
    let message = format!("the wasm module failed and was replaced: {}", quote(reason));
    of_face(kind, FaceFault::Panicked, &message)
}

fn of_face(kind: &str, fault: FaceFault, message: &str) -> String {
    answer::of_report(&Report::refused(kind_of(kind), &Error::of_face(fault, message)))
}

fn kind_of(name: &str) -> Kind {
    match name {
        "plc-log" => Kind::PlcLog,
        "fair-package" => Kind::FairPackage,
        "pfn-plugin" => Kind::PfnPlugin,
        "pfn-challenge" => Kind::PfnChallenge,
        _ => Kind::Key,
    }
}
