//! The one strict JSON reader: every document from outside becomes a [`Value`] here or nowhere.
//!
//! serde_json does the grammar (RFC 8259). On top of it this refuses what lets two readers see two documents (duplicate
//! members, a byte order mark, something after the end) and what makes work unbounded (size, depth, number of values).

mod fields;
mod numbers;
mod reader;

pub(crate) use fields::Fields;

use crate::error::Error;
use crate::sniff;
use crate::tables::{Code, Limits};
use std::borrow::Cow;

/// A JSON value that borrows its strings from the input where nothing is escaped in them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// The number where it is whole, not negative and below 2^64 as it is written. Nothing rests on others.
    Number(Option<u64>),
    String(Cow<'a, str>),
    Array(Vec<Value<'a>>),
    /// Members in the order of the document, without duplicates.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The string, or the value back if it is none.
    pub(crate) fn into_string(self) -> Result<Cow<'a, str>, Self> {
        if let Value::String(text) = self { Ok(text) } else { Err(self) }
    }

    /// The elements of the array, or the value back if it is none.
    pub(crate) fn into_array(self) -> Result<Vec<Self>, Self> {
        if let Value::Array(items) = self { Ok(items) } else { Err(self) }
    }

    /// The members of the object, or the value back if it is none.
    pub(crate) fn into_members(self) -> Result<Vec<(Cow<'a, str>, Self)>, Self> {
        if let Value::Object(members) = self { Ok(members) } else { Err(self) }
    }

    /// The value with strings of its own. It recurses no deeper than the reader did.
    fn into_owned<'b>(self) -> Value<'b> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Number(number) => Value::Number(number),
            Value::String(text) => Value::String(owned(text)),
            Value::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Value::Object(members) => Value::Object(
                members.into_iter().map(|(name, value)| (owned(name), value.into_owned())).collect(),
            ),
        }
    }

    /// What the value is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Whether the value is an object with a member of this name.
    pub(crate) fn has_member(&self, name: &str) -> bool {
        matches!(self, Value::Object(members) if members.iter().any(|(member, _)| member == name))
    }
}

/// The limit on the bytes of a document: its name and its value.
pub(crate) type Limit = (&'static str, u64);

/// The byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Parses one JSON document of at most `max_bytes` (json.md, "Strict JSON"). `what` names the document in messages.
///
/// # Errors
/// [`Code::InputTooLarge`], [`Code::InputByteOrderMark`],
/// [`Code::InputNotUtf8`], [`Code::InputMalformed`], [`Code::InputDuplicateMember`], [`Code::InputTooDeep`],
/// [`Code::InputTooManyValues`], [`Code::InputTrailingBytes`].
pub(crate) fn parse<'a>(
    what: &str,
    bytes: &'a [u8],
    max_bytes: Limit,
    limits: &Limits,
) -> Result<Value<'a>, Error> {
    parse_counted(what, bytes, max_bytes, limits).map(|(value, _)| value)
}

/// As [`parse`], with the number of values that the document has.
pub(crate) fn parse_counted<'a>(
    what: &str,
    bytes: &'a [u8],
    max_bytes: Limit,
    limits: &Limits,
) -> Result<(Value<'a>, u64), Error> {
    check_size(what, bytes, max_bytes)?;
    if bytes.starts_with(BYTE_ORDER_MARK) {
        let message = format!("the {what} starts with a byte order mark");
        return Err(Error::new(Code::InputByteOrderMark, message));
    }
    let read = utf8(what, bytes).and_then(|text| reader::read(what, text, limits));
    read.map_err(|error| {
        let is_other =
            matches!(error.code(), Code::InputMalformed | Code::InputNotUtf8 | Code::InputTrailingBytes);
        match sniff::known(bytes) {
            Some(thing) if is_other => {
                Error::new(Code::InputMalformed, format!("expected the {what}, but {thing}"))
            }
            _ => error,
        }
    })
}

/// Refuses more than `max_bytes` bytes with [`Code::InputTooLarge`]. How many there are is not said: who reads a file or a
/// server's response reads no more than one byte above the limit.
pub(crate) fn check_size(what: &str, bytes: &[u8], limit: Limit) -> Result<(), Error> {
    let (limit, max_bytes) = limit;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > max_bytes {
        let has = if bytes.starts_with(sniff::ZIP) { "is a ZIP file of" } else { "has" };
        let found = format!("the {what} {has} more bytes");
        return Err(Error::beyond_limit(Code::InputTooLarge, found, limit, max_bytes));
    }
    Ok(())
}

/// Reads bytes as UTF-8; refuses others with [`Code::InputNotUtf8`].
pub(crate) fn utf8<'a>(what: &str, bytes: &'a [u8]) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let message = format!("the {what} is not UTF-8: the first invalid byte is at offset {at}");
        Error::new(Code::InputNotUtf8, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_named_for_what_it_is() {
        for (text, kind) in [
            ("null", "null"),
            ("false", "a boolean"),
            ("7", "a number"),
            ("\"7\"", "a string"),
            ("[7]", "an array"),
            ("{}", "an object"),
        ] {
            let value = parse("test", text.as_bytes(), ("recordBytes", 10), &Limits::default());
            assert_eq!(value.map(|value| value.kind()), Ok(kind));
        }
    }
}
