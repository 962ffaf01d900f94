//! Facts that core tells as JSON, as PHP's values.

use crate::{engine, exception};
use ext_php_rs::convert::IntoZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendObject, Zval};
use fedverify::Error;
use std::io::ErrorKind;

/// A PHP array; objects of JSON are arrays with keys.
pub struct Table(Zval);

impl Table {
    /// Without members.
    pub(crate) fn empty() -> Self {
        Table(engine::value_of_json("[]", true))
    }
}

impl IntoZval for Table {
    const TYPE: DataType = DataType::Array;
    const NULLABLE: bool = false;

    fn set_zval(self, target: &mut Zval, _persistent: bool) -> ext_php_rs::error::Result<()> {
        *target = self.0;
        Ok(())
    }
}

/// A `stdClass`, with all objects in it: so `json_encode` gives the same JSON back. An empty array would become `[]`.
pub struct Object(Zval);

impl Object {
    /// An object whose members are those of an array.
    fn from_array(array: &Zval) -> Self {
        let mut object = ZendObject::new_stdclass();
        for (name, value) in array.array().into_iter().flatten() {
            // Names of our own reports: nothing can fail.
            let _is_set = object.set_property(&name.to_string(), value.shallow_clone());
        }
        Object(object.into_zval(false).unwrap_or_default())
    }
}

impl IntoZval for Object {
    const TYPE: DataType = DataType::object("stdClass");
    const NULLABLE: bool = false;

    fn set_zval(self, target: &mut Zval, _persistent: bool) -> ext_php_rs::error::Result<()> {
        *target = self.0;
        Ok(())
    }
}

/// What serialises to an object or an array, as an array; nothing is an empty one.
pub(crate) fn table(facts: Option<impl serde::Serialize>) -> Table {
    // Only strings, numbers, lists and maps with strings as keys: nothing can fail.
    let json = facts.and_then(|facts| serde_json::to_string(&facts).ok());
    json.map_or_else(Table::empty, |json| value(&json, true).map_or_else(Table::empty, Table))
}

/// An object of JSON. PHP has no objects with members whose names start with NUL. Whoever has such a name gets arrays
/// instead.
pub(crate) fn object(json: &str) -> Object {
    let Some(object) = value(json, false) else { return Object(Zval::new()) };
    if object.is_object() { Object(object) } else { Object::from_array(&engine::value_of_json(json, true)) }
}

/// The object or array at the end of a path of members.
pub(crate) fn member(json: &str, path: &[&str]) -> Option<Table> {
    value_at(json, path).filter(Zval::is_array).map(Table)
}

/// The string at the end of a path of members.
pub(crate) fn word(json: &str, path: &[&str]) -> Option<String> {
    value_at(json, path).and_then(|value| value.string())
}

fn value_at(json: &str, path: &[&str]) -> Option<Zval> {
    let step = |value: Zval, name: &&str| Some(value.array()?.get(*name)?.shallow_clone());
    path.iter().try_fold(value(json, true)?, step)
}

/// What JSON holds; `None` where PHP has no memory left for it: then an exception is thrown, since PHP would end the request.
fn value(json: &str, objects_as_arrays: bool) -> Option<Zval> {
    if engine::memory_left().is_some_and(|left| needed(json) > left) {
        let message = format!("memory_limit has no room for a report of {} bytes", json.len());
        exception::throw_without_report(&Error::unreadable_file(ErrorKind::OutOfMemory, message));
        return None;
    }
    Some(engine::value_of_json(json, objects_as_arrays))
}

/// At least as many bytes as PHP takes for what JSON holds: every array has eight places from the start, and what it holds
/// more of doubles.
fn needed(json: &str) -> usize {
    const ARRAY: usize = 400;
    const MEMBER: usize = 100;
    let of_byte = |byte: u8| match byte {
        b'{' | b'[' => ARRAY,
        b',' => MEMBER,
        _ => 1,
    };
    json.bytes().map(of_byte).fold(0, usize::saturating_add)
}
