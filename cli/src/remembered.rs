//! Verifying against what is remembered of an identity.

use crate::pin_store::PinStore;
use fedverify::report::Check;
use fedverify::{Error, Identity, Limits, Log, Pin, PlcDid, VerifiedPackage};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Whether, where and when to remember.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    pub(crate) place: Place,
    /// The verifier's clock: seconds since 1970.
    pub(crate) now: u64,
    /// How long to wait while another run has the pin.
    pub(crate) patience: Duration,
}

/// Whether and where to remember.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// Not at all.
    Nowhere,
    /// In the identity's file of the user's state folder.
    Default,
    /// In this file.
    File(PathBuf),
}

impl Place {
    fn path(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            Place::Nowhere | Place::Default => None,
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
    pub(crate) fn verify(log: Log, did: &PlcDid, memory: &Memory, limits: &Limits) -> Result<Self, Error> {
        if let Place::Nowhere = memory.place {
            return Ok(Remembered { identity: log.verify(did)?, store: None });
        }
        match load(did.as_str(), memory, limits) {
            Ok((store, pin)) => {
                let identity = log.verify_remembering(did, pin.as_ref(), memory.now)?;
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

fn load(did: &str, memory: &Memory, limits: &Limits) -> Result<(PinStore, Option<Pin>), Error> {
    let store = PinStore::open(memory.place.path(), did, memory.patience)?;
    let pin = store.load(limits)?;
    Ok((store, pin))
}
