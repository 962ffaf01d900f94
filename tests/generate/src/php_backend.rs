//! The tables that PHP code of the Composer library needs where no extension tells it.

use crate::BANNER;
use fedverify::{Code, Limits};

/// `php/src/Backend/Codes.php`.
pub(crate) fn codes() -> String {
    let rows =
        Code::ALL.iter().map(|code| format!("'{code}' => [{}, {}],", code.number(), quoted(code.remedy())));
    class("Codes", "Number and remedy of every code.", "TABLE", rows)
}

/// `php/src/Backend/Limits.php`.
pub(crate) fn limits() -> String {
    let rows = Limits::NAMES.iter().map(|name| format!("'{name}',"));
    class("Limits", "The names of the limits.", "NAMES", rows)
}

/// A class with one constant, an array.
fn class(name: &str, about: &str, constant: &str, rows: impl Iterator<Item = String>) -> String {
    let rows = rows.map(|row| format!("        {row}\n")).collect::<String>();
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace FedVerify\\Backend;\n\n/** {about} */\n\
         final class {name}\n{{\n    public const {constant} = [\n{rows}    ];\n}}\n"
    )
}

/// A string of PHP.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
