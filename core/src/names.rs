//! Names that a caller gives: of kinds, inputs and limits. What is said of an unknown one is worded here, for every binding.

use crate::error::{ApiFault, Error};
use crate::quote::quote;
use crate::tables::{InputName, Kind, Limits};
use std::str::FromStr;

impl FromStr for Kind {
    type Err = Error;

    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where no kind has this name.
    fn from_str(name: &str) -> Result<Self, Error> {
        Kind::from_name(name).ok_or_else(|| unknown("kinds", Kind::NAMES, name))
    }
}

impl FromStr for InputName {
    type Err = Error;

    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where no input has this name.
    fn from_str(name: &str) -> Result<Self, Error> {
        InputName::from_name(name).ok_or_else(|| unknown("inputs", InputName::NAMES, name))
    }
}

impl Limits {
    /// The limit of this name.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where no limit has this name.
    pub fn get(&self, name: &str) -> Result<u64, Error> {
        self.value(name).ok_or_else(|| unknown_limit(name))
    }

    /// Sets the limit of this name.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`](crate::Code::ApiArgument) where no limit has this name; then nothing is changed.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), Error> {
        let limit = self.value_mut(name).ok_or_else(|| unknown_limit(name))?;
        *limit = value;
        Ok(())
    }
}

fn unknown_limit(name: &str) -> Error {
    unknown("limits", Limits::NAMES, name)
}

fn unknown(what: &str, names: &[&str], found: &str) -> Error {
    let message = format!("expected one of the {what} {}, found {}", names.join(", "), quote(found));
    Error::misuse(ApiFault::Argument, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_can_be_read_and_set_by_name() {
        let mut limits = Limits::default();
        for (value, name) in (7..).zip(Limits::NAMES) {
            assert_eq!(limits.set(name, value), Ok(()));
            assert_eq!(limits.get(name), Ok(value));
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_those_that_there_are() {
        let mut limits = Limits::default();
        let refusals = [
            ("kinds", Kind::NAMES, "plc-lo\n".parse::<Kind>().err()),
            ("inputs", InputName::NAMES, "plc-lo\n".parse::<InputName>().err()),
            ("limits", Limits::NAMES, limits.get("plc-lo\n").err()),
            ("limits", Limits::NAMES, limits.set("plc-lo\n", 1).err()),
        ];
        for (what, names, refusal) in refusals {
            let expected = format!("expected one of the {what} {}, found \"plc-lo\\n\"", names.join(", "));
            assert_eq!(refusal, Some(Error::misuse(ApiFault::Argument, expected)));
        }
        assert_eq!(limits, Limits::default());
        for (kind, input) in Kind::ALL.iter().zip(InputName::ALL) {
            assert_eq!((kind.as_str().parse(), input.as_str().parse()), (Ok(*kind), Ok(*input)));
        }
    }
}
