//! The tables of the Composer library, for PHP code that has no extension to ask.

use crate::php_class::{Constant, file};
use fedverify::Code;
use fedverify::tables::Kind;

const NAMESPACE: &str = "FedVerify\\Backend";

/// `php/src/Backend/Codes.php`.
pub(crate) fn codes() -> String {
    let rows = Code::ALL.iter().map(|code| (code.as_str(), code.number().to_string()));
    file(NAMESPACE, "Codes", "The number of every code.", &[Constant::expressions("NUMBERS", "", rows)])
}

/// `php/src/Backend/Kinds.php`.
pub(crate) fn kinds() -> String {
    file(NAMESPACE, "Kinds", "What can be verified.", &[Constant::list("NAMES", "", Kind::NAMES)])
}
