//! Core's tables in one shape: the strings of each, with what they mean.

use fedverify::tables::{
    ChangeKind, Check, Gravity, InputName, Kind, OperationType, Outcome, PackageType, SignatureForm,
    StatePart, Trust, Verdict,
};
use fedverify::{Code, Limits, WarningCode};

/// A table.
pub(crate) struct Table {
    /// What it is about, in the plural.
    pub(crate) title: &'static str,
    /// The name of its type in other languages.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) entries: Vec<Entry>,
}

/// A string of a table, and a sentence on what it means.
pub(crate) struct Entry {
    pub(crate) value: &'static str,
    pub(crate) meaning: String,
}

/// Every table.
pub(crate) fn all() -> [Table; 15] {
    [
        errors(),
        warnings(),
        kinds(),
        inputs(),
        limits(),
        checks(),
        outcomes(),
        verdicts(),
        trust(),
        operation_types(),
        gravities(),
        change_kinds(),
        state_parts(),
        package_types(),
        signature_forms(),
    ]
}

pub(crate) fn errors() -> Table {
    let entries = entries(Code::ALL, Code::as_str, Code::meaning);
    Table { title: "Errors", name: "ErrorCode", about: "The stable codes of errors.", entries }
}

pub(crate) fn warnings() -> Table {
    let entries = entries(WarningCode::ALL, WarningCode::as_str, WarningCode::meaning);
    Table { title: "Warnings", name: "WarningCode", about: "The stable codes of warnings.", entries }
}

pub(crate) fn kinds() -> Table {
    let entries = entries(Kind::ALL, Kind::as_str, Kind::meaning);
    Table { title: "Kinds", name: "Kind", about: "What can be verified.", entries }
}

pub(crate) fn inputs() -> Table {
    let entries = entries(InputName::ALL, InputName::as_str, InputName::meaning);
    Table { title: "Inputs", name: "InputName", about: "The inputs of verifications.", entries }
}

pub(crate) fn limits() -> Table {
    let meaning = |name| Limits::meaning(name).expect("the name is of the table");
    let entries = entries(Limits::NAMES, |name| name, meaning);
    let about =
        "How much untrusted input may cost. Every limit is inclusive: an input of exactly the limit passes.";
    Table { title: "Limits", name: "LimitName", about, entries }
}

pub(crate) fn checks() -> Table {
    let mut entries = entries(Check::ALL, Check::as_str, Check::meaning);
    for entry in &mut entries {
        entry.meaning = format!("Checks that {}.", entry.meaning);
    }
    Table { title: "Checks", name: "CheckName", about: "The steps of verifications.", entries }
}

pub(crate) fn outcomes() -> Table {
    let entries = entries(Outcome::ALL, Outcome::as_str, Outcome::meaning);
    Table { title: "Outcomes", name: "Outcome", about: "What can become of a step.", entries }
}

pub(crate) fn verdicts() -> Table {
    let entries = entries(Verdict::ALL, Verdict::as_str, Verdict::meaning);
    Table { title: "Verdicts", name: "Verdict", about: "How a verification can end.", entries }
}

pub(crate) fn trust() -> Table {
    let entries = entries(Trust::ALL, Trust::as_str, Trust::meaning);
    Table { title: "Trust", name: "Trust", about: "What a verdict can rest on.", entries }
}

pub(crate) fn operation_types() -> Table {
    let entries = entries(OperationType::ALL, OperationType::as_str, OperationType::meaning);
    Table { title: "Operation types", name: "OperationType", about: "The types of operations.", entries }
}

pub(crate) fn change_kinds() -> Table {
    let entries = entries(ChangeKind::ALL, ChangeKind::as_str, ChangeKind::meaning);
    Table { title: "Changes", name: "ChangeKind", about: "What can become of a part of a state.", entries }
}

pub(crate) fn state_parts() -> Table {
    let entries = entries(StatePart::ALL, StatePart::as_str, StatePart::meaning);
    Table {
        title: "Parts of a state",
        name: "StatePart",
        about: "The parts of an identity's state.",
        entries,
    }
}

pub(crate) fn gravities() -> Table {
    let entries = entries(Gravity::ALL, Gravity::as_str, Gravity::meaning);
    Table { title: "Gravity", name: "Gravity", about: "How much depends on what an operation did.", entries }
}

pub(crate) fn package_types() -> Table {
    let entries = entries(PackageType::ALL, PackageType::as_str, PackageType::meaning);
    Table { title: "Package types", name: "PackageType", about: "The types of FAIR packages.", entries }
}

pub(crate) fn signature_forms() -> Table {
    let entries = entries(SignatureForm::ALL, SignatureForm::as_str, SignatureForm::meaning);
    Table { title: "Signature forms", name: "SignatureForm", about: "How a package can be signed.", entries }
}

fn entries<T: Copy>(all: &[T], value: fn(T) -> &'static str, meaning: fn(T) -> &'static str) -> Vec<Entry> {
    all.iter().map(|member| Entry { value: value(*member), meaning: meaning(*member).to_owned() }).collect()
}
