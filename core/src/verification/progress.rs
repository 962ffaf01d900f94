//! How far a way from inputs to proofs came.

use crate::report::Report;

/// Either an input is still wanted, or it is decided.
#[derive(Debug)]
pub(super) enum Progress<S> {
    /// What is proven so far waits for an input.
    Awaits(Box<S>),
    /// The report.
    Done(Box<Report>),
}

/// The way ended with this report.
pub(super) fn done<S>(report: Report) -> Progress<S> {
    Progress::Done(Box::new(report))
}
