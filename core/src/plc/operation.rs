//! Operations as they are claimed: the three types, with exactly their members.

use super::map::CanonicalMap;
use crate::encoding::base64;
use crate::error::Error;
use crate::json::{Fields, Value};
use crate::key::{DidKey, EcdsaSignature};
use crate::quote::quote;
use crate::tables::{Code, Limits, OperationType};
use std::borrow::Cow;

/// One signed operation of a log: well-formed, and nothing more. It is a claim until an [`Identity`](super::Identity)
/// holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    body: Body,
    prev: Option<String>,
    signature: Signature,
}

/// What an operation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// `plc_operation`: the whole new state.
    Regular(State),
    /// `plc_tombstone`: the identity ends.
    Tombstone,
    /// `create`, the legacy genesis: its own members, and the state that they stand for.
    Create(LegacyCreate, State),
}

/// The state of an identity after an operation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    pub(crate) rotation_keys: Vec<String>,
    pub(crate) verification_methods: CanonicalMap<DidKey>,
    pub(crate) also_known_as: Vec<String>,
    pub(crate) services: CanonicalMap<Service>,
}

impl State {
    /// The keys that may sign the next operation, highest authority first. Strings as they were signed: most are did:keys of
    /// secp256k1 or P-256, others can sign nothing.
    pub fn rotation_keys(&self) -> &[String] {
        &self.rotation_keys
    }

    /// The keys that speak for the identity, by their ids (fragments, without `#`).
    pub fn verification_methods(&self) -> &CanonicalMap<DidKey> {
        &self.verification_methods
    }

    /// Other names that the identity claims. Claims: the other side must confirm them.
    pub fn also_known_as(&self) -> &[String] {
        &self.also_known_as
    }

    /// The services, by their ids (fragments, without `#`).
    pub fn services(&self) -> &CanonicalMap<Service> {
        &self.services
    }
}

/// A service of an identity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Service {
    #[serde(rename = "type")]
    pub(crate) service_type: String,
    pub(crate) endpoint: String,
}

impl Service {
    /// The type, such as `FairPackageManagementRepo`.
    pub fn service_type(&self) -> &str {
        &self.service_type
    }

    /// The URL, as it was signed. Any string.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// The members of a legacy `create`, which are what is hashed and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LegacyCreate {
    pub(crate) signing_key: String,
    pub(crate) recovery_key: String,
    pub(crate) handle: String,
    pub(crate) service: String,
}

/// A signature as text and as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) text: String,
    pub(crate) bytes: EcdsaSignature,
}

impl Operation {
    /// Reads an operation from JSON that was read strictly.
    pub(crate) fn from_json(value: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        let mut fields = Fields::from_value(value)
            .map_err(|other| malformed(&format!("an operation must be an object, found {}", other.kind())))?;
        let operation_type = fields.take_borrowed_string("type").map_err(|what| malformed(&what))?;
        let body = match operation_type.as_ref() {
            "plc_operation" => Body::Regular(regular(&mut fields, limits)?),
            "plc_tombstone" => Body::Tombstone,
            "create" => create(&mut fields)?,
            other => {
                let found = quote(other);
                return Err(malformed(&format!(
                    "the type must be plc_operation, plc_tombstone or create, found {found}"
                )));
            }
        };
        let prev = prev(&mut fields, &body)?;
        let signature = signature(&mut fields)?;
        match fields.left_over() {
            Some(name) => {
                let message = format!("a {operation_type} must not have the member {}", quote(name));
                Err(Error::new(Code::PlcOperationUnknownField, message))
            }
            None => Ok(Operation { body, prev, signature }),
        }
    }

    /// The type.
    pub fn operation_type(&self) -> OperationType {
        match self.body {
            Body::Regular(_) => OperationType::Regular,
            Body::Tombstone => OperationType::Tombstone,
            Body::Create(..) => OperationType::Create,
        }
    }

    /// The CID of the operation that this one follows on, as text; `None` in a genesis.
    pub fn prev(&self) -> Option<&str> {
        self.prev.as_deref()
    }

    /// The state that the operation sets; `None` for a tombstone.
    pub fn state(&self) -> Option<&State> {
        match &self.body {
            Body::Regular(state) | Body::Create(_, state) => Some(state),
            Body::Tombstone => None,
        }
    }

    pub(crate) fn body(&self) -> &Body {
        &self.body
    }

    pub(crate) fn signature(&self) -> &Signature {
        &self.signature
    }
}

fn malformed(what: &str) -> Error {
    Error::new(Code::PlcOperationMalformed, what)
}

fn regular(fields: &mut Fields<'_>, limits: &Limits) -> Result<State, Error> {
    let many = Code::PlcOperationTooManyMembers;
    let rotation_keys = take_strings(fields, "rotationKeys")?;
    let count = rotation_keys.len();
    check_count(count, "rotationKeys", limits.rotation_keys, Code::PlcOperationTooManyRotationKeys)?;
    let verification_methods = take_map(fields, "verificationMethods", verification_method)?;
    check_count(verification_methods.len(), "verificationMethods", limits.verification_methods, many)?;
    let also_known_as = take_strings(fields, "alsoKnownAs")?;
    check_count(also_known_as.len(), "alsoKnownAs", limits.also_known_as, many)?;
    let services = take_map(fields, "services", service)?;
    check_count(services.len(), "services", limits.services, many)?;
    Ok(State { rotation_keys, verification_methods, also_known_as, services })
}

/// Each limit on what a state may hold has the name of the member.
fn check_count(count: usize, name: &'static str, limit: u64, code: Code) -> Result<(), Error> {
    if u64::try_from(count).unwrap_or(u64::MAX) > limit {
        return Err(Error::above_limit(code, format!("the operation has {count} {name}"), name, limit));
    }
    Ok(())
}

fn verification_method(value: Value<'_>) -> Result<DidKey, Error> {
    let text = string(value, "verificationMethods")?;
    DidKey::from_text(text).map_err(|text| {
        malformed(&format!("a verification method must be did:key:z and base58btc, found {}", quote(&text)))
    })
}

fn service(value: Value<'_>) -> Result<Service, Error> {
    let mut fields = Fields::from_value(value)
        .map_err(|other| malformed(&format!("a service must be an object, found {}", other.kind())))?;
    let service_type =
        fields.take_string("type").map_err(|what| malformed(&format!("in a service, {what}")))?;
    let endpoint =
        fields.take_string("endpoint").map_err(|what| malformed(&format!("in a service, {what}")))?;
    match fields.left_over() {
        Some(name) => Err(Error::new(
            Code::PlcOperationUnknownField,
            format!("a service must not have the member {}", quote(name)),
        )),
        None => Ok(Service { service_type, endpoint }),
    }
}

/// A legacy genesis, with the state it stands for (did:plc specification, "Legacy genesis").
fn create(fields: &mut Fields<'_>) -> Result<Body, Error> {
    let mut take = |name| fields.take_string(name).map_err(|what| malformed(&what));
    let create = LegacyCreate {
        signing_key: take("signingKey")?,
        recovery_key: take("recoveryKey")?,
        handle: take("handle")?,
        service: take("service")?,
    };
    let atproto = DidKey::from_text(create.signing_key.clone()).map_err(|text| {
        malformed(&format!("the signingKey must be did:key:z and base58btc, found {}", quote(&text)))
    })?;
    let pds = Service {
        service_type: "AtprotoPersonalDataServer".to_owned(),
        endpoint: with_http_scheme(&create.service),
    };
    let state = State {
        rotation_keys: vec![create.recovery_key.clone(), create.signing_key.clone()],
        verification_methods: CanonicalMap::from_members(vec![("atproto".to_owned(), atproto)]),
        also_known_as: vec![with_at_scheme(&create.handle)],
        services: CanonicalMap::from_members(vec![("atproto_pds".to_owned(), pds)]),
    };
    Ok(Body::Create(create, state))
}

fn with_http_scheme(service: &str) -> String {
    let has_scheme = service.starts_with("https://") || service.starts_with("http://");
    if has_scheme { service.to_owned() } else { format!("https://{service}") }
}

/// The directory takes a web scheme off before it puts `at://` on.
fn with_at_scheme(handle: &str) -> String {
    if handle.starts_with("at://") {
        return handle.to_owned();
    }
    format!("at://{}", handle.replacen("http://", "", 1).replacen("https://", "", 1))
}

/// `prev` is never absent: null in a genesis, a text elsewhere. A tombstone and a create have only one of them.
fn prev(fields: &mut Fields<'_>, body: &Body) -> Result<Option<String>, Error> {
    match (fields.take("prev"), body) {
        (Some(Value::Null), Body::Regular(_) | Body::Create(..)) => Ok(None),
        (Some(Value::String(cid)), Body::Regular(_) | Body::Tombstone) => Ok(Some(cid.into_owned())),
        (Some(other), Body::Regular(_)) => {
            Err(malformed(&format!("prev must be a CID string or null, found {}", other.kind())))
        }
        (Some(other), Body::Tombstone) => {
            Err(malformed(&format!("prev of a plc_tombstone must be a CID string, found {}", other.kind())))
        }
        (Some(other), Body::Create(..)) => {
            Err(malformed(&format!("prev of a create must be null, found {}", other.kind())))
        }
        (None, _) => Err(malformed("the member prev is missing")),
    }
}

fn signature(fields: &mut Fields<'_>) -> Result<Signature, Error> {
    let text = fields.take_string("sig").map_err(|what| malformed(&what))?;
    let bytes = base64::decode_url_signature(&text).ok_or_else(|| {
        let expected = "86 characters of canonical base64url without padding, for 64 bytes";
        Error::new(Code::PlcSignatureEncoding, format!("expected {expected}, found {}", quote(&text)))
    })?;
    Ok(Signature { text, bytes })
}

fn string(value: Value<'_>, what: &str) -> Result<String, Error> {
    let text = value.into_string();
    text.map(Cow::into_owned)
        .map_err(|other| malformed(&format!("each of {what} must be a string, found {}", other.kind())))
}

fn take_strings(fields: &mut Fields<'_>, name: &str) -> Result<Vec<String>, Error> {
    let items = fields.take_array(name).map_err(|what| malformed(&what))?;
    items.into_iter().map(|item| string(item, name)).collect()
}

fn take_map<V>(
    fields: &mut Fields<'_>,
    name: &str,
    read: fn(Value<'_>) -> Result<V, Error>,
) -> Result<CanonicalMap<V>, Error> {
    let members = fields.take_members(name).map_err(|what| malformed(&what))?;
    let members = members.into_iter().map(|(id, value)| Ok((id.into_owned(), read(value)?)));
    Ok(CanonicalMap::from_members(members.collect::<Result<_, Error>>()?))
}
