//! The DID document that follows from a verified state, in the directory's own shape.

use super::operation::State;
use crate::did::PlcDid;
use crate::key::{DidKey, KeyType};
use serde::Serialize;

/// A DID document as `GET /<did>` of an honest directory serves it. Derived from the log, never taken from a server.
///
/// It serialises to the directory's JSON. Services and verification methods are in the order of DAG-CBOR, as the
/// directory keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DidDocument {
    #[serde(rename = "@context")]
    context: Vec<&'static str>,
    id: String,
    #[serde(rename = "alsoKnownAs")]
    also_known_as: Vec<String>,
    #[serde(rename = "verificationMethod")]
    verification_method: Vec<VerificationMethod>,
    service: Vec<DocumentService>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct VerificationMethod {
    id: String,
    #[serde(rename = "type")]
    method_type: &'static str,
    controller: String,
    public_key_multibase: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentService {
    id: String,
    #[serde(rename = "type")]
    service_type: String,
    service_endpoint: String,
}

impl DidDocument {
    pub(super) fn from_state(did: &PlcDid, state: &State) -> Self {
        let mut context = vec!["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"];
        let mut verification_method = Vec::with_capacity(state.verification_methods.len());
        for (id, key) in state.verification_methods.iter() {
            if let Some(suite) = suite_context(key).filter(|suite| !context.contains(suite)) {
                context.push(suite);
            }
            verification_method.push(VerificationMethod {
                id: format!("{did}#{id}"),
                method_type: "Multikey",
                controller: did.to_string(),
                public_key_multibase: key.multibase().to_owned(),
            });
        }
        let service = state.services.iter().map(|(id, service)| DocumentService {
            id: format!("#{id}"),
            service_type: service.service_type.clone(),
            service_endpoint: service.endpoint.clone(),
        });
        DidDocument {
            context,
            id: did.to_string(),
            also_known_as: state.also_known_as.clone(),
            verification_method,
            service: service.collect(),
        }
    }

    /// The document as JSON, without white space.
    pub fn to_json(&self) -> String {
        // Only strings, lists and structs: nothing can fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The directory adds a context for the two curves that it knows, where the key is a point of its curve.
fn suite_context(key: &DidKey) -> Option<&'static str> {
    match key.key().ok()?.key_type() {
        KeyType::Secp256k1 => Some("https://w3id.org/security/suites/secp256k1-2019/v1"),
        KeyType::P256 => Some("https://w3id.org/security/suites/ecdsa-2019/v1"),
        KeyType::Ed25519 | KeyType::Other(_) => None,
    }
}
