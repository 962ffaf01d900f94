//! The value of one input, as PHP gives it.

use ext_php_rs::types::Zval;
use fedverify::tables::InputType;

/// What PHP gave as an input of a verification.
pub(crate) enum Input<'c> {
    /// Null: the input is not given.
    Absent,
    /// A string: the input, or the path of a stream.
    Bytes(&'c [u8]),
    /// `['file' => $path]`: the input is what the file holds.
    File(&'c [u8]),
    Integer(i64),
    Flag(bool),
    /// A value that no input is.
    Other(&'static str),
}

impl<'c> Input<'c> {
    pub(crate) fn from_value(value: &'c Zval) -> Self {
        let value = value.dereference();
        if value.is_null() {
            return Input::Absent;
        }
        if let Some(string) = value.zend_str() {
            return Input::Bytes(string.as_bytes());
        }
        if let Some(integer) = value.long() {
            return Input::Integer(integer);
        }
        if let Some(flag) = value.bool() {
            return Input::Flag(flag);
        }
        if let Some(members) = value.array() {
            let path = members.get("file").filter(|_| members.len() == 1);
            let path = path.and_then(|path| path.dereference().zend_str());
            return path.map_or(Input::Other("another array"), |path| Input::File(path.as_bytes()));
        }
        Input::Other(if value.is_double() { "a float" } else { "an object or a resource" })
    }

    /// What it is, for people.
    pub(crate) fn found(&self) -> &'static str {
        match self {
            Input::Absent => "null",
            Input::Bytes(_) => "a string",
            Input::File(_) => "['file' => $path]",
            Input::Integer(_) => "an integer",
            Input::Flag(_) => "a boolean",
            Input::Other(found) => found,
        }
    }
}

impl<'c> From<&'c [u8]> for Input<'c> {
    fn from(bytes: &'c [u8]) -> Self {
        Input::Bytes(bytes)
    }
}

impl<'c> From<Option<&'c [u8]>> for Input<'c> {
    fn from(bytes: Option<&'c [u8]>) -> Self {
        bytes.map_or(Input::Absent, Input::Bytes)
    }
}

impl From<i64> for Input<'_> {
    fn from(integer: i64) -> Self {
        Input::Integer(integer)
    }
}

impl From<bool> for Input<'_> {
    fn from(flag: bool) -> Self {
        Input::Flag(flag)
    }
}

/// What an input must be, for people.
pub(crate) fn expected(input: InputType) -> &'static str {
    match input {
        InputType::Bytes => "a string or ['file' => $path]",
        InputType::String => "a string",
        InputType::Number => "an integer",
        InputType::Flag => "a boolean",
        InputType::Stream => "the path of a file",
    }
}
