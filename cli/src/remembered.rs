//! Verifying against what is remembered of an identity.

use crate::clock;
use crate::pin_store::PinStore;
use fedverify::report::Check;
use fedverify::{Error, Identity, Limits, Log, Pin, PlcDid, VerifiedPackage};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Whether and where to remember.
#[derive(Debug, Clone)]
pub(crate) enum Memory {
    /// Not at all.
    Off,
    /// In the identity's file of the user's state folder.
    Default,
    /// In this file.
    File(PathBuf),
}

impl Memory {
    fn path(&self) -> Option<&Path> {
        match self {
            Memory::File(path) => Some(path),
            Memory::Off | Memory::Default => None,
        }
    }
}

/// An identity, and where it is remembered. Nothing is written before [`Remembered::keep`].
pub(crate) struct Remembered {
    pub(crate) identity: Identity,
    store: Option<PinStore>,
}

impl Remembered {
    /// Verifies a log against what is remembered of the identity.
    ///
    /// Where that cannot be had, the log is judged by itself first: then the report says truly which steps passed.
    pub(crate) fn verify(
        log: Log,
        did: &PlcDid,
        memory: &Memory,
        limits: &Limits,
        patience: Duration,
    ) -> Result<Self, Error> {
        if let Memory::Off = memory {
            return Ok(Remembered { identity: log.verify(did)?, store: None });
        }
        match load(did.as_str(), memory, limits, patience) {
            Ok((store, pin)) => {
                let identity = log.verify_remembering(did, pin.as_ref(), clock::now())?;
                Ok(Remembered { identity, store: Some(store) })
            }
            Err(error) => {
                log.verify(did)?;
                Err(error.at(Check::PinLog))
            }
        }
    }

    /// Keeps the pin of a verdict.
    pub(crate) fn keep(&self, pin: Option<&Pin>) -> Result<(), Error> {
        match (&self.store, pin) {
            (Some(store), Some(pin)) => store.save(pin),
            (Some(_) | None, _) => Ok(()),
        }
    }

    /// Keeps the pin of a verified package, before anybody hears of the verdict: a verdict that is not remembered could
    /// be undone.
    pub(crate) fn keep_package(&self, package: VerifiedPackage) -> Result<VerifiedPackage, Error> {
        self.keep(package.pin().as_ref()).map_err(|error| error.at(Check::PinPackage))?;
        Ok(package)
    }
}

fn load(
    did: &str,
    memory: &Memory,
    limits: &Limits,
    patience: Duration,
) -> Result<(PinStore, Option<Pin>), Error> {
    let store = PinStore::open(memory.path(), did, patience)?;
    let pin = store.load(limits)?;
    Ok((store, pin))
}
