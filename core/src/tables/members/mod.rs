//! The members of a report and of the pin in it. The JSON Schema, the TypeScript and PHP types and the documents are written
//! from here; `report/` and `pin/json.rs` write the members themselves, and a test compares.

mod identity;
mod package;
mod pfn;
mod pin;
mod report;

pub use report::REPORT;

use super::codes::Code;
use JsonType::{Array, Boolean, Exactly, Foreign, Map, NonEmpty, Nullable, OneOf, Text, True, Whole};

/// Names the format of the report. It changes when a member changes its meaning or goes away, not when one is added.
pub const REPORT_SCHEMA: &str = "fedverify/report/v1";

/// Names the format of the pin. Another format is refused: a verifier that does not understand what it remembers remembers
/// nothing.
pub const PIN_SCHEMA: &str = "fedverify/pin/v2";

/// An object of the report.
#[derive(Debug)]
pub struct Object {
    /// Its name, as types of other languages have it.
    pub name: &'static str,
    /// What it tells, in one line.
    pub meaning: &'static str,
    /// Its members, in their order. It has no others.
    pub members: &'static [Member],
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub value: JsonType,
    /// When the object has it.
    pub presence: Presence,
    /// What it tells, in one line.
    pub meaning: &'static str,
}

/// When an object has a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Always,
    /// On this condition, a clause.
    When(&'static str),
    /// Where it has the other member of this name, and only there.
    With(&'static str),
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum JsonType {
    /// This string.
    Exactly(&'static str),
    /// A string of a table, which has this name.
    OneOf(&'static str, &'static [&'static str]),
    /// A string of this form.
    Text(Form),
    /// A whole number that is at least this.
    Whole(u64),
    /// True or false.
    Boolean,
    /// True.
    True,
    /// An object.
    Object(&'static Object),
    /// An object that another specification describes.
    Foreign,
    /// An array of such values.
    Array(&'static JsonType),
    /// An array of such values that is not empty.
    NonEmpty(&'static JsonType),
    /// An object whose members have names that the input chose, and such values.
    Map(&'static JsonType),
    /// Such a value, or null.
    Nullable(&'static JsonType),
}

impl JsonType {
    /// What the items of an array, the members of a map, or the value that is not null are.
    pub const fn inner(&self) -> Option<&'static JsonType> {
        match self {
            Array(inner) | NonEmpty(inner) | Map(inner) | Nullable(inner) => Some(inner),
            Exactly(_) | OneOf(..) | Text(_) | Whole(_) | Boolean | True | JsonType::Object(_) | Foreign => {
                None
            }
        }
    }
}

/// The form of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any string.
    Any,
    /// A `did:plc` or a `did:web`.
    Did,
    /// The CID of an operation.
    Cid,
    /// A public key as a did:key.
    DidKey,
    /// A public key in base58btc multibase.
    Multibase,
    /// A SHA-256 digest in hexadecimal.
    Sha256,
    /// A SHA-384 digest in hexadecimal.
    Sha384,
    /// A date with a time (RFC 3339).
    Time,
}

impl Form {
    /// The regular expression that the whole string matches; `None` for any string.
    pub const fn pattern(self) -> Option<&'static str> {
        match self {
            Form::Any => None,
            Form::Did => Some("^did:(plc:[a-z2-7]{24}|web:.+)$"),
            Form::Cid => Some("^bafyrei[a-z2-7]{52}$"),
            Form::DidKey => Some("^did:key:z[1-9A-HJ-NP-Za-km-z]+$"),
            Form::Multibase => Some("^z[1-9A-HJ-NP-Za-km-z]+$"),
            Form::Sha256 => Some("^[0-9a-f]{64}$"),
            Form::Sha384 => Some("^[0-9a-f]{96}$"),
            Form::Time => Some(
                "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
            ),
        }
    }
}

const fn always(name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::Always, meaning }
}

const fn when(condition: &'static str, name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::When(condition), meaning }
}

const fn with(other: &'static str, name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::With(other), meaning }
}

const STRING: JsonType = Text(Form::Any);
const STRINGS: JsonType = Array(&STRING);
const CID: JsonType = Text(Form::Cid);
const CODE: JsonType = OneOf("ErrorCode", Code::NAMES);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_a_pattern_of_the_whole_string() {
        assert_eq!(Form::Any.pattern(), None);
        for form in
            [Form::Did, Form::Cid, Form::DidKey, Form::Multibase, Form::Sha256, Form::Sha384, Form::Time]
        {
            let is_whole = |pattern: &str| pattern.starts_with('^') && pattern.ends_with('$');
            assert!(form.pattern().is_some_and(is_whole), "{form:?}");
        }
    }

    #[test]
    fn lists_maps_and_what_may_be_null_have_something_in_them() {
        for outer in [Array(&CID), NonEmpty(&CID), Map(&CID), Nullable(&CID)] {
            assert!(matches!(outer.inner(), Some(Text(Form::Cid))), "{outer:?}");
        }
        for other in [STRING, CODE, Whole(0), Boolean, True, Foreign, Exactly("x")] {
            assert!(other.inner().is_none(), "{other:?}");
        }
    }
}
