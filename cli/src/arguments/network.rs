//! Whom to ask, and how far names and URLs may lead.

use super::values;
use clap::Args;
use fedverify_net::{Client, Options, Private, Proxies, Retries};
use std::net::SocketAddr;
use std::time::Duration;

/// Names the verifier to servers.
const USER_AGENT: &str = concat!("fedverify/", env!("CARGO_PKG_VERSION"));

/// Where the logs of did:plc identities are fetched, and how.
#[derive(Debug, Args)]
pub(crate) struct Network {
    /// The directory of did:plc logs, or a mirror; given several times, all are asked and must agree
    #[arg(long, value_name = "URL", default_value = "https://plc.directory", value_parser = values::directory)]
    pub(crate) plc_url: Vec<String>,

    /// Let URLs lead to this machine and into private networks, whoever named them; the report says which did
    #[arg(long)]
    pub(crate) allow_private: bool,

    /// The name server to ask, such as 192.0.2.1:53 [default: names are resolved as the system does]
    #[arg(long, value_name = "ADDRESS", value_parser = values::name_server)]
    pub(crate) dns_server: Option<SocketAddr>,

    /// How long each fetch may take; a body that is still arriving may take longer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

impl Network {
    /// A client with these settings.
    pub(crate) fn client(&self) -> Client {
        let private = if self.allow_private { Private::Allowed } else { Private::Refused };
        Client::new(Options {
            user_agent: USER_AGENT,
            timeout: self.timeout(),
            private,
            dns_server: self.dns_server,
            proxies: Proxies::OfEnvironment,
            retries: Retries::Few,
        })
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}
