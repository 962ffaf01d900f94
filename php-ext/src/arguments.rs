//! The parameters of a method: declared once, for reflection and for reading the arguments.

use crate::engine::{self, Argument, Declared, ObjectClass, Type};
use ext_php_rs::args::Arg;
use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::class::RegisteredClass;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendClassObject, ZendHashTable, Zval};
use ext_php_rs::zend::ExecuteData;
use fedverify::{ApiFault, Error};
use std::borrow::Cow;

/// One parameter of a method. Those with a default come last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    name: &'static str,
    of: Type,
    default: Option<&'static str>,
}

impl Parameter {
    /// A string of any bytes.
    pub(crate) const fn bytes(name: &'static str) -> Self {
        Parameter { name, of: Type::Bytes, default: None }
    }

    /// A path.
    pub(crate) const fn path(name: &'static str) -> Self {
        Parameter { name, of: Type::Path, default: None }
    }

    /// An integer, null where it is not given.
    pub(crate) const fn integer(name: &'static str) -> Self {
        Parameter { name, of: Type::Integer, default: Some("null") }
    }

    /// A boolean, false where it is not given.
    pub(crate) const fn flag(name: &'static str) -> Self {
        Parameter { name, of: Type::Flag, default: Some("false") }
    }

    /// An array, empty where it is not given.
    pub(crate) const fn table(name: &'static str) -> Self {
        Parameter { name, of: Type::Table, default: Some("[]") }
    }

    /// An object of a class of this extension.
    pub(crate) const fn object(name: &'static str, class: ObjectClass) -> Self {
        Parameter { name, of: Type::Object(class), default: None }
    }

    /// The same, or null; null where it is not given.
    pub(crate) const fn or_null(self) -> Self {
        Parameter { default: Some("null"), ..self }
    }

    /// The same, with a default, written as PHP writes it.
    pub(crate) const fn or(self, default: &'static str) -> Self {
        Parameter { default: Some(default), ..self }
    }

    /// The same, without a default.
    pub(crate) const fn required(self) -> Self {
        Parameter { default: None, ..self }
    }

    fn is_nullable(self) -> bool {
        self.default == Some("null")
    }

    fn data_type(self) -> DataType {
        match self.of {
            Type::Bytes | Type::Path => DataType::String,
            Type::Integer => DataType::Long,
            Type::Flag => DataType::Bool,
            Type::Table => DataType::Array,
            Type::Object(class) => DataType::object(class.name),
        }
    }
}

/// Declares the parameters to PHP.
pub(crate) fn declare(
    method: FunctionBuilder<'static>,
    parameters: &'static [Parameter],
) -> FunctionBuilder<'static> {
    let required = parameters.iter().take_while(|parameter| parameter.default.is_none()).count();
    parameters
        .iter()
        .fold(method, |method, parameter| {
            let mut argument = Arg::new(parameter.name, parameter.data_type());
            if parameter.is_nullable() {
                argument = argument.allow_null();
            }
            if let Some(default) = parameter.default {
                argument = argument.default(default);
            }
            method.arg(argument)
        })
        .required_args(required)
}

/// The arguments of one call.
pub(crate) struct Arguments<'c> {
    parameters: &'static [Parameter],
    values: Vec<Argument<'c>>,
}

impl<'c> Arguments<'c> {
    /// Reads the arguments of a call. After `None`, PHP has thrown.
    pub(crate) fn read(call: &'c ExecuteData, parameters: &'static [Parameter]) -> Option<Self> {
        let declared: Vec<Declared> = parameters
            .iter()
            .map(|parameter| Declared {
                of: parameter.of,
                is_nullable: parameter.is_nullable(),
                is_optional: parameter.default.is_some(),
            })
            .collect();
        Some(Arguments { parameters, values: engine::arguments(call, &declared)? })
    }

    fn value(&self, name: &str) -> Argument<'c> {
        let mut values = self.parameters.iter().zip(&self.values);
        values.find(|(parameter, _)| parameter.name == name).map_or(Argument::Absent, |(_, value)| *value)
    }

    /// The bytes of a string; `None` for null.
    pub(crate) fn bytes(&self, name: &str) -> Option<&'c [u8]> {
        if let Argument::Bytes(bytes) = self.value(name) { Some(bytes) } else { None }
    }

    /// The bytes of a string that is always there.
    pub(crate) fn required_bytes(&self, name: &str) -> &'c [u8] {
        self.bytes(name).unwrap_or_default()
    }

    /// A string that is always there. What is not UTF-8 in it becomes U+FFFD, which core refuses as it would the byte.
    pub(crate) fn lossy(&self, name: &str) -> Cow<'c, str> {
        String::from_utf8_lossy(self.required_bytes(name))
    }

    /// An integer; `None` for null.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        if let Argument::Integer(integer) = self.value(name) { Some(integer) } else { None }
    }

    /// A boolean.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        matches!(self.value(name), Argument::Flag(true))
    }

    /// An object of this class.
    pub(crate) fn object<T: RegisteredClass>(&self, name: &str) -> Option<&'c T> {
        let Argument::Object(object) = self.value(name) else { return None };
        ZendClassObject::<T>::from_zend_obj(object).map(|object| &**object)
    }

    /// An array; `None` where it is not given.
    pub(crate) fn table(&self, name: &str) -> Option<&'c ZendHashTable> {
        if let Argument::Table(table) = self.value(name) { Some(table) } else { None }
    }
}

/// What an array holds. Its keys may be any bytes: what is not UTF-8 in them becomes U+FFFD.
pub(crate) fn entries<'t>(
    table: impl IntoIterator<Item = &'t ZendHashTable>,
) -> impl Iterator<Item = (String, &'t Zval)> {
    keyed(table).map(|(key, value)| (text(&key), value))
}

/// The same, with the keys as PHP has them.
pub(crate) fn keyed<'t>(
    table: impl IntoIterator<Item = &'t ZendHashTable>,
) -> impl Iterator<Item = (Zval, &'t Zval)> {
    table.into_iter().flat_map(|table| {
        let mut entries = table.iter();
        std::iter::from_fn(move || entries.next_zval())
    })
}

/// A key as the string that it was written as.
pub(crate) fn bytes_of(key: &Zval) -> Vec<u8> {
    let word = || key.zend_str().map(|key| key.as_bytes().to_vec());
    key.long().map(|number| number.to_string().into_bytes()).or_else(word).unwrap_or_default()
}

/// A key in messages.
pub(crate) fn text(key: &Zval) -> String {
    String::from_utf8_lossy(&bytes_of(key)).into_owned()
}

/// Says that an argument cannot be used.
pub(crate) fn wrong(message: impl Into<String>) -> Error {
    Error::misuse(ApiFault::Argument, message)
}
