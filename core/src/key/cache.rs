//! A cache of keys that were read. Most identities of a directory share the rotation keys of whoever hosts them, and decompressing a
//! point costs a tenth of a signature check.

use super::{EcdsaKey, PublicKey};
use crate::index::Index;
use std::cell::RefCell;

/// How many keys are kept: about 60 KB.
const MAX_KEYS: usize = 256;

/// Keys by their did:keys. What a string means never changes, so nothing goes out of date.
#[derive(Default)]
struct KeyCache {
    keys: Vec<EcdsaKey>,
    places: Index<'static>,
}

thread_local! {
    /// One for each thread, so that no look-up waits for another.
    static KEY_CACHE: RefCell<KeyCache> = RefCell::default();
}

/// The key that a did:key names, if it is one that can sign operations. Reads each key once, as long as there are few.
pub(crate) fn ecdsa_key(text: &str) -> Option<EcdsaKey> {
    KEY_CACHE.with_borrow_mut(|cache| cache.key(text))
}

impl KeyCache {
    fn key(&mut self, text: &str) -> Option<EcdsaKey> {
        if let Some(known) = self.places.get(text).and_then(|place| self.keys.get(place)) {
            return Some(known.clone());
        }
        let key: PublicKey = text.parse().ok()?;
        let key = key.as_ecdsa()?.clone();
        // All at once: to know the oldest would cost every look-up something, and whoever has so many keys has no use for this.
        if self.keys.len() >= MAX_KEYS {
            *self = KeyCache::default();
        }
        self.places.insert_owned(text, self.keys.len());
        self.keys.push(key.clone());
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of secp256k1 as did:keys: about every second x is one.
    fn did_keys() -> impl Iterator<Item = String> {
        (1_u64..).filter_map(|x| {
            let mut bytes = [0; 33];
            bytes[0] = 2;
            bytes[25..].copy_from_slice(&x.to_be_bytes());
            let key = EcdsaKey::secp256k1(&bytes).ok()?;
            Some(PublicKey(super::super::Form::Ecdsa(key)).to_did_key())
        })
    }

    #[test]
    fn a_key_is_the_same_the_second_time_and_the_number_of_keys_is_bounded() {
        let mut cache = KeyCache::default();
        let texts: Vec<String> = did_keys().take(MAX_KEYS + 1).collect();
        for (count, text) in texts.iter().enumerate() {
            let key = cache.key(text);
            assert_eq!(key.as_ref(), text.parse::<PublicKey>().unwrap().as_ecdsa());
            assert_eq!((cache.key(text), cache.keys.len()), (key, count % MAX_KEYS + 1));
            assert_eq!(cache.places.len(), cache.keys.len());
        }
    }

    #[test]
    fn what_cannot_sign_an_operation_is_not_kept() {
        let mut cache = KeyCache::default();
        for text in ["did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "did:key:z1", "", "z"] {
            assert_eq!(cache.key(text), None);
        }
        assert_eq!((cache.keys.len(), cache.places.len()), (0, 0));
    }
}
