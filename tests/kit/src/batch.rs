//! Catalogues of many logs, for `fedverify batch`: input for measurements, not for the corpus.

use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use rayon::prelude::*;
use std::io::{self, Write};

/// Logs that are made at once: enough to keep all cores busy, few enough for constant memory.
const BLOCK: u64 = 1024;

/// How a catalogue carries its logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `{"did", "log"}`: an audit log on each line.
    Logs,
    /// One entry on each line, those of a log together.
    Entries,
}

/// Writes so many honest logs of one to five operations, each of an identity and a secp256k1 key of its own.
pub fn write(out: &mut impl Write, logs: u64, form: Form) -> io::Result<()> {
    for start in (0..logs).step_by(BLOCK as usize) {
        let numbers = start..logs.min(start + BLOCK);
        let block: Vec<String> = numbers.into_par_iter().map(|number| lines(&log(number), form)).collect();
        block.iter().try_for_each(|lines| out.write_all(lines.as_bytes()))?;
    }
    out.flush()
}

/// The log of this number.
pub fn log(number: u64) -> Log {
    let key = KeyPair::k256(&format!("batch/{number}"));
    let op = |version: u64| {
        Op::regular()
            .rotation_keys([&key])
            .verification_method("fair", &key)
            .also_known_as(&format!("at://{number}.example"))
            .service("fairpm_repo", "FairPackageManagementRepo", &format!("https://repo.example/{version}"))
    };
    let mut last = op(0).sign(&key);
    let mut log = Log::new(&last, Moment::START);
    for version in 1..=number % 5 {
        last = op(version).after(&last).sign(&key);
        log = log.then(&last, Moment::hour(version as i64));
    }
    log
}

/// The lines that carry a log.
pub fn lines(log: &Log, form: Form) -> String {
    match (form, log.audit()) {
        (Form::Entries, Json::Array(entries)) => entries.iter().map(|entry| format!("{entry}\n")).collect(),
        (_, audit) => format!("{}\n", Json::object([("did", log.did().into()), ("log", audit)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_has_the_lines_that_were_asked_for() {
        let lines_of = |form| {
            let mut out = Vec::new();
            write(&mut out, 7, form).unwrap();
            String::from_utf8(out).unwrap().lines().count()
        };
        assert_eq!((lines_of(Form::Logs), lines_of(Form::Entries)), (7, 1 + 2 + 3 + 4 + 5 + 1 + 2));
    }
}
