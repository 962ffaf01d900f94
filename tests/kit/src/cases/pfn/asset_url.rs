//! Where a source's archives are: its naming scheme with the names in it.

use super::document;
use super::federation_info::{DOMAIN, info, sample};
use crate::case::Case;
use crate::json::Json;

const RULE: &str = r#"pfn.md, "Asset URLs""#;
const HOSTS: &str = r#"pfn.md, "Host names""#;
const REFUSED: &str = "pfn.asset_url.refused";

/// The file of the plugin, where the scheme is `slug.zip`.
const FILE: &str = "gallery.zip";

pub(super) fn cases() -> Vec<Case> {
    [schemes(), refused_schemes(), names(), refused_names(), domains(), refused_domains()].concat()
}

fn case(name: &str, rule: &str, about: &str, info: &Json, (author, slug): (&str, &str)) -> Case {
    document("pfn-asset-url", &format!("asset-url/{name}"), info)
        .text("author", author)
        .text("slug", slug)
        .rule(rule)
        .about(about)
}

fn leads(case: Case, url: &str) -> Case {
    case.verified(Json::object([("assetUrl", url.into())]), &[])
}

fn refused(case: Case) -> Case {
    case.rejected(REFUSED).fact("assetUrl", ())
}

const NAMES: (&str, &str) = ("alice", "gallery");

/// The longest naming scheme, and the longest name in it.
const MAX_SCHEME_BYTES: usize = 1024;
const MAX_NAME_BYTES: usize = 255;

/// Schemes that a node, which replaces plain text, and this rule read alike.
fn schemes() -> Vec<Case> {
    let rows = [
        ("file-alone", "slug.zip", "gallery.zip", "The file alone."),
        ("leading-slash", "/author/slug.zip", "alice/gallery.zip", "One slash before the first segment."),
        (
            "slug-first",
            "slug/author/slug.zip",
            "gallery/alice/gallery.zip",
            "The slug before the author, and again.",
        ),
        ("two-extensions", "author/slug.tar.gz", "alice/gallery.tar.gz", "A stem before two extensions."),
        ("author-stem", "author.d/slug.zip", "alice.d/gallery.zip", "The author as a stem."),
        (
            "capitals",
            "Author/author/Slug/slug.zip",
            "Author/alice/Slug/gallery.zip",
            "Words in other letters stay.",
        ),
        ("no-names", "latest.zip", "latest.zip", "A scheme without names."),
        (
            "other-segments",
            "a-b_c~1/v1.0+x@2/slug.zip",
            "a-b_c~1/v1.0+x@2/gallery.zip",
            "Other segments stay.",
        ),
    ];
    let longest = format!("{}/slug.zip", "x".repeat(MAX_SCHEME_BYTES - "/slug.zip".len()));
    let longest_path = longest.replace("slug", "gallery");
    let mut cases = vec![leads(
        case("sample", RULE, "Segments and the file's stem are replaced.", &sample(), NAMES),
        &format!("{DOMAIN}/plugins/alice/gallery/gallery.zip"),
    )];
    cases.push(leads(
        case("scheme-1024-bytes", RULE, "A scheme of 1,024 bytes.", &info(DOMAIN, &longest), NAMES),
        &format!("{DOMAIN}/{longest_path}"),
    ));
    cases.extend(rows.map(|(name, scheme, path, about)| {
        leads(
            case(&format!("scheme-{name}"), RULE, about, &info(DOMAIN, scheme), NAMES),
            &format!("{DOMAIN}/{path}"),
        )
    }));
    cases
}

fn refused_schemes() -> Vec<Case> {
    let too_long = format!("{}/slug.zip", "x".repeat(MAX_SCHEME_BYTES + 1 - "/slug.zip".len()));
    let rows = [
        ("second-author", "author/author/slug.zip", "A node replaces the first author only."),
        (
            "author-as-file-too",
            "author/slug/author.zip",
            "A node leaves the second author, in the file's name.",
        ),
        (
            "second-author-within",
            "author/co-author/slug.zip",
            "The second author is within a longer segment.",
        ),
        ("author-within-segment", "authors/slug.zip", "A node replaces the start of authors."),
        ("slug-within-segment", "author/slug-1.0.zip", "A node replaces the start of slug-1."),
        ("slug-at-end-of-segment", "author/my-slug.zip", "A node replaces the end of my-slug."),
        ("slug-in-extension", "author/slug.slug", "A node replaces the extension too."),
        ("author-in-extension", "slug.author", "A node replaces the extension."),
        ("words-joined", "authorslug.zip", "A node replaces both words of one segment."),
        ("dots", "../author/slug.zip", "The scheme goes up."),
        ("inner-dots", "plugins/../../slug.zip", "The scheme goes up further on."),
        ("dot", "./slug.zip", "The scheme has a segment that stays."),
        ("empty-segment", "plugins//slug.zip", "The scheme has an empty segment."),
        ("trailing-slash", "author/slug/", "The scheme ends with a slash."),
        ("encoded-slash", "plugins%2f..%2fslug.zip", "The scheme has encoded slashes."),
        ("encoded-dots", "%2e%2e/slug.zip", "The scheme goes up in encoded dots."),
        ("absolute", "https://attacker.example/slug.zip", "The scheme is a URL of its own."),
        ("other-host", "//attacker.example/slug.zip", "The scheme is a URL without its scheme."),
        (
            "backslash",
            "\\\\attacker.example\\slug.zip",
            "The scheme has backslashes, which browsers read as slashes.",
        ),
        ("javascript", "javascript:slug", "The scheme is a script."),
        ("query", "plugins?file=slug", "The scheme has a query."),
        ("fragment", "plugins#slug", "The scheme has a fragment."),
        ("line-break", "plugins/\nslug.zip", "The scheme has a line break, which browsers drop."),
        ("space", "plugins/slug .zip", "The scheme has a space."),
        ("not-ascii", "pl\u{fc}gins/slug.zip", "The scheme has a letter beyond ASCII."),
        ("empty", "", "The scheme is empty."),
        ("two-leading-slashes", "//plugins/slug.zip", "The scheme starts with two slashes."),
        ("1025-bytes", &too_long, "The scheme has 1,025 bytes."),
    ];
    rows.map(|(name, scheme, about)| {
        refused(case(&format!("scheme-{name}"), RULE, about, &info(DOMAIN, scheme), NAMES))
    })
    .to_vec()
}

fn names() -> Vec<Case> {
    let longest = "x".repeat(MAX_NAME_BYTES);
    let rows = [
        ("author-is-author", "author", "gallery", "The author is called author."),
        ("author-has-author", "co-author", "gallery", "The author's name has author in it."),
        ("author-has-capital-slug", "Slugger", "gallery", "The author's name has Slug in other letters."),
        ("slug-is-slug", "alice", "slug", "The plugin is called slug."),
        ("slug-has-slug", "alice", "slug-manager", "The plugin's name has slug in it."),
        ("slug-is-author", "alice", "author", "The plugin is called author: the author was replaced before."),
        ("slug-has-author", "alice", "author-box", "The plugin's name has author in it."),
        ("inner-dots", "alice..b", "gallery.1", "Names with dots inside."),
        ("255-bytes", &longest, &longest, "Names of 255 bytes."),
    ];
    rows.map(|(name, author, slug, about)| {
        let url = format!("{DOMAIN}/plugins/{author}/{slug}/{slug}.zip");
        leads(case(&format!("name-{name}"), RULE, about, &sample(), (author, slug)), &url)
    })
    .to_vec()
}

fn refused_names() -> Vec<Case> {
    let too_long = "x".repeat(MAX_NAME_BYTES + 1);
    let rows = [
        (
            "author-is-slug",
            "slug",
            "gallery",
            "The author is called slug, which a node replaces by the plugin's name.",
        ),
        ("author-has-slug", "myslug", "gallery", "The author's name ends with slug, which a node replaces."),
        (
            "author-starts-with-slug",
            "slugger",
            "gallery",
            "The author's name starts with slug, which a node replaces.",
        ),
        ("slug-dots", "alice", "..", "The slug goes up."),
        ("slug-path", "alice", "../../other/gallery", "The slug is a path."),
        ("slug-backslash", "alice", "..\\gallery", "The slug is a path with a backslash."),
        ("slug-encoded", "alice", "..%2fgallery", "The slug has an encoded slash."),
        ("slug-query", "alice", "gallery?", "The slug has a question mark."),
        ("slug-dollar", "alice", "$&", "The slug is a pattern of JavaScript's replace."),
        ("slug-empty", "alice", "", "The slug is empty."),
        ("author-dots", "..", "gallery", "The author goes up."),
        ("author-path", "alice/evil", "gallery", "The author is a path."),
        ("author-dollar", "$'", "gallery", "The author is a pattern of JavaScript's replace."),
        ("author-empty", "", "gallery", "The author is empty."),
        ("author-256-bytes", &too_long, "gallery", "The author's name has 256 bytes."),
        ("slug-256-bytes", "alice", &too_long, "The plugin's name has 256 bytes."),
    ];
    rows.map(|(name, author, slug, about)| {
        refused(case(&format!("name-{name}"), RULE, about, &sample(), (author, slug)))
    })
    .to_vec()
}

fn at(name: &str, rule: &str, about: &str, domain: &str) -> Case {
    case(&format!("domain-{name}"), rule, about, &info(domain, "slug.zip"), NAMES)
}

fn domains() -> Vec<Case> {
    let label = "a".repeat(63);
    // 126 labels of one letter and a last one make the 253 bytes that a host name has at most.
    let longest = format!("{}b", "a.".repeat(126));
    let rows = [
        ("port", "https://assets.publisher.example:8443", RULE, "A port."),
        ("highest-port", "https://assets.publisher.example:65535", RULE, "The highest port."),
        ("trailing-slash", "https://assets.publisher.example/", RULE, "A slash after the host."),
        ("host-capitals", "https://Assets.Publisher.example", HOSTS, "Capital letters in the host."),
        ("digits", "https://1.2.3.4.example", HOSTS, "Labels of digits before the last one."),
        ("digit-ends-last-label", "https://assets.e1", HOSTS, "A last label that ends with a digit."),
        ("punycode", "https://xn--bcher-kva.example", HOSTS, "An internationalised host in its ASCII form."),
        ("label-of-63", &format!("https://{label}.example"), HOSTS, "A label of 63 bytes."),
        ("host-of-253", &format!("https://{longest}"), HOSTS, "A host of 253 bytes."),
    ];
    rows.map(|(name, domain, rule, about)| {
        leads(at(name, rule, about, domain), &format!("{}/{FILE}", domain.trim_end_matches('/')))
    })
    .to_vec()
}

fn refused_domains() -> Vec<Case> {
    let label = "a".repeat(64);
    let longer = format!("{}bb", "a.".repeat(126));
    let rows = [
        ("http", "http://assets.publisher.example", RULE, "Plain http."),
        ("file", "file:///srv", RULE, "A folder of the machine."),
        ("bare", "assets.publisher.example", RULE, "No scheme."),
        ("scheme-relative", "//assets.publisher.example", RULE, "No scheme before the slashes."),
        (
            "user-name",
            "https://assets.publisher.example@attacker.example",
            RULE,
            "A user name that looks like the host.",
        ),
        ("scheme-capitals", "HTTPS://assets.publisher.example", RULE, "The scheme in upper case."),
        ("two-slashes", "https://assets.publisher.example//", RULE, "Two slashes after the host."),
        ("path", "https://publisher.example/assets", RULE, "A path after the host."),
        ("query", "https://publisher.example?x", RULE, "A query after the host."),
        ("no-host", "https://", RULE, "No host."),
        ("empty", "", RULE, "An empty string."),
        ("white-space", "https://assets.publisher.example ", RULE, "White space at the end."),
        ("port-zero", "https://assets.publisher.example:0", RULE, "Port 0."),
        ("port-too-high", "https://assets.publisher.example:65536", RULE, "A port above 65535."),
        ("port-empty", "https://assets.publisher.example:", RULE, "A colon and no port."),
        ("two-ports", "https://assets.publisher.example:8443:8443", RULE, "A port after the port."),
        ("port-leading-zero", "https://assets.publisher.example:0443", RULE, "A port with a leading zero."),
        ("ipv4", "https://192.0.2.1", HOSTS, "An IPv4 address."),
        ("ipv4-port", "https://192.0.2.1:8443", HOSTS, "An IPv4 address and a port."),
        ("ipv4-loopback", "https://127.0.0.1", HOSTS, "The loopback address."),
        ("ipv4-two-parts", "https://127.1", HOSTS, "The loopback address in two parts."),
        ("ipv4-one-number", "https://2130706433", HOSTS, "The loopback address as one number."),
        ("ipv4-hexadecimal", "https://0x7f000001", HOSTS, "The loopback address in hexadecimal."),
        ("ipv4-hexadecimal-part", "https://127.0.0.0x1", HOSTS, "A hexadecimal last part."),
        ("ipv4-octal", "https://0177.0.0.01", HOSTS, "The loopback address in octal parts."),
        ("ipv4-trailing-dot", "https://127.0.0.1.", HOSTS, "The loopback address and a dot."),
        ("ipv6", "https://[2001:db8::1]", HOSTS, "An IPv6 address."),
        ("ipv6-loopback", "https://[::1]", HOSTS, "The IPv6 loopback address."),
        (
            "digit-begins-last-label",
            "https://assets.1example",
            HOSTS,
            "A last label that begins with a digit.",
        ),
        ("last-label-of-digits", "https://assets.publisher.2026", HOSTS, "A last label of digits."),
        ("empty-label", "https://assets..example", HOSTS, "An empty label."),
        ("trailing-dot", "https://assets.publisher.example.", HOSTS, "A dot after the host."),
        ("underscore", "https://my_assets.publisher.example", HOSTS, "An underscore in the host."),
        (
            "hyphen-begins-label",
            "https://-assets.publisher.example",
            HOSTS,
            "A label that begins with a hyphen.",
        ),
        ("hyphen-ends-label", "https://assets-.publisher.example", HOSTS, "A label that ends with a hyphen."),
        (
            "not-ascii",
            "https://b\u{fc}cher.example",
            HOSTS,
            "An internationalised host that is not in its ASCII form.",
        ),
        ("label-of-64", &format!("https://{label}.example"), HOSTS, "A label of 64 bytes."),
        ("host-of-254", &format!("https://{longer}"), HOSTS, "A host of 254 bytes."),
    ];
    rows.map(|(name, domain, rule, about)| refused(at(name, rule, about, domain))).to_vec()
}
