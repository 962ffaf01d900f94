//! How names and numbers are written in other languages and for people.

use fedverify::Limits;
use fedverify::tables::members::Presence;

/// The words of a stable string: `plc.log.bare`, `plc-log`, `logBytes` and `too_deep` alike.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for character in name.chars() {
        let is_separator = matches!(character, '.' | '-' | '_');
        if is_separator || character.is_ascii_uppercase() {
            words.push(String::new());
        }
        if !is_separator {
            words.last_mut().expect("there is a word").push(character.to_ascii_lowercase());
        }
    }
    words
}

/// `plc.log.bare` is `PLC_LOG_BARE`.
pub(crate) fn upper_snake(name: &str) -> String {
    words(name).join("_").to_ascii_uppercase()
}

/// `plc.log.bare` is `PlcLogBare`.
pub(crate) fn pascal(name: &str) -> String {
    let capitalized = |word: &String| word[..1].to_ascii_uppercase() + &word[1..];
    words(name).iter().map(capitalized).collect()
}

/// When a member is there, as a sentence to follow its meaning; empty for a member that is always there.
pub(crate) fn present_if(presence: Presence) -> String {
    match presence {
        Presence::Always => String::new(),
        Presence::When(condition) => format!(" Present if {condition}."),
        Presence::With(other) => format!(" Present if `{other}` is."),
    }
}

/// The default of a limit, as people read it: `8 MiB`, `10,000`.
pub fn default_of(limit: &str) -> String {
    const MIB: u64 = 1 << 20;
    let value = Limits::default().get(limit).expect("the name is of the table");
    if value.is_multiple_of(MIB) { format!("{} MiB", value / MIB) } else { grouped(value) }
}

/// A number with a comma between thousands.
fn grouped(value: u64) -> String {
    match value {
        0..1000 => value.to_string(),
        _ => format!("{},{:03}", grouped(value / 1000), value % 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_each_language_has_them() {
        let names = ["pfn.plugin.not_text", "plc-log", "logBytes"];
        assert_eq!(names.map(upper_snake), ["PFN_PLUGIN_NOT_TEXT", "PLC_LOG", "LOG_BYTES"]);
        assert_eq!(names.map(pascal), ["PfnPluginNotText", "PlcLog", "LogBytes"]);
    }

    #[test]
    fn defaults_are_written_for_people() {
        let defaults = ["packageBytes", "jsonValues", "rotationKeys"].map(default_of);
        assert_eq!(defaults, ["512 MiB", "500,000", "10"]);
        assert_eq!(grouped(1_020_003), "1,020,003");
    }
}
