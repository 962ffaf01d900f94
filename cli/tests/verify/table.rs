//! Tables of hostile servers: what each does, and what the command makes of it. `tests/hostile-network.sh` prints them.

use crate::world::Outcome;
use std::time::{Duration, Instant};

/// A run of the command against a hostile server, and how it must end.
pub(crate) struct Row<'a> {
    what: String,
    status: i32,
    code: &'static str,
    run: Box<dyn Fn() -> Outcome + Send + Sync + 'a>,
}

impl<'a> Row<'a> {
    /// The run must end with this exit status and this code (none if it verifies).
    pub(crate) fn new(
        what: impl Into<String>,
        (status, code): (i32, &'static str),
        run: impl Fn() -> Outcome + Send + Sync + 'a,
    ) -> Self {
        Row { what: what.into(), status, code, run: Box::new(run) }
    }
}

/// Runs all at the same time, prints how each ended, and asserts it. The times are for people: what a run may take shows in
/// its code.
pub(crate) fn check(rows: &[Row<'_>]) {
    let outcomes: Vec<(Outcome, Duration)> = std::thread::scope(|scope| {
        let run = |row: &Row<'_>| {
            let start = Instant::now();
            ((row.run)(), start.elapsed())
        };
        let runs: Vec<_> = rows.iter().map(|row| scope.spawn(move || run(row))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    // The harness may have begun a line.
    println!();
    for (row, (outcome, time)) in rows.iter().zip(&outcomes) {
        let code = if outcome.code().is_empty() { "-" } else { outcome.code() };
        println!("{:>4} {code:<26} {:>6.1} s  {}", outcome.status, time.as_secs_f64(), row.what);
    }
    for (row, (outcome, _)) in rows.iter().zip(&outcomes) {
        assert_eq!((outcome.status, outcome.code()), (row.status, row.code), "{}: {outcome:#?}", row.what);
    }
}
