//! Takes the members of an object apart by name, and knows which were left.

use super::Value;
use std::borrow::Cow;

/// The members of an object that were not taken yet.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Fields<'a> {
    /// The members of an object, or the value back if it is none.
    pub(crate) fn from_value(value: Value<'a>) -> Result<Self, Value<'a>> {
        value.into_members().map(|members| Fields { members })
    }

    /// Takes the member of this name out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self.members.iter().position(|(member, _)| member == name)?;
        Some(self.members.swap_remove(at).1)
    }

    /// The member of this name where it is a string; it is not taken.
    pub(crate) fn string(&self, name: &str) -> Option<&str> {
        let (_, value) = self.members.iter().find(|(member, _)| member == name)?;
        if let Value::String(text) = value { Some(text) } else { None }
    }

    /// Takes the member of this name, which must be there and be a string. Otherwise says what was wrong.
    pub(crate) fn take_string(&mut self, name: &str) -> Result<String, String> {
        self.take_borrowed_string(name).map(Cow::into_owned)
    }

    /// Like [`Fields::take_string`], borrowed where nothing is escaped in it.
    pub(crate) fn take_borrowed_string(&mut self, name: &str) -> Result<Cow<'a, str>, String> {
        let value = self.take(name).ok_or_else(|| format!("the member {name} is missing"))?;
        value
            .into_string()
            .map_err(|other| format!("the member {name} must be a string, found {}", other.kind()))
    }

    /// Takes the member of this name, which may be absent or null, and is otherwise a string.
    pub(crate) fn take_optional_string(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.into_owned())),
            Some(other) => Err(format!("the member {name} must be a string or null, found {}", other.kind())),
        }
    }

    /// The name of a member that was not taken.
    pub(crate) fn left_over(&self) -> Option<&str> {
        self.members.first().map(|(name, _)| name.as_ref())
    }
}
