//! Catalogues of many logs, for `fedverify batch`: input for measurements, not for the corpus.

use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use rayon::prelude::*;
use std::io::{self, Write};
use std::num::NonZeroU64;

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

/// A catalogue to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Catalogue {
    /// How many logs it has.
    pub logs: u64,
    /// How it carries them.
    pub form: Form,
    /// How many hosts sign for the identities, each with one key; without hosts each identity has a key of its own.
    pub hosts: Option<NonZeroU64>,
}

/// Writes honest logs of one to five operations, signed by secp256k1 keys.
pub fn write(out: &mut impl Write, Catalogue { logs, form, hosts }: Catalogue) -> io::Result<()> {
    for start in (0..logs).step_by(BLOCK as usize) {
        let numbers = start..logs.min(start + BLOCK);
        let log = |number| signed_log(number, hosts.map_or(number, |hosts| number % hosts));
        let block: Vec<String> = numbers.into_par_iter().map(|number| lines(&log(number), form)).collect();
        block.iter().try_for_each(|lines| out.write_all(lines.as_bytes()))?;
    }
    out.flush()
}

/// The log of this number, signed by a key of its own.
pub fn log(number: u64) -> Log {
    signed_log(number, number)
}

fn signed_log(number: u64, key: u64) -> Log {
    let key = KeyPair::k256(&format!("batch/{key}"));
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
    use std::collections::HashSet;

    #[test]
    fn a_catalogue_has_the_lines_that_were_asked_for() {
        let lines_of = |form| catalogue(7, form, None).lines().count();
        assert_eq!((lines_of(Form::Logs), lines_of(Form::Entries)), (7, 1 + 2 + 3 + 4 + 5 + 1 + 2));
    }

    #[test]
    fn hosts_share_keys() {
        let keys_of = |hosts| {
            let text = catalogue(12, Form::Logs, NonZeroU64::new(hosts));
            let keys = text.lines().map(|line| line.split("rotationKeys").nth(1).unwrap()[..60].to_owned());
            keys.collect::<HashSet<_>>().len()
        };
        assert_eq!((keys_of(0), keys_of(3)), (12, 3));
    }

    fn catalogue(logs: u64, form: Form, hosts: Option<NonZeroU64>) -> String {
        let mut out = Vec::new();
        write(&mut out, Catalogue { logs, form, hosts }).unwrap();
        String::from_utf8(out).unwrap()
    }
}
