//! `FedVerify\Directory` and `FedVerify\Newest`: several directories' logs of one identity.

use crate::arguments::{self, Parameter};
use crate::identity::Identity;
use crate::json::{self, Table};
use crate::question::{self, Refusal};
use ext_php_rs::binary::Binary;
use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags};
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendClassObject, ZendHashTable, Zval};
use ext_php_rs::zend::ExecuteData;
use ext_php_rs::zend_fastcall;
use fedverify::directory::{self, Answer};
use fedverify::{ApiFault, Error, Warning};
use serde_json::{Value, json};

/// A name to call `newest` by; there are no objects of it.
#[php_class]
#[php(name = "FedVerify\\Directory", modifier = with_newest, flags = ClassFlags::Final)]
pub struct Directory;

#[php_impl]
impl Directory {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("FedVerify\\Directory has no objects; call FedVerify\\Directory::newest()".into())
    }
}

/// The newest of several directories' logs.
#[php_class]
#[php(
    name = "FedVerify\\Newest",
    modifier = with_identity,
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties)
)]
pub struct Newest {
    /// As the caller wrote it: any bytes.
    url: Vec<u8>,
    /// The object that the caller gave.
    identity: Zval,
    warnings: Vec<Value>,
}

#[php_impl]
impl Newest {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("the newest is what FedVerify\\Directory::newest() chooses".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_url(&self) -> Binary<u8> {
        self.url.clone().into()
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_identity(&self) -> Zval {
        self.identity.shallow_clone()
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_warnings(&self) -> Table {
        self.warnings()
    }

    pub fn url(&self) -> Binary<u8> {
        self.url.clone().into()
    }

    pub fn warnings(&self) -> Table {
        json::table(Some(&self.warnings))
    }
}

const NEWEST: &[Parameter] = &[Parameter::table("identities").required()];

fn with_newest(class: ClassBuilder) -> ClassBuilder {
    let newest = question::declare("newest", newest, NEWEST, DataType::object("FedVerify\\Newest"));
    class.method(newest, MethodFlags::Public | MethodFlags::Static)
}

fn with_identity(class: ClassBuilder) -> ClassBuilder {
    let identity = question::declare("identity", identity, &[], DataType::object("FedVerify\\Identity"));
    class.method(identity, MethodFlags::Public)
}

zend_fastcall! {
    extern fn newest(call: &mut ExecuteData, answer: &mut Zval) {
        question::run(call, answer, NEWEST, |arguments| choose(arguments.table("identities")));
    }
}

zend_fastcall! {
    extern fn identity(call: &mut ExecuteData, answer: &mut Zval) {
        let identity = call.get_object::<Newest>().map(|this| this.identity.shallow_clone());
        question::run(call, answer, &[], |_| Ok(identity.unwrap_or_default()));
    }
}

fn choose(identities: Option<&ZendHashTable>) -> Result<Newest, Refusal> {
    let (mut answers, mut objects) = (Vec::new(), Vec::new());
    for (key, value) in arguments::keyed(identities) {
        let value = value.dereference();
        let identity =
            value.object().and_then(ZendClassObject::<Identity>::from_zend_obj).ok_or_else(|| {
                let expected = "must be an array of FedVerify\\Identity";
                Refusal::Type(format!("FedVerify\\Directory::newest(): Argument #1 ($identities) {expected}"))
            })?;
        answers.push(Answer { url: arguments::text(&key), identity: identity.core().clone() });
        objects.push((key, value));
    }
    let (newest, warnings) = directory::newest(&answers)?;
    let mut asked = answers.iter().zip(objects);
    let found = asked.find(|(answer, _)| std::ptr::eq(*answer, newest));
    let missing = || Error::misuse(ApiFault::Panicked, "the newest log is not one of those that were given");
    let (_, (url, identity)) = found.ok_or_else(missing)?;
    Ok(Newest {
        url: arguments::bytes_of(&url),
        identity: identity.shallow_clone(),
        warnings: warnings.iter().map(told).collect(),
    })
}

/// A warning as reports have it.
pub(crate) fn told(warning: &Warning) -> Value {
    json!({"code": warning.code().as_str(), "message": warning.message()})
}
