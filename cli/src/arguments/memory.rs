//! Whether, where and when to remember.

use super::values;
use crate::clock;
use crate::memory::Place;
use clap::Args;
use std::path::PathBuf;

/// The verifier's clock.
#[derive(Debug, Args)]
pub(crate) struct Clock {
    /// The time to go by, in seconds since 1970 [default: this machine's clock]
    #[arg(long, value_name = "SECONDS")]
    now: Option<u64>,
}

impl Clock {
    /// Seconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        self.now.unwrap_or_else(clock::now)
    }
}

/// Where a command over files remembers: only where it is told to.
#[derive(Debug, Args)]
pub(crate) struct FileMemory {
    /// Remember what was proven in this file, and refuse what contradicts what was remembered
    #[arg(long, value_name = "FILE", value_parser = values::pin())]
    pin: Option<PathBuf>,
}

impl FileMemory {
    /// Without a file, programs get the pin of a first visit in the report; people have no use for it.
    pub(crate) fn place(&self, as_json: bool) -> Place {
        let in_report = if as_json { Place::Report } else { Place::Nowhere };
        self.pin.clone().map_or(in_report, Place::File)
    }
}

/// Where `verify` remembers: in a place of its own, unless it is told otherwise.
#[derive(Debug, Args)]
pub(crate) struct DefaultMemory {
    /// Remember in this file [default: a file per DID in $XDG_STATE_HOME/fedverify/pins]
    #[arg(long, value_name = "FILE", conflicts_with = "no_pin", value_parser = values::pin())]
    pin: Option<PathBuf>,

    /// Neither use nor change what is remembered
    #[arg(long)]
    no_pin: bool,
}

impl DefaultMemory {
    pub(crate) fn place(&self) -> Place {
        match &self.pin {
            _ if self.no_pin => Place::Nowhere,
            Some(file) => Place::File(file.clone()),
            None => Place::Default,
        }
    }
}
