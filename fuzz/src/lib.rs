//! What several targets need: publishers to check things against, and how a request is written as bytes.

use fedverify::pfn::PublisherKey;
use fedverify::tables::{InputName, InputType, Kind};
use fedverify::{Identity, Limits, Log, Report, Request, Verification};
use std::io::Cursor;
use std::sync::LazyLock;

// The encoder of the test kit, which shares nothing with core. The whole kit makes thousands of cases, and is minutes of work for
// a compiler that instruments it.
#[path = "../../tests/kit/src/cbor.rs"]
pub mod cbor;
#[path = "../../tests/kit/src/encoding.rs"]
pub mod encoding;
#[path = "../../tests/kit/src/json.rs"]
pub mod json;
pub mod shape;
pub mod slow;
#[path = "../../tests/kit/src/stretch.rs"]
pub mod stretch;

/// An identity that verifies, to compare documents with: that of the example.
pub static IDENTITY: LazyLock<Identity> = LazyLock::new(|| {
    let log = Log::parse(include_bytes!("../../examples/fair/log.json"), &Limits::default()).expect("a log");
    let did = include_str!("../../examples/fair/did.txt").trim().parse().expect("a DID");
    log.verify(&did).expect("the example verifies")
});

/// A publisher's key: that of the example.
pub static KEY: LazyLock<PublisherKey> = LazyLock::new(|| {
    PublisherKey::parse(include_bytes!("../../examples/pfn/publisher.pem"), &Limits::default())
        .expect("a key")
});

/// What starts a part of a request.
const MARK: &[u8] = b"\n=== ";

/// The parts of a request: what is before the first mark under the name `kind`, then each part by the line of its mark. The
/// test kit writes seeds of this form (`tests/kit/src/seeds`).
pub fn parts(data: &[u8]) -> Vec<(&str, &[u8])> {
    let mut parts = Vec::new();
    let (mut name, mut rest) = ("kind", data);
    while let Some(at) = rest.windows(MARK.len()).position(|bytes| bytes == MARK) {
        parts.push((name, &rest[..at]));
        rest = &rest[at + MARK.len()..];
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        name = std::str::from_utf8(&rest[..end]).unwrap_or_default();
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    parts.push((name, rest));
    parts
}

/// A request that is read from the parts, and the stream that it is to be given. What the request does not take is refused
/// as the command and the bindings do, so that the report tells of it.
pub fn request<'d>(parts: &[(&'d str, &'d [u8])]) -> Option<(Request<'d>, Option<&'d [u8]>)> {
    let kind = std::str::from_utf8(parts.first()?.1).ok().and_then(Kind::from_name)?;
    let (mut request, mut stream) = (Request::new(kind, Limits::default()), None);
    for (name, content) in &parts[1..] {
        let text = std::str::from_utf8(content);
        let taken = if let Some(limit) = name.strip_prefix("limit ") {
            request.set_limit(limit, text.ok()?.parse().ok()?)
        } else {
            let name = InputName::from_name(name)?;
            match name.input_type() {
                InputType::Bytes => request.set_bytes(name, content),
                InputType::String => request.set_string(name, text.ok()?),
                InputType::Number => request.set_number(name, text.ok()?.parse().ok()?),
                InputType::Flag => request.set_flag(name, text.ok()? == "true"),
                InputType::Stream => {
                    stream = Some(*content);
                    request.set_flag(name, true)
                }
            }
        };
        if let Err(error) = taken {
            request.refuse(error);
        }
    }
    Some((request, stream))
}

/// Carries a request out with the stream as a file, and gives its report.
pub fn report(request: &Request<'_>, stream: Option<&[u8]>) -> Report {
    let mut verification = Verification::start(request);
    if let Some(stream) = stream {
        verification.read(Cursor::new(stream), |_| {});
    }
    verification.finish()
}

/// Carries a request out with the stream piece by piece, as a download comes.
pub fn report_of_pieces(request: &Request<'_>, stream: Option<&[u8]>) -> Report {
    let mut verification = Verification::start(request);
    let pieces = stream.unwrap_or_default().chunks(1000);
    for piece in pieces {
        verification.update(piece);
    }
    verification.finish()
}

/// The most characters of a message: eight quotes of 80 characters, each of which takes up to ten as an escape, and the words
/// around them (json.md, "Quoting").
const MOST_SAID: usize = 8 * 80 * 10 + 1000;

/// Asserts that a message is safe to print, and short, however long what it is about.
pub fn check_message(message: &str) {
    assert!(is_printable(message), "{message:?}");
    let characters = message.chars().count();
    assert!(characters <= MOST_SAID, "a message of {characters} characters");
}

/// Whether a string is safe to print: no control character, so no terminal is steered and no line forged.
pub fn is_printable(text: &str) -> bool {
    !text.contains(char::is_control)
}
