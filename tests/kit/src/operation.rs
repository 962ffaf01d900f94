//! did:plc operations: built, signed, hashed.

use crate::cbor;
use crate::encoding::{base64url, cid, did_plc};
use crate::json::Json;
use crate::keys::KeyPair;

/// An operation that is not signed yet.
#[derive(Debug, Clone)]
pub struct Op {
    members: Json,
}

impl Op {
    /// A `plc_operation` that says nothing yet and follows nothing: a genesis, until [`Op::after`].
    pub fn regular() -> Op {
        Op::of(Json::object([
            ("type", "plc_operation".into()),
            ("rotationKeys", Json::Array(Vec::new())),
            ("verificationMethods", Json::object([])),
            ("alsoKnownAs", Json::Array(Vec::new())),
            ("services", Json::object([])),
            ("prev", Json::Null),
        ]))
    }

    /// A `plc_tombstone`; it needs [`Op::after`].
    pub fn tombstone() -> Op {
        Op::of(Json::object([("type", "plc_tombstone".into())]))
    }

    /// A legacy `create`.
    pub fn create(recovery_key: &KeyPair, signing_key: &KeyPair, handle: &str, service: &str) -> Op {
        Op::of(Json::object([
            ("type", "create".into()),
            ("signingKey", signing_key.did_key().into()),
            ("recoveryKey", recovery_key.did_key().into()),
            ("handle", handle.into()),
            ("service", service.into()),
            ("prev", Json::Null),
        ]))
    }

    /// An operation with any members.
    pub fn of(members: Json) -> Op {
        Op { members }
    }

    /// Sets the rotation keys, highest authority first: key pairs or strings.
    pub fn rotation_keys(self, keys: impl IntoIterator<Item = impl Into<String>>) -> Op {
        let keys: Vec<String> = keys.into_iter().map(Into::into).collect();
        self.with("rotationKeys", Json::array(keys))
    }

    /// Adds a verification method.
    pub fn verification_method(mut self, id: &str, key: impl Into<String>) -> Op {
        self.members.member("verificationMethods").push(id, key.into());
        self
    }

    /// Adds an alias.
    pub fn also_known_as(mut self, uri: &str) -> Op {
        self.members.member("alsoKnownAs").items_mut().push(uri.into());
        self
    }

    /// Adds a service.
    pub fn service(mut self, id: &str, service_type: &str, endpoint: &str) -> Op {
        let service = Json::object([("type", service_type.into()), ("endpoint", endpoint.into())]);
        self.members.member("services").push(id, service);
        self
    }

    /// Lets the operation follow on another.
    pub fn after(self, prev: &SignedOp) -> Op {
        self.with("prev", prev.cid())
    }

    /// Sets any member to anything.
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Op {
        self.members.set(name, value);
        self
    }

    /// Leaves a member out.
    pub fn without(mut self, name: &str) -> Op {
        self.members.remove(name);
        self
    }

    /// Changes the members in any way.
    pub fn edit(mut self, change: impl FnOnce(&mut Json)) -> Op {
        change(&mut self.members);
        self
    }

    /// The members without a signature.
    pub fn members(&self) -> &Json {
        &self.members
    }

    /// The bytes that are signed.
    pub fn bytes(&self) -> Vec<u8> {
        cbor::encode(&self.members)
    }

    /// Signs honestly.
    pub fn sign(self, key: &KeyPair) -> SignedOp {
        let signature = base64url(&key.sign(&self.bytes()));
        SignedOp { signer: Some(key.did_key()), ..self.with_sig(signature) }
    }

    /// Takes any string, or anything else, as the signature. CID and DID are right for it.
    pub fn with_sig(mut self, sig: impl Into<Json>) -> SignedOp {
        self.members.push("sig", sig);
        SignedOp::of(self.members)
    }
}

/// An operation with its signature, its CID and the DID that it would have as a genesis.
#[derive(Debug, Clone)]
pub struct SignedOp {
    json: Json,
    cid: String,
    did: String,
    signer: Option<String>,
}

impl SignedOp {
    /// Hashes the members, which hold the signature if there is one.
    pub fn of(json: Json) -> SignedOp {
        let bytes = cbor::encode(&json);
        SignedOp { cid: cid(&bytes), did: did_plc(&bytes), json, signer: None }
    }

    /// Changes what is served, and leaves the CID and the DID as they were: members beside what is hashed.
    pub fn served(mut self, change: impl FnOnce(&mut Json)) -> SignedOp {
        change(&mut self.json);
        self
    }

    /// The operation as it is served.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// The CID.
    pub fn cid(&self) -> &str {
        &self.cid
    }

    /// The DID of the identity that starts with this operation.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The signature as it is written.
    pub fn sig(&self) -> &str {
        self.json.get("sig").and_then(Json::as_text).expect("a signed operation")
    }

    /// How many bytes the signed DAG-CBOR has.
    pub fn size(&self) -> usize {
        cbor::encode(&self.json).len()
    }

    /// The did:key that signed, of an operation that was signed honestly.
    pub fn signer(&self) -> Option<&str> {
        self.signer.as_deref()
    }

    /// The keys that may sign what follows on this operation, highest authority first.
    pub fn rotation_keys(&self) -> Vec<&str> {
        match (self.json.get("rotationKeys"), self.json.get("recoveryKey"), self.json.get("signingKey")) {
            (Some(Json::Array(keys)), ..) => keys.iter().filter_map(Json::as_text).collect(),
            (None, Some(recovery), Some(signing)) => {
                [recovery, signing].map(Json::as_text).into_iter().flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn prev(&self) -> Option<&str> {
        self.json.get("prev").and_then(Json::as_text)
    }

    pub(crate) fn is_tombstone(&self) -> bool {
        self.json.get("type").and_then(Json::as_text) == Some("plc_tombstone")
    }
}
