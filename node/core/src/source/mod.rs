//! The registry of sources: who publishes, from where, with which key, and what became of the checks.

mod challenge;
mod check;
mod facts;
mod identity;
mod key_change;
mod key_history;
mod next_check;
mod outcome;
mod problem;
mod registered;
mod registry;

pub(crate) use check::{check, check_new_key};
pub(crate) use facts::{Facts, facts};
pub(crate) use key_history::{EarlierKey, earlier_key_was_stolen, earlier_keys, gave_up, key_changes};
pub(crate) use next_check::{due, next_due, postpone, recall, until_check};
pub(crate) use outcome::record;
pub(crate) use problem::Problem;
pub(crate) use registered::{Source, Standing, Status, assets, did_key};
pub(crate) use registry::{
    COLUMNS, LISTED, add, all_of, change_key, count, find, keep_key, remove, set_synced,
};
