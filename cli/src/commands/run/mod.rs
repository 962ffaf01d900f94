//! `fedverify run`: any kind of verification, from a request in JSON.

mod request;

use crate::input;
use crate::job::Job;
use fedverify::tables::{InputName, InputType};
use fedverify::{ApiFault, Error, Limits, Report, printable};
use request::{Document, Value};
use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::Path;

/// The most bytes of a request: room for the documents of any kind as strings, however they are escaped.
const REQUEST_BYTES: u64 = 128 << 20;

/// Verifies what the request names.
///
/// # Errors
///
/// `io.file.*` and `api.argument`, where the request cannot be read or names no known kind, and no report can be made.
pub(crate) fn run(path: &Path, limits: &Limits) -> Result<Report, Error> {
    let Document { kind, inputs, limits: changes, refuse } = read(path)?;
    let mut job = Job::new(kind.parse()?, limits);
    if let Some(why) = refuse {
        job.refuse(printable(&why));
    }
    for (name, value) in &changes.0 {
        job.limit(name, *value);
    }
    // Two inputs cannot both be standard input, and the request is one.
    job.takes_stdin("the request", path);
    for (name, value) in inputs.0 {
        give(&mut job, &name, value);
    }
    Ok(job.report())
}

fn read(path: &Path) -> Result<Document, Error> {
    let json = input::document(path, REQUEST_BYTES)?;
    if u64::try_from(json.len()).is_ok_and(|size| size > REQUEST_BYTES) {
        return Err(misuse(format!("the request has more than {REQUEST_BYTES} bytes")));
    }
    // serde would take the items of an array for the members of the request, in their order.
    if let Some(found) = other_json(&json) {
        let expected = "expected one JSON object with kind, inputs and limits";
        return Err(misuse(format!("{expected}, found {found}")));
    }
    serde_json::from_slice(&json)
        .map_err(|error| misuse(format!("the request cannot be used: {}", printable(&error.to_string()))))
}

/// What JSON that starts like this is, where it is no object.
fn other_json(json: &[u8]) -> Option<&'static str> {
    match json.trim_ascii_start().first()? {
        b'[' => Some("an array"),
        b'"' => Some("a string"),
        b'-' | b'0'..=b'9' => Some("a number"),
        b't' | b'f' => Some("true or false"),
        b'n' => Some("null"),
        _ => None,
    }
}

fn misuse(message: impl Into<String>) -> Error {
    Error::misuse(ApiFault::Argument, message)
}

fn give(job: &mut Job<'_>, name: &str, value: Value) {
    let input = match name.parse::<InputName>() {
        Ok(input) => input,
        Err(error) => return job.refuse(error.message()),
    };
    match (input.input_type(), value) {
        (InputType::Bytes, Value::String(text)) => job.bytes(input, Ok(Cow::Owned(text.into_bytes()))),
        (InputType::Bytes, Value::File(file)) => job.file(input, Path::new(&file)),
        (InputType::Bytes, Value::Unreadable(why, message)) => {
            job.bytes(input, Err(unreadable(why, &message)))
        }
        (InputType::String, Value::String(text)) => job.string(input, text),
        (InputType::Number, Value::Number(number)) => job.number(input, number),
        (InputType::Flag, Value::Flag(is_set)) => job.flag(input, is_set),
        (InputType::Stream, Value::File(file)) => job.stream(input, Path::new(&file)),
        (InputType::Stream, Value::Unreadable(why, message)) => {
            job.unreadable_stream(input, unreadable(why, &message));
        }
        (expected, found) => job.refuse(format!(
            "expected {} as the input {input}, found {}",
            expected_value(expected),
            found.describe()
        )),
    }
}

/// The caller's words on an input that it could not read.
fn unreadable(why: ErrorKind, message: &str) -> Error {
    Error::unreadable_file(why, printable(message))
}

fn expected_value(input_type: InputType) -> &'static str {
    match input_type {
        InputType::Bytes => "a string or a file",
        InputType::String => "a string",
        InputType::Number => "a whole number",
        InputType::Flag => "true or false",
        InputType::Stream => "a file",
    }
}
