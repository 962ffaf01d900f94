//! The classes of constants that PHP programs compare codes with.

use crate::BANNER;
use crate::language::upper_snake;
use crate::tables::{self, Table};

/// The bodies of the methods that explain an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    /// None: the class is a stub.
    Empty,
    /// From the tables of the Composer library.
    Library,
}

/// The classes that the extension has, each with its table.
pub(crate) fn classes() -> [(&'static str, Table); 2] {
    [("Code", tables::errors()), ("WarningCode", tables::warnings())]
}

/// A class whose constants are the strings of a table.
pub(crate) fn class(name: &str, table: &Table, bodies: Bodies) -> String {
    let constant = |value| format!("    public const {} = '{value}';\n", upper_snake(value));
    let constants = table.entries.iter().map(|entry| constant(entry.value)).collect::<String>();
    // Warnings have no remedies.
    let methods = if name == "Code" { explanations(bodies) } else { String::new() };
    format!(
        "/**\n * {} docs/codes.md says what each means.\n */\nfinal class {name}\n{{\n{constants}\n    \
         private function __construct()\n    {{\n    }}\n{methods}}}\n",
        table.about
    )
}

fn explanations(bodies: Bodies) -> String {
    let methods = [
        ("meaning", "What a code means, in one line.", "MEANINGS"),
        ("remedy", "What whoever meets a code can do about it, in one line.", "REMEDIES"),
    ];
    let body = |table: &str| match bodies {
        Bodies::Empty => String::new(),
        Bodies::Library => format!(
            "        if (!isset(Codes::{table}[$code])) {{\n            \
             throw Arguments::valueError(__METHOD__, 1, 'code', 'must be an error code');\n        }}\n        \
             return Codes::{table}[$code];\n",
        ),
    };
    methods
        .map(|(name, about, table)| {
            format!(
                "\n    /**\n     * {about}\n     *\n     * @throws \\ValueError there is no such code\n     */\n    \
                 public static function {name}(string $code): string\n    {{\n{}    }}\n",
                body(table)
            )
        })
        .concat()
}

/// A file of the Composer library with such a class.
pub(crate) fn file(name: &str, table: &Table) -> String {
    let uses = if name == "Code" {
        "use FedVerify\\Backend\\Arguments;\nuse FedVerify\\Core\\Tables\\Codes;\n\n"
    } else {
        ""
    };
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace FedVerify;\n\n{uses}{}",
        class(name, table, Bodies::Library)
    )
}
