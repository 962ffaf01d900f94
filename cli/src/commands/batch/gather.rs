//! Entries of an export whose logs are scattered: no log is complete before the end of the input.

use super::Stop;
use super::lines::{CHUNK_BYTES, CHUNK_LINES, Line, bytes_of};
use fedverify::Limits;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Seek, SeekFrom};

/// A log whose lines are known: what is to be judged together.
pub(super) struct Gathered {
    /// The number of its first line.
    pub(super) number: u64,
    pub(super) lines: Vec<Vec<u8>>,
    /// How many bytes they have.
    pub(super) bytes: u64,
}

/// Where the lines of each log are, logs in the order of their first lines.
pub(super) struct Gatherer {
    shelf: Shelf,
    logs: Vec<(u64, Vec<usize>)>,
    by_did: HashMap<String, usize>,
}

/// Lines that are needed again: in a file it is enough to know where they are, from a pipe they must be kept.
pub(super) enum Shelf {
    File { file: File, places: Vec<(u64, usize)> },
    Memory(Vec<Vec<u8>>),
}

impl Gatherer {
    pub(super) fn new(shelf: Shelf) -> Self {
        Gatherer { shelf, logs: Vec::new(), by_did: HashMap::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.logs.is_empty()
    }

    /// Adds a line: to the log of the DID if it is an entry of one, otherwise as something of its own.
    pub(super) fn add(&mut self, line: Line, did: Option<&str>) {
        let number = line.number;
        let id = self.shelf.put(line);
        let known = did.and_then(|did| self.by_did.get(did)).and_then(|index| self.logs.get_mut(*index));
        if let Some((_, lines)) = known {
            lines.push(id);
            return;
        }
        if let Some(did) = did {
            self.by_did.insert(did.to_owned(), self.logs.len());
        }
        self.logs.push((number, vec![id]));
    }

    /// Reads the logs again, in chunks.
    pub(super) fn into_chunks(self, limits: &Limits) -> impl FnMut() -> Result<Option<Vec<Gathered>>, Stop> {
        let (mut shelf, mut logs, limits) = (self.shelf, self.logs.into_iter(), *limits);
        move || {
            let (mut chunk, mut bytes) = (Vec::new(), 0u64);
            while chunk.len() < CHUNK_LINES && bytes < CHUNK_BYTES {
                let Some((number, lines)) = logs.next() else { break };
                let log = shelf.take_log(number, &lines, &limits).map_err(Stop::Read)?;
                bytes = bytes.saturating_add(log.bytes);
                chunk.push(log);
            }
            Ok((!chunk.is_empty()).then_some(chunk))
        }
    }
}

impl Shelf {
    fn put(&mut self, line: Line) -> usize {
        match self {
            Shelf::File { places, .. } => {
                places.push((line.offset, line.bytes.len()));
                places.len().saturating_sub(1)
            }
            Shelf::Memory(lines) => {
                lines.push(line.bytes);
                lines.len().saturating_sub(1)
            }
        }
    }

    /// Takes the lines of a log; if it is above the limits, as many as it takes to see that.
    ///
    /// Core counts a line that is repeated byte for byte once (did-plc.md, "Exports"). Here repetitions must not use up the
    /// limits either: then what follows them would be lost, and an older state be verified.
    fn take_log(&mut self, number: u64, ids: &[usize], limits: &Limits) -> std::io::Result<Gathered> {
        let mut log = Gathered { number, lines: Vec::new(), bytes: 0 };
        let (hasher, mut places) = (RandomState::new(), HashMap::new());
        for id in ids {
            if log.bytes > limits.log_bytes || bytes_of(log.lines.len()) > limits.log_operations {
                break;
            }
            let line = self.take(*id)?;
            let place = *places.entry(hasher.hash_one(&line)).or_insert(log.lines.len());
            if log.lines.get(place) == Some(&line) {
                continue;
            }
            log.bytes = log.bytes.saturating_add(bytes_of(line.len()));
            log.lines.push(line);
        }
        Ok(log)
    }

    fn take(&mut self, id: usize) -> std::io::Result<Vec<u8>> {
        match self {
            Shelf::Memory(lines) => Ok(lines.get_mut(id).map(std::mem::take).unwrap_or_default()),
            Shelf::File { file, places } => {
                let (offset, length) = places.get(id).copied().unwrap_or_default();
                let mut line = vec![0; length];
                file.seek(SeekFrom::Start(offset))?;
                file.read_exact(&mut line)?;
                Ok(line)
            }
        }
    }
}
