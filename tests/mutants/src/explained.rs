//! The mutants that change no verdict, each below its reason.

use std::collections::BTreeSet;

pub struct Explained(BTreeSet<String>);

impl Explained {
    pub fn read(text: &str) -> Self {
        let is_entry = |line: &&str| !line.is_empty() && !line.starts_with('#');
        Explained(text.lines().map(str::trim).filter(is_entry).map(str::to_owned).collect())
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    /// The entries of files that were tried, for which no mutant was missed.
    pub fn stale<'a>(
        &'a self,
        tried: &'a BTreeSet<String>,
        missed: &'a BTreeSet<String>,
    ) -> impl Iterator<Item = &'a str> {
        let is_tried = |entry: &&String| tried.contains(*entry) && !missed.contains(*entry);
        self.0.iter().filter(is_tried).map(String::as_str)
    }

    /// The entries of these files that name no mutant at all: the code has changed.
    pub fn unknown<'a>(
        &'a self,
        known: &'a BTreeSet<String>,
        files: &'a BTreeSet<&str>,
    ) -> impl Iterator<Item = &'a str> {
        let is_unknown = |entry: &&String| {
            let file = entry.split(':').next().unwrap_or_default();
            files.contains(file) && !known.contains(*entry)
        };
        self.0.iter().filter(is_unknown).map(String::as_str)
    }
}
