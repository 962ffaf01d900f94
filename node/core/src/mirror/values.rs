//! Values that strangers write and nobody signs. Of each is kept what counts and no more, while it is read: a document of 8 MiB
//! has room for a million small objects, which take a hundred times as many bytes once they are all made.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The longest text that counts, in characters.
const MAX_TEXT_CHARS: usize = 200;

/// The most tags of a plugin that count.
pub(super) const MAX_TAGS: usize = 50;

/// A string of bounded length. Nothing rests on any other value.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) Option<String>);

/// The texts among the values of an object or the items of a list.
#[derive(Debug, Default)]
pub(super) struct Tags(pub(super) Vec<String>);

/// Whatever is there, as long as it is not null: a string as it is, of another value only that it is one.
#[derive(Debug, Default)]
pub(super) struct Given(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match deserializer.deserialize_any(Any)? {
            Value::Text(text) => Some(text).filter(|text| text.chars().count() <= MAX_TEXT_CHARS),
            Value::Null | Value::Other(_) | Value::Texts(_) => None,
        };
        Ok(Text(text))
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = match deserializer.deserialize_any(Any)? {
            Value::Texts(texts) => texts,
            Value::Null | Value::Text(_) | Value::Other(_) => Vec::new(),
        };
        Ok(Tags(texts))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Given(match deserializer.deserialize_any(Any)? {
            Value::Null => None,
            Value::Text(text) => Some(text),
            Value::Other(what) => Some(what.to_owned()),
            Value::Texts(_) => Some("a list or an object".to_owned()),
        }))
    }
}

/// A JSON value, as far as anybody asks for it.
enum Value {
    Null,
    Text(String),
    /// The texts among the items of a list, or the values of an object.
    Texts(Vec<String>),
    /// Another one, by what it is.
    Other(&'static str),
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("a boolean"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = items.next_element()? {
            texts.extend(text.filter(|_| texts.len() < MAX_TAGS));
        }
        Ok(Value::Texts(texts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut texts = Vec::new();
        while let Some((IgnoredAny, Text(text))) = members.next_entry()? {
            texts.extend(text.filter(|_| texts.len() < MAX_TAGS));
        }
        Ok(Value::Texts(texts))
    }
}
