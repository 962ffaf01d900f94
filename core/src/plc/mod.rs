//! did:plc: from the bytes of a log to an [`Identity`].
//!
//! The path of a log: `json` reads it strictly; [`log`](Log), `entry` and [`operation`](Operation) give it types; `encode`
//! computes the bytes that are hashed and signed; `walk` applies the rules in order, with `signer` finding who signed;
//! `remember` compares it with a pin; and [`identity`](Identity) is what was proven. `document`, `changes`, `contestable`
//! and `warnings` are derived from it.

mod batch;
mod changes;
mod contestable;
mod dag_cbor;
mod document;
mod encode;
mod entry;
mod export;
mod form;
#[cfg(feature = "p256-handed-out")]
mod hand_out;
mod identity;
mod item;
mod log;
mod map;
mod operation;
mod remember;
mod signer;
mod walk;
mod warnings;

pub use crate::tables::OperationType;
pub use crate::time::Timestamp;
pub use batch::{BatchLine, ClaimedLog};
pub use changes::Change;
pub(crate) use changes::gravity;
pub use contestable::{Contestable, ContestableOperation};
pub use document::DidDocument;
pub use export::{ExportEntry, ExportLog};
pub use form::LogForm;
#[cfg(feature = "p256-handed-out")]
pub(crate) use hand_out::may_have_p256;
pub use identity::{HistoryEntry, Identity};
pub use log::Log;
pub use map::CanonicalMap;
pub use operation::{Operation, Service, State};
pub(crate) use walk::RECOVERY_WINDOW_SECONDS;
