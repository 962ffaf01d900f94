//! The request of `fedverify run`, as JSON. It is as strict as core is with documents: no unknown and no repeated members.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::collections::HashSet;
use std::fmt;
use std::io::ErrorKind;
use std::marker::PhantomData;

/// The whole request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) inputs: Members<Value>,
    #[serde(default)]
    pub(super) limits: Members<u64>,
    /// Why the caller cannot use the request, where it knows already.
    pub(super) refuse: Option<String>,
}

/// An input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    String(String),
    Number(u64),
    Flag(bool),
    File(String),
    /// What the caller could not read, and why.
    Unreadable(ErrorKind, String),
}

impl Value {
    /// What it is, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Value::String(_) => "a string",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::File(_) | Value::Unreadable(..) => "a file",
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfValue;

        impl<'de> Visitor<'de> for OfValue {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a whole number, true, false, {\"file\": PATH}, ")?;
                f.write_str("{\"missing\": MESSAGE} or {\"unreadable\": MESSAGE}")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value::String(text.to_owned()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
                Ok(Value::Number(number))
            }

            fn visit_bool<E: Error>(self, is_set: bool) -> Result<Value, E> {
                Ok(Value::Flag(is_set))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
                let members = MembersVisitor::<String>(PhantomData).visit_map(map)?;
                let [(name, text)] = <[_; 1]>::try_from(members.0)
                    .map_err(|members| A::Error::invalid_length(members.len(), &self))?;
                match name.as_str() {
                    "file" => Ok(Value::File(text)),
                    "missing" => Ok(Value::Unreadable(ErrorKind::NotFound, text)),
                    "unreadable" => Ok(Value::Unreadable(ErrorKind::Other, text)),
                    name => Err(A::Error::unknown_field(name, &["file", "missing", "unreadable"])),
                }
            }
        }

        deserializer.deserialize_any(OfValue)
    }
}

/// The members of an object in their order, none twice.
#[derive(Debug)]
pub(super) struct Members<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Members<T> {
    fn default() -> Self {
        Members(Vec::new())
    }
}

struct MembersVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MembersVisitor<T> {
    type Value = Members<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<T>, A::Error> {
        let mut members: Vec<(String, T)> = Vec::new();
        // The request is large, and may have very many members.
        let mut seen = HashSet::new();
        while let Some((name, value)) = map.next_entry::<String, T>()? {
            if !seen.insert(name.clone()) {
                return Err(A::Error::custom(format!("duplicate member `{name}`")));
            }
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}
