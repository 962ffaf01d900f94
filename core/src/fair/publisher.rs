//! Who publishes a package, and on what ground that is believed.

use crate::error::Error;
use crate::tables::{Code, Trust};
use crate::key::DidKey;
use crate::pin::Pin;
use crate::plc::{Identity, Service, State};
use crate::web::WebIdentity;

/// The type of the service whose endpoint serves the metadata document.
const REPOSITORY_SERVICE: &str = "FairPackageManagementRepo";

/// The identity that a release belongs to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Publisher {
    /// A did:plc, verified through its whole log.
    Plc(Identity),
    /// A did:web, as its web server says.
    Web(WebIdentity),
}

impl Publisher {
    /// The DID.
    pub fn did(&self) -> &str {
        match self {
            Publisher::Plc(identity) => identity.did().as_str(),
            Publisher::Web(identity) => identity.did().as_str(),
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

    /// The keys by their ids.
    pub(super) fn verification_methods(&self) -> Result<Vec<(&str, &DidKey)>, Error> {
        match self {
            Publisher::Plc(identity) => Ok(current_state(identity)?.verification_methods().iter().collect()),
            Publisher::Web(identity) => Ok(identity.verification_methods().collect()),
        }
    }

    /// Refuses an identity that was deactivated. Errors: [`Code::PlcTombstoned`].
    pub(super) fn check_active(&self) -> Result<(), Error> {
        match self {
            Publisher::Plc(identity) => current_state(identity).map(drop),
            Publisher::Web(_) => Ok(()),
        }
    }

    pub(super) fn repository(&self) -> Result<&str, Error> {
        match self {
            Publisher::Plc(identity) => identity.repository(),
            Publisher::Web(identity) => identity.repository(),
        }
    }
}

impl Identity {
    /// The address of the identity's package repository: the endpoint of its first service of the type
    /// `FairPackageManagementRepo`. The first in canonical order, which the publisher signed.
    ///
    /// Errors: [`Code::PlcTombstoned`], [`Code::FairServiceMissing`].
    pub fn repository(&self) -> Result<&str, Error> {
        first_repository(current_state(self)?.services().iter().map(|(_, service)| service))
    }
}

impl WebIdentity {
    /// The address of the identity's package repository: the endpoint of the document's first service of the type
    /// `FairPackageManagementRepo`.
    ///
    /// Errors: [`Code::FairServiceMissing`].
    pub fn repository(&self) -> Result<&str, Error> {
        first_repository(self.services().map(|(_, service)| service))
    }
}

fn first_repository<'s>(mut services: impl Iterator<Item = &'s Service>) -> Result<&'s str, Error> {
    let repository = services.find(|service| service.service_type() == REPOSITORY_SERVICE);
    repository.map(Service::endpoint).ok_or_else(|| {
        Error::new(
            Code::FairServiceMissing,
            format!("expected a service of type {REPOSITORY_SERVICE}, found none"),
        )
    })
}

/// The state of an identity that was not deactivated.
fn current_state(identity: &Identity) -> Result<&State, Error> {
    identity.state().ok_or_else(|| {
        let message = "the identity was deactivated by a tombstone: it holds no keys and no services";
        Error::new(Code::PlcTombstoned, message).with_cid(identity.head())
    })
}
