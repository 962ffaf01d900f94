//! What every call returns.

use crate::border::fedverify_str;
use fedverify::Code;

/// What every call that can fail returns: `FEDVERIFY_OK`, or the number of the error's code, one of the constants above.
/// Newer versions of the library may return numbers that this header does not name.
pub type fedverify_status = i32;

/// Success: nothing was refused. What was proven, if anything, the trust of the result says.
pub const FEDVERIFY_OK: fedverify_status = 0;

/// The status of a code: its number.
pub(crate) fn status_of(code: Code) -> fedverify_status {
    code.number().into()
}

fn code_of(status: fedverify_status) -> Option<Code> {
    Code::from_number(u16::try_from(status).ok()?)
}

fn string_of(status: fedverify_status, string: fn(Code) -> &'static str) -> fedverify_str {
    fedverify_str::from_optional(code_of(status).map(string))
}

/// The stable dotted code of a status, such as `plc.cid.mismatch`: the same in every report and every language.
///
/// Always valid. Absent for `FEDVERIFY_OK` and for a number that is no code.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_code(status: fedverify_status) -> fedverify_str {
    string_of(status, Code::as_str)
}

/// What a status means, in one line for people. Always valid; absent as for `fedverify_status_code`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_meaning(status: fedverify_status) -> fedverify_str {
    string_of(status, Code::meaning)
}

/// What to do about a status, in one line for people. Always valid; absent as for `fedverify_status_code`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_remedy(status: fedverify_status) -> fedverify_str {
    string_of(status, Code::remedy)
}

/// Whether a status says that nothing could be judged (a file is missing, an argument is NULL), rather than that something
/// was judged and refused. Neither is verified. True for a number that is no code, false for `FEDVERIFY_OK`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_status_is_undetermined(status: fedverify_status) -> bool {
    status != FEDVERIFY_OK && code_of(status).is_none_or(Code::is_undetermined)
}
