//! A copy of the tree whose core has every mutant, and the tests that are built from it.

use crate::listed::Mutant;
use crate::switches::{ASK, Numbered, switch};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

pub struct Tree {
    /// The tree as it is.
    root: PathBuf,
    /// Where the copy is.
    copy: PathBuf,
}

/// What core's tests are built with, one after the other until each mutant is met: a feature has files in place of others.
pub const FEATURES: [&str; 3] =
    ["p256-handed-out,digests-handed-in,threads", "native-crypto", "native-crypto,p256-handed-out"];

/// What became of the mutants: those that the tests have, those that do not compile, and those that cannot be a branch.
pub struct Built {
    pub mutants: BTreeSet<u32>,
    pub invalid: BTreeSet<u32>,
    pub without: BTreeSet<u32>,
}

impl Tree {
    /// Copies what git knows of, as it is now, and nothing else.
    pub fn copy(root: &Path, target: &Path) -> io::Result<Self> {
        let copy = target.join("tree");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output()?;
        for name in listed.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let name = Path::new(std::str::from_utf8(name).map_err(io::Error::other)?);
            let to = copy.join(name);
            fs::create_dir_all(to.parent().unwrap_or(&copy))?;
            match fs::copy(root.join(name), to) {
                // Removed, and not yet from the index.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => drop(other?),
            }
        }
        // The public vectors lie beside the tree, where they are there at all.
        let vectors = copy.with_file_name("shared");
        if vectors.symlink_metadata().is_err() {
            symlink(root.join("../shared"), vectors)?;
        }
        Ok(Tree { root: root.to_owned(), copy })
    }

    /// Puts the mutants in, and takes out those that the compiler refuses, until it refuses none.
    pub fn build(&self, mutants: &BTreeMap<u32, Mutant>) -> Result<Built, String> {
        let mut invalid = BTreeSet::new();
        loop {
            let valid: Vec<Numbered<'_>> = mutants
                .iter()
                .filter(|(number, _)| !invalid.contains(*number))
                .map(|(number, mutant)| (*number, mutant))
                .collect();
            let (lines, without) = self.write(mutants, &valid)?;
            let refused = self.refused(&lines)?;
            eprintln!("{} mutants, of which the compiler refuses {}", valid.len(), refused.len());
            if refused.is_empty() {
                let built = valid
                    .iter()
                    .map(|(number, _)| *number)
                    .filter(|number| !without.contains(number))
                    .collect();
                return Ok(Built { mutants: built, invalid, without });
            }
            invalid.extend(refused);
        }
    }

    /// For each file, the mutant that each line was written for; and the mutants that are in no file.
    fn write(
        &self,
        all: &BTreeMap<u32, Mutant>,
        valid: &[Numbered<'_>],
    ) -> Result<(Lines, BTreeSet<u32>), String> {
        let mut by_file: BTreeMap<&str, Vec<Numbered<'_>>> = BTreeMap::new();
        // A file of which no mutant is left is written, too: as it is.
        for mutant in all.values() {
            by_file.entry(&mutant.file).or_default();
        }
        for (number, mutant) in valid {
            by_file.entry(&mutant.file).or_default().push((*number, mutant));
        }
        let (mut lines, mut without) = (Lines::new(), BTreeSet::new());
        for (file, mutants) in by_file {
            let source =
                fs::read_to_string(self.root.join(file)).map_err(|error| format!("{file}: {error}"))?;
            let switched = switch(&source, &mutants).map_err(|error| format!("{file}: {error}"))?;
            fs::write(self.copy.join(file), &switched.text).map_err(|error| format!("{file}: {error}"))?;
            lines.insert(file.to_owned(), switched.lines);
            without.extend(switched.without);
        }
        self.write_ask().map_err(|error| error.to_string())?;
        Ok((lines, without))
    }

    fn write_ask(&self) -> io::Result<()> {
        let lib = "core/src/lib.rs";
        let text = fs::read_to_string(self.root.join(lib))?;
        fs::write(self.copy.join(lib), text + ASK)
    }

    /// The mutants in whose lines the compiler finds an error.
    fn refused(&self, lines: &Lines) -> Result<BTreeSet<u32>, String> {
        let mut refused = BTreeSet::new();
        let mut messages = Vec::new();
        for features in FEATURES {
            messages.extend(self.cargo(&["check", "--lib"], features)?);
        }
        for message in messages {
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
            let numbers: Vec<u32> = spans.iter().filter_map(|span| mutant_at(lines, span)).collect();
            if numbers.is_empty() && !spans.is_empty() {
                return Err(format!(
                    "no mutant is to blame for this:\n{}",
                    message["rendered"].as_str().unwrap_or("?")
                ));
            }
            refused.extend(numbers);
        }
        Ok(refused)
    }

    /// Builds the programs of tests.
    pub fn tests(&self, features: &str) -> Result<Vec<PathBuf>, String> {
        let messages = self.cargo(&["test", "--no-run"], features)?;
        let is_test = |message: &&Value| message["profile"]["test"] == true;
        let path = |message: &Value| message["executable"].as_str().map(PathBuf::from);
        Ok(messages.iter().filter(is_test).filter_map(path).collect())
    }

    /// Optimised a little, and without debug information: what is built once is run thousands of times.
    fn cargo(&self, command: &[&str], features: &str) -> Result<Vec<Value>, String> {
        let output = Command::new("cargo")
            .args(command)
            .args(["--locked", "--quiet", "--message-format=json", "--package", "fedverify"])
            .args(["--features", features])
            .args(["--config", "profile.dev.opt-level=1", "--config", "profile.dev.debug=false"])
            .current_dir(&self.copy)
            .env("CARGO_TARGET_DIR", self.copy.with_file_name("built"))
            .env("RUSTFLAGS", "--cap-lints=allow")
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).map_err(|error| format!("cargo wrote {line}: {error}")))
            .collect()
    }

    /// Where the tests of core are run, so that they find what they read.
    pub fn folder_of_core(&self) -> PathBuf {
        self.copy.join("core")
    }
}

/// By file and line.
type Lines = BTreeMap<String, BTreeMap<usize, u32>>;

fn mutant_at(lines: &Lines, span: &Value) -> Option<u32> {
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    lines.get(span["file_name"].as_str()?)?.get(&line).copied()
}
