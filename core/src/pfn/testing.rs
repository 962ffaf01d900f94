//! A publisher for tests, and ZIP files made byte by byte.

use super::key::PublisherKey;
use crate::tables::Limits;
use ed25519_dalek::{Signer, SigningKey};
use fedverify_kit::inputs::public_vector;
use multibase::Base;

const SEED: [u8; 32] = [7; 32];

pub(super) fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&SEED)
}

pub(super) fn publisher_key() -> PublisherKey {
    key_of(&signing_key())
}

/// The key of another publisher.
pub(super) fn other_key() -> PublisherKey {
    key_of(&SigningKey::from_bytes(&[8; 32]))
}

fn key_of(key: &SigningKey) -> PublisherKey {
    let encoded = Base::Base64Pad.encode(key.verifying_key().to_bytes());
    PublisherKey::parse(encoded.as_bytes(), &Limits::default()).unwrap()
}

pub(super) fn sign_bytes(message: &[u8]) -> [u8; 64] {
    signing_key().sign(message).to_bytes()
}

pub(super) fn sign(message: &[u8]) -> String {
    Base::Base64Pad.encode(sign_bytes(message))
}

/// A file of the network's public examples, where they were fetched.
pub(super) fn public_example(name: &str) -> Option<Vec<u8>> {
    public_vector(&format!("pfn/{name}")).map(|path| std::fs::read(path).unwrap())
}

/// One entry of a test archive. The fields are written as they are, true or not.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) local_name: Vec<u8>,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) compressed: Vec<u8>,
    /// What follows the data.
    pub(super) descriptor: Vec<u8>,
    pub(super) size: u32,
    /// The extra fields in the list, and in the entry's own header.
    pub(super) extra: [Vec<u8>; 2],
}

impl Entry {
    pub(super) fn stored(name: &str, content: &[u8]) -> Entry {
        let name = name.as_bytes().to_vec();
        let size = content.len().try_into().unwrap();
        let (local_name, compressed, extra) = (name.clone(), content.to_vec(), [Vec::new(), Vec::new()]);
        let descriptor = Vec::new();
        Entry { local_name, name, method: 0, flags: 0, compressed, descriptor, size, extra }
    }

    pub(super) fn deflated(name: &str, content: &[u8]) -> Entry {
        let compressed = miniz_oxide::deflate::compress_to_vec(content, 6);
        Entry { method: 8, compressed, ..Entry::stored(name, content) }
    }
}

/// A ZIP file of these entries. Its checksums are zero: nothing here reads them.
pub(super) fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_claiming(entries, entries.len())
}

/// A ZIP file whose end record claims another number of entries.
pub(super) fn zip_claiming(entries: &[Entry], count: usize) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = u32::try_from(file.len()).unwrap();
        let [extra, local_extra] = &entry.extra;
        let common = |name: &[u8], extra: &[u8]| {
            let compressed_size = u32::try_from(entry.compressed.len()).unwrap();
            let mut bytes = [entry.flags, entry.method, 0, 0, 0, 0].map(u16::to_le_bytes).concat();
            bytes.extend([compressed_size, entry.size].map(u32::to_le_bytes).concat());
            bytes.extend(
                [name.len(), extra.len()].map(|count| u16::try_from(count).unwrap().to_le_bytes()).concat(),
            );
            bytes
        };
        file.extend([b"PK\x03\x04\x14\x00", &*common(&entry.local_name, local_extra)].concat());
        file.extend(
            [&entry.local_name, local_extra, &entry.compressed, &entry.descriptor]
                .map(Vec::as_slice)
                .concat(),
        );
        directory.extend([b"PK\x01\x02\x14\x00\x14\x00", &*common(&entry.name, extra), &[0; 10]].concat());
        directory.extend([&offset.to_le_bytes(), entry.name.as_slice(), extra].concat());
    }
    let count = u16::try_from(count).unwrap();
    let start = u32::try_from(file.len()).unwrap();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\x00\x00\x00\x00");
    file.extend([count, count].map(u16::to_le_bytes).concat());
    file.extend([u32::try_from(directory.len()).unwrap(), start].map(u32::to_le_bytes).concat());
    file.extend([0, 0]);
    file
}
