//! Bytes to [`Value`], through serde_json, with our own bounds.

use super::{Value, numbers};
use crate::error::Error;
use crate::index::Index;
use crate::quote::quote;
use crate::tables::{Code, Limits};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

/// The most nesting that is ever read, whatever the caller's limit: below serde_json's own bound of 128, so that ours
/// is the one that answers.
const MAX_DEPTH: u64 = 100;

/// Gives the value, and how many values it is.
pub(super) fn read<'a>(what: &str, text: &'a str, limits: &Limits) -> Result<(Value<'a>, u64), Error> {
    let bounds = Bounds::new(what, limits);
    match read_within(text, &bounds) {
        Err(_) if bounds.has_huge_number.get() => {
            // serde_json stops at a number beyond a double's range, which is JSON all the same (json.md, "Numbers").
            let text = numbers::without_huge(text);
            let bounds = Bounds::new(what, limits);
            let value = read_within(&text, &bounds).map(Value::into_owned)?;
            Ok((value, bounds.values.get()))
        }
        result => result.map(|value| (value, bounds.values.get())),
    }
}

fn read_within<'a>(text: &'a str, bounds: &Bounds<'_, 'a>) -> Result<Value<'a>, Error> {
    let what = bounds.what;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = ValueSeed { bounds, depth: 0 }.deserialize(&mut json).map_err(|error| {
        bounds.has_huge_number.set(error.to_string().starts_with(HUGE_NUMBER));
        let syntax = || Error::new(Code::InputMalformed, format!("the {what} is not JSON: {error}"));
        bounds.refusal.take().unwrap_or_else(syntax)
    })?;
    json.end().map_err(|error| {
        Error::new(Code::InputTrailingBytes, format!("the {what} goes on after its end: {error}"))
    })?;
    Ok(value)
}

/// How serde_json says that a number is beyond the range of a double. It has no other way to tell; a test holds it to
/// this one.
const HUGE_NUMBER: &str = "number out of range";

/// What is counted and gathered while one document is read.
struct Bounds<'w, 'a> {
    what: &'w str,
    max_depth: u64,
    max_values: u64,
    values: Cell<u64>,
    /// The refusal, kept here because a serde error carries only text.
    refusal: RefCell<Option<Error>>,
    has_huge_number: Cell<bool>,
    /// The elements of all arrays that are open, and the members of all objects, those of the innermost last: so each array
    /// and each object gets its memory once, when its size is known.
    items: RefCell<Vec<Value<'a>>>,
    members: RefCell<Vec<Member<'a>>>,
}

type Member<'a> = (Cow<'a, str>, Value<'a>);

impl<'w> Bounds<'w, '_> {
    fn new(what: &'w str, limits: &Limits) -> Self {
        Bounds {
            what,
            max_depth: limits.json_depth.min(MAX_DEPTH),
            max_values: limits.json_values,
            values: Cell::new(0),
            refusal: RefCell::new(None),
            has_huge_number: Cell::new(false),
            items: RefCell::default(),
            members: RefCell::default(),
        }
    }

    /// Records the refusal and makes a serde error that stops the reading.
    fn refuse<E: serde::de::Error>(&self, error: Error) -> E {
        self.refusal.replace(Some(error));
        E::custom("refused")
    }

    fn count_value<E: serde::de::Error>(&self) -> Result<(), E> {
        let values = self.values.get().saturating_add(1);
        self.values.set(values);
        if values > self.max_values {
            let found = format!("the {} has more values", self.what);
            return Err(self.refuse(Error::beyond_limit(
                Code::InputTooManyValues,
                found,
                "jsonValues",
                self.max_values,
            )));
        }
        Ok(())
    }

    fn enter<E: serde::de::Error>(&self, depth: u64) -> Result<u64, E> {
        let deeper = depth.saturating_add(1);
        if deeper > self.max_depth {
            let found = format!("the {} is nested deeper", self.what);
            return Err(self.refuse(Error::beyond_limit(
                Code::InputTooDeep,
                found,
                "jsonDepth",
                self.max_depth,
            )));
        }
        Ok(deeper)
    }
}

/// Reads one value at `depth` open arrays and objects. It recurses, but never deeper than [`MAX_DEPTH`].
#[derive(Clone, Copy)]
struct ValueSeed<'b, 'w, 'a> {
    bounds: &'b Bounds<'w, 'a>,
    depth: u64,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_, 'de> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        self.bounds.count_value()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(Some(value)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value<'de>, E> {
        Ok(Value::Number(None))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'de>, A::Error> {
        let inner = ValueSeed { bounds: self.bounds, depth: self.bounds.enter(self.depth)? };
        let start = self.bounds.items.borrow().len();
        while let Some(item) = items.next_element_seed(inner)? {
            self.bounds.items.borrow_mut().push(item);
        }
        Ok(Value::Array(take_from(&self.bounds.items, start)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value<'de>, A::Error> {
        let inner = ValueSeed { bounds: self.bounds, depth: self.bounds.enter(self.depth)? };
        let start = self.bounds.members.borrow().len();
        while let Some(name) = members.next_key_seed(NameSeed)? {
            let value = members.next_value_seed(inner)?;
            self.bounds.members.borrow_mut().push((name, value));
        }
        let object = take_from(&self.bounds.members, start);
        if let Some(name) = first_duplicate(&object) {
            let message =
                format!("an object of the {} has the member {} twice", self.bounds.what, quote(name));
            return Err(self.bounds.refuse(Error::new(Code::InputDuplicateMember, message)));
        }
        Ok(Value::Object(object))
    }
}

/// What was gathered since then. Where that is all, it moves without a copy: it may be most of a document.
fn take_from<T>(gathered: &RefCell<Vec<T>>, start: usize) -> Vec<T> {
    let mut gathered = gathered.borrow_mut();
    if start == 0 && gathered.len() > FEW {
        return std::mem::take(&mut gathered);
    }
    // Nothing is taken from further outside, so the start is never behind the end: `min` only shows that to the reader.
    let start = start.min(gathered.len());
    gathered.split_off(start)
}

/// Reads a member's name, borrowed where nothing is escaped in it.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

/// Up to this many members, comparing each with each is cheaper than building a set.
const FEW: usize = 12;

/// The first member that the object has a second time. Names are compared as read, escapes resolved.
fn first_duplicate<'o>(object: &'o [(Cow<'_, str>, Value<'_>)]) -> Option<&'o str> {
    if object.len() <= FEW {
        let mut rest = object.iter();
        while let Some((name, _)) = rest.next() {
            if rest.clone().any(|(other, _)| other == name) {
                return Some(name);
            }
        }
        return None;
    }
    let mut seen = Index::default();
    object.iter().map(|(name, _)| name.as_ref()).find(|name| seen.insert(name, 0).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str, limits: Limits) -> Result<(), Code> {
        read("test", text, &limits).map(drop).map_err(|error| error.code())
    }

    #[test]
    fn each_fault_has_its_code() {
        let faults = [
            ("{", Code::InputMalformed),
            ("[1,]", Code::InputMalformed),
            ("[NaN]", Code::InputMalformed),
            ("// x\n[]", Code::InputMalformed),
            ("\"\\ud800\"", Code::InputMalformed),
            ("<!doctype html>", Code::InputMalformed),
            ("", Code::InputMalformed),
            ("[] []", Code::InputTrailingBytes),
            ("[]\0", Code::InputTrailingBytes),
            (r#"{"a":1,"\u0061":2}"#, Code::InputDuplicateMember),
            (r#"[{"b":{"a":1,"a":1}}]"#, Code::InputDuplicateMember),
        ];
        for (text, code) in faults {
            assert_eq!(code_of(text, Limits::default()), Err(code), "{text}");
        }
    }

    #[test]
    fn a_number_beyond_a_double_is_json_all_the_same() {
        for text in ["1e999", "[-1E+400, 1]", r#"{"a":1e309,"b":"1e999"}"#, &"9".repeat(400)] {
            assert_eq!(code_of(text, Limits::default()), Ok(()), "{text}");
        }
        for text in ["[1e999", "[1e]", "[01e999]", "1e999 x", "[.1e999]"] {
            assert!(code_of(text, Limits::default()).is_err(), "{text}");
        }
        let limits = Limits::default();
        let (value, count) = read("test", r#"{"a":1e999,"b":"\u0031e999","c":7}"#, &limits).unwrap();
        assert_eq!(count, 4);
        let mut fields = crate::json::Fields::from_value(value).unwrap();
        assert_eq!(fields.take("a"), Some(Value::Number(None)));
        assert_eq!(fields.take_string("b"), Ok("1e999".to_owned()));
        assert_eq!(fields.take("c"), Some(Value::Number(Some(7))));
    }

    #[test]
    fn a_duplicate_among_many_members_is_found() {
        let members = |last: &str| {
            let many: Vec<String> = (0..100).map(|n| format!("\"m{n}\":{n}")).collect();
            format!("{{{},\"{last}\":0}}", many.join(","))
        };
        assert_eq!(code_of(&members("other"), Limits::default()), Ok(()));
        assert_eq!(code_of(&members("m50"), Limits::default()), Err(Code::InputDuplicateMember));
    }

    /// As many members as a document may have: comparing each with each would take minutes.
    #[test]
    fn a_duplicate_among_the_most_members_is_found() {
        let limits = Limits::default();
        let many: Vec<String> = (2..limits.json_values).map(|n| format!("\"{n}\":0")).collect();
        let document = |last: &str| format!("{{{},\"{last}\":0}}", many.join(","));
        assert_eq!(code_of(&document("other"), limits), Ok(()));
        assert_eq!(code_of(&document("2"), limits), Err(Code::InputDuplicateMember));
    }

    #[test]
    fn what_may_be_most_of_a_document_moves_without_a_copy() {
        let take = |count: usize| {
            let gathered = RefCell::new(vec![7; count]);
            let before = gathered.borrow().as_ptr();
            let taken = take_from(&gathered, 0);
            (taken.len(), taken.as_ptr() == before, gathered.borrow().as_ptr() == before)
        };
        // Of few the memory stays, for those that are gathered next.
        assert_eq!(take(FEW), (FEW, false, true));
        assert_eq!(take(FEW + 1), (FEW + 1, true, false));
        assert_eq!(take(FEW + 2), (FEW + 2, true, false));
    }

    #[test]
    fn depth_and_number_of_values_are_bounded_inclusively() {
        let limits = Limits { json_depth: 3, json_values: 4, ..Limits::default() };
        assert_eq!(code_of("[[[]]]", limits), Ok(()));
        assert_eq!(code_of("[[[[]]]]", limits), Err(Code::InputTooDeep));
        assert_eq!(code_of("[1,2,3]", limits), Ok(()));
        assert_eq!(code_of("[1,2,3,4]", limits), Err(Code::InputTooManyValues));
    }

    #[test]
    fn hostile_nesting_is_refused_whatever_the_limit() {
        let limits = Limits { json_depth: u64::MAX, ..Limits::default() };
        assert_eq!(code_of(&"[".repeat(1_000_000), limits), Err(Code::InputTooDeep));
    }
}
