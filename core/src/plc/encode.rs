//! The bytes of an operation: DAG-CBOR, with and without the signature, and the CID over the first.

use super::dag_cbor::DagCbor;
use super::operation::{Body, LegacyCreate, Operation, Service, State};
use crate::did::PlcDid;
use crate::encoding::cid;
use crate::error::Error;
use crate::pin::PinnedOperation;
use crate::tables::{Code, Limits};
use sha2::{Digest, Sha256};

/// What the bytes of an operation come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// What is left to check of the signature.
    pub(crate) signature: SignatureState,
    /// CIDv1, DAG-CBOR, SHA-256, over the DAG-CBOR with `sig`, in base32.
    pub(crate) cid: String,
    /// Bytes of the DAG-CBOR with `sig`.
    pub(crate) size: usize,
}

/// What is left to check of an operation's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignatureState {
    /// It is to be checked, over this: the DAG-CBOR without `sig`.
    Unchecked(Vec<u8>),
    /// It was checked before, and found to be by the rotation key of this index.
    Proven(usize),
}

impl Encoded {
    /// What is known of an operation whose text is the very text that was verified before. No signature of it is checked
    /// again.
    pub(crate) fn proven(pinned: &PinnedOperation) -> Self {
        Encoded {
            signature: SignatureState::Proven(pinned.signer),
            cid: pinned.cid.clone(),
            size: pinned.size,
        }
    }

    /// Refuses an operation of more bytes than the limit.
    pub(crate) fn within(self, limits: &Limits) -> Result<Self, Error> {
        if u64::try_from(self.size).unwrap_or(u64::MAX) > limits.operation_bytes {
            let found = format!("the operation has {} bytes of DAG-CBOR", self.size);
            let (code, limit) = (Code::PlcOperationTooLarge, limits.operation_bytes);
            return Err(Error::above_limit(code, found, "operationBytes", limit).with_cid(&self.cid));
        }
        Ok(self)
    }

    /// The same, with the signature proven by the rotation key of this index.
    pub(crate) fn signed_by(self, index: usize) -> Self {
        Encoded { signature: SignatureState::Proven(index), ..self }
    }

    /// The DID that this operation implies if it is a genesis. The CID holds the hash that the DID is cut from.
    pub(crate) fn genesis_did(&self) -> Option<PlcDid> {
        cid::sha256_in(&self.cid).map(|sha256| PlcDid::from_genesis(&sha256))
    }
}

/// Encodes an operation. `prev` is written as text, not as a link.
pub(crate) fn encode(operation: &Operation) -> Result<Encoded, Error> {
    let unsigned = unsigned_dag_cbor(operation).ok_or_else(unencodable)?;
    let signed = with_sig(&unsigned, &operation.signature().text).ok_or_else(unencodable)?;
    let sha256: [u8; 32] = Sha256::digest(&signed).into();
    let cid = cid::from_sha256(&sha256);
    let signature = SignatureState::Unchecked(unsigned);
    Ok(Encoded { signature, cid, size: signed.len() })
}

/// The members in canonical order, which is one order for each type of operation: shorter names first, then bytewise.
fn unsigned_dag_cbor(operation: &Operation) -> Option<Vec<u8>> {
    let mut cbor = DagCbor::new();
    let members = match operation.body() {
        Body::Regular(_) => REGULAR_MEMBERS,
        Body::Tombstone => TOMBSTONE_MEMBERS,
        Body::Create(..) => CREATE_MEMBERS,
    };
    cbor.map(members).name("prev").value(&operation.prev());
    cbor.name("type").value(operation.operation_type().as_str());
    match operation.body() {
        Body::Regular(state) => write_state(&mut cbor, state),
        Body::Tombstone => {}
        Body::Create(create, _) => write_create(&mut cbor, create),
    }
    cbor.finish()
}

/// The members of each type, `prev` and `type` among them and `sig` not.
const REGULAR_MEMBERS: usize = 6;
const TOMBSTONE_MEMBERS: usize = 2;
const CREATE_MEMBERS: usize = 6;

fn write_state(cbor: &mut DagCbor, state: &State) {
    cbor.name("services").map(state.services.len());
    for (id, Service { service_type, endpoint }) in state.services.iter() {
        cbor.name(id).map(2).name("type").value(service_type).name("endpoint").value(endpoint);
    }
    cbor.name("alsoKnownAs").value(&state.also_known_as);
    cbor.name("rotationKeys").value(&state.rotation_keys);
    cbor.name("verificationMethods").map(state.verification_methods.len());
    for (id, key) in state.verification_methods.iter() {
        cbor.name(id).value(key);
    }
}

fn write_create(cbor: &mut DagCbor, create: &LegacyCreate) {
    let LegacyCreate { signing_key, recovery_key, handle, service } = create;
    cbor.name("handle").value(handle).name("service").value(service);
    cbor.name("signingKey").value(signing_key).name("recoveryKey").value(recovery_key);
}

/// The CBOR of the name `sig`, and the head of a text of 86 bytes (RFC 8949, section 3).
const SIG_ENTRY: [u8; 6] = [0x63, b's', b'i', b'g', 0x78, 86];

/// Adds the member `sig` to the map without it. No other member name of an operation has three bytes or less, so `sig`
/// is always the first member: the map's count goes up by one, and the entry goes in front. Encoding everything a second
/// time gives the same bytes at twice the price.
fn with_sig(unsigned: &[u8], sig: &str) -> Option<Vec<u8>> {
    debug_assert_eq!(sig.len(), 86, "a signature was parsed from 86 characters");
    let (map_of, members) = unsigned.split_first()?;
    let capacity = unsigned.len().checked_add(SIG_ENTRY.len())?.checked_add(sig.len())?;
    let mut signed = Vec::with_capacity(capacity);
    signed.push(map_of.checked_add(1)?);
    signed.extend(SIG_ENTRY);
    signed.extend(sig.as_bytes());
    signed.extend(members);
    Some(signed)
}

/// Never seen: texts, lists and maps of texts always have a DAG-CBOR form.
fn unencodable() -> Error {
    Error::new(Code::PlcOperationMalformed, "the operation has no DAG-CBOR form")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use ipld_core::ipld::Ipld;
    use std::collections::BTreeMap;

    const SIG: &str =
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn operation(members: &str) -> Operation {
        let limits = Limits::default();
        let json = format!("{{{members},\"sig\":\"{SIG}\"}}");
        let value =
            json::parse("operation", json.as_bytes(), ("logBytes", limits.log_bytes), &limits).unwrap();
        Operation::from_json(value, &limits).unwrap()
    }

    /// The three types, with their count of members.
    fn operations() -> [(Operation, usize); 3] {
        let regular = r#""type":"plc_operation","rotationKeys":[],"verificationMethods":{},"alsoKnownAs":["a"],
            "services":{"bb":{"type":"t","endpoint":"e"},"a":{"type":"t","endpoint":"e"}},"prev":null"#;
        let create = r#""type":"create","signingKey":"did:key:za","recoveryKey":"","handle":"","service":"","prev":null"#;
        let tombstone = r#""type":"plc_tombstone","prev":"x""#;
        [(operation(regular), 7), (operation(create), 7), (operation(tombstone), 3)]
    }

    #[test]
    fn the_signed_bytes_are_canonical_and_hold_the_signature() {
        for (operation, members) in operations() {
            let signed = with_sig(&unsigned_dag_cbor(&operation).unwrap(), SIG).unwrap();
            // The decoder refuses what is not canonical, and the encoder gives the same bytes again.
            let map: BTreeMap<String, Ipld> = serde_ipld_dagcbor::from_slice(&signed).unwrap();
            assert_eq!(map.len(), members);
            assert_eq!(serde_ipld_dagcbor::to_vec(&map).unwrap(), signed);
        }
    }
}
