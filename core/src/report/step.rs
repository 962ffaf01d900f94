//! What became of each step.

use crate::tables::{Check, Outcome};
use serde::Serialize;

/// A step with its outcome.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Step {
    pub(crate) check: Check,
    pub(crate) outcome: Outcome,
    pub(crate) detail: String,
}

impl Step {
    pub(crate) fn new(check: Check, outcome: Outcome, detail: impl Into<String>) -> Self {
        Step { check, outcome, detail: detail.into() }
    }

    pub(crate) fn pass(check: Check, detail: impl Into<String>) -> Self {
        Step::new(check, Outcome::Pass, detail)
    }

    pub(crate) fn skipped(check: Check, detail: impl Into<String>) -> Self {
        Step::new(check, Outcome::Skipped, detail)
    }
}
