//! Files that cannot be read: nothing is judged.

use crate::case::{Case, Input};
use crate::cases::fair_package;
use crate::cases::publisher::log;
use crate::cases::rule;

const RULE: &str = rule::json::UNREADABLE;

/// A path at which there is nothing.
const NOTHING: &str = "missing/nothing.json";

/// A path at which there is a folder: that of the data that cases share.
const A_FOLDER: &str = "shared";

pub(super) fn cases() -> Vec<Case> {
    let no_log =
        Case::plc("io/log-missing").text("did", log().did()).input("log", Input::Path(NOTHING.to_owned()));
    let folder = Case::plc("io/log-is-a-folder")
        .text("did", log().did())
        .input("log", Input::Path(A_FOLDER.to_owned()));
    let no_key = Case::new("key", "io/key-missing").input("key", Input::Path(NOTHING.to_owned()));
    let without = |name: &'static str| {
        fair_package(&format!("io/fair-{name}-missing"))
            .input(name, Input::Path(NOTHING.to_owned()))
            .rule(RULE)
            .about(format!("There is no file at the path of the {name}."))
            .undetermined("io.file.missing")
    };
    vec![
        no_log.rule(RULE).about("There is no file at the log's path.").undetermined("io.file.missing"),
        folder.rule(RULE).about("There is a folder at the log's path.").undetermined("io.file.unreadable"),
        no_key.rule(RULE).about("There is no file at the key's path.").undetermined("io.file.missing"),
        without("log"),
        without("metadata"),
        without("package"),
        fair_package("io/fair-package-is-a-folder")
            .input("package", Input::Path(A_FOLDER.to_owned()))
            .rule(RULE)
            .about("There is a folder at the package's path.")
            .undetermined("io.file.unreadable"),
    ]
}
