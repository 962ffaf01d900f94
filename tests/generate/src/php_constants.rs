//! The classes of constants that PHP programs compare codes with.

use crate::BANNER;
use crate::language::upper_snake;
use crate::tables::{self, Table};

/// The classes that the extension has, each with its table.
pub(crate) fn classes() -> [(&'static str, Table); 2] {
    [("Code", tables::errors()), ("WarningCode", tables::warnings())]
}

/// A class whose constants are the strings of a table.
pub(crate) fn class(name: &str, table: &Table) -> String {
    let constant = |value| format!("    public const {} = '{value}';\n", upper_snake(value));
    let constants = table.entries.iter().map(|entry| constant(entry.value)).collect::<String>();
    format!(
        "/**\n * {} docs/codes.md says what each means.\n */\nfinal class {name}\n{{\n{constants}\n    \
         private function __construct()\n    {{\n    }}\n}}\n",
        table.about
    )
}

/// A file of the Composer library with such a class.
pub(crate) fn file(name: &str, table: &Table) -> String {
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace FedVerify;\n\n{}",
        class(name, table)
    )
}
