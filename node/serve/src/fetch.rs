//! Asking publishers, with the client that the command has, too.

use fedverify::{Error, NetworkFault, Reach, quote_url};
use fedverify_net::{Asked, Client, Options, Private, Proxies, Question, Request, Retries, Source};
use fedverify_node::Fetch;
use std::sync::Arc;
use std::time::Duration;

const USER_AGENT: &str = concat!("fedverify-node/", env!("CARGO_PKG_VERSION"));

/// The longest that any fetch may take, whatever the settings say.
const MAX_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// A client for each reach. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Fetcher {
    public: Arc<Client>,
    private: Arc<Client>,
}

impl Default for Fetcher {
    fn default() -> Self {
        let client = |private| {
            Arc::new(Client::new(Options {
                user_agent: USER_AGENT,
                timeout: MAX_TIMEOUT,
                private,
                dns_server: None,
                // A proxy looks names up itself, and nothing here could judge where they lead.
                proxies: Proxies::Never,
                // The schedule comes back to what failed.
                retries: Retries::None,
            }))
        };
        Fetcher { public: client(Private::Refused), private: client(Private::Allowed) }
    }
}

impl Fetcher {
    /// Asks, and waits for the response. URLs count as named by a server: strangers run the instances.
    pub(crate) fn fetch(&self, fetch: &Fetch) -> Result<Vec<u8>, Error> {
        fetch.reach.check_url(&fetch.url).map_err(|what| error(NetworkFault::Insecure, &fetch.url, what))?;
        let client = match fetch.reach {
            Reach::Public => &self.public,
            Reach::Loopback => &self.private,
        };
        // Documents and archives alike are taken whatever content type the publisher gives them.
        let asked = Asked::Package;
        let question = fetch.json.as_deref().map(|json| Question {
            json,
            reason: fedverify_node::reason,
            max_reason_bytes: fedverify_node::MAX_REASON_BYTES,
        });
        let request = Request { url: &fetch.url, source: Source::Server, asked, question };
        let client = client.within(Duration::from_millis(fetch.timeout_ms));
        let answer = client.document(request, fetch.max_bytes)?;
        if u64::try_from(answer.len()).map_or(true, |size| size > fetch.max_bytes) {
            let what = format!("the response has more than {} bytes", fetch.max_bytes);
            return Err(error(NetworkFault::Answer, &fetch.url, &what));
        }
        Ok(answer)
    }
}

fn error(fault: NetworkFault, url: &str, what: &str) -> Error {
    Error::unreachable(fault, format!("{} could not be fetched: {what}", quote_url(url)))
}
