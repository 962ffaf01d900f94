//! What became of each step.

use super::{Check, Kind, Trust};
use crate::error::Error;
use serde::{Serialize, Serializer};

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was carried out, and nothing was wrong.
    Pass,
    /// It was carried out, and refused.
    Fail,
    /// There was nothing to carry out; the detail says why.
    Skipped,
    /// An earlier step failed.
    NotReached,
}

/// A step with its outcome.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    #[serde(serialize_with = "check_name")]
    pub(super) check: Check,
    pub(super) outcome: Outcome,
    pub(super) detail: String,
}

fn check_name<S: Serializer>(check: &Check, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(check.as_str())
}

pub(super) fn pass(check: Check, detail: impl Into<String>) -> Step {
    Step { check, outcome: Outcome::Pass, detail: detail.into() }
}

pub(super) fn skipped(check: Check, detail: impl Into<String>) -> Step {
    Step { check, outcome: Outcome::Skipped, detail: detail.into() }
}

pub(super) fn all_passed(kind: Kind, trust: Option<Trust>) -> Vec<Step> {
    Check::of(kind, trust).map(|check| pass(check, check.meaning())).collect()
}

/// The steps of a verification that an error stopped. Of the steps that go side by side with the one that failed, none
/// came to its end, so none is called passed.
pub(super) fn stopped_at(kind: Kind, trust: Option<Trust>, error: &Error) -> Vec<Step> {
    let failed = error.check().or_else(|| Check::of(kind, trust).next());
    let failed_phase = failed.map_or(0, Check::phase);
    let step = |check: Check| {
        if Some(check) == failed {
            Step { check, outcome: Outcome::Fail, detail: error.message().to_owned() }
        } else if check.phase() < failed_phase {
            pass(check, check.meaning())
        } else {
            let detail = match error.operation() {
                Some(index) if check.phase() == failed_phase => format!("stopped at operation {index}"),
                Some(_) | None => "not reached".to_owned(),
            };
            Step { check, outcome: Outcome::NotReached, detail }
        }
    };
    Check::of(kind, trust).map(step).collect()
}
