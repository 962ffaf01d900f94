//! `php/src/Backend/Codes.php`: the numbers of codes, for PHP code that has no extension to ask.

use crate::BANNER;
use fedverify::Code;

/// The file.
pub(crate) fn codes() -> String {
    let rows = Code::ALL.iter().map(|code| format!("        '{code}' => {},\n", code.number()));
    format!(
        "<?php\n\n// {BANNER}\n\ndeclare(strict_types=1);\n\nnamespace FedVerify\\Backend;\n\n\
         /** The number of every code. */\nfinal class Codes\n{{\n    public const NUMBERS = [\n{}    ];\n}}\n",
        rows.collect::<String>()
    )
}
