//! The registry of sources: who publishes, from where, with which key, and what became of the checks.

mod challenge;
mod check;
mod facts;
mod identity;
mod key_change;
mod outcome;
mod registered;
mod registry;

pub(crate) use check::{check, check_new_key};
pub(crate) use facts::{Facts, facts};
pub(crate) use key_change::{EarlierKey, earlier_keys, gave_up, key_changes};
pub(crate) use outcome::{record, until_check};
pub(crate) use registered::{Source, Standing, Status, assets, did_key};
pub(crate) use registry::{
    COLUMNS, LISTED, add, all_of, change_key, count, due, find, keep_key, next_due, postpone, recall, remove,
    set_synced,
};

use fedverify::Error;

/// Why something failed: a stable code and words. Both are recorded and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) reason: String,
}

impl Problem {
    pub(crate) fn new(code: &str, reason: impl Into<String>) -> Self {
        Problem { code: code.to_owned(), reason: reason.into() }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Problem::new(error.code().as_str(), error.message())
    }
}
