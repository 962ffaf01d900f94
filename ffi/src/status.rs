//! What every call answers.

use crate::border::fedverify_str;
use fedverify::Code;

/// What every call that can fail answers: `FEDVERIFY_OK`, or the number of the error's code, one of the `FEDVERIFY_`
/// constants above. Newer versions of the library may answer numbers that this header does not name.
pub type fedverify_status = i32;

/// The call did what it is for. Of a verification: everything was proven.
pub const FEDVERIFY_OK: fedverify_status = 0;

/// The status of a code: its number.
pub(crate) fn status_of(code: Code) -> fedverify_status {
    code.number().into()
}

fn code_of(status: fedverify_status) -> Option<Code> {
    Code::from_number(u16::try_from(status).ok()?)
}

fn text_of(status: fedverify_status, text: fn(Code) -> &'static str) -> fedverify_str {
    fedverify_str::of_optional(code_of(status).map(text))
}

/// The stable dotted text of a status, such as `plc.cid.mismatch`: the code in every report and every language.
///
/// The text lives for ever. It is absent for `FEDVERIFY_OK` and for a number that is no code.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_code(status: fedverify_status) -> fedverify_str {
    text_of(status, Code::as_str)
}

/// What a status means, in one line for people. The text lives for ever; absent as for `fedverify_status_code`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_meaning(status: fedverify_status) -> fedverify_str {
    text_of(status, Code::meaning)
}

/// What whoever meets a status can do about it, in one line for people. The text lives for ever; absent as for
/// `fedverify_status_code`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_remedy(status: fedverify_status) -> fedverify_str {
    text_of(status, Code::remedy)
}

/// Whether a status says that nothing could be judged (a file is missing, an argument is NULL), rather than that something
/// was judged and refused. Neither is verified. True for a number that is no code, false for `FEDVERIFY_OK`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_is_undetermined(status: fedverify_status) -> bool {
    status != FEDVERIFY_OK && code_of(status).is_none_or(Code::is_undetermined)
}
