//! Whom to verify: a DID, or the one that the DNS of a domain names (fair.md, "Domain alias").

use fedverify::fair::Alias;
use fedverify::tables::Check;
use fedverify::{Error, NetworkFault, quote};
use fedverify_net::dns;
use std::net::SocketAddr;
use std::time::Duration;

/// What `fair://` and a domain start with.
const SCHEME: &str = "fair://";

/// A DID as it was named.
pub(super) struct Subject {
    /// Empty where there is none.
    pub(super) did: String,
    /// The alias that led to the DID: its identity must claim it.
    pub(super) alias: Option<Alias>,
    /// Why there is no DID.
    pub(super) fault: Option<Error>,
}

impl Subject {
    /// Looks an alias up; a DID is taken as it is.
    pub(super) fn find(name: &str, server: Option<SocketAddr>, timeout: Duration) -> Self {
        if !name.starts_with(SCHEME) {
            return Subject { did: name.to_owned(), alias: None, fault: None };
        }
        match look_up(name, server, timeout) {
            Ok((alias, did)) => Subject { did, alias: Some(alias), fault: None },
            Err(error) => Subject { did: String::new(), alias: None, fault: Some(error.at(Check::Did)) },
        }
    }
}

fn look_up(url: &str, server: Option<SocketAddr>, timeout: Duration) -> Result<(Alias, String), Error> {
    let alias = Alias::from_url(url)?;
    let name = alias.record_name();
    let records = dns::txt(&name, server, timeout).map_err(|error| {
        let why = format!("{} cannot be looked up: {}", quote(&name), quote(&error.to_string()));
        Error::unreachable(NetworkFault::Dns, why)
    })?;
    let did = alias.named_did(&records)?.to_owned();
    Ok((alias, did))
}
