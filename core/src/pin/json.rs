//! Pins as JSON, in and out.

use super::{Content, LogText, Pin, PinnedOperation, PinnedRelease};
use crate::digest::hex;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::version::Version;
use crate::json::{self, Fields, Value};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Names the form. Another form is refused: a verifier that does not understand what it remembers remembers nothing.
const SCHEMA: &str = "fedverify/pin/v1";

impl Pin {
    /// Reads a pin. White space and the order of members do not matter; anything else does.
    ///
    /// Errors: [`Code::PinMalformed`], whatever is wrong: torn, cut, damaged, of another form or too large.
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        read(json, limits).map_err(|what| {
            let message = format!("this is no whole pin of the form {SCHEMA}: {what}");
            Error::new(Code::PinMalformed, message).at(Check::PinLog)
        })
    }

    /// The pin as JSON text on one line.
    pub fn to_json(&self) -> String {
        // Only texts, numbers, lists and maps: there is nothing that could fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Content { did, log, operations, releases } = &*self.content;
        let mut pin = serializer.serialize_struct("Pin", 7)?;
        pin.serialize_field("schema", SCHEMA)?;
        pin.serialize_field("did", did)?;
        pin.serialize_field("head", self.head())?;
        pin.serialize_field("log", log)?;
        pin.serialize_field("operations", operations)?;
        pin.serialize_field("releases", releases)?;
        pin.serialize_field("sha256", &self.content.digest())?;
        pin.end()
    }
}

impl Content {
    /// A digest over every fact, so that a damaged pin is known. No text in a pin holds a line feed, and lists are
    /// counted, so no two contents are written alike.
    fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        let mut line = |text: &str| {
            hasher.update(text);
            hasher.update("\n");
        };
        line(SCHEMA);
        line(&self.did);
        line(&format!("{} {} {}", self.log.bytes, self.log.sha256, self.operations.len()));
        for PinnedOperation { cid, signer, size, first_seen, nullified } in &self.operations {
            line(&format!("{cid} {signer} {size} {first_seen} {nullified}"));
        }
        for (version, PinnedRelease { sha256, sha384 }) in &self.releases {
            line(&format!("{version} {sha256} {sha384}"));
        }
        hex(&hasher.finalize())
    }
}

fn read(json: &[u8], limits: &Limits) -> Result<Pin, String> {
    let value =
        json::parse("pin", json, limits.pin_bytes, limits).map_err(|error| error.message().to_owned())?;
    let mut fields = object("a pin", value)?;
    let schema = fields.take_string("schema")?;
    if schema != SCHEMA {
        return Err(format!("its schema is {}", quote(&schema)));
    }
    let content = Content {
        did: fields.take_string("did")?,
        log: log_text(fields.take("log"))?,
        operations: operations(fields.take("operations"))?,
        releases: releases(fields.take("releases"))?,
    };
    let (head, sha256) = (fields.take_string("head")?, fields.take_string("sha256")?);
    if let Some(name) = fields.left_over() {
        return Err(format!("it has no member {}", quote(name)));
    }
    if sha256 != content.digest() || head != content.head() {
        return Err("its digest is not that of its content".to_owned());
    }
    Ok(Pin { content: Arc::new(content) })
}

fn object<'a>(what: &str, value: Value<'a>) -> Result<Fields<'a>, String> {
    Fields::of(value).map_err(|other| format!("{what} is an object, this is {}", other.kind()))
}

fn log_text(value: Option<Value<'_>>) -> Result<LogText, String> {
    let mut fields = object("log", value.unwrap_or(Value::Null))?;
    Ok(LogText { bytes: take_size(&mut fields, "bytes")?, sha256: take_word(&mut fields, "sha256")? })
}

fn operations(value: Option<Value<'_>>) -> Result<Vec<PinnedOperation>, String> {
    let items =
        value.unwrap_or(Value::Null).into_array().map_err(|_| "operations must be an array".to_owned())?;
    let operations = items.into_iter().map(operation).collect::<Result<Vec<_>, _>>()?;
    let distinct: BTreeSet<&str> = operations.iter().map(|operation| operation.cid.as_str()).collect();
    let is_whole =
        distinct.len() == operations.len() && operations.iter().any(|operation| !operation.nullified);
    if is_whole {
        Ok(operations)
    } else {
        Err("its operations have no head, or stand in it twice".to_owned())
    }
}

fn operation(value: Value<'_>) -> Result<PinnedOperation, String> {
    let mut fields = object("an operation", value)?;
    let nullified = match fields.take("nullified") {
        Some(Value::Bool(nullified)) => nullified,
        Some(_) | None => return Err("nullified must be a boolean".to_owned()),
    };
    Ok(PinnedOperation {
        cid: take_word(&mut fields, "cid")?,
        signer: take_size(&mut fields, "signer")?,
        size: take_size(&mut fields, "size")?,
        first_seen: take_number(&mut fields, "firstSeen")?,
        nullified,
    })
}

fn releases(value: Option<Value<'_>>) -> Result<BTreeMap<String, PinnedRelease>, String> {
    let members =
        value.unwrap_or(Value::Null).into_members().map_err(|_| "releases must be an object".to_owned())?;
    let release = |(version, value): (std::borrow::Cow<'_, str>, Value<'_>)| {
        Version::parse(&version).ok_or_else(|| format!("{} is no version", quote(&version)))?;
        let mut fields = object("a release", value)?;
        let (sha256, sha384) = (take_word(&mut fields, "sha256")?, take_word(&mut fields, "sha384")?);
        Ok((version.into_owned(), PinnedRelease { sha256, sha384 }))
    };
    members.into_iter().map(release).collect()
}

/// A text of ASCII letters and digits: a CID or hexadecimal.
fn take_word(fields: &mut Fields<'_>, name: &str) -> Result<String, String> {
    let text = fields.take_string(name)?;
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_word { Ok(text) } else { Err(format!("{name} must be letters and digits, it is {}", quote(&text))) }
}

fn take_number(fields: &mut Fields<'_>, name: &str) -> Result<u64, String> {
    match fields.take(name) {
        Some(Value::Number(Some(number))) => Ok(number),
        Some(_) | None => Err(format!("{name} must be a whole number")),
    }
}

fn take_size(fields: &mut Fields<'_>, name: &str) -> Result<usize, String> {
    usize::try_from(take_number(fields, name)?).map_err(|_| format!("{name} is too large"))
}
