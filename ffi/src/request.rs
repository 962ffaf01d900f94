//! What to verify: the inputs of any kind of verification, by name.

use crate::border::{Bytes, Place, Str, argument};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::files;
use crate::handle::{free, look};
use crate::status::fedverify_status;
use fedverify::tables::{InputName, InputType, Kind};
use fedverify::{Error, Limits, Request};
use std::borrow::Cow;
use std::io::ErrorKind;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What to verify: its kind, and inputs that are set by name. It keeps copies of what it is given. One request may start
/// any number of verifications. Freed with `fedverify_request_free`.
pub struct fedverify_request(RwLock<Request<'static>>);

/// What an input is: bytes.
pub const FEDVERIFY_TYPE_BYTES: i32 = 1;
/// What an input is: a string.
pub const FEDVERIFY_TYPE_STRING: i32 = 2;
/// What an input is: a whole number.
pub const FEDVERIFY_TYPE_NUMBER: i32 = 3;
/// What an input is: a flag.
pub const FEDVERIFY_TYPE_FLAG: i32 = 4;
/// What an input is: bytes that the verification is given after its start. It is announced like a flag.
pub const FEDVERIFY_TYPE_STREAM: i32 = 5;

impl fedverify_request {
    /// For reading: verifications of one request may start at the same time.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Request<'static>> {
        // An input is set or it is not: no panic can leave a request half-changed.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Request<'static>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a request without inputs. `kind` is one of the `FEDVERIFY_KIND_` constants.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a kind that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_new(
    kind: Str<'_>,
    kind_len: usize,
    request: Place<'_, fedverify_request>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(request, error, || {
        let kind: Kind = kind.read(kind_len, "the name of a kind")?.parse()?;
        Ok(fedverify_request(RwLock::new(Request::new(kind, Limits::default()))))
    })
}

/// Frees a request. NULL is ignored; do not free twice. Verifications that it started are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_free(request: Option<Box<fedverify_request>>) {
    free(request);
}

/// What an input is: one of the `FEDVERIFY_TYPE_` constants; 0 where the request's kind takes no input of this name.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_input_type(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
) -> i32 {
    look(request, |request| {
        let name = name.read(name_len, "the name of an input").ok().and_then(InputName::from_name);
        let kind = request.read().kind();
        name.filter(|name| kind.takes(*name)).map_or(0, |name| match name.input_type() {
            InputType::Bytes => FEDVERIFY_TYPE_BYTES,
            InputType::String => FEDVERIFY_TYPE_STRING,
            InputType::Number => FEDVERIFY_TYPE_NUMBER,
            InputType::Flag => FEDVERIFY_TYPE_FLAG,
            InputType::Stream => FEDVERIFY_TYPE_STREAM,
        })
    })
}

/// Sets an input of bytes, such as a log. `name` is one of the `FEDVERIFY_REQUEST_INPUT_` constants. An input that was set before
/// is replaced.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also where the kind does not take the input, or it has another type;
/// `FEDVERIFY_IO_MEMORY`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_bytes(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    bytes: Bytes<'_>,
    bytes_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        let bytes = copied(bytes.read(bytes_len, "the bytes of an input")?, name)?;
        request.write().set_input(name, Ok(Cow::Owned(bytes)))
    })
}

/// Sets an input of bytes to the content of a file. A file that is missing or cannot be read is no error of this call: the
/// verification reports it at the step that wants the input.
///
/// `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
/// once. Set limits first: no more is read than the input's limit allows, and a byte that shows what is above it.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_file(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    path: Str<'_>,
    path_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        let path = files::path(path.read_bytes(path_len, "a path")?)?;
        let limits = *request.read().limits();
        let limit = name.max_bytes(&limits).unwrap_or_default();
        request.write().set_input(name, files::read(&path, limit.saturating_add(1)).map(Cow::Owned))
    })
}

/// Says that an input of bytes could not be read, so that the verification reports it at the step that wants the input.
///
/// `why` is `FEDVERIFY_IO_FILE_MISSING`, `FEDVERIFY_IO_FILE_UNREADABLE`, `FEDVERIFY_IO_MEMORY` or one of the family
/// `FEDVERIFY_IO_NETWORK_`; `message` says more to people.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes` and for another status.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_unreadable(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    why: fedverify_status,
    message: Str<'_>,
    message_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        let unreadable = files::unreadable(why, &message.read_message(message_len)?)?;
        request.write().set_input(name, Err(unreadable))
    })
}

/// Sets a string, such as a DID.
///
/// Errors: as `fedverify_request_set_bytes`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_string(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    string: Str<'_>,
    string_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        request.read().check(name, InputType::String)?;
        let string = string.read(string_len, "the string of an input")?;
        request.write().set_string(name, string.to_owned())
    })
}

/// Sets a number, such as the clock.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_number(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    number: u64,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        request.write().set_number(name, number)
    })
}

/// Sets a flag, or takes it back. The inputs `package` and `archive` are announced like this: their bytes follow. An archive
/// must be announced, since a plugin can be verified without one; a package only where it may turn out to have no bytes.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, as for `fedverify_request_set_bytes`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_flag(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    is_set: bool,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let (request, name) = input(request, name, name_len)?;
        request.write().set_flag(name, is_set)
    })
}

/// Sets a limit by its name, one of the `FEDVERIFY_LIMIT_` constants.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a name that no limit has.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_set_limit(
    request: Option<&fedverify_request>,
    name: Str<'_>,
    name_len: usize,
    value: u64,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let request = given(request, "a request")?;
        let name = name.read(name_len, "the name of a limit")?;
        request.write().set_limit(name, value)
    })
}

/// Says that the request cannot be used, and why: a verification that it starts is refused before anything is judged, with
/// `FEDVERIFY_API_ARGUMENT` and this message in its report. The first message counts. For callers that want a report
/// whatever went wrong, also where setting an input failed.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_request_refuse(
    request: Option<&fedverify_request>,
    message: Str<'_>,
    message_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let request = given(request, "a request")?;
        let message = message.read_message(message_len)?;
        request.write().refuse(argument(message));
        Ok(())
    })
}

/// The request, and the input that a call names.
fn input<'r>(
    request: Option<&'r fedverify_request>,
    name: Str<'_>,
    name_len: usize,
) -> Result<(&'r fedverify_request, InputName), Error> {
    let request = given(request, "a request")?;
    Ok((request, name.read(name_len, "the name of an input")?.parse()?))
}

/// A copy of an input, however large. What is above a limit is refused by the step that reads it.
fn copied(bytes: &[u8], name: InputName) -> Result<Vec<u8>, Error> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(bytes.len()).map_err(|_| {
        let message = format!("no memory for the {} bytes of the input {name}", bytes.len());
        Error::unreadable_file(ErrorKind::OutOfMemory, message)
    })?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}
