//! A key that is read from any form (did:key, multibase, PEM, SPKI, base64) is the same key in every form that it is written
//! in, and each form has one string.
#![no_main]

use fedverify::pfn::PublisherKey;
use fedverify::{Limits, PublicKey};
use fedverify_fuzz::check_message;
use fedverify_fuzz::stretch::stretched;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let limits = Limits::default();
    match PublicKey::read(data, &limits) {
        Ok(key) => check_forms(&key),
        Err(error) => check_message(error.message()),
    }
    if let Ok(key) = PublisherKey::parse(data, &limits)
        && !is_multibase(data)
    {
        assert_eq!(PublicKey::read(data, &limits).as_ref(), Ok(key.public_key()));
    }
    for key in [PublicKey::from_multicodec(data), PublicKey::from_ed25519(data)].into_iter().flatten() {
        check_forms(&key);
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(key) = text.parse::<PublicKey>() {
        assert_eq!(key.to_did_key(), text);
        check_forms(&key);
    }
    if let Ok(key) = PublicKey::from_multibase(text) {
        assert_eq!(key.to_multibase(), text);
    }
});

/// Whether any key in this form is taken for a multibase string: one in base64 can look like it.
fn is_multibase(data: &[u8]) -> bool {
    let text = data.trim_ascii();
    text.starts_with(b"z") && text.iter().all(|byte| byte.is_ascii_alphanumeric() && !b"0OIl".contains(byte))
}

fn check_forms(key: &PublicKey) {
    assert_eq!(key.to_did_key().parse().as_ref(), Ok(key));
    assert_eq!(PublicKey::from_multibase(&key.to_multibase()).as_ref(), Ok(key));
    assert_eq!(PublicKey::from_multicodec(&key.to_multicodec()).as_ref(), Ok(key));
    assert!(key.to_multicodec().ends_with(&key.to_bytes()));
}
