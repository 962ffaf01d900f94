//! Verifies, locally and trusting no server, that a plugin package comes from its publisher.
//!
//! A FAIR package is named by a `did:plc`. The DID is the hash of a genesis operation; the identity's log leads from it,
//! signature by signature, to the keys of today; one of them signed the package's bytes. Each step has its type, and
//! each verified type has one door, so that holding one is the proof:
//!
//! ```
//! use fedverify::{Code, Limits, Log, Metadata, PackageDigests, PlcDid};
//!
//! # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
//! # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
//! # let did_text = String::from_utf8(read("did.txt")).unwrap();
//! # let (log_json, metadata_json) = (read("log.json"), read("metadata.json"));
//! # let mut package_bytes = read("hello-fair-1.1.0.zip");
//! let did: PlcDid = did_text.trim().parse()?;
//! let limits = Limits::default();
//! let identity = Log::parse(&log_json, &limits)?.verify(&did)?;
//! let release = identity.release(&Metadata::parse(&metadata_json, &limits)?, "1.1.0")?;
//! let package = release.verify(&PackageDigests::from_reader(&package_bytes[..], &limits)?)?;
//! assert_eq!(package.key_id(), "fair");
//!
//! package_bytes[100] ^= 1;
//! let error = release.verify(&PackageDigests::from_reader(&package_bytes[..], &limits)?).unwrap_err();
//! assert_eq!(error.code(), Code::FairChecksumMismatch);
//! # Ok::<(), fedverify::Error>(())
//! ```
//!
//! [`plc`] verifies logs, [`fair`] packages, [`pfn`] records of the Plugin Federation Network, where the caller brings
//! the key. [`verification`] walks that path for every binding and for the command, and gives a [`report`] of it.
//! [`tables`] has every code, warning, limit and name. There is no I/O here beyond a
//! [`std::io::Read`] that is handed in, no clock, no network, no unsafe code, and no signing.
//!
//! # Features
//!
//! - `ed25519-tables` (on by default): Ed25519 with multiples of the base point computed beforehand. 8 KB more.
//! - `native-crypto` (off by default): ECDSA by libsecp256k1 and ring instead of k256 and p256, two and five times as
//!   fast. Both judge alike (`core/src/key/arithmetic`). Needs a C compiler; not for WebAssembly.
//! - `p256-handed-out` (off by default): checks of P-256 signatures can be made by the caller, who is then trusted with them.
//!   For the wasm module, whose JavaScript has WebCrypto make them.
//! - `digests-handed-in` (off by default): the digests of a package can come from the caller, who is then trusted with them. For
//!   the wasm module, whose instances may be discarded before their digests are used.
//! - `threads` (off by default): large packages are hashed on two threads, SHA-384 on one of its own. For programs that
//!   own their process: a library starts no threads in its host's.

mod did;
mod digest;
pub mod directory;
mod encoding;
mod error;
pub mod fair;
mod fetching;
mod host;
mod index;
mod json;
mod key;
mod names;
pub mod pfn;
mod pin;
pub mod plc;
mod quote;
pub mod report;
mod sniff;
pub mod tables;
mod time;
pub mod verification;
mod version;
mod warning;
mod web;

pub use did::{Did, PlcDid, WebDid};
pub use digest::{PackageDigests, PackageHasher};
pub use error::{ApiFault, Error, NetworkFault};
pub use fair::{Metadata, Release, VerifiedPackage};
pub use fetching::means_no_encoding;
pub use host::Reach;
#[cfg(feature = "p256-handed-out")]
pub use key::P256Check;
pub use key::{CRYPTOGRAPHY, DidKey, KeyType, PublicKey};
pub use pin::Pin;
pub use plc::{Identity, Log, LogForm};
pub use quote::{printable, quote, quote_url};
pub use report::Report;
pub use tables::{Code, Limits, UnknownCode, WarningCode};
pub use time::utc;
pub use verification::{Request, Verification};
pub use version::{Precedence, Version, VersionForm};
pub use warning::Warning;
pub use web::WebDocument;

/// Compiles the code in the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Compiles the code in the page for Rust programs.
#[cfg(doctest)]
#[doc = include_str!("../../docs/rust.md")]
struct RustPage;
