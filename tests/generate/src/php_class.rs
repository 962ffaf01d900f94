//! PHP files with a class of constants, by PSR-12.

use crate::BANNER;
use crate::language::upper_snake;

/// The longest line that is written.
const LINE: usize = 120;

/// A constant of a class, as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Constant {
    /// Empty where the class says it.
    about: &'static str,
    declaration: String,
}

impl Constant {
    /// A string, by the name that follows from it.
    pub(crate) fn string(value: &str) -> Self {
        Constant { about: "", declaration: format!("{} = {}", upper_snake(value), quoted(value)) }
    }

    /// A map of strings to strings.
    pub(crate) fn strings<'a>(
        name: &str,
        about: &'static str,
        rows: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        Constant::expressions(name, about, rows.map(|(key, value)| (key, quoted(value))))
    }

    /// A map of strings to what is written in PHP.
    pub(crate) fn expressions<'a>(
        name: &str,
        about: &'static str,
        rows: impl Iterator<Item = (&'a str, String)>,
    ) -> Self {
        Constant::array(name, about, rows.map(|(key, value)| row(key, &value)))
    }

    /// A list of strings.
    pub(crate) fn list(name: &str, about: &'static str, values: &[&str]) -> Self {
        Constant::array(name, about, values.iter().map(|value| format!("        {},\n", quoted(value))))
    }

    fn array(name: &str, about: &'static str, rows: impl Iterator<Item = String>) -> Self {
        let declaration = format!("{name} = [\n{}    ]", rows.collect::<String>());
        Constant { about, declaration }
    }

    fn written(&self) -> String {
        let Constant { about, declaration } = self;
        let about = if about.is_empty() { String::new() } else { format!("\n    /** {about} */\n") };
        format!("{about}    public const {declaration};\n")
    }
}

/// A row of a map; its value is on a line of its own where both do not fit into one.
fn row(key: &str, value: &str) -> String {
    let line = format!("        {} => {value},\n", quoted(key));
    if line.len() <= LINE { line } else { format!("        {}\n            => {value},\n", quoted(key)) }
}

/// A string as PHP writes it.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A file with a class of these constants.
pub(crate) fn file(namespace: &str, name: &str, about: &str, constants: &[Constant]) -> String {
    let constants = constants.iter().map(Constant::written).collect::<String>();
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace {namespace};\n\n/** {about} */\n\
         final class {name}\n{{\n{}}}\n",
        constants.trim_start_matches('\n')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_what_php_reads_back() {
        assert_eq!(quoted(r"a's \n"), r"'a\'s \\n'");
    }

    #[test]
    fn long_rows_take_two_lines() {
        assert_eq!(row("a", "1"), "        'a' => 1,\n");
        let long = quoted(&"x".repeat(LINE));
        assert_eq!(row("a", &long), format!("        'a'\n            => {long},\n"));
    }
}
