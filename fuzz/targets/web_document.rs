//! A document of a did:web is read only as that of the DID that it names, and releases nothing that it does not name.
#![no_main]

use fedverify::{Limits, WebDid, WebDocument};
use fedverify_fuzz::check_message;
use fedverify_fuzz::stretch::stretched;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// What the seeds are asked for (`tests/kit/src/cases/web`).
const USUAL: &str = "did:web:publisher.example:plugins";

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let json: Option<Value> = serde_json::from_slice(data).ok();
    let named = json.as_ref().and_then(|json| json.get("id")?.as_str()?.parse().ok());
    let did: WebDid = named.unwrap_or_else(|| USUAL.parse().expect("a did:web"));
    for now in [0, 1_800_000_000, u64::MAX] {
        let document = match WebDocument::parse(data, &did, now, &Limits::default()) {
            Ok(document) => document,
            Err(error) => {
                check_message(error.message());
                continue;
            }
        };
        assert_eq!(document.did(), &did);
        if let Some(json) = &json {
            assert_eq!(json["id"], did.as_str());
        }
        if let Err(error) = document.repository() {
            check_message(error.message());
        }
        for (id, key) in document.verification_methods() {
            assert!(!id.is_empty() || key.as_str().starts_with("did:key:"));
            if let Ok(parsed) = key.key() {
                assert_eq!(parsed.to_did_key(), key.as_str());
            }
        }
    }
});
