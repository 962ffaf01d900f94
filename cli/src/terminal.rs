//! What may be printed as it is. Otherwise, strings from logs, documents, servers and file names could steer a terminal, or look like
//! something that they are not.

use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Escapes a report in JSON. It says the same: such characters are in its strings only, and JSON may write any character of a
/// string as `\u…`.
pub(crate) fn json(text: String) -> String {
    if !text.contains(is_hostile) {
        return text;
    }
    escaped(&text, |out, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _never_fails = write!(out, "\\u{unit:04x}");
        }
    })
}

/// Prints JSON that is no report, escaped.
pub(crate) fn print_json(facts: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(facts).map(json).map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Escapes a message for people, which may have several lines.
pub(crate) fn message(text: &str) -> String {
    escaped(text, |out, character| out.extend(character.escape_unicode()))
}

fn escaped(text: &str, escape: impl Fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hostile(character) { escape(&mut out, character) } else { out.push(character) }
    }
    out
}

/// Controls (C0 but for the ends of lines, DEL, C1), and characters that are invisible or change how others are displayed
/// (Unicode Technical Report 36, section 2.10): those that Unicode calls default-ignorable, and the blank of Braille.
pub(crate) fn is_hostile(character: char) -> bool {
    let is_deceptive = matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    is_deceptive || (character.is_control() && character != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_says_the_same() {
        let text = "a\u{7f}b\u{85}c\u{9b}d\u{202e}e\u{e0041}f\u{3164}g\u{e0100} é 漢 \u{1f600}";
        let json = json(serde_json::to_string(text).unwrap());
        assert!(!json.contains(is_hostile), "{json}");
        assert!(
            json.contains("\\u202e")
                && json.contains("\\u3164")
                && json.contains("\\udb40\\udc41")
                && json.contains("é 漢"),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn messages_keep_their_lines() {
        assert_eq!(message("a\nb\u{1b}[31m\r\u{202e}"), "a\nb\\u{1b}[31m\\u{d}\\u{202e}");
    }
}
