//! FAIR metadata documents, and the signatures and checksums in them.

use crate::encoding::{base64url, hex, sha256, sha384};
use crate::forgery::der;
use crate::json::Json;
use crate::keys::{KeyPair, Signature};

/// The JSON-LD context of every metadata document.
pub const CONTEXT: &str = "https://fair.pm/ns/metadata/v1";

/// A metadata document of a plugin, with everything that FAIR requires.
pub fn metadata(did: &str, releases: impl IntoIterator<Item = Json>) -> Json {
    Json::object([
        ("@context", CONTEXT.into()),
        ("id", did.into()),
        ("type", "wp-plugin".into()),
        ("name", "Hello FAIR".into()),
        ("slug", "hello-fair".into()),
        ("license", "MIT".into()),
        ("authors", Json::array([Json::object([("name", "Example Publisher".into())])])),
        ("security", Json::array([Json::object([("email", "security@publisher.example".into())])])),
        ("releases", Json::array(releases)),
    ])
}

/// A release with one package artifact.
pub fn release(version: &str, artifact: Json) -> Json {
    release_of(version, Json::object([("package", artifact)]))
}

/// A release with these artifacts.
pub fn release_of(version: &str, artifacts: Json) -> Json {
    Json::object([("version", version.into()), ("artifacts", artifacts)])
}

/// An artifact with a SHA-256 checksum and any string as its signature.
pub fn artifact(url: &str, package: &[u8], signature: impl Into<Json>) -> Json {
    Json::object([
        ("url", url.into()),
        ("content-type", "application/zip".into()),
        ("signature", signature.into()),
        ("checksum", sha256_checksum(package).into()),
    ])
}

/// `sha256:` and the digest.
pub fn sha256_checksum(package: &[u8]) -> String {
    format!("sha256:{}", hex(&sha256(package)))
}

/// `sha384:` and the digest.
pub fn sha384_checksum(package: &[u8]) -> String {
    format!("sha384:{}", hex(&sha384(package)))
}

/// A form in which packages are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Ed25519 over the SHA-384 digest.
    Ed25519Sha384,
    /// ECDSA over the SHA-256 digest, by secp256k1.
    Secp256k1Sha256,
    /// ECDSA over the leftmost 32 bytes of the SHA-384 digest, by secp256k1.
    Secp256k1Sha384,
    /// ECDSA over the SHA-256 digest, by P-256.
    P256Sha256,
    /// ECDSA over the leftmost 32 bytes of the SHA-384 digest, by P-256.
    P256Sha384,
}

impl Form {
    /// How reports name the form.
    pub fn name(self) -> &'static str {
        match self {
            Form::Ed25519Sha384 => "ed25519-sha384",
            Form::Secp256k1Sha256 => "secp256k1-sha256",
            Form::Secp256k1Sha384 => "secp256k1-sha384",
            Form::P256Sha256 => "p256-sha256",
            Form::P256Sha384 => "p256-sha384",
        }
    }

    /// Signs a package.
    pub fn sign(self, key: &KeyPair, package: &[u8]) -> Signature {
        match self {
            Form::Ed25519Sha384 => key.sign(&sha384(package)),
            Form::Secp256k1Sha256 | Form::P256Sha256 => key.sign_prehash(&sha256(package)),
            Form::Secp256k1Sha384 | Form::P256Sha384 => key.sign_prehash(&sha384(package)[..32]),
        }
    }

    /// The signature in base64url.
    pub fn sign_text(self, key: &KeyPair, package: &[u8]) -> String {
        base64url(&self.sign(key, package))
    }

    /// The signature in DER and base64url, as the reference repository writes it for P-256.
    pub fn sign_der_text(self, key: &KeyPair, package: &[u8]) -> String {
        base64url(&der(&self.sign(key, package)))
    }
}

/// Signs 32 bytes of a package's SHA-384 digest, from this byte on. ECDSA only.
///
/// Libraries that cut a digest by numeric length skip its leading zero bytes first, so they sign the bytes from the first
/// one that is not zero.
pub fn sign_digest_from(key: &KeyPair, package: &[u8], start: usize) -> Signature {
    key.sign_prehash(&sha384(package)[start..start + 32])
}
