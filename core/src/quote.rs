//! Untrusted strings in messages: escaped, bounded, inert on a terminal.

/// How much of an untrusted string a message repeats, in characters.
const QUOTE_CHARS: usize = 80;

/// Quotes an untrusted string for a message: control characters, quotes and invisible formatting escaped, cut after 80
/// characters.
///
/// ```
/// assert_eq!(fedverify::quote("a\u{1b}[31m"), r#""a\u{1b}[31m""#);
/// ```
pub fn quote(text: &str) -> String {
    let mut shown = String::from("\"");
    for character in text.chars().take(QUOTE_CHARS) {
        push_escaped(&mut shown, character);
    }
    shown.push('"');
    if text.chars().nth(QUOTE_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// Quotes a URL that was refused, or that nobody has judged yet: what may be a user name and a password in it, which is whatever
/// is before its last @, is not repeated.
///
/// ```
/// assert_eq!(fedverify::quote_url("https://user:secret@a.example/b"), r#""https://…@a.example/b""#);
/// ```
pub fn quote_url(url: &str) -> String {
    let Some((before, after)) = url.rsplit_once('@') else { return quote(url) };
    let is_start =
        |scheme: &&str| before.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = ["https://", "http://", "fair://"].into_iter().find(is_start).unwrap_or_default();
    quote(&format!("{scheme}…@{after}"))
}

/// How much of a caller's own message is repeated, in characters.
const MESSAGE_CHARS: usize = 500;

/// Makes a message of a caller safe to print: escaped as [`quote`] does, but for quotes and backslashes, and cut after 500
/// characters. For bindings that are handed whole messages, such as why a file could not be read.
///
/// ```
/// assert_eq!(fedverify::printable("\"a\" is\u{7} gone"), r#""a" is\u{7} gone"#);
/// ```
pub fn printable(message: &str) -> String {
    let mut shown = String::new();
    for character in message.chars().take(MESSAGE_CHARS) {
        match character {
            '"' | '\'' | '\\' => shown.push(character),
            _ => push_escaped(&mut shown, character),
        }
    }
    if message.chars().nth(MESSAGE_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

fn push_escaped(shown: &mut String, character: char) {
    if is_deceptive(character) {
        shown.extend(character.escape_unicode());
    } else {
        shown.extend(character.escape_debug());
    }
}

/// How many of a list of untrusted strings a message repeats.
const QUOTED_ITEMS: usize = 8;

/// Quotes the first of a list of untrusted strings, and counts the others.
pub(crate) fn quote_list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.collect();
    let shown: Vec<String> = texts.iter().take(QUOTED_ITEMS).map(|text| quote(text)).collect();
    let more = texts.len().saturating_sub(shown.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", shown.join(", "))
}

/// Characters that change how the text around them is displayed (Unicode Technical Report 36, section 2.10):
/// bidirectional controls and line separators. `escape_debug` escapes most of them; this does not rely on it. And letters and a
/// symbol that are blank, which it takes for visible: fillers of Hangul, and the Braille pattern without dots.
fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_bounded_and_inert() {
        assert_eq!(quote("plain"), "\"plain\"");
        assert_eq!(quote(&"x".repeat(81)), format!("\"{}\"…", "x".repeat(80)));
        assert_eq!(quote("\u{202e}\n\""), "\"\\u{202e}\\n\\\"\"");
        assert_eq!(printable("\u{202e}\n\"'\\"), "\\u{202e}\\n\"'\\");
        let blank = "\u{115f}\u{1160}\u{2800}\u{3164}\u{ffa0}";
        assert_eq!(printable(blank), "\\u{115f}\\u{1160}\\u{2800}\\u{3164}\\u{ffa0}");
        assert_eq!(printable(&"x".repeat(501)), format!("{}…", "x".repeat(500)));
        assert_eq!(quote_url("fair://me:secret@a.example"), "\"fair://…@a.example\"");
        assert_eq!(quote_url("ftp://me:secret@a@b"), "\"…@b\"");
        assert_eq!(quote_list(["a", "b"].into_iter()), "\"a\", \"b\"");
        assert_eq!(quote_list(["a"; 10].into_iter()), format!("{} and 2 more", ["\"a\""; 8].join(", ")));
    }
}
