//! The signed string of a plugin record is JSON with the record's own id; nothing is verified with a key that signed nothing;
//! the URL of an archive never leaves https and its domain.
#![no_main]

use fedverify::Limits;
use fedverify::pfn::{AuthorData, Challenge, FederationInfo, PluginRecord};
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{KEY, check_message, is_printable};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let limits = Limits::default();
    match PluginRecord::parse(data, &limits) {
        Ok(record) => check_record(record, data),
        Err(error) => check_message(error.message()),
    }
    if let Ok(author) = AuthorData::parse(data, &limits) {
        assert_eq!(author.verify(&KEY).len(), author.plugins().len());
    }
    if let Ok(info) = FederationInfo::parse(data, &limits) {
        for (author, slug) in [("alice", "gallery"), (info.version(), info.domain()), ("..", "a/b"), ("", "")]
        {
            match info.asset_url(author, slug) {
                Ok(url) => check_url(&url, info.domain()),
                Err(error) => check_message(error.message()),
            }
        }
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Challenge::new(text, &limits) {
        Ok(challenge) => {
            assert!(
                serde_json::from_str::<Value>(text).map_or(true, |json| !json.is_object()),
                "a record as challenge"
            );
            assert!(challenge.verify(&KEY, text).is_err());
        }
        Err(error) => check_message(error.message()),
    }
});

/// Which members of a record each signed member may be of (pfn.md, "Signed metadata").
const SIGNED_FROM: [(&str, &[&str]); 4] = [
    ("id", &["slug", "id"]),
    ("name", &["name"]),
    ("version", &["version"]),
    ("description", &["short_description", "description"]),
];

fn check_record(record: PluginRecord, data: &[u8]) {
    let signed: Value = serde_json::from_str(&record.signed_string()).expect("JSON.stringify writes JSON");
    assert_eq!(signed["id"], record.id());
    if let Ok(Value::Object(given)) = serde_json::from_slice(data) {
        for (name, value) in signed.as_object().into_iter().flatten() {
            let mut names =
                SIGNED_FROM.iter().filter(|(signed, _)| signed == name).flat_map(|(_, names)| *names);
            assert!(
                names.any(|name| given.get(*name) == Some(value)),
                "{name} is {value}, which nobody gave"
            );
        }
    }
    // The seeds hold signatures of other publishers' keys, so a record may be verified: then with this id.
    let id = record.id().to_owned();
    if let Ok(plugin) = record.verify(&KEY, None) {
        assert_eq!(plugin.id(), id);
    }
}

fn check_url(url: &str, domain: &str) {
    assert!(url.starts_with("https://") && is_printable(url), "{url}");
    // As the end of a longer segment, dots are dots.
    assert!(!url.split('/').any(|segment| matches!(segment, "." | "..")), "{url}");
    assert!(url.starts_with(domain.trim_end_matches('/')), "{url} is not at {domain}");
}
