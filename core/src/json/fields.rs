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

    /// Whether the member is there and was not taken yet.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(member, _)| member == name)
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

    /// Takes the member of this name, which must be there and be what `read` reads. Otherwise says what was wrong.
    fn take_as<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(Value<'a>) -> Result<T, Value<'a>>,
    ) -> Result<T, String> {
        let value = self.take(name).ok_or_else(|| format!("the member {name} is missing"))?;
        read(value).map_err(|other| format!("the member {name} must be {expected}, found {}", other.kind()))
    }

    /// Takes the member of this name, which must be there and be an array.
    pub(crate) fn take_array(&mut self, name: &str) -> Result<Vec<Value<'a>>, String> {
        self.take_as(name, "an array", Value::into_array)
    }

    /// Takes the member of this name, which must be there and be an object.
    pub(crate) fn take_members(&mut self, name: &str) -> Result<Vec<(Cow<'a, str>, Value<'a>)>, String> {
        self.take_as(name, "an object", Value::into_members)
    }

    /// Takes the member of this name, which must be there and be an object.
    pub(crate) fn take_fields(&mut self, name: &str) -> Result<Fields<'a>, String> {
        self.take_members(name).map(|members| Fields { members })
    }

    /// Takes the member of this name, which must be there and be a boolean.
    pub(crate) fn take_boolean(&mut self, name: &str) -> Result<bool, String> {
        self.take_as(
            name,
            "a boolean",
            |value| if let Value::Bool(flag) = value { Ok(flag) } else { Err(value) },
        )
    }

    /// Takes the member of this name, which must be there and be a whole number of 64 bits.
    pub(crate) fn take_number(&mut self, name: &str) -> Result<u64, String> {
        let number = self.take_as(name, "a whole number", |value| {
            if let Value::Number(number) = value { Ok(number) } else { Err(value) }
        })?;
        number.ok_or_else(|| {
            format!("the member {name} must be a whole number from 0 to {}, found another", u64::MAX)
        })
    }

    /// Takes the member of this name, which must be there and be a string.
    pub(crate) fn take_string(&mut self, name: &str) -> Result<String, String> {
        self.take_borrowed_string(name).map(Cow::into_owned)
    }

    /// Like [`Fields::take_string`], borrowed where nothing is escaped in it.
    pub(crate) fn take_borrowed_string(&mut self, name: &str) -> Result<Cow<'a, str>, String> {
        self.take_as(name, "a string", Value::into_string)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::tables::Limits;

    fn fields(json: &str) -> Fields<'_> {
        let value = json::parse("test", json.as_bytes(), ("recordBytes", 100), &Limits::default()).unwrap();
        Fields::from_value(value).unwrap()
    }

    #[test]
    fn what_was_expected_and_what_was_found_is_told() {
        let values = [
            ("[]", "an array"),
            ("{}", "an object"),
            ("1", "a number"),
            ("true", "a boolean"),
            ("\"\"", "a string"),
            ("null", "null"),
        ];
        for (value, found) in values {
            let json = format!("{{\"x\": {value}}}");
            let outcomes = [
                ("a string", fields(&json).take_string("x").map(drop)),
                ("an array", fields(&json).take_array("x").map(drop)),
                ("an object", fields(&json).take_fields("x").map(drop)),
                ("a boolean", fields(&json).take_boolean("x").map(drop)),
                ("a whole number", fields(&json).take_number("x").map(drop)),
            ];
            for (expected, outcome) in outcomes {
                let is_right = expected == found || (expected, found) == ("a whole number", "a number");
                let told = format!("the member x must be {expected}, found {found}");
                assert_eq!(outcome.err(), (!is_right).then_some(told));
            }
        }
        let told = "the member x must be a whole number from 0 to 18446744073709551615, found another";
        assert_eq!(fields("{\"x\": 0.5}").take_number("x"), Err(told.to_owned()));
        assert_eq!(fields("{}").take_number("x"), Err("the member x is missing".to_owned()));
    }

    #[test]
    fn a_member_is_taken_once() {
        let mut fields = fields("{\"x\": null, \"y\": 2}");
        assert!(fields.has("x") && fields.take("x").is_some() && !fields.has("x"));
        assert_eq!(fields.left_over(), Some("y"));
    }
}
