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
use serde::Serialize;
use serde_json::Value;

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
    last_visit: i64,
}

impl Pin {
    /// # Errors
    ///
    /// [`Code::ApiUnsupported`](fedverify::Code::ApiUnsupported) for a time that is no integer of PHP.
    fn new(pin: fedverify::Pin, limits: Limits) -> Result<Self, Error> {
        let last_visit = i64::try_from(pin.last_visit()).map_err(|_| {
            let message = "PHP cannot judge a pin with numbers as large as its lastVisit";
            Error::misuse(ApiFault::Unsupported, message)
        })?;
        Ok(Pin { pin, limits, last_visit })
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

    pub fn did(&self) -> String {
        self.pin.did().to_owned()
    }

    pub fn head(&self) -> String {
        self.pin.head().to_owned()
    }

    pub fn last_visit(&self) -> i64 {
        self.last_visit
    }

    pub fn releases(&self) -> Table {
        json::table(releases(&self.pin.to_json()))
    }

    pub fn highest_version(&self) -> Option<String> {
        self.pin.highest_version().map(|version| version.as_str().to_owned())
    }

    pub fn to_json(&self) -> String {
        self.pin.to_json()
    }
}

/// The packages that were verified of one version.
#[derive(Serialize)]
struct Release {
    version: String,
    packages: Value,
}

/// The releases of a pin, in the order in which core writes them.
fn releases(json: &str) -> Option<Vec<Release>> {
    let pin: Value = serde_json::from_str(json).ok()?;
    let releases = pin.get("releases")?.as_object()?.clone().into_iter();
    Some(releases.map(|(version, packages)| Release { version, packages }).collect())
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
