//! Archives in a bucket of S3, R2 or another store that speaks the same. Where it is and with which keys is in the environment, by
//! the names that Amazon's own tools read. The requests go through the HTTP client that the node has already.

use fedverify_node::Fault;
use http_body_util::BodyExt;
use object_store::aws::AmazonS3Builder;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody,
    HttpService,
};
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::http::{Request, Response, Uri};
use ureq::typestate::AgentScope;

/// What must be set: the other ways to get keys ask servers that only some machines can reach.
const REQUIRED: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// How long one request may take. What fails is tried again by `object_store`, for up to three minutes.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The most bytes of a response. An archive has at most 32 MiB, unless the operator says otherwise.
const MAX_ANSWER_BYTES: u64 = 1 << 30;

/// The bucket of `BUCKET[/PREFIX]`.
pub(crate) fn open(place: &str) -> Result<Arc<dyn ObjectStore>, Fault> {
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        return Err(Fault::new("expected s3://BUCKET or s3://BUCKET/PREFIX, found no bucket"));
    }
    let is_set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    if let Some(missing) = REQUIRED.iter().find(|name| !is_set(name)) {
        return Err(Fault::new(format!("{missing} is not set, which a bucket needs")));
    }
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_http_connector(Connector);
    let store = builder.build().map_err(Fault::new)?;
    let prefix = prefix.trim_matches('/');
    if prefix.is_empty() { Ok(Arc::new(store)) } else { Ok(Arc::new(PrefixStore::new(store, prefix))) }
}

#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let tls = fedverify_net::tls()
            .map_err(|error| object_store::Error::Generic { store: "S3", source: Box::new(error) })?;
        // Requests to this machine never go to a proxy: it is elsewhere, and would read them.
        let elsewhere = config(TIMEOUT).tls_config(tls.clone()).build().into();
        let here = config(TIMEOUT).tls_config(tls).proxy(None).build().into();
        Ok(HttpClient::new(Client { elsewhere, here }))
    }
}

/// Nothing is decoded, and the timeout is for the whole request.
fn config(timeout: Duration) -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .accept_encoding("identity")
        .timeout_global(Some(timeout))
}

/// The client, whose requests block a thread of their own.
#[derive(Debug, Clone)]
struct Client {
    elsewhere: Agent,
    here: Agent,
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for Client {
    fn call<'life0, 'async_trait>(&'life0 self, request: HttpRequest) -> Answer<'async_trait>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        let Client { elsewhere, here } = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes().to_vec();
            if !is_private(&parts.uri) {
                let what = "expected https, or http to loopback: keys and archives are not sent in the clear";
                return Err(HttpError::new(HttpErrorKind::Unknown, std::io::Error::other(what)));
            }
            let agent = if is_loopback(&parts.uri) { here } else { elsewhere };
            let answer = tokio::task::spawn_blocking(move || {
                send(&agent, Request::from_parts(parts, body), MAX_ANSWER_BYTES)
            });
            answer.await.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?
        })
    }
}

/// Whether nobody on the way can read what is sent.
fn is_private(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || is_loopback(uri)
}

fn is_loopback(uri: &Uri) -> bool {
    matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

fn send(agent: &Agent, request: Request<Vec<u8>>, max_bytes: u64) -> Result<HttpResponse, HttpError> {
    let (parts, body) = request.into_parts();
    let answer = if body.is_empty() {
        agent.run(Request::from_parts(parts, ()))
    } else {
        agent.run(Request::from_parts(parts, body))
    };
    let (parts, mut body) = answer.map_err(of_client)?.into_parts();
    let bytes = body.with_config().limit(max_bytes).read_to_vec().map_err(of_client)?;
    Ok(Response::from_parts(parts, HttpResponseBody::from(bytes)))
}

/// An error of the client, in the kinds by which `object_store` decides whether to try again.
fn of_client(error: ureq::Error) -> HttpError {
    let kind = if matches!(error, ureq::Error::Timeout(_)) {
        HttpErrorKind::Timeout
    } else if matches!(error, ureq::Error::ConnectionFailed | ureq::Error::HostNotFound) {
        HttpErrorKind::Connect
    } else if matches!(error, ureq::Error::Io(_)) {
        HttpErrorKind::Interrupted
    } else {
        HttpErrorKind::Unknown
    };
    HttpError::new(kind, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify_kit::server::{Answer, DRIPPED, Endless, IN_BUFFERS, Server};
    use std::thread;

    /// What became of the response of a store, and how many bytes of it were taken.
    #[derive(Debug)]
    struct Outcome {
        what: String,
        kind: Option<HttpErrorKind>,
        taken: u64,
    }

    const MAX_BYTES: u64 = 100_000;

    /// Asks all of them at the same time.
    fn ask(answers: Vec<(String, Answer)>, timeout: Duration) -> Vec<Outcome> {
        let agent: Agent = config(timeout).proxy(None).build().into();
        let ask = |(what, answer): (String, Answer)| {
            let server = Server::start();
            server.serve("/", answer);
            let request = Request::get(server.url("/")).body(Vec::new()).unwrap();
            let kind = send(&agent, request, MAX_BYTES).err().map(|error| error.kind());
            Outcome { what, kind, taken: server.taken("/") }
        };
        thread::scope(|scope| {
            let asked: Vec<_> = answers.into_iter().map(|answer| scope.spawn(move || ask(answer))).collect();
            asked.into_iter().map(|outcome| outcome.join().unwrap()).collect()
        })
    }

    #[test]
    fn a_store_that_answers_byte_by_byte_or_never_ends_in_time() {
        let drips =
            Endless::ALL.iter().map(|endless| (format!("drip: {}", endless.what), endless.dripping()));
        let silence = ("silence".to_owned(), Answer::silence());
        // Trailers are thrown away as they come, and no limit of bytes ends them.
        let trailers = Endless::ALL.iter().find(|endless| endless.what == "trailers").unwrap();
        let flood = ("flood: trailers".to_owned(), trailers.flooding());
        for outcome in ask(drips.chain([silence, flood]).collect(), Duration::from_secs(1)) {
            assert_eq!(outcome.kind, Some(HttpErrorKind::Timeout), "{outcome:?}");
            assert!(outcome.taken < DRIPPED || !outcome.what.starts_with("drip"), "{outcome:?}");
        }
    }

    #[test]
    fn a_store_without_end_ends_at_its_bytes() {
        let floods = Endless::ALL.iter().filter(|endless| endless.what != "trailers");
        let floods = floods.map(|endless| (format!("flood: {}", endless.what), endless.flooding()));
        for outcome in ask(floods.collect(), TIMEOUT) {
            assert_eq!(outcome.kind, Some(HttpErrorKind::Unknown), "{outcome:?}");
            assert!(outcome.taken < MAX_BYTES + IN_BUFFERS, "{outcome:?}");
        }
    }

    #[test]
    fn nothing_is_sent_in_the_clear() {
        for (url, expected) in [
            ("https://s3.example/bucket", true),
            ("http://127.0.0.1:9000/bucket", true),
            ("http://s3.example/bucket", false),
            ("http://169.254.169.254/latest", false),
        ] {
            assert_eq!(is_private(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
