//! The documents of a source, and the addresses of its archives.

use super::record::record;
use crate::case::Case;
use crate::json::Json;

const DOCUMENTS: &str = "pfn.md, Documents: federation-info and author-data";
const ADDRESS: &str =
    "pfn.md, Documents: refuse a result that leaves the domain, .., encoded slashes, or another scheme";
const REFUSED: &str = "pfn.asset_url.refused";

/// What is done to a document.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    [federation_info(), author_data(), addresses()].concat()
}

fn info(domain: &str, scheme: &str) -> Json {
    Json::object([
        ("version", "1.0.0".into()),
        ("features", Json::array(["plugin-distribution"])),
        ("assetInfo", Json::object([("domain", domain.into()), ("namingScheme", scheme.into())])),
    ])
}

fn right_info() -> Json {
    info("https://assets.publisher.example", "plugins/author/slug/slug.zip")
}

fn document(kind: &'static str, name: &str, document: &Json) -> Case {
    Case::new(kind, format!("pfn/{name}")).file("document", "json", document.pretty()).rule(DOCUMENTS)
}

fn federation_info() -> Vec<Case> {
    let of = |name: &str, document_json: &Json| {
        document("pfn-federation-info", &format!("federation-info/{name}"), document_json)
    };
    let changes: [(&str, &str, Change); 7] = [
        ("no-version", "No version.", |info| info.remove("version")),
        ("no-features", "No features.", |info| info.remove("features")),
        ("feature-number", "A feature is a number.", |info| {
            info.member("features").items_mut().push(1.into())
        }),
        ("no-asset-info", "No assetInfo.", |info| info.remove("assetInfo")),
        ("asset-info-text", "assetInfo is a text.", |info| {
            info.set("assetInfo", "https://publisher.example")
        }),
        ("no-domain", "No domain.", |info| info.member("assetInfo").remove("domain")),
        ("no-naming-scheme", "No namingScheme.", |info| info.member("assetInfo").remove("namingScheme")),
    ];
    let mut cases = vec![
        of("sample", &right_info()).about("A document as sources serve it.").verified(Json::object([]), &[]),
        of("array", &Json::array([right_info()]))
            .about("The document inside an array.")
            .rejected("input.wrong_type"),
    ];
    for (name, about, change) in changes {
        let mut changed = right_info();
        change(&mut changed);
        cases.push(of(name, &changed).about(about).rejected("pfn.federation_info.malformed"));
    }
    cases
}

fn author_data() -> Vec<Case> {
    let right = || Json::object([("username", "publisher".into()), ("plugins", Json::array([record()]))]);
    let of = |name: &str, document_json: &Json| {
        document("pfn-author-data", &format!("author-data/{name}"), document_json)
    };
    let changes: [(&str, &str, Change); 5] = [
        ("no-username", "No username.", |data| data.remove("username")),
        ("no-plugins", "No plugins.", |data| data.remove("plugins")),
        ("plugins-object", "The plugins are a map by slug.", |data| {
            data.set("plugins", Json::object([("hello-pfn", record())]));
        }),
        ("plugin-text", "A plugin is its slug alone.", |data| {
            data.member("plugins").items_mut().push("hello".into())
        }),
        ("slug-twice", "Two plugins of one slug.", |data| {
            let twin = data.member("plugins").item(0).clone();
            data.member("plugins").items_mut().push(twin.with("version", "0.9.0"));
        }),
    ];
    let mut cases = vec![
        of("sample", &right()).about("A document as sources serve it.").verified(Json::object([]), &[]),
        of("array", &Json::array([right()]))
            .about("The document inside an array.")
            .rejected("input.wrong_type"),
    ];
    for (name, about, change) in changes {
        let mut changed = right();
        change(&mut changed);
        cases.push(of(name, &changed).about(about).rejected("pfn.author_data.malformed"));
    }
    cases
}

fn address(name: &str, info: &Json, author: &str, slug: &str) -> Case {
    document("pfn-asset-url", &format!("asset-url/{name}"), info)
        .text("author", author)
        .text("slug", slug)
        .rule(ADDRESS)
}

fn addresses() -> Vec<Case> {
    let leads = |name: &str, about: &str, info: &Json, author: &str, slug: &str, url: &str| {
        address(name, info, author, slug).about(about).verified(Json::object([("url", url.into())]), &[])
    };
    let right = right_info();
    let domain = "https://assets.publisher.example";
    let port = info("https://assets.publisher.example:8443", "slug.zip");
    let mut cases = vec![
        leads(
            "sample",
            "Segments and the file's stem are replaced.",
            &right,
            "alice",
            "gallery",
            "https://assets.publisher.example/plugins/alice/gallery/gallery.zip",
        ),
        leads(
            "name-is-a-placeholder",
            "An author called slug, a plugin called author: replaced once.",
            &right,
            "slug",
            "author",
            "https://assets.publisher.example/plugins/slug/author/author.zip",
        ),
        leads(
            "port",
            "A domain with a port.",
            &port,
            "alice",
            "gallery",
            "https://assets.publisher.example:8443/gallery.zip",
        ),
    ];
    let schemes = [
        ("scheme-dots", "../author/slug.zip", "The scheme goes up."),
        ("scheme-inner-dots", "plugins/../../slug.zip", "The scheme goes up further on."),
        ("scheme-encoded-slash", "plugins%2f..%2fslug.zip", "The scheme has encoded slashes."),
        ("scheme-encoded-dots", "%2e%2e/slug.zip", "The scheme goes up in encoded dots."),
        ("scheme-absolute", "https://attacker.example/slug.zip", "The scheme is an address of its own."),
        ("scheme-other-host", "//attacker.example/slug.zip", "The scheme is an address without its scheme."),
        (
            "scheme-backslash",
            "\\\\attacker.example\\slug.zip",
            "The scheme has backslashes, which browsers read as slashes.",
        ),
        ("scheme-javascript", "javascript:slug", "The scheme is a script."),
        ("scheme-query", "plugins?file=slug", "The scheme has a query."),
        ("scheme-line-break", "plugins/\nslug.zip", "The scheme has a line break, which browsers drop."),
        ("scheme-empty", "", "The scheme is empty."),
    ];
    for (name, scheme, about) in schemes {
        cases.push(address(name, &info(domain, scheme), "alice", "gallery").about(about).rejected(REFUSED));
    }
    let domains = [
        ("domain-http", "http://assets.publisher.example", "The domain is not of https."),
        ("domain-file", "file:///srv", "The domain is a folder of the machine."),
        ("domain-bare", "assets.publisher.example", "The domain has no scheme."),
        (
            "domain-userinfo",
            "https://assets.publisher.example@attacker.example",
            "The domain is a user name at another host.",
        ),
        ("domain-no-host", "https://", "The domain has no host."),
    ];
    for (name, domain, about) in domains {
        cases.push(
            address(name, &info(domain, "slug.zip"), "alice", "gallery").about(about).rejected(REFUSED),
        );
    }
    let names = [
        ("slug-dots", "alice", "..", "The slug goes up."),
        ("slug-path", "alice", "../../other/gallery", "The slug is a path."),
        ("slug-encoded", "alice", "..%2fgallery", "The slug has an encoded slash."),
        ("slug-query", "alice", "gallery?", "The slug has a question mark."),
        ("slug-empty", "alice", "", "The slug is empty."),
        ("author-dots", "..", "gallery", "The author goes up."),
        ("author-path", "alice/evil", "gallery", "The author is a path."),
        ("author-empty", "", "gallery", "The author is empty."),
    ];
    for (name, author, slug, about) in names {
        cases.push(address(name, &right, author, slug).about(about).rejected(REFUSED));
    }
    cases
}
