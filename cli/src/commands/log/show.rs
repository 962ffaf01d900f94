//! `fedverify log show`.

use super::named::{NamedLog, is_did};
use crate::arguments::LogShow;
use crate::history::History;
use crate::memory::Place;
use fedverify::tables::{InputName, Verdict};
use fedverify::{Error, Identity, Limits, Pin, Report};
use std::borrow::Cow;
use std::io::{self, Write};

/// Verifies a log, and shows its history on standard output, unless the report has it. Nothing is remembered.
pub(crate) fn show_log(arguments: &LogShow, limits: &Limits, as_json: bool) -> io::Result<Report> {
    // The pin is read before the log: otherwise another run could meanwhile see and remember a newer log, and this one would
    // take its own for cut back.
    let did = arguments.did.as_deref().unwrap_or(&arguments.source);
    let pin = place(arguments).look(did, limits);
    let log = NamedLog::open(&arguments.source, arguments.did.as_deref(), &arguments.network, limits);
    let now = arguments.clock.now();
    let mut job = log.job(now, limits);
    match &pin {
        Some(pin) => job.bytes(InputName::Pin, pin.as_deref().map(Cow::Borrowed).map_err(Error::clone)),
        None if as_json && !arguments.no_pin => job.offer_pin(),
        None => {}
    }
    let (identity, report) = log.verify(&job);
    // What was refused is not shown as if it were true.
    if let Some(identity) = identity.filter(|_| !as_json && report.verdict() == Verdict::Verified) {
        // Core has judged the log by it.
        let json = pin.as_ref().and_then(|pin| pin.as_deref().ok());
        let earlier = json.and_then(|json| Pin::parse(json, limits).ok());
        write(&identity, now, earlier.as_ref())?;
    }
    Ok(report)
}

/// What is looked at: the pin that was named, or the one that `verify` keeps of an identity.
fn place(arguments: &LogShow) -> Place {
    match &arguments.pin {
        _ if arguments.no_pin => Place::Nowhere,
        Some(file) => Place::File(file.clone()),
        None if is_did(&arguments.source) => Place::Default,
        None => Place::Nowhere,
    }
}

fn write(identity: &Identity, now: u64, earlier: Option<&Pin>) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let history = History::new(identity, now, earlier);
    let all: Vec<usize> = (0..identity.history().len()).collect();
    history.write(&mut out, &all)?;
    if let (Some(news), Some(pin)) = (history.news(), earlier) {
        let last_visit = fedverify::utc(pin.last_visit());
        let what = match news {
            0 => "nothing changed".to_owned(),
            1 => "1 operation is new or was undone".to_owned(),
            _ => format!("{news} operations are new or were undone"),
        };
        writeln!(out, "\n{what} since the last visit on {last_visit}")?;
    }
    out.flush()
}
