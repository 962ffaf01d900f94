//! `FedVerify\Verifier`, and the one way from arguments to a report that every method takes.

use crate::arguments::{self, Arguments, Parameter, wrong};
use crate::file;
use crate::input::{self, Input};
use crate::method::{self, Refusal};
use crate::report::Report;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::fair::Publisher;
use fedverify::tables::{InputName, InputType, Kind, Verdict};
use fedverify::verification::{Request, Verification};
use fedverify::{Error, Limits, quote};

/// A name to call `verify` by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\Verifier", modifier = with_methods, flags = ClassFlags::Final)]
pub struct Verifier;

#[php_impl]
impl Verifier {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\Verifier has no objects; call FedVerify\\Verifier::verify()".into())
    }
}

const VERIFY: &[Parameter] =
    &[Parameter::bytes("kind"), Parameter::table("inputs").required(), Parameter::table("limits")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let verify = method::declare("verify", verify, VERIFY, "FedVerify\\Report");
    class.method(verify, MethodFlags::Public | MethodFlags::Static)
}

zend_fastcall! {
    extern fn verify(call: &mut ExecuteData, answer: &mut Zval) {
        method::run(call, answer, VERIFY, kind, |arguments, kind| {
            let mut call = Call::new(kind, Limits::default()).with_limits(arguments);
            for (name, value) in arguments::entries(arguments.table("inputs")) {
                call.give(&name, Input::from_value(value));
            }
            call.report()
        });
    }
}

/// The kind that the caller names. The error is in the words of PHP's own functions.
fn kind(arguments: &Arguments<'_>) -> Result<Kind, String> {
    let name = std::str::from_utf8(arguments.required_bytes("kind"));
    name.ok().and_then(Kind::from_name).ok_or_else(|| {
        let known = Kind::NAMES.join(", ");
        format!("FedVerify\\Verifier::verify(): Argument #1 ($kind) must be one of {known}")
    })
}

/// One verification, from the inputs of a method to its report. What cannot be used refuses it.
pub(crate) struct Call<'c> {
    request: Request<'c>,
    /// The path of the package or the archive.
    stream: Option<&'c [u8]>,
}

/// What a verification came to.
pub(crate) struct Outcome {
    pub(crate) report: fedverify::Report,
    /// Who was proven.
    pub(crate) publisher: Option<Publisher>,
}

impl<'c> Call<'c> {
    /// A call without inputs.
    pub(crate) fn new(kind: Kind, limits: Limits) -> Self {
        Call { request: Request::new(kind, limits), stream: None }
    }

    /// Changes the limits that the argument `$limits` names.
    pub(crate) fn with_limits(mut self, arguments: &Arguments<'_>) -> Self {
        for (name, value) in arguments::entries(arguments.table("limits")) {
            #[cfg(feature = "panic")]
            assert!(name != "panic", "asked to panic");
            let outcome = limit(&name, value).and_then(|limit| self.request.set_limit(&name, limit));
            self.note(outcome);
        }
        self
    }

    pub(crate) fn limits(&self) -> Limits {
        *self.request.limits()
    }

    /// Gives an input.
    pub(crate) fn with(mut self, name: InputName, input: impl Into<Input<'c>>) -> Self {
        let outcome = self.set(name, input.into());
        self.note(outcome);
        self
    }

    /// Gives the package, and what is asked of it.
    pub(crate) fn with_package(self, arguments: &Arguments<'c>, no_downgrade: bool) -> Self {
        self.with(InputName::Package, arguments.required_bytes("path"))
            .with(InputName::ArtifactUrl, arguments.bytes("artifactUrl"))
            .with(InputName::NoDowngrade, no_downgrade || arguments.is_set("noDowngrade"))
            .with(InputName::WaitRecoveryWindow, arguments.is_set("waitRecoveryWindow"))
    }

    /// Gives an input by the name that core's table has for it.
    fn give(&mut self, name: &str, input: Input<'c>) {
        let outcome = name.parse().and_then(|name| self.set(name, input));
        self.note(outcome);
    }

    /// The first fault counts.
    fn note(&mut self, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            self.request.refuse(error);
        }
    }

    /// # Errors
    ///
    /// [`Code::ApiArgument`](fedverify::Code::ApiArgument).
    fn set(&mut self, name: InputName, input: Input<'c>) -> Result<(), Error> {
        match (name.input_type(), input) {
            (_, Input::Absent) => Ok(()),
            (InputType::Bytes, Input::Bytes(bytes)) => self.request.set_bytes(name, bytes),
            (InputType::Bytes, Input::File(path)) => {
                file::check_local(path)?;
                let most = name.max_bytes(self.request.limits()).unwrap_or_default();
                // One byte more, so that core sees that it is too large.
                let content = file::content(path, most.saturating_add(1));
                self.request.set_input(name, content.map(Into::into))
            }
            (InputType::String, Input::Bytes(bytes)) => self.request.set_string(name, string(name, bytes)?),
            (InputType::Number, Input::Integer(integer)) => {
                self.request.set_number(name, number(name, integer)?)
            }
            (InputType::Flag, Input::Flag(is_set)) => self.request.set_flag(name, is_set),
            (InputType::Stream, Input::Bytes(path) | Input::File(path)) => {
                file::check_local(path)?;
                self.request.set_flag(name, true)?;
                self.stream = Some(path);
                Ok(())
            }
            (expected, found) => {
                let (expected, found) = (input::expected(expected), found.found());
                Err(wrong(format!("expected {expected} as the input {name}, found {found}")))
            }
        }
    }

    /// Verifies.
    pub(crate) fn run(self) -> Outcome {
        let mut verification = Verification::start(&self.request);
        if let Some(path) = self.stream.filter(|_| verification.wants_bytes()) {
            match file::open(path) {
                Ok(file) => verification.read(file, |_| {}),
                Err(error) => verification.fail(error),
            }
        }
        let publisher = verification.publisher().cloned();
        Outcome { report: verification.finish(), publisher }
    }

    /// Verifies. Everything but a verdict of verified is a refusal.
    pub(crate) fn verified(self) -> Result<Outcome, Refusal> {
        let outcome = self.run();
        let is_verified = outcome.report.verdict() == Verdict::Verified;
        if is_verified { Ok(outcome) } else { Err(Box::new(outcome.report)) }
    }

    /// The report of a verdict of verified.
    pub(crate) fn report(self) -> Result<Report, Refusal> {
        self.verified().map(|outcome| Report::new(outcome.report))
    }
}

fn limit(name: &str, value: &Zval) -> Result<u64, Error> {
    let limit = value.dereference().long().and_then(|limit| u64::try_from(limit).ok());
    limit.ok_or_else(|| wrong(format!("expected an integer of 0 or more as the limit {}", quote(name))))
}

/// A string of bytes that must be UTF-8.
pub(crate) fn string(name: InputName, bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|fault| {
        let at = fault.valid_up_to();
        wrong(format!("expected UTF-8 as the input {name}, found another byte at offset {at}"))
    })
}

fn number(name: InputName, integer: i64) -> Result<u64, Error> {
    let number = u64::try_from(integer);
    number.map_err(|_| wrong(format!("expected 0 or more as the input {name}, found {integer}")))
}
