//! One mutant after the other through the tests, until one of them fails.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io};

/// A program of tests, or one test of a program that takes long, and how long it may take.
#[derive(Clone)]
pub struct Trial {
    program: PathBuf,
    test: Option<String>,
    folder: PathBuf,
    took: Duration,
    reached: BTreeSet<u32>,
}

/// A program that takes longer is tried test by test, so that the one that notices most can come first.
const LONG: Duration = Duration::from_secs(1);

/// A mutant takes no longer than this many times what the tests take without; a busy machine gets some seconds more.
const PATIENCE: u32 = 20;
const AT_LEAST: Duration = Duration::from_secs(30);

enum End {
    Passed,
    Failed,
}

/// Runs everything once without a mutant, which must pass.
pub fn trials(programs: Vec<PathBuf>, folder: &Path) -> Result<Vec<Trial>, String> {
    let mut trials = Vec::new();
    for program in programs {
        let took = Duration::from_secs(600);
        let mut whole =
            Trial { program, test: None, folder: folder.to_owned(), took, reached: BTreeSet::new() };
        whole.measure()?;
        if whole.took < LONG {
            trials.push(whole);
            continue;
        }
        for test in whole.tests()? {
            let mut one = Trial { program: whole.program.clone(), test: Some(test), ..whole.clone() };
            one.measure()?;
            trials.push(one);
        }
    }
    trials.sort_by_key(|trial| trial.took);
    Ok(trials)
}

/// The mutants that no trial notices. Each is told at once, too: a run may be stopped before its end.
pub fn missed(
    trials: &[Trial],
    mutants: &BTreeSet<u32>,
    jobs: usize,
    tell: impl Fn(u32) + Sync,
) -> io::Result<BTreeSet<u32>> {
    let left = Mutex::new(mutants.iter().copied().rev().collect::<Vec<_>>());
    let missed = Mutex::new(BTreeSet::new());
    let work = || -> io::Result<()> {
        let mut trials: Vec<&Trial> = trials.iter().collect();
        while let Some(number) = take(&left) {
            if !is_caught(&mut trials, number)? {
                tell(number);
                missed.lock().expect("no thread panics with it").insert(number);
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    Ok(missed.into_inner().expect("no thread panics with it"))
}

fn take(left: &Mutex<Vec<u32>>) -> Option<u32> {
    let mut left = left.lock().expect("no thread panics with it");
    if left.len().is_multiple_of(50) {
        eprintln!("{} to go", left.len());
    }
    left.pop()
}

/// What noticed the last mutants mostly notices the next: it comes first.
fn is_caught(trials: &mut Vec<&Trial>, number: u32) -> io::Result<bool> {
    for place in 0..trials.len() {
        if trials[place].reached.contains(&number) && matches!(trials[place].run(number)?, End::Failed) {
            let first = trials.remove(place);
            trials.insert(0, first);
            return Ok(true);
        }
    }
    Ok(false)
}

impl Trial {
    /// The mutants that are on its way.
    pub fn meets(&self) -> &BTreeSet<u32> {
        &self.reached
    }

    /// Leaves out mutants that others are for.
    pub fn leave_out(&mut self, met: &BTreeSet<u32>) {
        self.reached.retain(|number| !met.contains(number));
    }

    fn measure(&mut self) -> Result<(), String> {
        let started = Instant::now();
        let name = format!("{} {}", self.program.display(), self.test.as_deref().unwrap_or_default());
        let _ = fs::remove_file(self.reached_file());
        match self.run(0) {
            Ok(End::Passed) => self.took = started.elapsed(),
            Ok(End::Failed) => return Err(format!("{name} fails without a mutant")),
            Err(error) => return Err(format!("{name}: {error}")),
        }
        let reached = fs::read_to_string(self.reached_file()).unwrap_or_default();
        self.reached = reached.lines().filter_map(|line| line.parse().ok()).collect();
        eprintln!("{:6.1} s, meets {} mutants: {name}", self.took.as_secs_f64(), self.reached.len());
        Ok(())
    }

    fn reached_file(&self) -> PathBuf {
        self.program.with_extension("reached")
    }

    fn tests(&self) -> Result<Vec<String>, String> {
        let listed = Command::new(&self.program)
            .args(["--list", "--format=terse"])
            .output()
            .map_err(|error| error.to_string())?;
        let listed = String::from_utf8_lossy(&listed.stdout);
        Ok(listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
    }

    fn run(&self, number: u32) -> io::Result<End> {
        let patience = (self.took * PATIENCE).max(AT_LEAST);
        let mut child = Command::new(&self.program)
            .args(["--quiet", "--test-threads=1"])
            .args(self.test.iter().flat_map(|test| ["--exact", test]))
            .current_dir(&self.folder)
            .env("FEDVERIFY_MUTANT", number.to_string())
            .env("FEDVERIFY_REACHED", self.reached_file())
            // A failure is all that is asked for: proptest need not look for the smallest.
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let started = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(if status.success() { End::Passed } else { End::Failed });
            }
            if started.elapsed() > patience {
                child.kill()?;
                child.wait()?;
                return Ok(End::Failed);
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}
