//! JSON whose members keep their order, may repeat, and may be any string: what a hostile server can write.

use std::fmt;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string, not escaped yet.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object: its members in the order in which they are written, duplicates included.
    Object(Vec<(String, Json)>),
    /// Anything, written as it is: for documents that are not JSON. It has no CBOR form.
    Raw(String),
}

impl Json {
    /// An object with these members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// An array of these items.
    pub fn array(items: impl IntoIterator<Item = impl Into<Json>>) -> Json {
        Json::Array(items.into_iter().map(Into::into).collect())
    }

    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The first member of this name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The first member of this name, which must be there.
    pub fn member(&mut self, name: &str) -> &mut Json {
        let found = self.members_mut().iter_mut().find(|(member, _)| member == name);
        found.map(|(_, value)| value).unwrap_or_else(|| panic!("no member {name}"))
    }

    /// The item of an array at this index, which must be there.
    pub fn item(&mut self, index: usize) -> &mut Json {
        &mut self.items_mut()[index]
    }

    /// The items of an array.
    pub fn items_mut(&mut self) -> &mut Vec<Json> {
        match self {
            Json::Array(items) => items,
            other => panic!("not an array: {other}"),
        }
    }

    /// Gives a member this value: in place where it is there, else as the last one.
    pub fn set(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.members_mut().iter_mut().find(|(member, _)| member == name) {
            Some((_, old)) => *old = value,
            None => self.push(name, value),
        }
    }

    /// Adds a member at the end, also where there is one of this name already.
    pub fn push(&mut self, name: &str, value: impl Into<Json>) {
        self.members_mut().push((name.to_owned(), value.into()));
    }

    /// Removes every member of this name.
    pub fn remove(&mut self, name: &str) {
        self.members_mut().retain(|(member, _)| member != name);
    }

    /// [`Json::set`], for chains.
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Json {
        self.set(name, value);
        self
    }

    /// [`Json::remove`], for chains.
    pub fn without(mut self, name: &str) -> Json {
        self.remove(name);
        self
    }

    /// How many values there are, this one included, as the limit `jsonValues` counts them.
    pub fn count(&self) -> u64 {
        1 + self.children().map(Json::count).sum::<u64>()
    }

    /// How many arrays and objects are open at the deepest place, as the limit `jsonDepth` counts them.
    pub fn depth(&self) -> u64 {
        let opens = u64::from(matches!(self, Json::Array(_) | Json::Object(_)));
        opens + self.children().map(Json::depth).max().unwrap_or(0)
    }

    /// The document for people: two spaces of indentation and a line break at the end.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        write_pretty(self, 0, &mut out);
        out.push('\n');
        out
    }

    fn children(&self) -> Box<dyn Iterator<Item = &Json> + '_> {
        match self {
            Json::Array(items) => Box::new(items.iter()),
            _ => Box::new(self.members().iter().map(|(_, value)| value)),
        }
    }

    fn members(&self) -> &[(String, Json)] {
        match self {
            Json::Object(members) => members,
            _ => &[],
        }
    }

    fn members_mut(&mut self) -> &mut Vec<(String, Json)> {
        match self {
            Json::Object(members) => members,
            other => panic!("not an object: {other}"),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Json {
        Json::Text(text.clone())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Json {
        Json::Number(value.to_string())
    }
}

impl From<()> for Json {
    fn from((): ()) -> Json {
        Json::Null
    }
}

/// The compact form, as `JSON.stringify` writes it.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Json::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    write!(f, "{}{}:{value}", if index == 0 { "" } else { "," }, quoted(name))?;
                }
                f.write_str("}")
            }
            scalar => f.write_str(&scalar_text(scalar)),
        }
    }
}

/// A string in quotation marks, escaped as JavaScript's `JSON.stringify` does (ECMA-262, QuoteJSONString).
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

fn scalar_text(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(text) | Json::Raw(text) => text.clone(),
        Json::Text(text) => quoted(text),
        Json::Array(_) | Json::Object(_) => unreachable!("not a scalar"),
    }
}

fn write_pretty(value: &Json, depth: usize, out: &mut String) {
    match value {
        Json::Array(items) if !items.is_empty() => {
            let lines = items.iter().map(|item| (String::new(), item));
            write_lines(('[', ']'), lines, depth, out);
        }
        Json::Object(members) if !members.is_empty() => {
            let lines = members.iter().map(|(name, value)| (format!("{}: ", quoted(name)), value));
            write_lines(('{', '}'), lines, depth, out);
        }
        other => out.push_str(&other.to_string()),
    }
}

fn write_lines<'a>(
    (open, close): (char, char),
    lines: impl Iterator<Item = (String, &'a Json)>,
    depth: usize,
    out: &mut String,
) {
    let indent = "  ".repeat(depth + 1);
    for (index, (label, value)) in lines.enumerate() {
        out.push(if index == 0 { open } else { ',' });
        out.push_str(&format!("\n{indent}{label}"));
        write_pretty(value, depth + 1, out);
    }
    out.push_str(&format!("\n{}{close}", "  ".repeat(depth)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Json {
        Json::object([("a", Json::array(["x", "\u{1}\n/é"])), ("b", Json::object([])), ("c", ().into())])
    }

    #[test]
    fn the_compact_form_is_what_javascript_writes() {
        assert_eq!(sample().to_string(), r#"{"a":["x","\u0001\n/é"],"b":{},"c":null}"#);
    }

    #[test]
    fn the_pretty_form_has_one_value_a_line() {
        assert_eq!(
            sample().pretty(),
            "{\n  \"a\": [\n    \"x\",\n    \"\\u0001\\n/é\"\n  ],\n  \"b\": {},\n  \"c\": null\n}\n"
        );
    }

    #[test]
    fn counts_as_the_limits_do() {
        assert_eq!((sample().count(), sample().depth()), (6, 2));
        assert_eq!((Json::array([0; 0].map(|n: u64| n)).depth(), Json::Null.depth()), (1, 0));
    }
}
