//! Values that strangers write and nobody signs. Of each, only what counts is kept while it is read: a document of 8 MiB
//! has room for a million small objects, which take a hundred times as many bytes once they are all made.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The longest text that counts, in characters.
pub(super) const MAX_TEXT_CHARS: usize = 200;

/// The most tags of a plugin that count.
pub(super) const MAX_TAGS: usize = 50;

/// A string of bounded length. Nothing rests on any other value.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) Option<String>);

/// The texts among the values of an object or the items of a list.
#[derive(Debug, Default)]
pub(super) struct Tags(pub(super) Vec<String>);

/// Whatever is there, unless it is null: a string as it is, and of any other value only what kind it is.
#[derive(Debug, Default)]
pub(super) struct Given(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match deserializer.deserialize_any(Any { max_chars: MAX_TEXT_CHARS })? {
            Value::Text(text) => Some(text),
            Value::Null | Value::Other(_) | Value::Texts(_) => None,
        };
        Ok(Text(text))
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A string is no list, whatever its length.
        let texts = match deserializer.deserialize_any(Any { max_chars: 0 })? {
            Value::Texts(texts) => texts,
            Value::Null | Value::Text(_) | Value::Other(_) => Vec::new(),
        };
        Ok(Tags(texts))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Given(match deserializer.deserialize_any(Any { max_chars: usize::MAX })? {
            Value::Null => None,
            Value::Text(text) => Some(text),
            Value::Other(what) => Some(what.to_owned()),
            Value::Texts(_) => Some("a list or an object".to_owned()),
        }))
    }
}

/// A JSON value, as far as it counts.
enum Value {
    Null,
    Text(String),
    /// The texts among the items of a list, or the values of an object.
    Texts(Vec<String>),
    /// Another one, by what it is.
    Other(&'static str),
}

struct Any {
    /// The longest string that is copied out of the document. Of a longer one only that it is one is kept.
    max_chars: usize,
}

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
        let is_short = text.chars().nth(self.max_chars).is_none();
        Ok(if is_short { Value::Text(text.to_owned()) } else { Value::Other("a longer string") })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_counts_up_to_its_length_in_characters() {
        let of = |chars: usize| serde_json::to_string(&"ä".repeat(chars)).unwrap();
        let text = |json: &str| serde_json::from_str::<Text>(json).unwrap().0;
        assert_eq!(text(&of(MAX_TEXT_CHARS)), Some("ä".repeat(MAX_TEXT_CHARS)));
        assert_eq!(text(&of(MAX_TEXT_CHARS + 1)), None);
        // Whether it is there, and what it is, counts of any length.
        let given = |json: &str| serde_json::from_str::<Given>(json).unwrap().0;
        assert_eq!(given(&of(MAX_TEXT_CHARS + 1)), Some("ä".repeat(MAX_TEXT_CHARS + 1)));
        assert_eq!(serde_json::from_str::<Tags>(&of(1)).unwrap().0, Vec::<String>::new());
    }
}
