//! Which service of the document is the repository.

use super::published::{DID, REPOSITORY_URL, WebPublished, service};
use crate::case::Case;
use crate::cases::publisher::REPOSITORY;
use crate::json::Json;

const RULE: &str = r#"fair.md, "did:web documents""#;
const ENDPOINT: &str = r#"fair.md, "Repository endpoint""#;
const MISSING: &str = "fair.service.missing";
const INVALID: &str = "fair.service.invalid";
const OTHER_URL: &str = "https://other.example/fair.json";

pub(super) fn cases() -> Vec<Case> {
    [accepted(), missing(), invalid()].concat()
}

fn with(services: impl IntoIterator<Item = Json>) -> WebPublished {
    WebPublished::new().services(services)
}

fn repository(id: &str, url: impl Into<Json>) -> Json {
    service(id, REPOSITORY, url)
}

fn accepted() -> Vec<Case> {
    let verified = |name: &str, about: &str, services: Vec<Json>| {
        with(services).verified(&format!("service-{name}"), RULE, about, &[])
    };
    let whole = format!("{DID}#fairpm_repo");
    let other = service("#pds", "AtprotoPersonalDataServer", OTHER_URL);
    vec![
        verified(
            "relative-id",
            "The id is the fragment alone.",
            vec![repository("#fairpm_repo", REPOSITORY_URL)],
        ),
        verified("whole-id", "The id is written whole.", vec![repository(&whole, REPOSITORY_URL)]),
        verified(
            "any-id",
            "The id does not matter; the type does.",
            vec![repository("#packages", REPOSITORY_URL)],
        ),
        verified(
            "first-of-two",
            "Two repositories: the first in the document's order counts.",
            vec![repository("#zzz", REPOSITORY_URL), repository("#a", OTHER_URL)],
        ),
        verified(
            "after-other-type",
            "A service of another type comes first.",
            vec![other, repository("#fairpm_repo", REPOSITORY_URL)],
        ),
        verified(
            "after-other-did",
            "The first repository has the id of another DID.",
            vec![repository("did:web:other.example#repo", OTHER_URL), repository("#repo", REPOSITORY_URL)],
        ),
    ]
}

fn missing() -> Vec<Case> {
    let missing = |name: &str, about: &str, published: WebPublished| {
        published.rejected(&format!("service-{name}"), RULE, about, MISSING).fact("repository", ())
    };
    let only = |service: Json| with([service]);
    vec![
        missing(
            "none",
            "The document has no services.",
            WebPublished::new().edit(|document| document.remove("service")),
        ),
        missing("empty", "The list of services is empty.", with([])),
        missing(
            "other-type",
            "The service has another type.",
            only(service("#repo", "LinkedDomains", REPOSITORY_URL)),
        ),
        missing(
            "type-lower-case",
            "The type is in lower case.",
            only(service("#repo", "fairpackagemanagementrepo", REPOSITORY_URL)),
        ),
        missing(
            "of-other-did",
            "The id is a fragment of another DID.",
            only(repository("did:web:other.example#repo", REPOSITORY_URL)),
        ),
        missing("without-number-sign", "The id has no #.", only(repository("fairpm_repo", REPOSITORY_URL))),
        missing(
            "endpoint-array",
            "The endpoint is a list with the URL in it.",
            only(repository("#repo", Json::array([REPOSITORY_URL]))),
        ),
        missing(
            "endpoint-object",
            "The endpoint is an object with the URL in it.",
            only(repository("#repo", Json::object([("uri", REPOSITORY_URL.into())]))),
        ),
        missing(
            "endpoint-object-first",
            "The endpoint of the first repository is an object. The second one does not count.",
            with([
                repository("#a", Json::object([("uri", OTHER_URL.into())])),
                repository("#b", REPOSITORY_URL),
            ]),
        ),
        missing(
            "endpoint-missing",
            "There is no endpoint.",
            only(repository("#repo", "").without("serviceEndpoint")),
        ),
    ]
}

fn invalid() -> Vec<Case> {
    let rows = [
        ("http", "http://publisher.example/fair.json", "The endpoint has plain http."),
        ("javascript", "javascript:alert(1)", "The endpoint is a script."),
        ("empty", "", "The endpoint is empty."),
        ("relative", "/fair.json", "The endpoint is a path alone."),
        ("no-host", "https://", "The endpoint has no host."),
        ("ipv4", "https://192.0.2.1/fair.json", "The endpoint has an IPv4 address."),
        ("user-name", "https://publisher.example@attacker.example/", "The endpoint has a user name."),
        ("white-space", "https://publisher.example/fair.json ", "White space follows the endpoint."),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, url, about) in rows {
        let case =
            with([repository("#repo", url)]).rejected(&format!("endpoint-{name}"), ENDPOINT, about, INVALID);
        cases.push(case.fact("trust", "web").fact("repository", ()));
    }
    let second = [repository("#a", "http://publisher.example/"), repository("#b", REPOSITORY_URL)];
    let about = "The first repository has plain http, the second https: the first one counts.";
    cases.push(with(second).rejected("endpoint-second-is-valid", ENDPOINT, about, INVALID));
    cases
}
