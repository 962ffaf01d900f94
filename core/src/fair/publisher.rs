//! Who publishes a package, and on what ground that is believed.

use crate::error::Error;
use crate::host::{self, Reach};
use crate::key::DidKey;
use crate::pin::Pin;
use crate::plc::{Identity, Service, State};
use crate::quote::quote;
use crate::tables::{Code, Trust};
use crate::web::WebDocument;

/// The type of the service whose endpoint serves the metadata document.
const REPOSITORY_SERVICE: &str = "FairPackageManagementRepo";

/// The identity that a release belongs to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Publisher {
    /// A did:plc, verified through its whole log.
    Plc(Identity),
    /// A did:web, as its web server says.
    Web(WebDocument),
}

impl Publisher {
    /// The DID.
    pub fn did(&self) -> &str {
        match self {
            Publisher::Plc(identity) => identity.did().as_str(),
            Publisher::Web(document) => document.did().as_str(),
        }
    }

    /// What a verdict about the publisher rests on.
    pub fn trust(&self) -> Trust {
        match self {
            Publisher::Plc(_) => Trust::SelfCertified,
            Publisher::Web(_) => Trust::Web,
        }
    }

    /// What was remembered of the publisher; only a did:plc is.
    pub fn pin(&self) -> Option<&Pin> {
        match self {
            Publisher::Plc(identity) => identity.pin(),
            Publisher::Web(_) => None,
        }
    }

    /// Whether the pin is one that the caller did not ask for.
    pub(super) fn only_offers_pin(&self) -> bool {
        matches!(self, Publisher::Plc(identity) if identity.only_offers_pin())
    }

    /// Other names that the publisher claims.
    pub fn also_known_as(&self) -> &[String] {
        match self {
            Publisher::Plc(identity) => identity.state().map(State::also_known_as).unwrap_or_default(),
            Publisher::Web(document) => document.also_known_as(),
        }
    }

    /// The URL of the publisher's package repository: the endpoint of its first service of the type
    /// `FairPackageManagementRepo` (fair.md, "Repository endpoint"). Of a did:plc the first in canonical order, which the
    /// publisher signed; of a did:web the first of the document.
    ///
    /// # Errors
    ///
    /// [`Code::PlcTombstoned`], [`Code::FairServiceMissing`], [`Code::FairServiceInvalid`].
    pub fn repository(&self, reach: Reach) -> Result<&str, Error> {
        match self {
            Publisher::Plc(identity) => repository(repository_service(identity)?, reach),
            Publisher::Web(document) => repository(document.first_service(REPOSITORY_SERVICE), reach),
        }
    }

    /// The keys by their ids.
    pub(super) fn verification_methods(&self) -> Result<Vec<(&str, &DidKey)>, Error> {
        match self {
            Publisher::Plc(identity) => Ok(current_state(identity)?.verification_methods().iter().collect()),
            Publisher::Web(document) => Ok(document.verification_methods().collect()),
        }
    }

    /// The ids of methods that are keys no more.
    pub(super) fn withdrawn_methods(&self) -> &[String] {
        match self {
            Publisher::Plc(_) => &[],
            Publisher::Web(document) => document.withdrawn(),
        }
    }

    /// Refuses an identity that was deactivated.
    ///
    /// # Errors
    ///
    /// [`Code::PlcTombstoned`].
    pub fn check_active(&self) -> Result<(), Error> {
        match self {
            Publisher::Plc(identity) => current_state(identity).map(drop),
            Publisher::Web(_) => Ok(()),
        }
    }
}

impl Identity {
    /// The URL of the identity's package repository, as [`Publisher::repository`] gives it.
    ///
    /// # Errors
    ///
    /// [`Code::PlcTombstoned`], [`Code::FairServiceMissing`], [`Code::FairServiceInvalid`].
    pub fn repository(&self) -> Result<&str, Error> {
        repository(repository_service(self)?, Reach::Public)
    }
}

impl WebDocument {
    /// The URL of the identity's package repository, as [`Publisher::repository`] gives it.
    ///
    /// # Errors
    ///
    /// [`Code::FairServiceMissing`], [`Code::FairServiceInvalid`].
    pub fn repository(&self) -> Result<&str, Error> {
        repository(self.first_service(REPOSITORY_SERVICE), Reach::Public)
    }
}

/// The first repository service. Those of a log always have a string as their endpoint.
fn repository_service(identity: &Identity) -> Result<Option<Option<&Service>>, Error> {
    let mut services = current_state(identity)?.services().iter().map(|(_, service)| service);
    Ok(services.find(|service| service.service_type() == REPOSITORY_SERVICE).map(Some))
}

/// Only the first service counts, also where its endpoint is none that FAIR reads.
fn repository(first: Option<Option<&Service>>, reach: Reach) -> Result<&str, Error> {
    let service = first.ok_or_else(|| {
        let message = format!("expected a service of type {REPOSITORY_SERVICE}, found none");
        Error::new(Code::FairServiceMissing, message)
    })?;
    let service = service.ok_or_else(|| {
        let message = format!(
            "expected a string as the endpoint of the first service of type {REPOSITORY_SERVICE}, found none"
        );
        Error::new(Code::FairServiceMissing, message)
    })?;
    let endpoint = service.endpoint();
    host::check_https(endpoint, reach).map_err(|fault| {
        let message =
            format!("expected an absolute https URL of a repository, found {}: {fault}", quote(endpoint));
        Error::new(Code::FairServiceInvalid, message)
    })?;
    Ok(endpoint)
}

/// The state of an identity that was not deactivated.
fn current_state(identity: &Identity) -> Result<&State, Error> {
    identity.state().ok_or_else(|| {
        let message = "the identity was deactivated by a tombstone: it has no keys and no services";
        Error::new(Code::PlcTombstoned, message).with_cid(identity.head())
    })
}
