//! The codes and the warnings, from core's tables. These are read as files: the kit does not depend on core.

use std::io;
use std::path::Path;

/// A code or a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The stable text, such as `plc.cid.mismatch`.
    pub text: String,
    /// The name in Rust, such as `PlcCidMismatch`.
    pub variant: String,
    /// Whether it is a warning.
    pub is_warning: bool,
}

impl Entry {
    /// Whether a program mentions it: by its text, by its name in Rust, or by that in C and PHP.
    pub fn is_mentioned(&self, program: &str) -> bool {
        let constant = self.text.to_uppercase().replace('.', "_");
        [&self.text, &self.variant, &constant].into_iter().any(|name| has_word(program, name))
    }
}

/// Whether the word stands there, and not as a part of a longer one. The constants of C have a prefix.
fn has_word(program: &str, word: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let continues = |before: &str| {
        let before = before.strip_suffix("FEDVERIFY_").unwrap_or(before);
        before.ends_with(|last: char| last.is_alphanumeric() || last == '_')
    };
    // `plc.log` is no part of `plc.log.empty`, and a sentence may end after a text.
    let is_longer_text = |rest: &str| rest.strip_prefix('.').is_some_and(goes_on);
    program.match_indices(word).any(|(at, _)| {
        let (before, rest) = (&program[..at], &program[at + word.len()..]);
        !goes_on(rest) && !is_longer_text(rest) && !continues(before)
    })
}

/// All of them, in the order of core's tables.
pub(crate) fn read(root: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (file, is_warning) in [("codes.rs", false), ("warnings.rs", true)] {
        let table = std::fs::read_to_string(root.join("core/src/tables").join(file))?;
        entries.extend(table.lines().filter_map(|line| entry(line, is_warning)));
    }
    Ok(entries)
}

/// A row: `301 KeyInvalid "key.invalid"`, or of the warnings `LogBare "plc.log.bare"`.
fn entry(line: &str, is_warning: bool) -> Option<Entry> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (variant, text) = match words[..] {
        [number, variant, text] if !is_warning && number.parse::<u16>().is_ok() => (variant, text),
        [variant, text] if is_warning && variant.chars().all(char::is_alphanumeric) => (variant, text),
        _ => return None,
    };
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(Entry { text: text.to_owned(), variant: variant.to_owned(), is_warning })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_mentioned_by_any_of_its_names_and_by_no_longer_one() {
        let code = Entry { text: "key.invalid".into(), variant: "KeyInvalid".into(), is_warning: false };
        for program in [
            "\"key.invalid\"",
            "Code::KeyInvalid)",
            "FEDVERIFY_KEY_INVALID",
            "Code::KEY_INVALID;",
            "is key.invalid.",
        ] {
            assert!(code.is_mentioned(program), "{program}");
        }
        for program in [
            "plc.key.invalid_too",
            "KeyInvalidated",
            "PFN_KEY_INVALID",
            "key.invalid.at_all",
            "pfnkey.invalid",
        ] {
            assert!(!code.is_mentioned(program), "{program}");
        }
    }
}
