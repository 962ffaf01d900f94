//! Which test reaches each code and each warning of core, binding by binding.
//!
//! Most are reached by the corpus, all of which every binding runs, but for questions that it does not offer. No case can come to the
//! others: [`named::ROWS`] names a test that does, or says why the binding has no way to come to them. [`Account::faults`] holds
//! that table to the tests themselves.

pub mod block;
pub mod named;
pub mod registry;
mod runner;
mod table;

pub use named::{Binding, How, Row};
pub use registry::Entry;

use crate::{Case, cases, directories};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Signed once.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases::all);

static OF_DIRECTORIES: LazyLock<Vec<directories::Case>> = LazyLock::new(cases::directories::all);

/// How one code is reached in one binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// By so many cases of the corpus.
    Corpus(usize),
    /// As a row of the table says.
    Named(How),
    /// By nothing.
    Missing,
}

/// Every code in every binding.
#[derive(Debug)]
pub struct Account {
    root: PathBuf,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    /// The number of cases by text and binding, where there are any.
    cases: BTreeMap<(String, Binding), usize>,
}

impl Account {
    /// Reads core's tables and the bindings' runners of the corpus below this folder.
    ///
    /// # Errors
    ///
    /// Where one of these files cannot be read, or does not look as expected.
    pub fn read(root: &Path) -> io::Result<Account> {
        Account::of(root, named::ROWS.to_vec())
    }

    /// The same with other rows.
    ///
    /// # Errors
    ///
    /// As [`Account::read`].
    pub fn of(root: &Path, rows: Vec<Row>) -> io::Result<Account> {
        let mut counts = BTreeMap::new();
        for binding in Binding::ALL {
            let exceptions = runner::exceptions(root, binding)?;
            for case in CASES.iter().filter(|case| !exceptions.contains(case.name())) {
                for text in texts(case) {
                    *counts.entry((text.to_owned(), binding)).or_default() += 1;
                }
            }
            for case in OF_DIRECTORIES.iter().filter(|case| binding.answers(case.kind())) {
                for text in case.code().into_iter().chain(case.warning()) {
                    *counts.entry((text.to_owned(), binding)).or_default() += 1;
                }
            }
        }
        Ok(Account { root: root.to_owned(), entries: registry::read(root)?, rows, cases: counts })
    }

    /// The codes and the warnings, in the order of core's tables.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How a code is reached in a binding.
    pub fn cell(&self, entry: &Entry, binding: Binding) -> Cell {
        if let Some(count) = self.cases.get(&(entry.text.clone(), binding)) {
            return Cell::Corpus(*count);
        }
        self.rows_of(entry, binding).next().map_or(Cell::Missing, |row| Cell::Named(row.how))
    }

    fn rows_of<'a>(&'a self, entry: &'a Entry, binding: Binding) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.is_about(&entry.text, binding))
    }

    fn cells(&self) -> impl Iterator<Item = (&Entry, Binding, Cell)> {
        self.entries.iter().flat_map(move |entry| {
            Binding::ALL.into_iter().map(move |binding| (entry, binding, self.cell(entry, binding)))
        })
    }

    /// What is wrong: a code that nothing reaches in some binding, and a row that is not true.
    pub fn faults(&self) -> Vec<String> {
        let known = |text: &str| self.entries.iter().any(|entry| entry.text == text);
        let unknown = self.rows.iter().flat_map(|row| row.codes).filter(|text| !known(text));
        let unknown = unknown.map(|text| format!("{text} is neither a code nor a warning"));
        unknown
            .chain(self.cells().filter_map(|(entry, binding, cell)| self.fault(entry, binding, cell)))
            .collect()
    }

    fn fault(&self, entry: &Entry, binding: Binding, cell: Cell) -> Option<String> {
        let what = format!("{} in {}", entry.text, binding.name());
        let rows = self.rows_of(entry, binding).count();
        match cell {
            Cell::Missing => Some(format!("{what}: no case of the corpus, no named test, no reason")),
            Cell::Corpus(_) if rows > 0 => Some(format!("{what}: the corpus reaches it, so it needs no row")),
            Cell::Corpus(_) => None,
            Cell::Named(_) if rows > 1 => Some(format!("{what}: {rows} rows are about it")),
            Cell::Named(How::Cannot(_)) if has_cases(entry) => {
                Some(format!("{what}: the corpus has cases of it, so there is no reason not to reach it"))
            }
            Cell::Named(How::Cannot(reason)) => {
                (reason.len() < 20).then(|| format!("{what}: {reason:?} is no reason"))
            }
            Cell::Named(How::Test(file, name)) => {
                block::fault(&self.root, file, name, entry).map(|fault| format!("{what}: {fault}"))
            }
        }
    }
}

/// Whether verifications come to it, of which every binding runs every case.
fn has_cases(entry: &Entry) -> bool {
    CASES.iter().flat_map(texts).any(|text| text == entry.text)
}

/// The code and the warnings of a case.
fn texts(case: &Case) -> impl Iterator<Item = &str> {
    case.code().into_iter().chain(case.warnings().iter().copied())
}
