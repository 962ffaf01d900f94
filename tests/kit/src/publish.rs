//! Signs files of a release, with a key that the releaser has: nothing that ships can sign.

use crate::encoding::base64_bytes;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::metadata::{Form, artifact, metadata, release};

/// A file of a release: its name, and its bytes.
pub type Released = (String, Vec<u8>);

/// What comes before the 32 bytes of an Ed25519 key in PKCS#8, as `openssl genpkey` writes it (RFC 8410, section 7).
const PKCS8: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// The Ed25519 key in a PEM file, or what is wrong with it.
pub fn read_key(pem: &str) -> Result<KeyPair, &'static str> {
    const EXPECTED: &str =
        "expected an Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519` writes it";
    let body = pem
        .trim()
        .strip_prefix("-----BEGIN PRIVATE KEY-----")
        .and_then(|rest| rest.strip_suffix("-----END PRIVATE KEY-----"))
        .ok_or(EXPECTED)?;
    let der = base64_bytes(&body.split_whitespace().collect::<String>()).ok_or(EXPECTED)?;
    let secret = der.strip_prefix(&PKCS8).and_then(|secret| secret.try_into().ok()).ok_or(EXPECTED)?;
    Ok(KeyPair::Ed25519(ed25519_dalek::SigningKey::from_bytes(secret)))
}

/// The FAIR metadata document of a release of this version, with a signature of each file. They are found below the URL.
pub fn signed(key: &KeyPair, did: &str, version: &str, url: &str, files: &[Released]) -> Json {
    let url = url.trim_end_matches('/');
    let artifacts = files.iter().map(|(name, bytes)| {
        artifact(&format!("{url}/{name}"), bytes, Form::Ed25519Sha384.sign_text(key, bytes))
            .with("content-type", content_type(name))
    });
    let security = "https://github.com/fedverify/fedverify/blob/main/SECURITY.md";
    metadata(did, [release(version, Json::array(artifacts))])
        .with("name", "fedverify")
        .with("slug", "fedverify")
        .with("license", "MIT OR Apache-2.0")
        .with("authors", Json::array([Json::object([("name", "fedverify".into())])]))
        .with("security", Json::array([Json::object([("url", security.into())])]))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "zip" => "application/zip",
        "gz" | "tgz" | "crate" => "application/gzip",
        "deb" => "application/vnd.debian.binary-package",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8410, section 10.3.
    const PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    #[test]
    fn a_key_is_read_from_pem() {
        let key = read_key(PEM).expect("the key of RFC 8410");
        assert_eq!(crate::encoding::hex(&key.public_bytes()[..4]), "19bf4409");
    }

    #[test]
    fn what_is_no_such_key_is_refused() {
        let cut = PEM.replace("dVhC", "");
        let p256 = PEM.replace("BQYDK2Vw", "BQYDK2Vx");
        for other in ["", "-----BEGIN PRIVATE KEY-----", &cut, &p256, &PEM.replace("PRIVATE", "PUBLIC")] {
            assert!(read_key(other).is_err(), "{other}");
        }
    }
}
