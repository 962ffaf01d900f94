//! The input of a run.

use super::gather::Shelf;
use crate::input;
use fedverify::Error;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;

/// Bytes that are read from the system at once.
const BUFFER_BYTES: usize = 1 << 20;

/// A catalogue that is open.
pub(super) struct Catalogue {
    pub(super) input: Box<dyn BufRead + Send>,
    /// Where lines are kept that are needed again.
    pub(super) shelf: Shelf,
    /// Its length, if it is a file.
    pub(super) bytes: Option<u64>,
}

impl Catalogue {
    /// Opens a file, a named pipe or standard input.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        if input::is_stdin(path) {
            let input = Box::new(BufReader::with_capacity(BUFFER_BYTES, stdin()));
            return Ok(Catalogue { input, shelf: Shelf::Memory(Vec::new()), bytes: None });
        }
        let file = input::open(path)?;
        let metadata = file.metadata().map_err(|error| input::unreadable(path, &error))?;
        let bytes = metadata.is_file().then_some(metadata.len());
        // A named pipe cannot be read twice either.
        let shelf = match bytes {
            Some(_) => {
                // It shares its position with the first, which is at its end before this one is used.
                let file = file.try_clone().map_err(|error| input::unreadable(path, &error))?;
                Shelf::File { file, places: Vec::new() }
            }
            None => Shelf::Memory(Vec::new()),
        };
        Ok(Catalogue { input: Box::new(BufReader::with_capacity(BUFFER_BYTES, file)), shelf, bytes })
    }

    /// Whether it starts as a JSON array does. What cannot be read is said when it is.
    pub(super) fn is_array(&mut self) -> bool {
        let start = self.input.fill_buf().unwrap_or_default();
        start.trim_ascii_start().starts_with(b"[")
    }
}
