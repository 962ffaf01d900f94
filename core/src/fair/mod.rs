//! FAIR packages: from an [`Identity`](crate::Identity) and a metadata document to a [`VerifiedPackage`].
//!
//! The path of a package: [`metadata`](Metadata) reads the document strictly where security rests on it, [`release`]
//! selects the version and ties it to the identity, [`package`](VerifiedPackage) ties the bytes to the release.
//!
//! [`release`]: crate::Identity::release

mod alias;
mod artifact;
mod checksum;
mod keys;
mod metadata;
mod package;
mod publisher;
mod release;
mod remember;
mod signature;

pub use crate::tables::{PackageType, SignatureForm};
pub use alias::Alias;
pub use artifact::Artifact;
pub use keys::is_signing_key;
pub use metadata::Metadata;
pub use package::VerifiedPackage;
pub use publisher::Publisher;
pub use release::Release;
