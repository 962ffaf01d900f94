//! One log of a catalogue: from its lines to what is said of it.

use super::gather::Gathered;
use super::lines::bytes_of;
use crate::terminal;
use fedverify::plc::{BatchLine, ClaimedLog, ExportLog};
use fedverify::verification::batch_report;
use fedverify::{Error, Identity, Limits, PlcDid};

/// What is to be judged.
pub(super) struct Subject {
    /// The number of its first line.
    number: u64,
    claim: Claim,
}

enum Claim {
    Log(ClaimedLog),
    Export(ExportLog),
    /// A line that could not be read.
    Refused(Error),
}

/// What came of it.
pub(super) struct Judged {
    /// The line that goes to standard output.
    pub(super) text: String,
    pub(super) is_verified: bool,
    pub(super) operations: u64,
    pub(super) signature_checks: u64,
}

impl Subject {
    pub(super) fn new(number: u64, line: Result<BatchLine, Error>, limits: &Limits) -> Self {
        let claim = match line {
            Ok(BatchLine::Log(log)) => Claim::Log(log),
            Ok(BatchLine::Entry(entry)) => Claim::Export(ExportLog::new(entry, limits)),
            Err(error) => Claim::Refused(error),
        };
        Subject { number, claim }
    }

    /// Reads the lines of one log; `None` if there are none.
    pub(super) fn of(gathered: &Gathered, limits: &Limits) -> Option<Self> {
        let mut lines = gathered.lines.iter().map(|line| BatchLine::parse(line, limits));
        let mut subject = Subject::new(gathered.number, lines.next()?, limits);
        for line in lines {
            // Only entries of one DID were gathered. If the file was changed meanwhile, that line is what is judged.
            if let Some(other) = subject.take(line) {
                subject = Subject::new(gathered.number, other, limits);
            }
        }
        Some(subject)
    }

    /// Takes the next line if it is an entry of the same log; otherwise gives it back.
    pub(super) fn take(&mut self, line: Result<BatchLine, Error>) -> Option<Result<BatchLine, Error>> {
        match (&mut self.claim, line) {
            (Claim::Export(log), Ok(BatchLine::Entry(entry))) if entry.did() == log.did() => {
                log.push(entry);
                None
            }
            (_, line) => Some(line),
        }
    }

    /// Verifies it, and says what came of it: as a report, or as one line for people.
    pub(super) fn judge(self, as_json: bool) -> Judged {
        let Subject { number, claim } = self;
        let (did, outcome) = claim.verify();
        let (operations, signature_checks) = outcome
            .as_ref()
            .map_or((0, 0), |identity| (bytes_of(identity.history().len()), identity.signature_checks()));
        let text = if as_json {
            terminal::json(batch_report(number, did.as_ref(), &outcome).to_json())
        } else {
            verdict(number, did.as_ref(), &outcome)
        };
        Judged { text, is_verified: outcome.is_ok(), operations, signature_checks }
    }
}

impl Claim {
    /// The DID, where the claim names one, and what verifying came to.
    fn verify(self) -> (Option<PlcDid>, Result<Identity, Error>) {
        match self {
            Claim::Log(log) => (log.did().parse().ok(), log.verify()),
            Claim::Export(log) => (log.did().parse().ok(), log.verify()),
            Claim::Refused(error) => (None, Err(error)),
        }
    }
}

/// `verified <DID> <head>` or `rejected <DID> <code>: <message>`; `line <number>` where no DID is known. Core quotes what it
/// repeats of the input, so the line is one line and steers no terminal.
fn verdict(number: u64, did: Option<&PlcDid>, outcome: &Result<Identity, Error>) -> String {
    let subject = did.map_or_else(|| format!("line {number}"), PlcDid::to_string);
    match outcome {
        Ok(identity) => format!("verified {subject} {}", identity.head()),
        Err(error) => {
            let operation = error.operation().map(|index| format!("operation {index}: ")).unwrap_or_default();
            format!("rejected {subject} {}: {operation}{}", error.code(), error.message())
        }
    }
}
