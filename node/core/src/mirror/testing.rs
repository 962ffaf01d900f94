//! A source, and what it offers, for tests.

use super::offer::Offer;
use crate::fake::{Fake, SIGNATURE};
use crate::names::Instance;
use crate::source::{Problem, Source};
use fedverify::pfn::PluginRecord;
use fedverify::{Limits, Reach};

/// A publisher's key. Its private half is nowhere; it signed the records of these tests.
pub(super) const KEY: &str = "YgRHorFzOuAcCpk6G/6VhqgUjD6wZN1oZyRDIAI3WYU=";

/// The same key in another spelling: the body of its PEM.
pub(super) const KEY_IN_PEM: &str = "MCowBQYDK2VwAyEAYgRHorFzOuAcCpk6G/6VhqgUjD6wZN1oZyRDIAI3WYU=";

/// The key of somebody else.
pub(super) const OTHER_KEY: &str = "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";

/// A record that the key signed.
pub(super) const SIGNED: &str = r#"{"slug":"a","name":"","version":"1","short_description":"","signature":"x4GBocyRNMASYHpzdAOjV0uNAqpzDOfBZmISlB0UnnffgKlK80gdST8EaHlDNqgURj0JzS9cYSoYqV1Og8H6DA=="}"#;

/// A source that has this key.
pub(super) fn source(public_key: &str) -> Source {
    let instance = Instance::parse("https://a.example", Reach::Public).unwrap();
    let host = Fake::answering("", Ok(Vec::new()));
    Source::new(&host, instance, "al", public_key, None).map_err(|refusal| refusal.message).unwrap()
}

/// What a source offers with this record, which its key signed. Nothing signs the archive.
pub(super) fn offer<'s>(source: &'s Source, record: &str) -> Result<Offer<'s>, Problem> {
    let record = PluginRecord::parse(record.as_bytes(), &Limits::default());
    Offer::signed(source, record, Vec::new(), (SIGNATURE.to_owned(), None))
}
