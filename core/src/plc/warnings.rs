//! Oddities of history that must still verify (did-plc.md, "History that still verifies").

use super::form::LogForm;
use super::identity::HistoryEntry;
use super::operation::State;
use crate::index::Index;
use crate::tables::WarningCode;
use crate::warning::Warning;

/// More verification methods than this are refused in new operations today.
const MANY_VERIFICATION_METHODS: usize = 10;

/// Operations of more bytes of DAG-CBOR than this are refused today.
const OVERSIZED_BYTES: usize = 7500;

/// The warnings on a history, each code at most once, whatever the length of the log.
///
/// `unusable_keys` are indices of the current rotation keys; those of the past can sign nothing any more.
pub(super) fn for_history(form: LogForm, history: &[HistoryEntry], unusable_keys: &[usize]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if form == LogForm::Bare {
        let message = "the log has no times and no nullified operations, so recoveries could not be judged";
        warnings.push(Warning::new(WarningCode::LogBare, message));
    }
    warnings.extend(deactivated(history));
    warnings.extend(of_operations(
        history,
        WarningCode::RotationKeysEmpty,
        ("has no rotation keys", "have no rotation keys"),
        |entry| entry.operation().state().is_some_and(|state| state.rotation_keys.is_empty()),
    ));
    warnings.extend(of_operations(
        history,
        WarningCode::RotationKeysDuplicate,
        ("lists a rotation key twice", "list a rotation key twice"),
        |entry| entry.operation().state().is_some_and(has_duplicate_rotation_key),
    ));
    warnings.extend(unusable_rotation_keys(unusable_keys));
    warnings.extend(of_operations(
        history,
        WarningCode::VerificationMethodsMany,
        ("has more than 10 verification methods", "have more than 10 verification methods"),
        |entry| {
            let methods = entry.operation().state().map_or(0, |state| state.verification_methods.len());
            methods > MANY_VERIFICATION_METHODS
        },
    ));
    warnings.extend(of_operations(
        history,
        WarningCode::OperationOversized,
        ("has more than 7,500 bytes", "have more than 7,500 bytes"),
        |entry| entry.size() > OVERSIZED_BYTES,
    ));
    warnings
}

/// The head is the last operation that was not undone (did-plc.md, "Tombstones").
fn deactivated(history: &[HistoryEntry]) -> Option<Warning> {
    let is_in_force = |entry: &&HistoryEntry| !entry.is_nullified();
    let is_tombstone = history.iter().rfind(is_in_force)?.operation().state().is_none();
    is_tombstone.then(|| {
        let message =
            "the log ends in a tombstone: the identity was deactivated and has no keys, services or aliases";
        Warning::new(WarningCode::Deactivated, message)
    })
}

/// One warning for all operations that have the property.
fn of_operations(
    history: &[HistoryEntry],
    code: WarningCode,
    (one, many): (&str, &str),
    has: fn(&HistoryEntry) -> bool,
) -> Option<Warning> {
    let mut found = history.iter().enumerate().filter(|(_, entry)| has(entry));
    let (first, _) = found.next()?;
    let count = found.count().saturating_add(1);
    let message = match count {
        1 => format!("operation {first} {one}"),
        _ => format!("{count} operations {many}; the first is operation {first}"),
    };
    Some(Warning::new(code, message))
}

fn has_duplicate_rotation_key(state: &State) -> bool {
    Index::from_strings(state.rotation_keys.iter().map(String::as_str)).len() < state.rotation_keys.len()
}

fn unusable_rotation_keys(indices: &[usize]) -> Option<Warning> {
    let indices: Vec<String> = indices.iter().map(usize::to_string).collect();
    (!indices.is_empty()).then(|| {
        let message = format!("unusable current rotation keys, by index: {}", indices.join(", "));
        Warning::new(WarningCode::RotationKeyUnusable, message)
    })
}

/// Members of entries that are not known (did-plc.md, "Entries").
pub(super) fn unknown_entry_members() -> Warning {
    let message = "entries have unknown members; they were ignored, since no signature covers them";
    Warning::new(WarningCode::EntryUnknownMember, message)
}
