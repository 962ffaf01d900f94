//! What a command verifies: a request for core, put together from arguments and files.

use crate::input;
use fedverify::tables::{InputName, Kind};
use fedverify::verification::Input;
use fedverify::{ApiFault, Error, Limits, Reach, Report, Request, Verification};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A request that is being put together. What is wrong with it comes out in the report.
pub(crate) struct Job<'a> {
    request: Request<'a>,
    /// The file that is read as a stream, or why it cannot be.
    stream: Option<Result<PathBuf, Error>>,
    /// The input that is read from standard input, if one is.
    stdin: Option<&'static str>,
}

impl<'a> Job<'a> {
    pub(crate) fn new(kind: Kind, limits: &Limits) -> Self {
        Job { request: Request::new(kind, *limits), stream: None, stdin: None }
    }

    /// Lets the identity's repository be on this machine.
    pub(crate) fn reach(&mut self, reach: Reach) {
        self.request.set_reach(reach);
    }

    pub(crate) fn limit(&mut self, name: &str, value: u64) {
        let outcome = self.request.set_limit(name, value);
        self.note(outcome);
    }

    pub(crate) fn string(&mut self, name: InputName, text: impl Into<Cow<'a, str>>) {
        let outcome = self.request.set_string(name, text);
        self.note(outcome);
    }

    /// A string, where there is one.
    pub(crate) fn optional(&mut self, name: InputName, text: Option<&'a str>) {
        if let Some(text) = text {
            self.string(name, text);
        }
    }

    pub(crate) fn number(&mut self, name: InputName, number: u64) {
        let outcome = self.request.set_number(name, number);
        self.note(outcome);
    }

    pub(crate) fn flag(&mut self, name: InputName, is_set: bool) {
        let outcome = self.request.set_flag(name, is_set);
        self.note(outcome);
    }

    /// Asks for a pin in the report, if that changes nothing else in it.
    pub(crate) fn offer_pin(&mut self) {
        self.request.offer_pin();
    }

    /// Bytes that were read, or could not be read.
    pub(crate) fn bytes(&mut self, name: InputName, bytes: Input<'a>) {
        let outcome = self.request.set_input(name, bytes);
        self.note(outcome);
    }

    /// Bytes from a file.
    pub(crate) fn file(&mut self, name: InputName, path: &Path) {
        if self.takes_stdin(name.as_str(), path) {
            let bytes = input::document(path, name.max_bytes(self.limits()).unwrap_or_default());
            self.bytes(name, bytes.map(Cow::Owned));
        }
    }

    /// The file of a package or an archive.
    pub(crate) fn stream(&mut self, name: InputName, path: &Path) {
        if self.takes_stdin(name.as_str(), path) {
            self.flag(name, true);
            self.stream = Some(Ok(path.to_owned()));
        }
    }

    /// A package or an archive that the caller could not open.
    pub(crate) fn unreadable_stream(&mut self, name: InputName, error: Error) {
        self.flag(name, true);
        self.stream = Some(Err(error));
    }

    /// Whether the path may be read: it is not standard input, or that is still free.
    pub(crate) fn takes_stdin(&mut self, name: &'static str, path: &Path) -> bool {
        if !input::is_stdin(path) {
            return true;
        }
        let taken = self.stdin.replace(name);
        if let Some(other) = taken {
            self.refuse(format!("{other} and {name} cannot both be standard input"));
        }
        taken.is_none()
    }

    /// Says that the call is wrong. The first fault counts.
    pub(crate) fn refuse(&mut self, what: impl Into<String>) {
        self.request.refuse(Error::misuse(ApiFault::Argument, what));
    }

    /// Says that the inputs cannot be used, and why.
    pub(crate) fn refuse_with(&mut self, error: Error) {
        self.request.refuse(error);
    }

    fn note(&mut self, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            self.request.refuse(error);
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        self.request.limits()
    }

    /// Takes every step that the inputs allow.
    pub(crate) fn start(&self) -> Verification {
        Verification::start(&self.request)
    }

    /// Verifies what all the inputs say.
    pub(crate) fn report(&self) -> Report {
        let mut verification = self.start();
        self.stream_into(&mut verification);
        verification.finish()
    }

    /// Reads the package or the archive, where one is wanted.
    pub(crate) fn stream_into(&self, verification: &mut Verification) {
        let is_wanted = verification.wants_bytes();
        match &self.stream {
            Some(Ok(path)) if is_wanted => input::stream(path, verification),
            Some(Err(error)) if is_wanted => verification.fail(error.clone()),
            Some(_) | None => {}
        }
    }
}
