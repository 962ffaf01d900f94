//! The bytes of an operation: DAG-CBOR, with and without the signature, and the CID over the first.

use super::map::CanonicalMap;
use super::operation::{Body, LegacyCreate, Operation, Service, State};
use crate::did::PlcDid;
use crate::error::{Code, Error};
use crate::key::DidKey;
use cid::Cid;
use cid::multihash::Multihash;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Multicodec of DAG-CBOR.
const CODEC_DAG_CBOR: u64 = 0x71;

/// Multihash code of SHA-256.
const HASH_SHA2_256: u64 = 0x12;

/// What the bytes of an operation come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// SHA-256 of the DAG-CBOR without `sig`: what the signature is over.
    pub(crate) signed_sha256: [u8; 32],
    /// CIDv1, DAG-CBOR, SHA-256, over the DAG-CBOR with `sig`, in base32.
    pub(crate) cid: String,
    /// SHA-256 of the DAG-CBOR with `sig`.
    sha256: [u8; 32],
    /// Bytes of the DAG-CBOR with `sig`.
    pub(crate) size: usize,
}

impl Encoded {
    /// The DID that this operation implies if it is a genesis.
    pub(crate) fn genesis_did(&self) -> PlcDid {
        PlcDid::of_genesis(&self.sha256)
    }
}

/// Encodes an operation. The serialiser sorts members by length, then bytewise, and writes `prev` as text.
pub(crate) fn encode(operation: &Operation) -> Result<Encoded, Error> {
    let signed_sha256 = Sha256::digest(dag_cbor(operation, None)?).into();
    let bytes = dag_cbor(operation, Some(&operation.signature().text))?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let hash = Multihash::<64>::wrap(HASH_SHA2_256, &sha256).map_err(|_| unencodable())?;
    let cid = Cid::new_v1(CODEC_DAG_CBOR, hash).to_string();
    Ok(Encoded { signed_sha256, cid, sha256, size: bytes.len() })
}

fn dag_cbor(operation: &Operation, sig: Option<&str>) -> Result<Vec<u8>, Error> {
    let prev = operation.prev();
    let type_name = operation.operation_type().as_str();
    let bytes = match operation.body() {
        Body::Regular(state) => serde_ipld_dagcbor::to_vec(&Regular::new(type_name, state, prev, sig)),
        Body::Tombstone => serde_ipld_dagcbor::to_vec(&Tombstone { type_name, prev, sig }),
        Body::Create(create, _) => serde_ipld_dagcbor::to_vec(&Create::new(type_name, create, prev, sig)),
    };
    bytes.map_err(|_| unencodable())
}

/// Never seen: texts, lists and maps of texts always have a DAG-CBOR form.
fn unencodable() -> Error {
    Error::new(Code::PlcOperationMalformed, "the operation has no DAG-CBOR form")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Regular<'a> {
    #[serde(rename = "type")]
    type_name: &'static str,
    rotation_keys: &'a [String],
    verification_methods: &'a CanonicalMap<DidKey>,
    also_known_as: &'a [String],
    services: &'a CanonicalMap<Service>,
    prev: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sig: Option<&'a str>,
}

impl<'a> Regular<'a> {
    fn new(type_name: &'static str, state: &'a State, prev: Option<&'a str>, sig: Option<&'a str>) -> Self {
        Regular {
            type_name,
            rotation_keys: &state.rotation_keys,
            verification_methods: &state.verification_methods,
            also_known_as: &state.also_known_as,
            services: &state.services,
            prev,
            sig,
        }
    }
}

#[derive(Serialize)]
struct Tombstone<'a> {
    #[serde(rename = "type")]
    type_name: &'static str,
    prev: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sig: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Create<'a> {
    #[serde(rename = "type")]
    type_name: &'static str,
    signing_key: &'a str,
    recovery_key: &'a str,
    handle: &'a str,
    service: &'a str,
    prev: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sig: Option<&'a str>,
}

impl<'a> Create<'a> {
    fn new(type_name: &'static str, create: &'a LegacyCreate, prev: Option<&'a str>, sig: Option<&'a str>) -> Self {
        let LegacyCreate { signing_key, recovery_key, handle, service } = create;
        Create { type_name, signing_key, recovery_key, handle, service, prev, sig }
    }
}
