//! Pins as JSON, in and out (did-plc.md, "Pins").

use super::{LogText, Pin, PinnedOperation, PinnedPackage, Releases};
use crate::encoding::hex;
use crate::error::Error;
use crate::index::Index;
use crate::json::{self, Fields, Value};
use crate::quote::quote;
use crate::tables::members::PIN_SCHEMA;
use crate::tables::{Check, Code, Limits};
use crate::version::Version;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::Arc;

impl Pin {
    /// Reads a pin. White space and the order of members do not matter; everything else does.
    ///
    /// # Errors
    ///
    /// [`Code::PinMalformed`], whatever is wrong: torn, truncated, damaged, of another format or too large.
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let invalid =
            |what: &str| Error::new(Code::PinMalformed, format!("invalid pin: {what}")).at(Check::PinLog);
        let value = json::parse("pin", json, ("pinBytes", limits.pin_bytes), limits);
        let value = value.map_err(|error| invalid(error.message()).with_limit(error.limit()))?;
        read(value).map_err(|what| invalid(&what))
    }

    /// The pin as JSON on one line.
    pub fn to_json(&self) -> String {
        // Only strings, numbers, lists and maps: nothing can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A digest over every fact, so that a damaged pin is noticed. No string in a pin holds a line feed, and lists are
    /// counted, so no two pins are written alike.
    fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        let mut line = |text: &str| {
            hasher.update(text);
            hasher.update("\n");
        };
        line(PIN_SCHEMA);
        line(&self.did);
        line(&self.last_visit.to_string());
        let LogText { bytes, sha256, operations } = &self.log;
        line(&format!("{bytes} {sha256} {operations} {}", self.operations.len()));
        for PinnedOperation { cid, signer, size, first_seen, created_at, nullified } in self.operations.iter()
        {
            let created_at = created_at.map_or_else(|| "-".to_owned(), |time| time.to_string());
            line(&format!("{cid} {signer} {size} {first_seen} {created_at} {nullified}"));
        }
        for (number, packages) in self.releases.iter() {
            for PinnedPackage { sha256, sha384 } in packages {
                line(&format!("{number} {sha256} {sha384}"));
            }
        }
        hex(&hasher.finalize())
    }
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pin = serializer.serialize_struct("Pin", 8)?;
        pin.serialize_field("schema", PIN_SCHEMA)?;
        pin.serialize_field("did", &self.did)?;
        pin.serialize_field("head", self.head())?;
        pin.serialize_field("lastVisit", &self.last_visit)?;
        pin.serialize_field("log", &self.log)?;
        pin.serialize_field("operations", &self.operations[..])?;
        pin.serialize_field("releases", &*self.releases)?;
        pin.serialize_field("sha256", &self.digest())?;
        pin.end()
    }
}

fn read(value: Value<'_>) -> Result<Pin, String> {
    let mut fields = object("a pin", Some(value))?;
    let schema = fields.take_string("schema")?;
    if schema != PIN_SCHEMA {
        return Err(format!("expected the schema {PIN_SCHEMA}, found {}", quote(&schema)));
    }
    let operations = operations(fields.take_array("operations")?)?;
    let pin = Pin {
        did: take_did(&mut fields)?,
        last_visit: fields.take_number("lastVisit")?,
        log: log_text(fields.take("log"), operations.len())?,
        operations: operations.into(),
        releases: Arc::new(releases(fields.take_members("releases")?)?),
    };
    let (head, sha256) = (fields.take_string("head")?, fields.take_string("sha256")?);
    nothing_left("a pin", &fields)?;
    if sha256 != pin.digest() || head != pin.head() {
        return Err("its digest does not match its content".to_owned());
    }
    Ok(pin)
}

fn object<'a>(what: &str, value: Option<Value<'a>>) -> Result<Fields<'a>, String> {
    let value = value.ok_or_else(|| format!("expected {what}, found nothing"))?;
    Fields::from_value(value).map_err(|other| format!("{what} must be an object, found {}", other.kind()))
}

fn nothing_left(what: &str, fields: &Fields<'_>) -> Result<(), String> {
    fields.left_over().map_or(Ok(()), |name| Err(format!("{what} must not have the member {}", quote(name))))
}

/// A DID is one line: the digest rests on that.
fn take_did(fields: &mut Fields<'_>) -> Result<String, String> {
    let did = fields.take_string("did")?;
    let is_line = did.bytes().all(|byte| byte.is_ascii_graphic());
    if is_line { Ok(did) } else { Err(format!("did must be a DID, found {}", quote(&did))) }
}

fn log_text(value: Option<Value<'_>>, count: usize) -> Result<LogText, String> {
    let mut fields = object("log", value)?;
    let text = LogText {
        bytes: take_size(&mut fields, "bytes")?,
        sha256: take_word(&mut fields, "sha256")?,
        operations: take_size(&mut fields, "operations")?,
    };
    nothing_left("log", &fields)?;
    if text.operations == 0 || text.operations > count {
        return Err(format!("expected 1 to {count} operations of the log, found {}", text.operations));
    }
    Ok(text)
}

fn operations(items: Vec<Value<'_>>) -> Result<Vec<PinnedOperation>, String> {
    let operations = items.into_iter().map(operation).collect::<Result<Vec<_>, _>>()?;
    let distinct = Index::from_strings(operations.iter().map(|operation| operation.cid.as_str()));
    if distinct.len() != operations.len() {
        return Err("duplicate operation".to_owned());
    }
    if operations.iter().all(|operation| operation.nullified) {
        return Err("no operation is the head".to_owned());
    }
    Ok(operations)
}

fn operation(value: Value<'_>) -> Result<PinnedOperation, String> {
    let mut fields = object("an operation", Some(value))?;
    let nullified = fields.take_boolean("nullified")?;
    let created_at = if fields.has("createdAt") { Some(fields.take_number("createdAt")?) } else { None };
    let operation = PinnedOperation {
        cid: take_word(&mut fields, "cid")?,
        signer: take_size(&mut fields, "signer")?,
        size: take_size(&mut fields, "size")?,
        first_seen: fields.take_number("firstSeen")?,
        created_at,
        nullified,
    };
    nothing_left("an operation", &fields)?;
    Ok(operation)
}

fn releases(members: Vec<(Cow<'_, str>, Value<'_>)>) -> Result<Releases, String> {
    let releases = members.into_iter().map(|(number, packages)| release(number, packages));
    Ok(Releases::from_members(releases.collect::<Result<_, _>>()?))
}

fn release(number: Cow<'_, str>, packages: Value<'_>) -> Result<(String, Vec<PinnedPackage>), String> {
    if Version::from_number(&number).is_none() {
        return Err(format!("expected the number of a version, found {}", quote(&number)));
    }
    let items = packages
        .into_array()
        .map_err(|other| format!("a release must be an array, found {}", other.kind()))?;
    let count = items.len();
    let mut packages = items.into_iter().map(package).collect::<Result<Vec<_>, _>>()?;
    packages.sort_unstable();
    packages.dedup();
    if packages.is_empty() || packages.len() != count {
        return Err(format!("release {} has no package, or one twice", quote(&number)));
    }
    Ok((number.into_owned(), packages))
}

fn package(value: Value<'_>) -> Result<PinnedPackage, String> {
    let mut fields = object("a package", Some(value))?;
    let (sha256, sha384) = (take_word(&mut fields, "sha256")?, take_word(&mut fields, "sha384")?);
    nothing_left("a package", &fields)?;
    Ok(PinnedPackage { sha256, sha384 })
}

/// A string of ASCII letters and digits: a CID or hexadecimal.
fn take_word(fields: &mut Fields<'_>, name: &str) -> Result<String, String> {
    let text = fields.take_string(name)?;
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_word { Ok(text) } else { Err(format!("{name} must be letters and digits, found {}", quote(&text))) }
}

fn take_size(fields: &mut Fields<'_>, name: &str) -> Result<usize, String> {
    usize::try_from(fields.take_number(name)?).map_err(|_| format!("{name} is too large"))
}
