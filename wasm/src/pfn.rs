//! Plugins and ownership challenges of the Plugin Federation Network.

use crate::answer;
use crate::document::{Document, unreadable};
use crate::options::Options;
use fedverify::pfn::{
    Challenge, PluginArchive, PluginRecord, PublisherKey, VerifiedChallenge, VerifiedPlugin,
};
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Limits, PackageHasher};
use std::io::Cursor;
use wasm_bindgen::prelude::wasm_bindgen;

/// Verifies the answer to an ownership challenge.
#[wasm_bindgen(js_name = verifyChallenge)]
pub fn verify_challenge(key: Document, challenge: &str, signature: &str, options: &Options) -> String {
    answer::of_report(&match challenge_of(key, challenge, signature, options.limits()) {
        Ok(challenge) => Report::of_challenge(&challenge),
        Err(error) => Report::refused(Kind::PfnChallenge, &error),
    })
}

fn challenge_of(
    key: Document,
    challenge: &str,
    signature: &str,
    limits: &Limits,
) -> Result<VerifiedChallenge, Error> {
    let key = PublisherKey::parse(&key.read(Check::PfnKey)?, limits)?;
    Challenge::new(challenge, limits)?.verify(&key, signature)
}

/// A plugin record, and its archive between the first byte and the last.
///
/// The archive is kept in memory as it comes: its list of entries stands at its end, and JavaScript has nothing that could
/// be read there and then at any place.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PluginCheck {
    record: Result<Box<VerifiedPlugin>, Error>,
    hasher: PackageHasher,
    archive: Vec<u8>,
    limits: Limits,
}

#[wasm_bindgen]
impl PluginCheck {
    /// Verifies the record.
    #[wasm_bindgen(constructor)]
    pub fn new(key: Document, plugin: Document, signature: Option<String>, options: &Options) -> PluginCheck {
        let limits = *options.limits();
        let record = record(key, plugin, signature.as_deref(), &limits).map(Box::new);
        PluginCheck { record, hasher: PackageHasher::new(&limits), archive: Vec::new(), limits }
    }

    /// The answer, if the plugin is refused whatever its archive.
    pub fn refusal(&self) -> Option<String> {
        self.record.as_ref().err().map(refused)
    }

    /// Takes the next bytes of the archive; false if no more are wanted.
    pub fn update(&mut self, bytes: &[u8]) -> bool {
        if let Err(error) = self.keep(bytes) {
            self.record = Err(error.at(Check::PfnArchive));
        }
        self.record.is_ok()
    }

    /// The verdict on the record alone.
    #[wasm_bindgen(js_name = finishWithoutArchive)]
    pub fn finish_without_archive(self) -> String {
        answer_on(self.record)
    }

    /// The verdict on the record and all bytes taken.
    #[wasm_bindgen(js_name = finishWithArchive)]
    pub fn finish_with_archive(self, signature: Option<String>) -> String {
        let (hasher, archive, limits) = (self.hasher, self.archive, self.limits);
        answer_on(self.record.and_then(|plugin| {
            let archive = PluginArchive::read(Cursor::new(archive), hasher.finish(), &limits)?;
            plugin.with_archive(&archive, signature.as_deref()).map(Box::new)
        }))
    }

    /// The answer where the archive could not be read to its end. `missing` says that there is no such file.
    pub fn unreadable(self, missing: bool, reason: &str) -> String {
        let failure = |_| Err(unreadable("archive", missing, reason).at(Check::PfnArchive));
        answer_on(self.record.and_then(failure))
    }
}

impl PluginCheck {
    fn keep(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hasher.update(bytes)?;
        let has_room = self.archive.try_reserve(bytes.len()).is_ok();
        if !has_room {
            return Err(unreadable("archive", false, "there is not enough memory to hold it"));
        }
        self.archive.extend_from_slice(bytes);
        Ok(())
    }
}

fn record(
    key: Document,
    plugin: Document,
    signature: Option<&str>,
    limits: &Limits,
) -> Result<VerifiedPlugin, Error> {
    let key = PublisherKey::parse(&key.read(Check::PfnKey)?, limits)?;
    PluginRecord::parse(&plugin.read(Check::PfnPlugin)?, limits)?.verify(&key, signature)
}

fn answer_on(plugin: Result<Box<VerifiedPlugin>, Error>) -> String {
    match plugin {
        Ok(plugin) => answer::of_report(&Report::of_plugin(&plugin)),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> String {
    answer::of_report(&Report::refused(Kind::PfnPlugin, error))
}
