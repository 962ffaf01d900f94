//! Verifies, locally and trusting no server, that a plugin package comes from its publisher.
//!
//! A FAIR package is named by a `did:plc`. The DID is the hash of a genesis operation; the identity's log leads from it,
//! signature by signature, to the keys of today; one of them signed the package's bytes. Each step has its type, and
//! each verified type has one door, so that holding one is the proof:
//!
//! ```
//! use fedverify::{AuditLog, Code, Metadata, PackageDigests, PlcDid};
//!
//! # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
//! # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
//! # let did_text = String::from_utf8(read("did.txt")).unwrap();
//! # let (log_json, metadata_json) = (read("log.json"), read("metadata.json"));
//! # let mut package_bytes = read("hello-fair-1.1.0.zip");
//! let did: PlcDid = did_text.trim().parse()?;
//! let identity = AuditLog::parse(&log_json)?.verify(&did)?;
//! let release = identity.release(&Metadata::parse(&metadata_json)?, "1.1.0")?;
//! let package = release.verify(&PackageDigests::of(&package_bytes[..])?)?;
//! assert_eq!(package.key_id(), "fair");
//!
//! package_bytes[100] ^= 1;
//! let error = release.verify(&PackageDigests::of(&package_bytes[..])?).unwrap_err();
//! assert_eq!(error.code(), Code::FairChecksumMismatch);
//! # Ok::<(), fedverify::Error>(())
//! ```
//!
//! [`plc`] verifies logs, [`fair`] packages, [`pfn`] records of the Plugin Federation Network, where the caller brings
//! the key; [`report`] makes the one account that every face of fedverify gives. There is no I/O here beyond a
//! [`std::io::Read`] that is handed in, no clock, no network, no unsafe code, and no signing.

mod base64;
mod did;
mod digest;
pub mod directory;
mod error;
pub mod fair;
mod json;
mod key;
mod limits;
pub mod pfn;
mod pin;
pub mod plc;
pub mod report;
mod warning;
mod web;

pub use did::{Did, PlcDid, WebDid};
pub use digest::{PackageDigests, PackageHasher};
pub use error::{Code, Error, FaceFault, NetworkFault, UnknownCode, quote};
pub use fair::{Metadata, VerifiedPackage, VerifiedRelease};
pub use key::{DidKey, KeyType, PublicKey};
pub use limits::Limits;
pub use pin::Pin;
pub use plc::{AuditLog, BareLog, Identity, Log};
pub use report::Report;
pub use warning::{Warning, WarningCode};
pub use web::WebIdentity;

/// Compiles the code in the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
