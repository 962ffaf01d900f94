//! Breaks the core in one place after the other, and names the places where no test notices; `tests/mutants.sh` starts it.
//!
//! cargo-mutants lists the mutants. It would also build and test each by itself, which takes a quarter of a minute a mutant;
//! here all of them are built at once, each as a branch that the environment switches on, and what is left is running the tests.

mod explained;
mod listed;
mod switches;
mod tree;
mod trial;

use explained::Explained;
use listed::Mutant;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};
use tree::{Built, Tree};

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
}

/// Below the folder for what is built: the names of what the last run missed, one on a line.
const MISSED: &str = "missed.txt";

fn run(arguments: Vec<String>) -> Result<ExitCode, String> {
    let asked = Asked::read(arguments)?;
    let mutants = asked.mutants()?;
    if mutants.is_empty() {
        return Err("no such file below core/src has mutants".to_owned());
    }
    let tree = Tree::copy(&asked.root, &asked.target).map_err(|error| error.to_string())?;
    let built = tree.build(&mutants)?;
    let trials = trial::trials(built.tests.clone(), &tree.folder_of_core())?;
    let missed = trial::missed(&trials, &built.mutants, asked.jobs).map_err(|error| error.to_string())?;
    let names: String = missed.iter().map(|number| format!("{}\n", mutants[number].name)).collect();
    fs::write(asked.target.join(MISSED), names).map_err(|error| error.to_string())?;
    report(&asked.root, &mutants, &built, &missed)
}

fn missed_before(target: &Path) -> Result<BTreeSet<String>, String> {
    let text = fs::read_to_string(target.join(MISSED)).map_err(|error| format!("no run before: {error}"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

impl Asked {
    fn read(arguments: Vec<String>) -> Result<Self, String> {
        let [root, target, jobs, files @ ..] = arguments.as_slice() else {
            return Err("expected ROOT TARGET JOBS [--again] [FILE…]".to_owned());
        };
        let jobs = jobs.parse().map_err(|_| format!("expected a number of jobs, found {jobs}"))?;
        let (again, files): (Vec<_>, Vec<_>) = files.iter().cloned().partition(|word| word == "--again");
        let again = if again.is_empty() { None } else { Some(missed_before(Path::new(target))?) };
        Ok(Asked { root: root.into(), target: target.into(), jobs, files, again })
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

fn report(
    root: &Path,
    mutants: &BTreeMap<u32, Mutant>,
    built: &Built,
    missed: &BTreeSet<u32>,
) -> Result<ExitCode, String> {
    let read = |file: &str| fs::read_to_string(root.join(file)).map_err(|error| format!("{file}: {error}"));
    let explained = Explained::read(&read("tests/mutants/explained.txt")?);
    let (mut keys, mut sources) = (BTreeMap::new(), BTreeMap::new());
    for (number, mutant) in mutants {
        if !sources.contains_key(&mutant.file) {
            sources.insert(mutant.file.clone(), read(&mutant.file)?);
        }
        keys.insert(*number, mutant.key(&sources[&mutant.file]));
    }
    let keys_of =
        |numbers: &BTreeSet<u32>| numbers.iter().map(|number| keys[number].clone()).collect::<BTreeSet<_>>();
    let (tried, survivors) = (keys_of(&built.mutants), keys_of(missed));
    let files: BTreeSet<&str> = mutants.values().map(|mutant| mutant.file.as_str()).collect();

    let mut faults = 0;
    for number in missed.iter().filter(|number| !explained.has(&keys[number])) {
        println!("missed: {} {}", place(&mutants[number]), keys[number]);
        faults += 1;
    }
    for entry in explained.stale(&tried, &survivors) {
        println!("explained, and caught: {entry}");
        faults += 1;
    }
    for entry in explained.unknown(&tried, &files) {
        println!("explained, and no mutant: {entry}");
        faults += 1;
    }
    for number in &built.without {
        println!("no branch can be this one, run `cargo mutants` for it: {}", mutants[number].name);
    }
    println!();
    table(mutants, built, missed, &|number| explained.has(&keys[&number]));
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn place(mutant: &Mutant) -> String {
    format!("{}:{}", mutant.span.start.line, mutant.span.start.column)
}

fn table(
    mutants: &BTreeMap<u32, Mutant>,
    built: &Built,
    missed: &BTreeSet<u32>,
    is_explained: &dyn Fn(u32) -> bool,
) {
    let mut parts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, mutant) in mutants {
        let below = mutant.file.strip_prefix("core/src/").unwrap_or(&mutant.file);
        parts.entry(below.split('/').next().unwrap_or(below)).or_default().push(*number);
    }
    println!("| below core/src | mutants | do not compile | caught | explained | missed | not tried |");
    println!("|---|---|---|---|---|---|---|");
    for (part, numbers) in parts {
        let count = |of: &dyn Fn(u32) -> bool| numbers.iter().filter(|number| of(**number)).count();
        println!(
            "| `{part}` | {} | {} | {} | {} | {} | {} |",
            numbers.len(),
            count(&|number| built.invalid.contains(&number)),
            count(&|number| built.mutants.contains(&number) && !missed.contains(&number)),
            count(&|number| missed.contains(&number) && is_explained(number)),
            count(&|number| missed.contains(&number) && !is_explained(number)),
            count(&|number| built.without.contains(&number)),
        );
    }
}
