//! What is remembered of an identity: taken before a verification, kept after it.

use crate::job::Job;
use crate::pin_store::{self, PinStore};
use fedverify::fair::Publisher;
use fedverify::tables::InputName;
use fedverify::{Did, Error, Limits, PlcDid, Report, Verification};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Whether and where to remember.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// Not at all.
    Nowhere,
    /// Nowhere, but the report offers the pin of a first visit, which its reader keeps or does not.
    Report,
    /// In the identity's file of the user's state folder.
    Default,
    /// In this file.
    File(PathBuf),
}

impl Place {
    fn path(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            Place::Nowhere | Place::Report | Place::Default => None,
        }
    }

    /// What is remembered there of an identity, to look at only: nothing is locked, created or kept. `None` if nothing is remembered.
    pub(crate) fn look(&self, did: &str, limits: &Limits) -> Option<Result<Vec<u8>, Error>> {
        match self {
            Place::Nowhere | Place::Report => None,
            // Only did:plc identities have pins.
            Place::Default if did.parse::<PlcDid>().is_err() => None,
            Place::Default | Place::File(_) => pin_store::look(self.path(), did, limits).transpose(),
        }
    }
}

/// The memory of one run.
pub(crate) struct Memory {
    store: Option<PinStore>,
}

impl Memory {
    /// Takes the pin of the identity for the job, and waits up to `patience` while another run has it. A pin that is not
    /// available is core's to report, after it has judged the log.
    pub(crate) fn open(place: &Place, did: &str, patience: Duration, job: &mut Job<'_>) -> Self {
        let nothing = Memory { store: None };
        match (place, did.parse()) {
            (Place::Nowhere, _) => nothing,
            (Place::Report, _) => {
                job.offer_pin();
                nothing
            }
            (_, Ok(Did::Plc(did))) => Memory::take(place.path(), did.as_str(), patience, job),
            (Place::Default, _) => nothing,
            // Other identities have no pins. A user who asks for one must not seem to get it: core says so. The file is not touched.
            (Place::File(_), _) => {
                job.flag(InputName::Remember, true);
                nothing
            }
        }
    }

    fn take(path: Option<&Path>, did: &str, patience: Duration, job: &mut Job<'_>) -> Self {
        job.flag(InputName::Remember, true);
        let store = match PinStore::open(path, did, patience) {
            Ok(store) => store,
            Err(error) => {
                job.bytes(InputName::Pin, Err(error));
                return Memory { store: None };
            }
        };
        if let Some(pin) = store.load(job.limits()).transpose() {
            job.bytes(InputName::Pin, pin.map(Cow::Owned));
        }
        Memory { store: Some(store) }
    }

    /// Verifies a job over files, and remembers it.
    pub(crate) fn report(self, job: &Job<'_>) -> Report {
        let mut verification = job.start();
        self.keep_proven(&verification);
        job.stream_into(&mut verification);
        self.keep(verification.finish())
    }

    /// Keeps the pin as soon as the log is proven: whoever serves the rest could otherwise stall until the run is
    /// interrupted.
    pub(crate) fn keep_proven(&self, verification: &Verification) {
        if let (Some(store), Some(pin)) = (&self.store, verification.publisher().and_then(Publisher::pin)) {
            // The report will say it: the same pin, or a newer one, is kept at the end.
            let _said_later = store.save(pin);
        }
    }

    /// Keeps the pin of a report, whatever the verdict: what was proven is remembered even where something else then
    /// failed. This comes before anyone hears of the verdict, since one that is not remembered could be undone.
    pub(crate) fn keep(self, report: Report) -> Report {
        match (self.store, report.pin()) {
            (Some(store), Some(pin)) => match store.save(pin) {
                Ok(()) => report,
                Err(error) => report.not_remembered(error),
            },
            // Without a pin in the report nothing was proven, and the old one stays.
            (Some(_) | None, _) => report,
        }
    }
}
