//! Plugins of the Plugin Federation Network: publisher keys, signed plugin records, ownership challenges.
//!
//! The network has no self-certifying identities: the verifier must already have the publisher's [`PublisherKey`] and
//! trust it. That trust basis is called `key`, never `self-certified`.
//!
//! Three things can be signed, and each is verified in one place:
//!
//! - a plugin's record: [`PluginRecord::verify`] gives a [`VerifiedPlugin`]. The signature covers four strings, the
//!   plugin's id, name, version and description, and **not the archive**: a [`VerifiedPlugin`] has the warning
//!   [`PfnArchiveUnbound`](crate::WarningCode::PfnArchiveUnbound) until the next check has succeeded;
//! - an archive, by publishers that do more than the network asks: [`VerifiedPlugin::with_archive`]. Without such a
//!   signature the archive's own plugin header is compared with the signed strings, which finds mistakes and proves
//!   nothing: whoever changes the archive can also write the header;
//! - a challenge: [`Challenge::verify`] gives a [`VerifiedChallenge`].
//!
//! The signed strings do not say what they are for. A publisher's server that signs any challenge it is sent therefore
//! signs any plugin record for anyone who sends that record's string as the challenge. A verifier cannot see this afterwards,
//! so every [`VerifiedPlugin`] has the warning
//! [`PfnSignatureOracle`](crate::WarningCode::PfnSignatureOracle), and a [`Challenge`] that is a JSON object is refused
//! (pfn.md, "What a PFN signature is worth").

mod archive;
mod archive_digest;
mod asset_url;
mod author_data;
mod challenge;
mod federation_info;
mod key;
mod plugin;
mod signature;
mod signed_string;
#[cfg(test)]
mod testing;

pub use archive::{ArchiveBinding, CheckedArchive, PluginArchive};
pub use archive_digest::ArchiveDigest;
pub use author_data::AuthorData;
pub use challenge::{Challenge, VerifiedChallenge};
pub use federation_info::FederationInfo;
pub use key::PublisherKey;
pub(crate) use plugin::oracle_warning;
pub use plugin::{PluginRecord, VerifiedPlugin};
