//! What a run tells: the mutants that nothing noticed and nobody explained, and a table.

use crate::explained::Explained;
use crate::listed::Mutant;
use crate::tree::Built;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// All that was tried, and what came of it.
pub struct Run<'r> {
    pub root: &'r Path,
    pub mutants: &'r BTreeMap<u32, Mutant>,
    pub built: &'r Built,
    pub missed: &'r BTreeSet<u32>,
}

impl Run<'_> {
    /// Prints it. Only of a run of whole files can it be said that an explanation has no mutant.
    pub fn report(&self, is_of_whole_files: bool) -> Result<ExitCode, String> {
        let explained = Explained::read(&self.read("tests/mutants/explained.txt")?);
        let keys = self.keys()?;
        let is_explained = |number: u32| explained.has(&keys[&number]);
        let mut faults: Vec<String> = Vec::new();
        for number in self.missed.iter().filter(|number| !is_explained(**number)) {
            let start = self.mutants[number].span.start;
            faults.push(format!("missed: {}:{} {}", start.line, start.column, keys[number]));
        }
        let of = |numbers: &BTreeSet<u32>| -> BTreeSet<String> {
            numbers.iter().map(|number| keys[number].clone()).collect()
        };
        let (tried, missed) = (of(&self.built.mutants), of(self.missed));
        faults
            .extend(explained.stale(&tried, &missed).map(|entry| format!("explained, and caught: {entry}")));
        if is_of_whole_files {
            let files = self.mutants.values().map(|mutant| mutant.file.as_str()).collect();
            let known: BTreeSet<String> = tried.union(&of(&self.built.without)).cloned().collect();
            let unknown = explained.unknown(&known, &files);
            faults.extend(unknown.map(|entry| format!("explained, and no mutant: {entry}")));
        }
        faults.iter().for_each(|fault| println!("{fault}"));
        for number in &self.built.without {
            println!(
                "no branch can be this one, `tests/mutants.sh --alone` tries it: {}",
                self.mutants[number].name
            );
        }
        println!();
        self.table(&is_explained);
        Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn read(&self, file: &str) -> Result<String, String> {
        fs::read_to_string(self.root.join(file)).map_err(|error| format!("{file}: {error}"))
    }

    fn keys(&self) -> Result<BTreeMap<u32, String>, String> {
        let (mut keys, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for (number, mutant) in self.mutants {
            if !sources.contains_key(&mutant.file) {
                sources.insert(&mutant.file, self.read(&mutant.file)?);
            }
            keys.insert(*number, mutant.key(&sources[&mutant.file]));
        }
        Ok(keys)
    }

    fn table(&self, is_explained: &dyn Fn(u32) -> bool) {
        let mut parts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, mutant) in self.mutants {
            let below = mutant.file.strip_prefix("core/src/").unwrap_or(&mutant.file);
            parts.entry(below.split('/').next().unwrap_or(below)).or_default().push(*number);
        }
        println!("| below core/src | mutants | do not compile | caught | explained | missed | not tried |");
        println!("|---|---|---|---|---|---|---|");
        for (part, numbers) in parts {
            let count = |of: &dyn Fn(u32) -> bool| numbers.iter().filter(|number| of(**number)).count();
            let is_missed = |number: u32| self.missed.contains(&number);
            println!(
                "| `{part}` | {} | {} | {} | {} | {} | {} |",
                numbers.len(),
                count(&|number| self.built.invalid.contains(&number)),
                count(&|number| self.built.mutants.contains(&number) && !is_missed(number)),
                count(&|number| is_missed(number) && is_explained(number)),
                count(&|number| is_missed(number) && !is_explained(number)),
                count(&|number| self.built.without.contains(&number)),
            );
        }
    }
}
