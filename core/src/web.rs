//! did:web: identities that a web server vouches for.

use crate::did::WebDid;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::json::{self, Fields, Value};
use crate::key::DidKey;
use crate::plc::Service;
use std::collections::BTreeSet;

/// The only type of verification method that is read.
const MULTIKEY: &str = "Multikey";

/// An identity as the DID document of a did:web says it is.
///
/// Nothing in it is signed: whoever controls the domain, or its TLS, says what it says. Reports call this trust `web`.
///
/// ```
/// use fedverify::{Limits, WebDid, WebIdentity};
///
/// let did: WebDid = "did:web:publisher.example:plugins".parse()?;
/// assert_eq!(did.document_url(), "https://publisher.example/plugins/did.json");
/// let document = br##"{"id": "did:web:publisher.example:plugins", "service": [
///     {"id": "#repo", "type": "FairPackageManagementRepo", "serviceEndpoint": "https://publisher.example/fair.json"}]}"##;
/// let identity = WebIdentity::parse(document, &did, &Limits::default())?;
/// assert_eq!(identity.repository()?, "https://publisher.example/fair.json");
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebIdentity {
    did: WebDid,
    /// In the order of the document.
    verification_methods: Vec<(String, DidKey)>,
    services: Vec<(String, Service)>,
    also_known_as: Vec<String>,
}

impl WebIdentity {
    /// Reads the DID document that was fetched from [`WebDid::document_url`].
    ///
    /// Verification methods of the type `Multikey` and services of a text endpoint count, if their ids are fragments of
    /// this DID; everything else in the document is passed over, as DID Core wants.
    ///
    /// Errors: `input.*`, within `limits.record_bytes`; [`Code::DidDocumentMalformed`],
    /// [`Code::DidDocumentIdMismatch`].
    pub fn parse(json: &[u8], did: &WebDid, limits: &Limits) -> Result<Self, Error> {
        WebIdentity::read(json, did, limits).map_err(|error| error.at(Check::WebDocument))
    }

    fn read(json: &[u8], did: &WebDid, limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("DID document", json, limits.record_bytes, limits)?;
        let mut fields = Fields::of(value).map_err(|other| {
            Error::new(Code::InputWrongType, format!("a DID document is an object, this is {}", other.kind()))
        })?;
        let id = fields.take_string("id").map_err(|what| malformed(&what))?;
        if id != did.as_str() {
            let message = format!("expected the document of {did}, found that of {}", quote(&id));
            return Err(Error::new(Code::DidDocumentIdMismatch, message));
        }
        Ok(WebIdentity {
            did: did.clone(),
            verification_methods: take_members(&mut fields, "verificationMethod", did, verification_method)?,
            services: take_members(&mut fields, "service", did, service)?,
            also_known_as: also_known_as(&mut fields)?,
        })
    }

    /// The DID that was asked for, and that the document is about.
    pub fn did(&self) -> &WebDid {
        &self.did
    }

    /// The keys of the type `Multikey` by their ids (fragments, without `#`), in the order of the document.
    pub fn verification_methods(&self) -> impl Iterator<Item = (&str, &DidKey)> {
        self.verification_methods.iter().map(|(id, key)| (id.as_str(), key))
    }

    /// The services by their ids (fragments, without `#`), in the order of the document.
    pub fn services(&self) -> impl Iterator<Item = (&str, &Service)> {
        self.services.iter().map(|(id, service)| (id.as_str(), service))
    }

    /// Other names that the document claims.
    pub fn also_known_as(&self) -> &[String] {
        &self.also_known_as
    }
}

fn malformed(what: &str) -> Error {
    Error::new(Code::DidDocumentMalformed, format!("not a DID document: {what}"))
}

/// The members of an array that are fragments of this DID and of a kind that is read. An id that stands there twice is
/// refused: two readers could take either.
fn take_members<T>(
    fields: &mut Fields<'_>,
    name: &str,
    did: &WebDid,
    read: fn(&mut Fields<'_>) -> Option<T>,
) -> Result<Vec<(String, T)>, Error> {
    let items = match fields.take(name) {
        None => return Ok(Vec::new()),
        Some(value) => value.into_array().map_err(|other| {
            malformed(&format!("the member {name} must be an array, it is {}", other.kind()))
        })?,
    };
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for item in items {
        let mut item = Fields::of(item).map_err(|other| {
            malformed(&format!("each of {name} must be an object, it is {}", other.kind()))
        })?;
        let id = item.take_string("id").map_err(|what| malformed(&format!("in {name}, {what}")))?;
        let Some(fragment) = fragment_of(&id, did) else { continue };
        if !seen.insert(fragment.to_owned()) {
            return Err(malformed(&format!("the id {} stands in {name} twice", quote(&id))));
        }
        members.extend(read(&mut item).map(|member| (fragment.to_owned(), member)));
    }
    Ok(members)
}

/// The fragment of an id, which is written whole or as `#fragment` alone.
fn fragment_of<'i>(id: &'i str, did: &WebDid) -> Option<&'i str> {
    id.strip_prefix(did.as_str()).unwrap_or(id).strip_prefix('#').filter(|fragment| !fragment.is_empty())
}

fn verification_method(item: &mut Fields<'_>) -> Option<DidKey> {
    let method_type = item.take_string("type").ok()?;
    let multibase = item.take_string("publicKeyMultibase").ok()?;
    (method_type == MULTIKEY).then(|| DidKey::from_text(format!("did:key:{multibase}")).ok()).flatten()
}

fn service(item: &mut Fields<'_>) -> Option<Service> {
    let service_type = item.take_string("type").ok()?;
    let endpoint = item.take_string("serviceEndpoint").ok()?;
    Some(Service { service_type, endpoint })
}

fn also_known_as(fields: &mut Fields<'_>) -> Result<Vec<String>, Error> {
    let Some(value) = fields.take("alsoKnownAs") else { return Ok(Vec::new()) };
    let names = value
        .into_array()
        .and_then(|names| names.into_iter().map(Value::into_string).collect::<Result<_, _>>());
    let names: Vec<_> = names.map_err(|_| malformed("the member alsoKnownAs must be an array of texts"))?;
    Ok(names.into_iter().map(std::borrow::Cow::into_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<WebIdentity, Code> {
        let did: WebDid = "did:web:a.example".parse().unwrap();
        WebIdentity::parse(json.as_bytes(), &did, &Limits::default()).map_err(|error| error.code())
    }

    #[test]
    fn only_what_belongs_to_the_did_counts() {
        let identity = parse(
            r##"{"id": "did:web:a.example", "more": 1, "alsoKnownAs": ["fair://a.example"], "verificationMethod": [
                {"id": "did:web:a.example#fair", "type": "Multikey", "publicKeyMultibase": "z6Mk"},
                {"id": "#other", "type": "Multikey", "publicKeyMultibase": "z6Mm"},
                {"id": "did:web:b.example#fair", "type": "Multikey", "publicKeyMultibase": "z6Mn"},
                {"id": "#old", "type": "Ed25519VerificationKey2018", "publicKeyMultibase": "z6Mo"},
                {"id": "#bad", "type": "Multikey", "publicKeyMultibase": "0"}],
              "service": [{"id": "#a", "type": "T", "serviceEndpoint": {}}, {"id": "#b", "type": "T", "serviceEndpoint": "e"}]}"##,
        )
        .unwrap();
        assert_eq!(identity.verification_methods().map(|(id, _)| id).collect::<Vec<_>>(), ["fair", "other"]);
        assert_eq!(identity.services().map(|(id, _)| id).collect::<Vec<_>>(), ["b"]);
        assert_eq!(identity.also_known_as(), ["fair://a.example"]);
    }

    #[test]
    fn each_fault_has_its_code() {
        let faults = [
            ("[]", Code::InputWrongType),
            ("{}", Code::DidDocumentMalformed),
            (r#"{"id": "did:web:b.example"}"#, Code::DidDocumentIdMismatch),
            (r#"{"id": "did:web:a.example", "id": "did:web:a.example"}"#, Code::InputDuplicateMember),
            (r#"{"id": "did:web:a.example", "service": {}}"#, Code::DidDocumentMalformed),
            (r#"{"id": "did:web:a.example", "service": [1]}"#, Code::DidDocumentMalformed),
            (r#"{"id": "did:web:a.example", "verificationMethod": [{}]}"#, Code::DidDocumentMalformed),
            (r#"{"id": "did:web:a.example", "alsoKnownAs": [1]}"#, Code::DidDocumentMalformed),
            (
                r##"{"id": "did:web:a.example", "service": [{"id": "#a"}, {"id": "did:web:a.example#a"}]}"##,
                Code::DidDocumentMalformed,
            ),
        ];
        for (json, code) in faults {
            assert_eq!(parse(json).map(drop), Err(code), "{json}");
        }
    }
}
