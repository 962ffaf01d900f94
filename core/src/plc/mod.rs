//! did:plc: from the bytes of a log to an [`Identity`].
//!
//! The way of a log: `json` reads it strictly, [`log`](AuditLog) and [`operation`](Operation) give it types, `encode`
//! computes the bytes that are hashed and signed, `walk` applies the rules in order, with `signer` finding who signed,
//! and [`identity`](Identity) holds what was proven. `document` and `warnings` are drawn from it.

mod cid;
mod document;
mod encode;
mod export;
mod identity;
mod log;
mod map;
mod memory;
mod operation;
mod signer;
mod time;
mod walk;
mod warnings;

pub use document::DidDocument;
pub use export::{BatchLine, ClaimedLog, ExportEntry, ExportLog};
pub use identity::{HistoryEntry, Identity};
pub use log::{AuditLog, BareLog, Log};
pub use map::CanonicalMap;
pub use operation::{Operation, OperationType, Service, State};
pub use time::Timestamp;
