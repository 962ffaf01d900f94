//! The tables of the Composer library, for PHP code that has no extension to ask.

use crate::BANNER;
use fedverify::Code;
use fedverify::tables::Kind;

/// `php/src/Backend/Codes.php`.
pub(crate) fn codes() -> String {
    let rows = Code::ALL.iter().map(|code| format!("'{code}' => {}", code.number()));
    class("Codes", "The number of every code.", "NUMBERS", rows)
}

/// `php/src/Backend/Kinds.php`.
pub(crate) fn kinds() -> String {
    let rows = Kind::ALL.iter().map(|kind| format!("'{kind}'"));
    class("Kinds", "What can be verified.", "NAMES", rows)
}

/// A file with a class of one constant, an array.
fn class(name: &str, about: &str, constant: &str, rows: impl Iterator<Item = String>) -> String {
    let rows = rows.map(|row| format!("        {row},\n")).collect::<String>();
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace FedVerify\\Backend;\n\n/** {about} */\n\
         final class {name}\n{{\n    public const {constant} = [\n{rows}    ];\n}}\n"
    )
}
