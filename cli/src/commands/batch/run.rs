//! The way of a catalogue: lines in, judged on all cores chunk by chunk, verdicts out in the order of the input.

use super::Stop;
use super::bar::Bar;
use super::gather::{Gathered, Gatherer, Shelf};
use super::judge::{Judged, Subject};
use super::lines::{Chunk, Line};
use super::totals::Totals;
use fedverify::plc::BatchLine;
use fedverify::{Error, Limits};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::io::Write;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Chunks that are read ahead while others are judged.
const AHEAD: usize = 2;

/// How a run is done.
pub(super) struct Plan<'a> {
    pub(super) pool: &'a ThreadPool,
    pub(super) limits: &'a Limits,
    pub(super) as_json: bool,
    /// Entries of one log are together.
    pub(super) is_grouped: bool,
    /// Bytes of the input, where they are known.
    pub(super) bytes: Option<u64>,
}

/// A run: what is under way, and what it came to.
pub(super) struct Run<'a, W> {
    plan: Plan<'a>,
    out: W,
    totals: Totals,
}

impl<'a, W: Write> Run<'a, W> {
    pub(super) fn new(plan: Plan<'a>, out: W) -> Self {
        Run { plan, out, totals: Totals::new() }
    }

    pub(super) fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Judges the whole input. From the first entry of a scattered log on, lines are put on the shelf first: no log is
    /// complete before the end of the input.
    pub(super) fn all(
        &mut self,
        chunks: impl FnMut() -> Result<Option<Chunk>, Stop> + Send,
        shelf: Shelf,
    ) -> Result<(), Stop> {
        let gatherer = read_ahead(chunks, |chunks| self.stream(chunks, shelf))?;
        let bar = Bar::new("verifying", self.plan.bytes);
        read_ahead(gatherer.into_chunks(self.plan.limits), |chunks| {
            let mut done = 0u64;
            for gathered in chunks {
                let gathered: Vec<Gathered> = gathered?;
                done = gathered.iter().fold(done, |done, log| done.saturating_add(log.bytes));
                let subjects = self.plan.pool.install(|| {
                    gathered.into_par_iter().filter_map(|log| Subject::of(&log, self.plan.limits)).collect()
                });
                self.judge(subjects, &bar)?;
                bar.set(done, self.totals.logs());
            }
            Ok(())
        })
    }

    /// Judges what is complete, and gathers the rest.
    fn stream(&mut self, chunks: Receiver<Result<Chunk, Stop>>, shelf: Shelf) -> Result<Gatherer, Stop> {
        let bar = Bar::new("reading", self.plan.bytes);
        let mut gatherer = Gatherer::new(shelf);
        let mut open = None;
        for chunk in chunks {
            let Chunk { lines, end } = chunk?;
            let claims = self.parse(lines);
            let subjects = self.complete(claims, &mut open, &mut gatherer);
            self.judge(subjects, &bar)?;
            bar.set(end, self.totals.logs());
        }
        self.judge(open.into_iter().collect(), &bar)?;
        Ok(gatherer)
    }

    fn parse(&self, lines: Vec<Line>) -> Vec<(Line, Result<BatchLine, Error>)> {
        let parse = |line: Line| {
            let claim = BatchLine::parse(&line.bytes, self.plan.limits);
            (line, claim)
        };
        self.plan.pool.install(|| lines.into_par_iter().map(parse).collect())
    }

    /// What can be judged now. The last log of a grouped export stays open; scattered ones go to the gatherer, and all that
    /// follows them, so that the order stays that of the input.
    fn complete(
        &self,
        claims: Vec<(Line, Result<BatchLine, Error>)>,
        open: &mut Option<Subject>,
        gatherer: &mut Gatherer,
    ) -> Vec<Subject> {
        let mut complete = Vec::with_capacity(claims.len());
        for (line, claim) in claims {
            let entry_did = match &claim {
                Ok(BatchLine::Entry(entry)) => Some(entry.did()),
                Ok(BatchLine::Log(_)) | Err(_) => None,
            };
            if !self.plan.is_grouped && (entry_did.is_some() || !gatherer.is_empty()) {
                gatherer.add(line, entry_did);
                continue;
            }
            let other = match open {
                Some(subject) => subject.take(claim),
                None => Some(claim),
            };
            if let Some(other) = other {
                complete.extend(open.replace(Subject::new(line.number, other, self.plan.limits)));
            }
        }
        complete
    }

    fn judge(&mut self, subjects: Vec<Subject>, bar: &Bar) -> Result<(), Stop> {
        let judge = |subject: Subject| subject.judge(self.plan.as_json);
        let judged: Vec<Judged> = self.plan.pool.install(|| subjects.into_par_iter().map(judge).collect());
        judged.iter().for_each(|judged| self.totals.count(judged));
        let mut write = || judged.iter().try_for_each(|judged| writeln!(self.out, "{}", judged.text));
        bar.suspend(&mut write).and_then(|()| self.out.flush()).map_err(Stop::Write)
    }
}

/// Lets another thread read while the caller works, at most [`AHEAD`] chunks ahead.
fn read_ahead<T: Send, R>(
    mut read: impl FnMut() -> Result<Option<T>, Stop> + Send,
    work: impl FnOnce(Receiver<Result<T, Stop>>) -> R,
) -> R {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD);
        let spare = sender.clone();
        let spawned = thread::Builder::new().spawn_scoped(scope, move || {
            while let Some(chunk) = read().transpose() {
                let is_last = chunk.is_err();
                // Refused when the work has stopped.
                if sender.send(chunk).is_err() || is_last {
                    break;
                }
            }
        });
        if let Err(error) = spawned {
            let _has_room = spare.send(Err(Stop::Read(error)));
        }
        drop(spare);
        work(receiver)
    })
}
