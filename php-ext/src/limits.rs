//! `FedVerify\Limits`: how much untrusted input may cost, by name.

use crate::arguments::{self, Arguments, Parameter, wrong};
use crate::json::{self, Table};
use crate::question::{self, Refusal};
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::{Error, quote};
use serde::{Serialize, Serializer};

/// A name to call the methods by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\Limits", modifier = with_methods, flags = ClassFlags::Final)]
pub struct Limits;

#[php_impl]
impl Limits {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\Limits has no objects; call its methods".into())
    }

    pub fn names() -> Table {
        json::table(Some(fedverify::Limits::NAMES))
    }

    pub fn defaults() -> Table {
        table(&fedverify::Limits::default())
    }
}

/// Limits by their names, in the order of core's table.
pub(crate) fn table(limits: &fedverify::Limits) -> Table {
    json::table(Some(ByName(limits)))
}

struct ByName<'l>(&'l fedverify::Limits);

impl Serialize for ByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = |name: &&'static str| Some((*name, self.0.get(name).ok()?));
        serializer.collect_map(fedverify::Limits::NAMES.iter().filter_map(value))
    }
}

const MEANING: &[Parameter] = &[Parameter::bytes("name")];

fn with_methods(class: ClassBuilder) -> ClassBuilder {
    let meaning = question::declare("meaning", meaning, MEANING, DataType::String);
    class.method(meaning, MethodFlags::Public | MethodFlags::Static)
}

zend_fastcall! {
    extern fn meaning(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, MEANING, |arguments| {
            let meaning = fedverify::Limits::meaning(&arguments.lossy("name"));
            meaning.ok_or_else(|| {
                let known = names();
                Refusal::Value(format!("FedVerify\\Limits::meaning(): Argument #1 ($name) must be one of {known}"))
            })
        });
    }
}

/// The limits of a call that verifies nothing: the defaults, but for those that its argument `$limits` names.
///
/// # Errors
///
/// [`Code::ApiArgument`](fedverify::Code::ApiArgument).
pub(crate) fn of(arguments: &Arguments<'_>) -> Result<fedverify::Limits, Error> {
    let mut limits = fedverify::Limits::default();
    for (name, value) in arguments::entries(arguments.table("limits")) {
        if limits.get(&name).is_err() {
            return Err(wrong(format!("expected limits of {}; found {}", names(), quote(&name))));
        }
        let value = value.dereference().long().and_then(|value| u64::try_from(value).ok());
        let value = value.ok_or_else(|| {
            wrong(format!("expected an integer of 0 or more as the limit {}", quote(&name)))
        })?;
        limits.set(&name, value)?;
    }
    Ok(limits)
}

fn names() -> String {
    fedverify::Limits::NAMES.join(", ")
}
