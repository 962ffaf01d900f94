//! Why a verification ended as it did and what else was found, as the report tells it.

use crate::error::Error;
use crate::warning::Warning;
use serde::{Serialize, Serializer};

/// Writes an error as the report tells it.
pub(super) fn error<S: Serializer>(error: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Facts<'a> {
        code: &'static str,
        message: &'a str,
        remedy: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        operation: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cid: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<&'static str>,
    }
    let facts = error.as_ref().map(|error| Facts {
        code: error.code().as_str(),
        message: error.message(),
        remedy: error.remedy(),
        operation: error.operation(),
        cid: error.cid(),
        limit: error.limit(),
    });
    facts.serialize(serializer)
}

/// Writes warnings as the report tells them.
pub(super) fn warnings<S: Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Facts<'a> {
        code: &'static str,
        message: &'a str,
    }
    serializer.collect_seq(warnings.iter().map(|w| Facts { code: w.code().as_str(), message: w.message() }))
}
