//! DIDs, versions and URLs are written as they were read; comparing versions is an order; what is quoted is printable.
#![no_main]

use fedverify::{Did, Limits, PlcDid, Version, WebDid, printable, quote, quote_url, utc};
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{check_message, is_printable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    assert!(is_printable(&quote(text)) && is_printable(&quote_url(text)) && is_printable(&printable(text)));
    match text.parse::<Did>() {
        Ok(did) => assert_eq!(did.to_string(), text),
        Err(error) => check_message(error.message()),
    }
    if let Ok(did) = text.parse::<WebDid>() {
        let url = did.document_url();
        assert!(url.starts_with("https://") && url.ends_with("/did.json") && is_printable(&url), "{url}");
    }
    if let Ok(did) = text.parse::<PlcDid>() {
        assert_eq!((did.as_str(), text.len()), (text, 32));
    }
    if let Ok(seconds) = text.parse() {
        assert!(is_printable(&utc(seconds)));
    }
    let versions: Vec<&str> = text.lines().take(3).collect();
    versions.iter().for_each(|version| check_version(version));
    if let [a, b, ..] = versions[..] {
        check_order(a, b, versions.get(2).copied().unwrap_or(a));
    }
});

fn check_version(text: &str) {
    let limits = Limits::default();
    let Ok(version) = Version::parse(text, &limits) else { return };
    assert_eq!(version.as_str(), text);
    let roomy = Limits { version_bytes: u64::MAX, ..limits };
    let number = Version::parse(&version.number(), &roomy).expect("a number is a version");
    assert_eq!((number.number(), number.precedence()), (version.number(), version.precedence()));
}

fn check_order(a: &str, b: &str, c: &str) {
    let compare = |a, b| Version::compare(a, b, &Limits::default());
    let (Ok(ab), Ok(bc), Ok(ac)) = (compare(a, b), compare(b, c), compare(a, c)) else { return };
    assert_eq!(compare(b, a), Ok(ab.reverse()));
    if ab == bc {
        assert_eq!(ac, ab, "{a:?}, {b:?} and {c:?} are in no order");
    }
}
