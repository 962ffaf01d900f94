//! The account as it is printed.

use super::{Account, Binding, Cell, Entry, How};
use std::fmt;

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = self.entries().iter().map(|entry| entry.text.len()).max().unwrap_or_default();
        write!(f, "{:widest$}", "")?;
        for binding in Binding::ALL {
            write!(f, "  {}", binding.heading())?;
        }
        for entry in self.entries() {
            write!(f, "\n{:widest$}", entry.text)?;
            for binding in Binding::ALL {
                write!(f, "  {:>1$}", short(self.cell(entry, binding)), binding.heading().len())?;
            }
        }
        writeln!(
            f,
            "\n\nA number counts cases of the corpus; `test` is a test of its own, and `-` cannot occur:"
        )?;
        for entry in self.entries() {
            self.write_named(f, entry)?;
        }
        write!(f, "\n{}", self.counts())
    }
}

impl Account {
    /// The tests and the reasons of a code, each with the bindings that share it.
    fn write_named(&self, f: &mut fmt::Formatter<'_>, entry: &Entry) -> fmt::Result {
        let mut ways: Vec<(How, Vec<&str>)> = Vec::new();
        for binding in Binding::ALL {
            let Cell::Named(how) = self.cell(entry, binding) else { continue };
            match ways.iter_mut().find(|(known, _)| *known == how) {
                Some((_, bindings)) => bindings.push(binding.name()),
                None => ways.push((how, vec![binding.name()])),
            }
        }
        if !ways.is_empty() {
            writeln!(f, "\n{}", entry.text)?;
        }
        for (how, bindings) in ways {
            let bindings = bindings.join(", ");
            match how {
                How::Test(file, name) => writeln!(f, "    {bindings}: {file}: {name}")?,
                How::Cannot(reason) => writeln!(f, "    {bindings}: cannot occur, since {reason}")?,
            }
        }
        Ok(())
    }

    fn counts(&self) -> String {
        let warnings = self.entries().iter().filter(|entry| entry.is_warning).count();
        let count = |is_one: fn(Cell) -> bool| self.cells().filter(|(_, _, cell)| is_one(*cell)).count();
        format!(
            "{} codes and {warnings} warnings in {} bindings: {} by the corpus, {} by a named test, {} that cannot occur, {} \
             missing",
            self.entries().len() - warnings,
            Binding::ALL.len(),
            count(|cell| matches!(cell, Cell::Corpus(_))),
            count(|cell| matches!(cell, Cell::Named(How::Test(..)))),
            count(|cell| matches!(cell, Cell::Named(How::Cannot(_)))),
            count(|cell| cell == Cell::Missing),
        )
    }
}

fn short(cell: Cell) -> String {
    match cell {
        Cell::Corpus(count) => count.to_string(),
        Cell::Named(How::Test(..)) => "test".to_owned(),
        Cell::Named(How::Cannot(_)) => "-".to_owned(),
        Cell::Missing => "MISSING".to_owned(),
    }
}
