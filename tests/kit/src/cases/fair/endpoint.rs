//! The URL at which the identity says that its metadata document is served.

use super::identity::with_services;
use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::REPOSITORY;

const RULE: &str = r#"fair.md, "Repository endpoint""#;
const HOSTS: &str = r#"pfn.md, "Host names""#;
const INVALID: &str = "fair.service.invalid";

/// A name, a URL, and what is special about it.
type Row = (&'static str, &'static str, &'static str);

pub(super) fn cases() -> Vec<Case> {
    let mut cases = accepted();
    cases.extend(OTHER_URLS.map(|row| refused(row, RULE)));
    cases.extend(NOT_NAMES.map(|row| refused(row, HOSTS)));
    cases.push(first_counts());
    cases
}

/// A release of an identity whose repository has this URL; everything else is right.
fn at(url: &str) -> Published {
    with_services(&[("fairpm_repo", REPOSITORY, url)])
}

fn accepted() -> Vec<Case> {
    let rows: [Row; 10] = [
        ("port", "https://publisher.example:8443/fair.json", "A port"),
        ("no-path", "https://publisher.example", "No path"),
        ("query", "https://publisher.example/fair?id=%41&x=1", "A query and percent-encoding"),
        ("scheme-capitals", "HTTPS://publisher.example/fair.json", "The scheme in upper case (RFC 3986)"),
        ("host-capitals", "https://Publisher.Example/fair.json", "The host in upper case (RFC 3986)"),
        ("at-in-path", "https://publisher.example/@publisher/fair.json", "An @ after the host"),
        ("digits-in-host", "https://1.2.3.4.example/fair.json", "A host of numbers up to its last label"),
        ("digit-ends-last-label", "https://publisher.e1/fair.json", "A last label that ends with a digit"),
        (
            "punycode",
            "https://xn--bcher-kva.example/fair.json",
            "An internationalised host in its ASCII form",
        ),
        ("highest-port", "https://publisher.example:65535/fair.json", "The highest port"),
    ];
    let case = |(name, url, about): Row| {
        let published = at(url);
        let facts = published.facts().with("repository", url);
        published.case(&format!("endpoint/{name}")).rule(RULE).about(format!("{about}.")).verified(facts, &[])
    };
    rows.map(case).to_vec()
}

/// Strings that are not an absolute https URL, or that readers of URLs take apart differently.
const OTHER_URLS: [Row; 25] = [
    ("http", "http://publisher.example/fair.json", "Plain http"),
    ("ftp", "ftp://publisher.example/fair.json", "Another scheme"),
    ("javascript", "javascript:alert(1)", "A script"),
    ("javascript-authority", "javascript://publisher.example/%0aalert(1)", "A script that looks like a URL"),
    ("file", "file:///etc/passwd", "A file"),
    ("empty", "", "An empty string"),
    ("relative", "/fair.json", "A path alone"),
    ("no-scheme", "publisher.example/fair.json", "No scheme"),
    ("scheme-relative", "//publisher.example/fair.json", "No scheme before the slashes"),
    ("one-slash", "https:/publisher.example/fair.json", "One slash where two belong"),
    ("no-slashes", "https:publisher.example/fair.json", "No slashes after the scheme"),
    ("no-host", "https://", "No host"),
    ("no-host-path", "https:///fair.json", "A path and no host"),
    ("no-host-port", "https://:8443/fair.json", "A port and no host"),
    (
        "user-name",
        "https://publisher.example@attacker.example/fair.json",
        "A user name that looks like the host",
    ),
    ("password", "https://user:secret@publisher.example/fair.json", "A user name and a password"),
    ("leading-space", " https://publisher.example/fair.json", "White space before the URL"),
    ("trailing-space", "https://publisher.example/fair.json ", "White space after the URL"),
    ("inner-space", "https://publisher.example/fair .json", "White space inside the URL"),
    ("tab", "https://publisher\t.example/fair.json", "A tab, which browsers drop"),
    ("line-break", "https://publisher.example/fair.json\n", "A line break after the URL"),
    (
        "backslash",
        "https://publisher.example\\@attacker.example/",
        "A backslash, which browsers read as a slash",
    ),
    ("port-zero", "https://publisher.example:0/fair.json", "Port 0"),
    ("port-too-high", "https://publisher.example:65536/fair.json", "A port above 65535"),
    ("port-empty", "https://publisher.example:/fair.json", "A colon and no port"),
];

/// Hosts that are not host names: every spelling of an IP address, and what could become one.
const NOT_NAMES: [Row; 23] = [
    ("ipv4", "https://192.0.2.1/fair.json", "An IPv4 address"),
    ("ipv4-port", "https://192.0.2.1:8443/fair.json", "An IPv4 address and a port"),
    ("ipv4-loopback", "https://127.0.0.1/fair.json", "The loopback address"),
    ("ipv4-two-parts", "https://127.1/fair.json", "The loopback address in two parts"),
    ("ipv4-three-parts", "https://127.0.1/fair.json", "The loopback address in three parts"),
    ("ipv4-one-number", "https://2130706433/fair.json", "The loopback address as one number"),
    ("ipv4-hexadecimal", "https://0x7f000001/fair.json", "The loopback address as one hexadecimal number"),
    ("ipv4-hexadecimal-part", "https://127.0.0.0x1/fair.json", "A hexadecimal last part"),
    ("ipv4-octal", "https://0177.0.0.01/fair.json", "The loopback address in octal parts"),
    ("ipv4-trailing-dot", "https://127.0.0.1./fair.json", "The loopback address and a dot"),
    ("ipv4-percent", "https://127%2e0%2e0%2e1/fair.json", "The loopback address with percent-encoded dots"),
    ("ipv4-fullwidth", "https://\u{ff11}27.0.0.1/fair.json", "A full-width digit, which browsers normalise"),
    ("ipv6", "https://[2001:db8::1]/fair.json", "An IPv6 address"),
    ("ipv6-loopback", "https://[::1]:8443/fair.json", "The IPv6 loopback address and a port"),
    ("ipv6-mapped", "https://[::ffff:127.0.0.1]/fair.json", "An IPv4 address inside an IPv6 address"),
    (
        "digit-begins-last-label",
        "https://publisher.1example/fair.json",
        "A last label that begins with a digit",
    ),
    ("trailing-dot", "https://publisher.example./fair.json", "A dot after the host"),
    ("empty-label", "https://publisher..example/fair.json", "An empty label"),
    ("underscore", "https://my_publisher.example/fair.json", "An underscore in the host"),
    ("hyphen-begins-label", "https://-publisher.example/fair.json", "A label that begins with a hyphen"),
    ("hyphen-ends-label", "https://publisher-.example/fair.json", "A label that ends with a hyphen"),
    ("percent", "https://publisher%2eexample/fair.json", "A percent-encoded dot in the host"),
    (
        "not-ascii",
        "https://b\u{fc}cher.example/fair.json",
        "An internationalised host, not in its ASCII form",
    ),
];

fn refused((name, url, about): Row, rule: &str) -> Case {
    let about = format!("{about}; everything else is right.");
    no_repository(at(url).rejected(&format!("endpoint/{name}"), rule, &about, INVALID))
}

/// The identity is proven, and its report offers no URL to fetch from.
fn no_repository(case: Case) -> Case {
    case.fact("trust", "self-certified").fact("repository", ())
}

fn first_counts() -> Case {
    let published = with_services(&[
        ("fair_1", REPOSITORY, "http://publisher.example/fair.json"),
        ("fair_2", REPOSITORY, "https://publisher.example/fair.json"),
    ]);
    let about = "The first repository has plain http, the second https: the first one counts.";
    no_repository(published.rejected("endpoint/second-is-valid", RULE, about, INVALID))
}
