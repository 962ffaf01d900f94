//! Takes the members of an object apart by name, and knows which were left.

use super::Value;
use std::borrow::Cow;

/// The members of an object that were not taken yet.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Fields<'a> {
    /// The members of an object, or the value back if it is no object.
    pub(crate) fn of(value: Value<'a>) -> Result<Self, Value<'a>> {
        value.into_members().map(|members| Fields { members })
    }

    /// Takes the member of this name out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self.members.iter().position(|(member, _)| member == name)?;
        Some(self.members.swap_remove(at).1)
    }

    /// The member of this name where it is a text; it is not taken.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.members.iter().find(|(member, _)| member == name)?;
        if let Value::Text(text) = value { Some(text) } else { None }
    }

    /// Takes the member of this name, which must be there and be a text. Otherwise says what was wrong.
    pub(crate) fn take_text(&mut self, name: &str) -> Result<String, String> {
        self.take_borrowed_text(name).map(Cow::into_owned)
    }

    /// Like [`Fields::take_text`], borrowed where nothing is escaped in it.
    pub(crate) fn take_borrowed_text(&mut self, name: &str) -> Result<Cow<'a, str>, String> {
        let value = self.take(name).ok_or_else(|| format!("the member {name} is missing"))?;
        value.into_text().map_err(|other| format!("the member {name} must be a text, it is {}", other.kind()))
    }

    /// Takes the member of this name, which may be absent or null, and is otherwise a text.
    pub(crate) fn take_optional_text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.into_owned())),
            Some(other) => Err(format!("the member {name} must be a text or null, it is {}", other.kind())),
        }
    }

    /// The name of a member that nobody took.
    pub(crate) fn left_over(&self) -> Option<&str> {
        self.members.first().map(|(name, _)| name.as_ref())
    }
}
