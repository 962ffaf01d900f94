//! What --json gives of a comparison.

use super::Side;
use fedverify::directory::Comparison;
use fedverify::tables::Verdict;
use fedverify::{Error, Identity, Report};
use serde::Serialize;

/// Names the format of what --json gives.
const SCHEMA: &str = "fedverify/log-diff/v1";

/// What --json gives.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diff<'a> {
    schema: &'static str,
    pub(super) verdict: Verdict,
    /// How the second log relates to the first; null where one was not verified.
    relation: Option<&'static str>,
    pub(super) error: Option<Error>,
    only_first: Vec<&'a str>,
    only_second: Vec<&'a str>,
    /// In force in one log, nullified in the other. All that are nullified are in `identity.nullified` of the reports.
    nullified_in_one: Vec<&'a str>,
    /// In both, with different times.
    rewritten: Vec<&'a str>,
    first: Option<&'a Report>,
    second: Option<&'a Report>,
}

impl Default for Diff<'_> {
    fn default() -> Self {
        Diff {
            schema: SCHEMA,
            verdict: Verdict::Undetermined,
            relation: None,
            error: None,
            only_first: Vec::new(),
            only_second: Vec::new(),
            nullified_in_one: Vec::new(),
            rewritten: Vec::new(),
            first: None,
            second: None,
        }
    }
}

impl<'a> Diff<'a> {
    /// Of a call that is wrong.
    pub(super) fn refused(error: Error) -> Self {
        Diff { error: Some(error), ..Diff::default() }
    }

    /// Of two logs; without a comparison, one of them was not verified.
    pub(super) fn new(
        comparison: Option<&Comparison<'_>>,
        first: &'a Side<'_>,
        second: &'a Side<'_>,
    ) -> Self {
        let reports = Diff { first: Some(&first.report), second: Some(&second.report), ..Diff::default() };
        let Some(comparison) = comparison else {
            let (verdict, error) = worst([first, second]);
            return Diff { verdict, error, ..reports };
        };
        let error = comparison.error();
        let verdict = match &error {
            None => Verdict::Verified,
            Some(error) if error.code().is_undetermined() => Verdict::Undetermined,
            Some(_) => Verdict::Rejected,
        };
        let cids = |side: &'a Side<'_>, places: &[usize]| {
            let history = side.identity.as_ref().map(Identity::history).unwrap_or_default();
            places.iter().filter_map(|place| history.get(*place)).map(|entry| entry.cid()).collect()
        };
        let rewritten: Vec<usize> = comparison.rewritten.iter().map(|(place, _)| *place).collect();
        Diff {
            verdict,
            relation: Some(comparison.relation.as_str()),
            error,
            only_first: cids(first, &comparison.only_first),
            only_second: cids(second, &comparison.only_second),
            nullified_in_one: cids(first, &comparison.nullified),
            rewritten: cids(first, &rewritten),
            ..reports
        }
    }
}

/// The verdict where one of the logs was not verified, and why. A rejected log says more than one that could not be read.
fn worst(sides: [&Side<'_>; 2]) -> (Verdict, Option<Error>) {
    let is_rejected = sides.iter().any(|side| side.report.verdict() == Verdict::Rejected);
    let verdict = if is_rejected { Verdict::Rejected } else { Verdict::Undetermined };
    let mut judged = sides.iter().filter(|side| side.report.verdict() == verdict);
    let error =
        judged.find_map(|side| side.report.error().map(|error| error.clone().naming_source(side.name)));
    (verdict, error)
}
