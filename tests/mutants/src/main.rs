//! Breaks the core in one place after the other, and names the places where no test notices; `tests/mutants.sh` starts it.
//!
//! cargo-mutants lists the mutants. It would also build and test each by itself, which takes a quarter of a minute a mutant;
//! here all of them are built at once, each as a branch that the environment switches on, and what is left is running the tests.

mod alone;
mod explained;
mod listed;
mod report;
mod switches;
mod tree;
mod trial;

use listed::Mutant;
use report::Run;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};
use tree::{Built, FEATURES, Tree};
use trial::Trial;

fn main() -> ExitCode {
    match run(env::args().skip(1).collect()) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("mutants: {message}");
            ExitCode::from(2)
        }
    }
}

/// What is asked for: the root of the tree, a folder for what is built, how many at a time, and which files.
struct Asked {
    root: PathBuf,
    target: PathBuf,
    jobs: usize,
    /// Folders and files below core/src; all of them where there are none.
    files: Vec<String>,
    /// Only what the last run missed.
    again: Option<BTreeSet<String>>,
    /// Only what cannot be a branch.
    alone: bool,
}

/// Below the folder for what is built: the names of what the last run missed, one on a line.
const MISSED: &str = "missed.txt";

fn run(arguments: Vec<String>) -> Result<ExitCode, String> {
    let asked = Asked::read(arguments)?;
    let mutants = asked.mutants()?;
    if mutants.is_empty() {
        return Err("no such file below core/src has mutants".to_owned());
    }
    if asked.alone {
        let mutants = alone::without_branch(&asked.root, mutants)?;
        let (built, missed) = alone::try_each(&asked.root, &asked.target, &mutants)?;
        let run = Run { root: &asked.root, mutants: &mutants, built: &built, missed: &missed };
        return run.report(false);
    }
    let tree = Tree::copy(&asked.root, &asked.target).map_err(|error| error.to_string())?;
    let built = tree.build(&mutants)?;
    let trials = trials(&tree, &built)?;
    let tell = |number: u32| eprintln!("missed, explained or not: {}", mutants[&number].name);
    let missed =
        trial::missed(&trials, &built.mutants, asked.jobs, tell).map_err(|error| error.to_string())?;
    let names: String = missed.iter().map(|number| format!("{}\n", mutants[number].name)).collect();
    fs::write(asked.target.join(MISSED), names).map_err(|error| error.to_string())?;
    let run = Run { root: &asked.root, mutants: &mutants, built: &built, missed: &missed };
    run.report(asked.again.is_none())
}

/// Each mutant is for the tests of the first build that meets it.
fn trials(tree: &Tree, built: &Built) -> Result<Vec<Trial>, String> {
    let (mut trials, mut met) = (Vec::new(), BTreeSet::new());
    for features in FEATURES {
        if built.mutants.is_subset(&met) {
            break;
        }
        let mut next = trial::trials(tree.tests(features)?, &tree.folder_of_core())?;
        next.iter_mut().for_each(|trial| trial.leave_out(&met));
        met.extend(next.iter().flat_map(|trial| trial.meets().iter().copied()));
        trials.extend(next);
    }
    Ok(trials)
}

fn missed_before(target: &Path) -> Result<BTreeSet<String>, String> {
    let text = fs::read_to_string(target.join(MISSED)).map_err(|error| format!("no run before: {error}"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

impl Asked {
    fn read(arguments: Vec<String>) -> Result<Self, String> {
        let [root, target, jobs, files @ ..] = arguments.as_slice() else {
            return Err("expected ROOT TARGET JOBS [--again | --alone] [FILE…]".to_owned());
        };
        let jobs = jobs.parse().map_err(|_| format!("expected a number of jobs, found {jobs}"))?;
        let (options, files): (Vec<_>, Vec<_>) =
            files.iter().cloned().partition(|word| word.starts_with('-'));
        let (again, alone) = match options.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => (None, false),
            ["--again"] => (Some(missed_before(Path::new(target))?), false),
            ["--alone"] => (None, true),
            // Without any file it is a run of all of them: a slip of the finger must not start that.
            others => return Err(format!("expected --again or --alone, found {}", others.join(" "))),
        };
        Ok(Asked { root: root.into(), target: target.into(), jobs, files, again, alone })
    }

    /// Numbered from one: zero is the core as it is.
    fn mutants(&self) -> Result<BTreeMap<u32, Mutant>, String> {
        // What a Debug or Display writes is nobody's verdict.
        let output = Command::new("cargo")
            .args(["mutants", "--list", "--json", "--package", "fedverify"])
            .args(["--exclude-re", r"impl (std::fmt::|fmt::)?(Debug|Display)"])
            .current_dir(&self.root)
            .output()
            .map_err(|error| format!("cargo mutants: {error}"))?;
        let all: Vec<Mutant> = serde_json::from_slice(&output.stdout).map_err(|error| {
            format!("cargo mutants: {error}: {}", String::from_utf8_lossy(&output.stderr))
        })?;
        Ok((1..).zip(all.into_iter().filter(|mutant| self.wants(mutant))).collect())
    }

    fn wants(&self, mutant: &Mutant) -> bool {
        if self.again.as_ref().is_some_and(|names| !names.contains(&mutant.name)) {
            return false;
        }
        let file = Path::new(mutant.file.strip_prefix("core/src/").unwrap_or(&mutant.file));
        self.files.is_empty() || self.files.iter().any(|wanted| file.starts_with(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Asked, String> {
        Asked::read(
            ["root", "no such folder", "2"].iter().chain(words).map(|&word| word.to_owned()).collect(),
        )
    }

    #[test]
    fn a_run_is_of_what_was_asked_for() {
        let asked = read(&["pin", "plc/log.rs"]).unwrap();
        assert_eq!(
            (asked.jobs, asked.files, asked.alone),
            (2, vec!["pin".into(), "plc/log.rs".into()], false)
        );
        let asked = read(&["pin", "--alone"]).unwrap();
        assert_eq!((asked.files, asked.alone), (vec!["pin".to_owned()], true));
        assert!(read(&["--again"]).err().unwrap().starts_with("no run before"));
    }

    #[test]
    fn an_option_that_there_is_not_starts_no_run() {
        for words in [&["--agian"][..], &["-again"], &["pin", "--alone", "--again"], &["--alone", "--"]] {
            let message = read(words).err().expect(words[0]);
            assert!(message.starts_with("expected --again or --alone"), "{message}");
        }
    }
}
