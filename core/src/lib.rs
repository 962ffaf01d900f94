//! fedverify
mod base64;
mod did;
mod digest;
mod error;
pub mod fair;
mod json;
mod key;
mod limits;
pub mod pfn;
pub mod plc;
pub mod report;
mod warning;

pub use did::{Did, PlcDid};
pub use digest::{PackageDigests, PackageHasher};
pub use error::{Code, Error, UnknownCode, quote};
pub use fair::{Metadata, VerifiedPackage, VerifiedRelease};
pub use key::{DidKey, KeyType, PublicKey};
pub use limits::Limits;
pub use plc::{AuditLog, BareLog, Identity, Log};
pub use report::Report;
pub use warning::{Warning, WarningCode};
