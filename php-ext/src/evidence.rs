//! What proves a publisher, kept so that what rests on it can be verified: a log, or the document of a did:web.

use crate::arguments::Arguments;
use crate::method::Refusal;
use crate::report::Report;
use crate::verifier::Call;
use fedverify::Limits;
use fedverify::fair::Alias;
use fedverify::tables::{InputName, Kind};
use std::sync::Arc;

/// The inputs that proved a publisher. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Evidence {
    pub(crate) did: Arc<[u8]>,
    pub(crate) proof: Proof,
    pub(crate) now: i64,
    pub(crate) limits: Limits,
}

/// What was verified.
#[derive(Clone)]
pub(crate) enum Proof {
    /// The log of a did:plc, and the pin that it was verified with; on a first visit the one that came of it.
    Log { log: Arc<[u8]>, pin: Arc<[u8]> },
    /// The document of a did:web.
    Document(Arc<[u8]>),
}

impl Evidence {
    /// A call that proves the publisher, and remembers where there is something to remember. `pin` takes the place of the pin
    /// that is held. The one that is held from a first visit saves this second walk its signature checks.
    pub(crate) fn call<'c>(&'c self, kind: Kind, pin: Option<&'c [u8]>) -> Call<'c> {
        let did: &[u8] = &self.did;
        let call = Call::new(kind, self.limits).with(InputName::Did, did).with(InputName::Now, self.now);
        match &self.proof {
            Proof::Log { log, pin: held } => {
                let (log, held): (&[u8], &[u8]) = (log, held);
                let call = call.with(InputName::Log, log).with(InputName::Pin, pin.unwrap_or(held));
                call.with(InputName::Remember, true)
            }
            Proof::Document(document) => {
                let document: &[u8] = document;
                let call = call.with(InputName::Document, document);
                // Core refuses it, since nothing is remembered of a did:web.
                if pin.is_some() { call.with(InputName::Pin, pin) } else { call }
            }
        }
    }

    /// The same, with other limits, and with this pin if there is one.
    pub(crate) fn judged_by(&self, pin: Option<&[u8]>, limits: Limits) -> Self {
        let proof = match (&self.proof, pin) {
            (Proof::Log { log, .. }, Some(pin)) => Proof::Log { log: log.clone(), pin: pin.into() },
            (proof @ (Proof::Log { .. } | Proof::Document(_)), _) => proof.clone(),
        };
        Evidence { proof, limits, ..self.clone() }
    }

    /// Verifies a package.
    pub(crate) fn package(&self, arguments: &Arguments<'_>) -> Result<Report, Refusal> {
        self.call(Kind::FairPackage, arguments.bytes("pin"))
            .with_limits(arguments)
            .with(InputName::Metadata, arguments.required_bytes("metadataJson"))
            .with(InputName::Release, arguments.bytes("version"))
            .with_package(arguments, false)
            .report()
    }

    /// The name of the TXT records that confirm the claimed alias, if one is claimed.
    pub(crate) fn alias_record_name(&self) -> Result<Option<String>, Refusal> {
        let no_records: &[u8] = b"";
        let outcome = self.call(Kind::FairAlias, None).with(InputName::Txt, no_records).run();
        match outcome.publisher.map(|publisher| Alias::from_names(publisher.also_known_as())) {
            Some(Ok(alias)) => Ok(alias.map(|alias| alias.record_name())),
            // The report says what is wrong with the claim.
            Some(Err(_)) | None => Err(Box::new(outcome.report)),
        }
    }

    /// Compares TXT records with the claimed alias.
    pub(crate) fn confirm_alias(&self, arguments: &Arguments<'_>) -> Result<Report, Refusal> {
        let records = arguments.required_bytes("txtRecords");
        self.call(Kind::FairAlias, None).with(InputName::Txt, records).report()
    }
}
