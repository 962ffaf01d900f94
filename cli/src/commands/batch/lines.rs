//! The lines of a catalogue, in chunks of bounded size.

use super::Stop;
use std::io::{BufRead, Read};

/// Lines or logs of a chunk: enough that the end of a chunk, where cores wait for each other, is rare.
pub(super) const CHUNK_LINES: usize = 1024;

/// Bytes after which a chunk is full, whatever the number of its lines. This bounds the memory.
pub(super) const CHUNK_BYTES: u64 = 8 << 20;

/// A line that is not blank.
pub(super) struct Line {
    /// Counted from 1, blank lines too.
    pub(super) number: u64,
    /// Where it starts in the input.
    pub(super) offset: u64,
    /// Without its end, and cut to one byte more than the longest that is read.
    pub(super) bytes: Vec<u8>,
}

/// Lines that are judged together.
pub(super) struct Chunk {
    pub(super) lines: Vec<Line>,
    /// Bytes of the input up to the end of the chunk.
    pub(super) end: u64,
}

/// Reads an input line by line.
pub(super) struct Lines<R> {
    input: R,
    max_bytes: u64,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, max_bytes: u64) -> Self {
        Lines { input, max_bytes, number: 0, offset: 0 }
    }

    /// The next chunk; `None` at the end.
    pub(super) fn chunk(&mut self) -> Result<Option<Chunk>, Stop> {
        let start = self.offset;
        let mut lines = Vec::new();
        while lines.len() < CHUNK_LINES && self.offset.saturating_sub(start) < CHUNK_BYTES {
            let Some(line) = self.line().map_err(Stop::Read)? else { break };
            if !line.bytes.trim_ascii().is_empty() {
                lines.push(line);
            }
        }
        let is_end = self.offset == start;
        Ok((!is_end).then_some(Chunk { lines, end: self.offset }))
    }

    /// The next line, blank or not. Of a line that is too long, the rest is skipped without being kept.
    fn line(&mut self) -> std::io::Result<Option<Line>> {
        let (offset, longest) = (self.offset, self.max_bytes.saturating_add(1));
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(longest).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        let is_whole = bytes.pop_if(|last| *last == b'\n').is_some();
        let skipped = if is_whole || bytes_of(read) < longest { 0 } else { self.input.skip_until(b'\n')? };
        self.offset = offset.saturating_add(bytes_of(read)).saturating_add(bytes_of(skipped));
        self.number = self.number.saturating_add(1);
        Ok(Some(Line { number: self.number, offset, bytes }))
    }
}

/// A length in memory as the number of bytes that it is.
pub(super) fn bytes_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
