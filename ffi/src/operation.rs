//! Operations of verified logs.

use crate::border::{Place, fedverify_str};
use crate::call::{beyond, given, make, make_optional};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::identity::{Shared, fedverify_identity};
use crate::state::fedverify_state;
use crate::status::fedverify_status;
use fedverify::plc::HistoryEntry;
use std::sync::Arc;

/// One operation of a verified log. Freed with `fedverify_operation_free`.
pub struct fedverify_operation {
    shared: Arc<Shared>,
    index: usize,
}

impl fedverify_operation {
    fn entry(&self) -> Option<&HistoryEntry> {
        self.shared.identity.history().get(self.index)
    }

    fn string(&self, see: impl FnOnce(&HistoryEntry) -> Option<&str>) -> fedverify_str {
        fedverify_str::from_optional(self.entry().and_then(see))
    }
}

/// An index as C has it: -1 for none, and for what no log is long enough for.
fn number(index: Option<usize>) -> i64 {
    index.and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)
}

/// The number of operations in the log, nullified ones too.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.shared.identity.history().len())
}

/// The operation at `index`, in the order of the log: a new operation, to be freed.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation(
    identity: Option<&fedverify_identity>,
    index: usize,
    operation: Place<'_, fedverify_operation>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(operation, error, || {
        let shared = Arc::clone(&given(identity, "an identity")?.shared);
        let count = shared.identity.history().len();
        if index < count {
            Ok(fedverify_operation { shared, index })
        } else {
            Err(beyond("operations", count, index))
        }
    })
}

/// Frees an operation. NULL is ignored; do not free twice. States that came from it are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_free(operation: Option<Box<fedverify_operation>>) {
    free(operation);
}

/// The recomputed CID. Valid until the operation is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_cid(operation: Option<&fedverify_operation>) -> fedverify_str {
    look(operation, |operation| operation.string(|entry| Some(entry.cid())))
}

/// The type: `plc_operation`, `plc_tombstone`, or `create` for a genesis of the old form. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_type(operation: Option<&fedverify_operation>) -> fedverify_str {
    look(operation, |operation| operation.string(|entry| Some(entry.operation().operation_type().as_str())))
}

/// The number of bytes that were signed and hashed: its DAG-CBOR, signature included.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_size(operation: Option<&fedverify_operation>) -> usize {
    look(operation, |operation| operation.entry().map_or(0, HistoryEntry::size))
}

/// The index of the operation that this one follows; -1 for the genesis, which follows none.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_prev(operation: Option<&fedverify_operation>) -> i64 {
    number(operation.and_then(fedverify_operation::entry).and_then(HistoryEntry::prev))
}

/// The CID of the operation that this one follows; absent for the genesis, which follows none. Valid until the operation is
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_prev_cid(operation: Option<&fedverify_operation>) -> fedverify_str {
    look(operation, |operation| operation.string(|entry| entry.operation().prev()))
}

/// When the directory says that it accepted the operation (RFC 3339). Times are not signed. Absent in a bare log, which has
/// none. Valid until the operation is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_created_at(operation: Option<&fedverify_operation>) -> fedverify_str {
    look(operation, |operation| operation.string(|entry| entry.created_at().map(|time| time.as_str())))
}

/// When this verifier first saw the operation, in seconds since 1970 by its own clock; -1 unless the identity was verified
/// with a memory.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_first_seen(operation: Option<&fedverify_operation>) -> i64 {
    let time = look(operation, |operation| operation.shared.first_seen(operation.index));
    time.map_or(-1, |time| i64::try_from(time).unwrap_or(i64::MAX))
}

/// The index of the recovery that undid the operation; -1 for an operation in force.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_nullified_by(operation: Option<&fedverify_operation>) -> i64 {
    number(operation.and_then(fedverify_operation::entry).and_then(HistoryEntry::nullified_by))
}

/// The index of the key that signed, among the rotation keys of the operation that this one follows (of the genesis: its
/// own). 0 has the highest authority.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_signer(operation: Option<&fedverify_operation>) -> i64 {
    number(operation.and_then(fedverify_operation::entry).map(HistoryEntry::signer))
}

/// The key that signed, as a did:key. Valid until the operation is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_signer_key(operation: Option<&fedverify_operation>) -> fedverify_str {
    look(operation, |operation| {
        fedverify_str::from_optional(operation.shared.identity.signer_key(operation.index))
    })
}

/// What the identity was after the operation, nullified or not: a new state, to be freed. Puts NULL into `state` for a
/// tombstone, which deactivates the identity.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_operation_state(
    operation: Option<&fedverify_operation>,
    state: Place<'_, fedverify_state>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(state, error, || {
        let operation = given(operation, "an operation")?;
        Ok(fedverify_state::of_operation(&operation.shared, operation.index))
    })
}
