//! `fedverify pfn`.

use crate::arguments::{PfnChallenge, PfnPlugin};
use crate::input;
use fedverify::pfn::{
    Challenge, PluginArchive, PluginRecord, PublisherKey, VerifiedChallenge, VerifiedPlugin,
};
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Limits};
use std::path::Path;

pub(crate) fn verify_plugin(arguments: &PfnPlugin, limits: &Limits) -> Report {
    match plugin(arguments, limits) {
        Ok(plugin) => Report::of_plugin(&plugin),
        Err(error) => Report::refused(Kind::PfnPlugin, &error),
    }
}

pub(crate) fn verify_challenge(arguments: &PfnChallenge, limits: &Limits) -> Report {
    match challenge(arguments, limits) {
        Ok(challenge) => Report::of_challenge(&challenge),
        Err(error) => Report::refused(Kind::PfnChallenge, &error),
    }
}

fn plugin(arguments: &PfnPlugin, limits: &Limits) -> Result<VerifiedPlugin, Error> {
    let key = publisher_key(&arguments.key, limits)?;
    let json = input::document(&arguments.plugin, limits.record_bytes, Check::PfnPlugin)?;
    let plugin = PluginRecord::parse(&json, limits)?.verify(&key, arguments.signature.as_deref())?;
    match &arguments.archive {
        Some(path) => plugin.with_archive(&archive(path, limits)?, arguments.archive_signature.as_deref()),
        None => Ok(plugin),
    }
}

fn challenge(arguments: &PfnChallenge, limits: &Limits) -> Result<VerifiedChallenge, Error> {
    let key = publisher_key(&arguments.key, limits)?;
    Challenge::new(&arguments.challenge, limits)?.verify(&key, &arguments.signature)
}

fn publisher_key(path: &Path, limits: &Limits) -> Result<PublisherKey, Error> {
    PublisherKey::parse(&input::document(path, limits.record_bytes, Check::PfnKey)?, limits)
}

/// Hashes the archive and reads its header through the same open file, so that the path cannot be made to lead
/// elsewhere in between.
fn archive(path: &Path, limits: &Limits) -> Result<PluginArchive, Error> {
    let file = input::open(path, Check::PfnArchive)?;
    let digests = input::digests(&file, limits, Check::PfnArchive)?;
    PluginArchive::read(file, digests, limits)
}
