//! fedverify
mod base64;
mod did;
mod digest;
mod error;
mod json;
mod key;
mod limits;
pub mod plc;
mod warning;

pub use did::{Did, PlcDid};
pub use digest::{PackageDigests, PackageHasher};
pub use error::{Code, Error, UnknownCode, quote};
pub use key::{DidKey, KeyType, PublicKey};
pub use limits::Limits;
pub use plc::{AuditLog, BareLog, Identity, Log};
pub use warning::{Warning, WarningCode};
