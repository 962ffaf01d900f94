//! The exact string that a publisher signs: what JavaScript's `JSON.stringify` writes (pfn.md, "Signed metadata").

/// A member's value, as JavaScript has it before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Member {
    /// `undefined`: the member is left out.
    Undefined,
    Null,
    String(String),
}

impl Member {
    /// The string, if it is one.
    pub(super) fn into_string(self) -> Option<String> {
        match self {
            Member::String(value) => Some(value),
            Member::Undefined | Member::Null => None,
        }
    }
}

/// Writes an object with its members in the given order, without white space (ECMA-262, `SerializeJSONObject`).
pub(super) fn stringify(members: &[(&str, &Member)]) -> String {
    let mut written = String::from("{");
    for (name, value) in members {
        let value = match value {
            Member::Undefined => continue,
            Member::Null => "null",
            Member::String(value) => &quoted(value),
        };
        if written.len() > 1 {
            written.push(',');
        }
        written.push_str(&quoted(name));
        written.push(':');
        written.push_str(value);
    }
    written.push('}');
    written
}

/// Quotes a string (ECMA-262, `QuoteJSONString`): control characters below U+0020, the quote and the backslash are
/// escaped, and everything else is written as itself, including U+007F, U+2028 and everything above U+FFFF. Unpaired
/// surrogates, which JavaScript would escape, cannot occur: the JSON reader refuses them.
fn quoted(value: &str) -> String {
    let mut quoted = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::process::{Command, Stdio};

    fn string(value: &str) -> Member {
        Member::String(value.to_owned())
    }

    #[test]
    fn members_are_in_order_left_out_or_null() {
        let (id, none, null) = (string("a"), Member::Undefined, Member::Null);
        assert_eq!(
            stringify(&[("id", &id), ("name", &none), ("version", &null)]),
            r#"{"id":"a","version":null}"#
        );
        assert_eq!(
            stringify(&[("id", &none), ("name", &id), ("version", &id)]),
            r#"{"name":"a","version":"a"}"#
        );
        assert_eq!(stringify(&[("id", &none)]), "{}");
    }

    #[test]
    fn only_what_must_be_escaped_is() {
        assert_eq!(quoted("\"\\\u{8}\u{c}\n\r\t"), r#""\"\\\b\f\n\r\t""#);
        assert_eq!(quoted("\0\u{1}\u{b}\u{1f}"), r#""\u0000\u0001\u000b\u001f""#);
        let plain = " /<>&'\u{7f}\u{80}\u{a0}\u{2028}\u{2029}\u{feff}\u{fffd}é日\u{1f600}\u{10ffff}";
        assert_eq!(quoted(plain), format!("\"{plain}\""));
    }

    /// Every character that could be escaped, and a sample of those beyond.
    fn sample() -> String {
        (0..0x3000).chain(0xd7f0..0xe010).chain(0xfff0..0x1_0010).filter_map(char::from_u32).collect()
    }

    #[test]
    fn node_writes_the_same() {
        let script = "const i = JSON.parse(require('fs').readFileSync(0, 'utf8')); process.stdout.write(JSON.stringify(\
                      {id: i.id, name: i.name, version: i.version, description: i.description}))";
        let node =
            Command::new("node").args(["-e", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let Ok(mut node) = node else {
            // Past the capture of test output: a skipped test must not look like a passed one.
            std::io::stderr().write_all(b"skipped: node_writes_the_same (node is not installed)\n").unwrap();
            return;
        };
        let (description, none, null) = (string(&sample()), Member::Undefined, Member::Null);
        let expected =
            stringify(&[("id", &null), ("name", &none), ("version", &none), ("description", &description)]);
        node.stdin.take().unwrap().write_all(expected.as_bytes()).unwrap();
        let output = node.wait_with_output().unwrap();
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}
