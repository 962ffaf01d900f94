//! did:web: DID documents that a web server vouches for (fair.md, "did:web documents").

use crate::did::WebDid;
use crate::error::Error;
use crate::index::Index;
use crate::json::{self, Fields, Value};
use crate::key::DidKey;
use crate::plc::{Service, Timestamp};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::time::check_clock;

/// The only type of verification method that is read.
const MULTIKEY: &str = "Multikey";

/// The DID document of a did:web, well-formed and about the DID that was asked for.
///
/// Nothing in it is signed: whoever controls the domain, or its TLS, says what it says. Reports call this trust `web`.
///
/// ```
/// use fedverify::{Limits, WebDid, WebDocument};
///
/// let did: WebDid = "did:web:publisher.example:plugins".parse()?;
/// assert_eq!(did.document_url(), "https://publisher.example/plugins/did.json");
/// let document = br##"{"id": "did:web:publisher.example:plugins", "service": [
///     {"id": "#repo", "type": "FairPackageManagementRepo", "serviceEndpoint": "https://publisher.example/fair.json"}]}"##;
/// let document = WebDocument::parse(document, &did, 1_767_225_600, &Limits::default())?;
/// assert_eq!(document.repository()?, "https://publisher.example/fair.json");
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebDocument {
    did: WebDid,
    /// In the order of the document.
    verification_methods: Vec<(String, DidKey)>,
    /// The ids of methods that are revoked or have expired.
    withdrawn: Vec<String>,
    services: Vec<(String, WebService)>,
    also_known_as: Vec<String>,
}

/// A service. Endpoints that are no strings, such as maps, are none that FAIR reads.
#[derive(Debug, Clone, PartialEq, Eq)]
enum WebService {
    Readable(Service),
    /// Its type.
    Opaque(String),
}

impl WebService {
    fn readable(&self) -> Option<&Service> {
        match self {
            WebService::Readable(service) => Some(service),
            WebService::Opaque(_) => None,
        }
    }

    fn service_type(&self) -> &str {
        match self {
            WebService::Readable(service) => service.service_type(),
            WebService::Opaque(service_type) => service_type,
        }
    }
}

impl WebDocument {
    /// Reads the DID document that was fetched from [`WebDid::document_url`]. `now` is the caller's clock, in seconds since
    /// 1970, by which keys expire.
    ///
    /// Verification methods of the type `Multikey` and services with a string as endpoint count, if their ids are fragments
    /// of this DID; everything else in the document is ignored, as DID Core requires. A method that is revoked or has
    /// expired is not a key any more (fair.md, "Revoked and expired keys").
    ///
    /// # Errors
    ///
    /// `input.*`, within `limits.record_bytes`; [`Code::DidDocumentMalformed`], [`Code::DidDocumentIdMismatch`];
    /// [`Code::ApiArgument`] for a clock later than the year 9999.
    pub fn parse(json: &[u8], did: &WebDid, now: u64, limits: &Limits) -> Result<Self, Error> {
        check_clock(now)?;
        WebDocument::read(json, did, now, limits).map_err(|error| error.at(Check::WebDocument))
    }

    fn read(json: &[u8], did: &WebDid, now: u64, limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("DID document", json, ("recordBytes", limits.record_bytes), limits)?;
        let mut fields = Fields::from_value(value).map_err(|other| {
            let message = format!("expected a DID document, which is an object; found {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        let id = fields.take_string("id").map_err(|what| malformed(&what))?;
        if id != did.as_str() {
            let message = format!("expected the document of {did}, found that of {}", quote(&id));
            return Err(Error::new(Code::DidDocumentIdMismatch, message));
        }
        let methods =
            take_members(&mut fields, "verificationMethod", did, |item| verification_method(item, now))?;
        let (verification_methods, withdrawn) = split_withdrawn(methods);
        Ok(WebDocument {
            did: did.clone(),
            verification_methods,
            withdrawn,
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

    /// The ids of methods that are no keys any more, because they are revoked or have expired.
    pub fn withdrawn(&self) -> &[String] {
        &self.withdrawn
    }

    /// The services by their ids (fragments, without `#`), in the order of the document.
    pub fn services(&self) -> impl Iterator<Item = (&str, &Service)> {
        self.services.iter().filter_map(|(id, service)| Some((id.as_str(), service.readable()?)))
    }

    /// The first service of a type; within that `None` where its endpoint is no string.
    pub(crate) fn first_service(&self, service_type: &str) -> Option<Option<&Service>> {
        let mut services = self.services.iter().map(|(_, service)| service);
        services.find(|service| service.service_type() == service_type).map(WebService::readable)
    }

    /// Other names that the document claims.
    pub fn also_known_as(&self) -> &[String] {
        &self.also_known_as
    }
}

fn malformed(what: &str) -> Error {
    Error::new(Code::DidDocumentMalformed, format!("not a DID document: {what}"))
}

/// The members of an array that are fragments of this DID and of a kind that is read. An id that is there twice is
/// refused: two readers could take either.
fn take_members<T>(
    fields: &mut Fields<'_>,
    name: &str,
    did: &WebDid,
    read: impl Fn(&mut Fields<'_>) -> Option<T>,
) -> Result<Vec<(String, T)>, Error> {
    let items = match fields.take(name) {
        None => return Ok(Vec::new()),
        Some(value) => value.into_array().map_err(|other| {
            malformed(&format!("the member {name} must be an array, found {}", other.kind()))
        })?,
    };
    let mut members = Vec::new();
    let mut seen = Index::default();
    for item in items {
        let mut item = Fields::from_value(item).map_err(|other| {
            malformed(&format!("each of {name} must be an object, found {}", other.kind()))
        })?;
        let id = item.take_string("id").map_err(|what| malformed(&format!("in {name}, {what}")))?;
        let Some(fragment) = fragment_of(&id, did) else { continue };
        if seen.insert_owned(fragment, 0).is_some() {
            return Err(malformed(&format!("{name} has the id {} twice", quote(&id))));
        }
        members.extend(read(&mut item).map(|member| (fragment.to_owned(), member)));
    }
    Ok(members)
}

/// The fragment of an id, written whole or as `#fragment` alone.
fn fragment_of<'i>(id: &'i str, did: &WebDid) -> Option<&'i str> {
    id.strip_prefix(did.as_str()).unwrap_or(id).strip_prefix('#').filter(|fragment| !fragment.is_empty())
}

/// A verification method: its key, or that it is no key any more.
enum Method {
    Current(DidKey),
    Withdrawn,
}

fn verification_method(item: &mut Fields<'_>, now: u64) -> Option<Method> {
    let method_type = item.take_string("type").ok()?;
    let multibase = item.take_string("publicKeyMultibase").ok()?;
    let key = DidKey::from_text(format!("did:key:{multibase}")).ok().filter(|_| method_type == MULTIKEY)?;
    Some(if is_withdrawn(item, now) { Method::Withdrawn } else { Method::Current(key) })
}

/// W3C Controlled Identifiers 1.0, section 2.2: a method with `revoked` must not be used, nor one after `expires`. A date
/// that cannot be read counts as past.
fn is_withdrawn(item: &mut Fields<'_>, now: u64) -> bool {
    let is_revoked = !matches!(item.take("revoked"), None | Some(Value::Null));
    let has_expired = match item.take("expires") {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => {
            Timestamp::parse(text.into_owned()).map_or(true, |expires| expires.seconds_ceil() <= now)
        }
        Some(_) => true,
    };
    is_revoked || has_expired
}

fn split_withdrawn(methods: Vec<(String, Method)>) -> (Vec<(String, DidKey)>, Vec<String>) {
    let (mut keys, mut withdrawn) = (Vec::new(), Vec::new());
    for (id, method) in methods {
        match method {
            Method::Current(key) => keys.push((id, key)),
            Method::Withdrawn => withdrawn.push(id),
        }
    }
    (keys, withdrawn)
}

fn service(item: &mut Fields<'_>) -> Option<WebService> {
    let service_type = item.take_string("type").ok()?;
    Some(match item.take_string("serviceEndpoint") {
        Ok(endpoint) => WebService::Readable(Service { service_type, endpoint }),
        Err(_) => WebService::Opaque(service_type),
    })
}

fn also_known_as(fields: &mut Fields<'_>) -> Result<Vec<String>, Error> {
    if !fields.has("alsoKnownAs") {
        return Ok(Vec::new());
    }
    let names = fields.take_array("alsoKnownAs").map_err(|what| malformed(&what))?;
    let name = |name: Value<'_>| match name.into_string() {
        Ok(name) => Ok(name.into_owned()),
        Err(other) => {
            Err(malformed(&format!("each of alsoKnownAs must be a string, found {}", other.kind())))
        }
    };
    names.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_767_225_600;

    fn parse(json: &str) -> Result<WebDocument, Code> {
        let did: WebDid = "did:web:a.example".parse().unwrap();
        WebDocument::parse(json.as_bytes(), &did, NOW, &Limits::default()).map_err(|error| error.code())
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
    fn what_is_revoked_or_has_expired_is_no_key() {
        let withdrawn = |members: &str| {
            let json = format!(
                r##"{{"id": "did:web:a.example", "verificationMethod": [{{"id": "#fair", "type": "Multikey",
                "publicKeyMultibase": "z6Mk"{members}}}]}}"##
            );
            parse(&json).unwrap().withdrawn() == ["fair"]
        };
        for members in [
            r#","revoked": "2025-01-01T00:00:00Z""#,
            r#","revoked": "2099-01-01T00:00:00Z""#,
            r#","expires": "2026-01-01T00:00:00Z""#,
            r#","expires": "soon""#,
            r#","expires": 1"#,
        ] {
            assert!(withdrawn(members), "{members}");
        }
        for members in
            ["", r#","revoked": null"#, r#","expires": "2026-01-01T00:00:01Z""#, r#","expires": null"#]
        {
            assert!(!withdrawn(members), "{members}");
        }
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
