//! The DID itself: a host, a port and a path.

use super::published::{DID, WebPublished};
use crate::case::Case;
use crate::cases::fair::published::Published;
use crate::cases::publisher::log;

const RULE: &str = r#"fair.md, "did:web documents""#;
const HOSTS: &str = r#"pfn.md, "Host names""#;

pub(super) fn cases() -> Vec<Case> {
    [accepted(), refused(), other_methods()].concat()
}

fn accepted() -> Vec<Case> {
    let rows = [
        ("package", DID, "A host and one path segment."),
        ("host-alone", "did:web:publisher.example", "A host alone."),
        ("port", "did:web:publisher.example%3A8443", "A host and a port."),
        ("port-and-path", "did:web:publisher.example%3A8443:plugins:hello", "A host, a port and a path."),
        (
            "segment-characters",
            "did:web:publisher.example:Hello-1_2.3",
            "Every kind of character of a segment.",
        ),
        ("digits-in-host", "did:web:1.2.3.example", "Labels of digits before the last one."),
    ];
    rows.map(|(name, did, about)| WebPublished::of(did).verified(name, RULE, about, &[])).to_vec()
}

/// Everything is about the DID as it is written: only its syntax is wrong.
fn refused() -> Vec<Case> {
    let rows = [
        ("dots", "did:web:publisher.example:..", RULE, "A segment that goes up."),
        ("dot", "did:web:publisher.example:.", RULE, "A segment that stays."),
        ("encoded-slash", "did:web:publisher.example:a%2Fb", RULE, "An encoded slash in a segment."),
        ("encoded-dots", "did:web:publisher.example:%2e%2e", RULE, "Encoded dots that go up."),
        ("slash", "did:web:publisher.example/plugins", RULE, "A slash in place of a colon."),
        ("empty-segment", "did:web:publisher.example::plugins", RULE, "An empty segment."),
        ("trailing-colon", "did:web:publisher.example:", RULE, "A colon at the end."),
        ("upper-case", "did:web:Publisher.example", RULE, "A host with a capital letter."),
        ("no-host", "did:web:", RULE, "No host."),
        ("bare-port", "did:web:publisher.example:8443/", RULE, "A port and a slash, as URLs write them."),
        ("port-too-high", "did:web:publisher.example%3A65536", RULE, "A port above 65535."),
        ("port-leading-zero", "did:web:publisher.example%3A08443", RULE, "A port with a leading zero."),
        ("port-empty", "did:web:publisher.example%3A", RULE, "An encoded colon and no port."),
        ("fragment", "did:web:publisher.example#fair", RULE, "A DID URL."),
        ("line-break", "did:web:publisher.example\n", RULE, "A line break at the end."),
        ("ipv4", "did:web:192.0.2.1", HOSTS, "An IPv4 address."),
        ("ipv4-loopback", "did:web:127.0.0.1", HOSTS, "The loopback address."),
        ("ipv4-two-parts", "did:web:127.1", HOSTS, "The loopback address in two parts."),
        ("ipv4-one-number", "did:web:2130706433", HOSTS, "The loopback address as one number."),
        ("ipv4-hexadecimal", "did:web:0x7f000001", HOSTS, "The loopback address in hexadecimal."),
        (
            "digit-begins-last-label",
            "did:web:publisher.1example",
            HOSTS,
            "A last label that begins with a digit.",
        ),
        ("empty-label", "did:web:publisher..example", HOSTS, "An empty label."),
        ("trailing-dot", "did:web:publisher.example.", HOSTS, "A dot after the host."),
        ("underscore", "did:web:my_publisher.example", HOSTS, "An underscore in the host."),
        ("hyphen-begins-label", "did:web:-publisher.example", HOSTS, "A label that begins with a hyphen."),
        ("hyphen-ends-label", "did:web:publisher-.example", HOSTS, "A label that ends with a hyphen."),
    ];
    rows.map(|(name, did, rule, about)| {
        WebPublished::of(did).rejected(&format!("did-{name}"), rule, about, "did.invalid").fact("trust", ())
    })
    .to_vec()
}

/// The evidence for one method does not count for another.
fn other_methods() -> Vec<Case> {
    let plc = log().did().to_owned();
    vec![
        WebPublished::of(&plc)
            .rejected(
                "did-plc",
                RULE,
                "A DID document for a did:plc: it is unsigned, and only the log proves the keys.",
                "did.unsupported",
            )
            .fact("trust", ()),
        WebPublished::of("did:example:publisher")
            .rejected("did-of-other-method", RULE, "A DID of a method that is not known.", "did.unsupported")
            .fact("trust", ()),
        other_metadata(),
    ]
}

/// The metadata document of a did:plc by the same publisher, signed by the same key.
fn other_metadata() -> Case {
    WebPublished::new()
        .rejected(
            "metadata-of-other-did",
            r#"fair.md, "Metadata document""#,
            "The metadata document is that of the publisher's did:plc.",
            "fair.metadata.id_mismatch",
        )
        .file("metadata", "metadata.json", Published::new().metadata.pretty())
        .fact("trust", "web")
}
