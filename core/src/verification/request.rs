//! What to verify: the inputs, by name.

use crate::error::{ApiFault, Error};
use crate::host::Reach;
use crate::key::P256Checks;
use crate::tables::{InputName, InputType, Kind, Limits};
use crate::time::check_clock;
use std::borrow::Cow;

/// The bytes of an input, or why they could not be read. A failure is reported when the step that wants the input is
/// reached, so that the order of the errors is the same whoever reads.
pub type Input<'r> = Result<Cow<'r, [u8]>, Error>;

/// What to verify. Every binding makes one of these and leaves the rest to [`Verification`](super::Verification).
///
/// ```
/// use fedverify::tables::{InputName, Kind, Verdict};
/// use fedverify::verification::{Request, Verification};
/// use fedverify::{Code, Limits};
///
/// let mut request = Request::new(Kind::PlcLog, Limits::default());
/// request.set_string(InputName::Did, "did:plc:z72i7hdynmk6r22z27h6tvur")?;
/// request.set_bytes(InputName::Log, b"[]")?;
/// let report = Verification::start(&request).finish();
/// assert_eq!(report.verdict(), Verdict::Rejected);
/// assert_eq!(report.error().map(|error| error.code()), Some(Code::PlcLogEmpty));
///
/// // An input that the kind does not take is refused at once.
/// assert!(request.set_string(InputName::Challenge, "…").is_err());
/// assert!(request.set_limit("noSuchLimit", 1).is_err());
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Request<'r> {
    kind: Kind,
    limits: Limits,
    reach: Reach,
    bytes: Vec<(InputName, Input<'r>)>,
    strings: Vec<(InputName, Cow<'r, str>)>,
    flags: Vec<InputName>,
    now: Option<u64>,
    fault: Option<Error>,
    /// Checks of the log's signatures that the caller has made already.
    pub(super) p256_checks: P256Checks,
    /// Whether there is to be a pin where that changes nothing else.
    pub(super) offers_pin: bool,
}

impl<'r> Request<'r> {
    /// A request without inputs.
    pub fn new(kind: Kind, limits: Limits) -> Self {
        let (bytes, strings, flags) = (Vec::new(), Vec::new(), Vec::new());
        Request {
            kind,
            limits,
            reach: Reach::Public,
            bytes,
            strings,
            flags,
            now: None,
            fault: None,
            p256_checks: P256Checks::default(),
            offers_pin: false,
        }
    }

    /// What is to be verified.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How much the inputs may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Says that the request cannot be used: its verification is refused before anything is judged. The first such error
    /// counts. For bindings whose callers get one report whatever went wrong, a wrong call included.
    ///
    /// ```
    /// use fedverify::tables::{InputName, Kind};
    /// use fedverify::verification::{Request, Verification};
    /// use fedverify::{Code, Limits};
    ///
    /// let mut request = Request::new(Kind::Key, Limits::default());
    /// request.set_string(InputName::Did, "did:plc:…").unwrap_or_else(|error| request.refuse(error));
    /// let report = Verification::start(&request).finish();
    /// assert_eq!(report.error().map(|error| error.code()), Some(Code::ApiArgument));
    /// ```
    pub fn refuse(&mut self, error: Error) {
        self.fault.get_or_insert(error);
    }

    /// Sets a limit by its name.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where no limit has this name.
    pub fn set_limit(&mut self, name: &str, value: u64) -> Result<(), Error> {
        self.limits.set(name, value)
    }

    /// Lets the identity's repository be on this machine. For tests.
    pub fn set_reach(&mut self, reach: Reach) {
        self.reach = reach;
    }

    /// Puts a pin into the report of a did:plc where the caller asked for no memory: only with a clock, and only one that fits.
    /// The verdict stays what it is without. For bindings whose reports go to programs, which keep the pin or do not.
    pub fn offer_pin(&mut self) {
        self.offers_pin = true;
    }

    /// Gives an input of bytes.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where the kind does not take the input, or it has another type.
    pub fn set_bytes(&mut self, name: InputName, bytes: &'r [u8]) -> Result<(), Error> {
        self.set_input(name, Ok(Cow::Borrowed(bytes)))
    }

    /// Gives an input of bytes that was read, or could not be read.
    ///
    /// # Errors
    ///
    /// As [`Request::set_bytes`].
    pub fn set_input(&mut self, name: InputName, input: Input<'r>) -> Result<(), Error> {
        self.check(name, InputType::Bytes)?;
        self.bytes.retain(|(other, _)| *other != name);
        self.bytes.push((name, input));
        Ok(())
    }

    /// Gives a string.
    ///
    /// # Errors
    ///
    /// As [`Request::set_bytes`].
    pub fn set_string(&mut self, name: InputName, text: impl Into<Cow<'r, str>>) -> Result<(), Error> {
        self.check(name, InputType::String)?;
        self.strings.retain(|(other, _)| *other != name);
        self.strings.push((name, text.into()));
        Ok(())
    }

    /// Gives the verifier's clock, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// As [`Request::set_bytes`]. A clock later than the year 9999 is refused by the verification.
    pub fn set_number(&mut self, name: InputName, number: u64) -> Result<(), Error> {
        self.check(name, InputType::Number)?;
        self.now = Some(number);
        Ok(())
    }

    /// Sets a flag, or says that a stream follows.
    ///
    /// # Errors
    ///
    /// As [`Request::set_bytes`].
    pub fn set_flag(&mut self, name: InputName, is_set: bool) -> Result<(), Error> {
        let found = name.input_type();
        let expected = if found == InputType::Stream { InputType::Stream } else { InputType::Flag };
        self.check(name, expected)?;
        self.flags.retain(|other| *other != name);
        if is_set {
            self.flags.push(name);
        }
        Ok(())
    }

    /// That a verification of this kind takes the input, of this type. For bindings that must make a value before they can give
    /// it.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument).
    pub fn check(&self, name: InputName, given: InputType) -> Result<(), Error> {
        if !self.kind.takes(name) {
            return Err(misuse(format!("a verification of kind {} takes no input {name}", self.kind)));
        }
        if name.input_type() != given {
            let (expected, found) = (described(name.input_type()), described(given));
            return Err(misuse(format!("the input {name} takes {expected}, found {found}")));
        }
        Ok(())
    }

    /// That the request can be used.
    pub(super) fn usable(&self) -> Result<(), Error> {
        self.fault.clone().map_or(Ok(()), Err)?;
        self.now.map_or(Ok(()), check_clock)
    }

    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    pub(super) fn now(&self) -> Option<u64> {
        self.now
    }

    pub(super) fn is_set(&self, name: InputName) -> bool {
        self.flags.contains(&name)
    }

    /// An input of bytes, where it was given.
    pub(super) fn bytes(&self, name: InputName) -> Option<&Input<'r>> {
        self.bytes.iter().find(|(given, _)| *given == name).map(|(_, input)| input)
    }

    /// An input of bytes that must be there.
    pub(super) fn required_bytes(&self, name: InputName) -> Result<&[u8], Error> {
        let input =
            self.bytes(name).ok_or_else(|| misuse(format!("expected the input {name}, found none")))?;
        input.as_deref().map_err(Error::clone)
    }

    /// A string, where it was given.
    pub(super) fn string(&self, name: InputName) -> Option<&str> {
        self.strings.iter().find(|(given, _)| *given == name).map(|(_, text)| text.as_ref())
    }

    /// A string that must be there.
    pub(super) fn required_string(&self, name: InputName) -> Result<&str, Error> {
        self.string(name).ok_or_else(|| misuse(format!("expected the input {name}, found none")))
    }
}

/// The type of an input in a sentence.
fn described(input_type: InputType) -> &'static str {
    match input_type {
        InputType::Bytes => "bytes",
        InputType::String => "a string",
        InputType::Number => "a number",
        InputType::Flag => "a flag",
        InputType::Stream => "a stream",
    }
}

/// The error of a call that is wrong.
pub(super) fn misuse(message: impl Into<String>) -> Error {
    Error::misuse(ApiFault::Argument, message)
}
