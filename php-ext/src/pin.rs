//! `FedVerify\Pin`: what was remembered of one identity, as a value.

use crate::arguments::{Parameter, wrong};
use crate::engine::ObjectClass;
use crate::json::{self, Table};
use crate::limits;
use crate::question::{self, Refusal};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::class::RegisteredClass;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::{ApiFault, Error, Limits};
use serde::{Serialize, Serializer};

/// A pin that is whole.
#[php_class]
#[php(
    name = "FedVerify\\Pin",
    modifier = with_methods,
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties)
)]
pub struct Pin {
    pin: fedverify::Pin,
    limits: Limits,
}

/// The latest time that PHP reckons with: hours can be added to it, and the sum is an integer. As `Pin::LATEST` of the library.
const LATEST: u64 = i64::MAX.unsigned_abs() >> 1;

impl Pin {
    /// # Errors
    ///
    /// [`Code::ApiUnsupported`](fedverify::Code::ApiUnsupported) for numbers that PHP cannot reckon with.
    fn new(pin: fedverify::Pin, limits: Limits) -> Result<Self, Error> {
        if let Some((name, _)) = pin.numbers().find(|(_, number)| *number > LATEST) {
            let message = format!("PHP cannot judge a pin with numbers as large as its {name}");
            return Err(Error::misuse(ApiFault::Unsupported, message));
        }
        Ok(Pin { pin, limits })
    }
}

#[php_impl]
impl Pin {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("a pin is what FedVerify\\Pin::parse() reads".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_json(&self) -> String {
        self.pin.to_json()
    }

    /// What `==` compares, too.
    #[php(getter, vis = "private")]
    pub fn get_limits(&self) -> Table {
        limits::table(&self.limits)
    }

    pub fn did(&self) -> String {
        self.pin.did().to_owned()
    }

    pub fn head(&self) -> String {
        self.pin.head().to_owned()
    }

    pub fn last_visit(&self) -> i64 {
        // `Pin::new` refuses a later one.
        i64::try_from(self.pin.last_visit()).unwrap_or(i64::MAX)
    }

    pub fn releases(&self) -> Table {
        json::table(Some(Releases(&self.pin)))
    }

    pub fn highest_version(&self) -> Option<String> {
        self.pin.highest_version().map(|version| version.as_str().to_owned())
    }

    pub fn to_json(&self) -> String {
        self.pin.to_json()
    }
}

/// The releases of a pin, in the order in which core writes them.
struct Releases<'p>(&'p fedverify::Pin);

impl Serialize for Releases<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.packages().map(|(version, packages)| Release { version, packages }))
    }
}

/// The packages that were verified of one version.
#[derive(Serialize)]
struct Release<'p, P> {
    version: &'p str,
    packages: P,
}

const CLASS: &str = "FedVerify\\Pin";

const PARSE: &[Parameter] = &[Parameter::bytes("json"), Parameter::table("limits")];

const OTHER: &[Parameter] = &[Parameter::object(
    "other",
    ObjectClass { name: CLASS, entry: || <Pin as RegisteredClass>::get_metadata().ce() },
)];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let parse = question::declare("parse", parse, PARSE, DataType::object(CLASS));
    class
        .method(parse, MethodFlags::Public | MethodFlags::Static)
        .method(question::declare("compare", compare, OTHER, DataType::Long), MethodFlags::Public)
        .method(question::declare("merge", merge, OTHER, DataType::object(CLASS)), MethodFlags::Public)
}

zend_fastcall! {
    extern fn parse(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, PARSE, |arguments| {
            let limits = limits::of(arguments)?;
            let pin = fedverify::Pin::parse(arguments.required_bytes("json"), &limits)?;
            Ok(Pin::new(pin, limits)?)
        });
    }
}

/// Runs a method of one pin on another, with the limits of the one.
fn with_other<T: IntoZval>(
    call: &mut ExecuteData,
    answer: &mut Zval,
    work: impl FnOnce(&fedverify::Pin, &fedverify::Pin, Limits) -> Result<T, Error>,
) {
    let this = call.get_object::<Pin>().map(|this| (this.pin.clone(), this.limits));
    question::run(call, answer, OTHER, |arguments| {
        // PHP calls methods on objects of their class only, and has looked at the argument.
        let (Some((pin, limits)), Some(other)) = (this, arguments.object::<Pin>("other")) else {
            return Err(Refusal::Error(wrong("this is a method of FedVerify\\Pin")));
        };
        Ok(work(&pin, &other.pin, limits)?)
    });
}

zend_fastcall! {
    extern fn compare(call: &mut ExecuteData, answer: &mut Zval) {
        with_other(call, answer, |pin, other, _| pin.compare(other).map(question::number_of));
    }
}

zend_fastcall! {
    extern fn merge(call: &mut ExecuteData, answer: &mut Zval) {
        with_other(call, answer, |pin, other, limits| Pin::new(pin.merge(other, &limits)?, limits));
    }
}
