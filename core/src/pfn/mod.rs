//! Plugins of the Plugin Federation Network: publisher keys, signed plugin records, ownership challenges.
//!
//! The network has no identities that certify themselves: whoever verifies must already hold the publisher's
//! [`PublisherKey`] and trust it. That trust basis is called `key`, never `self-certified`.
//!
//! Three things can be signed, each checked through one door:
//!
//! - a plugin's record: [`PluginRecord::verify`] gives a [`VerifiedPlugin`]. The signature covers four strings, the
//!   plugin's id, name, version and description, and **not the archive**: a [`VerifiedPlugin`] carries the warning
//!   [`PfnArchiveUnbound`](crate::WarningCode::PfnArchiveUnbound) until the next check has succeeded;
//! - an archive, by publishers that go beyond the network's rules: [`VerifiedPlugin::with_archive`]. Without such a
//!   signature the archive's own plugin header is compared with the signed strings, which finds mistakes and proves
//!   nothing: whoever changes the archive can also write the header;
//! - a challenge: [`Challenge::verify`] gives a [`VerifiedChallenge`].
//!
//! The signed texts carry no mark of what they are for. A publisher's server that signs any challenge it is sent
//! therefore signs any plugin record for anyone who sends that record's text as the challenge. A verifier cannot see
//! this; a publisher must sign nothing but UUIDs there.

mod archive;
mod asset_url;
mod author_data;
mod challenge;
mod federation_info;
mod key;
mod plugin;
mod signature;
mod signed_text;
#[cfg(test)]
mod testing;

pub use archive::{ArchiveBinding, CheckedArchive, PluginArchive};
pub use author_data::AuthorData;
pub use challenge::{Challenge, VerifiedChallenge};
pub use federation_info::FederationInfo;
pub use key::PublisherKey;
pub use plugin::{PluginRecord, VerifiedPlugin};
