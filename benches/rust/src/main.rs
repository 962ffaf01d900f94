//! A worker of `make bench`: what is measured in Rust.
//!
//! `fedverify-bench FOLDER` prints the names of all it can measure on one line. Then, for each line `NAME COUNT` on its
//! input, it does that so many times and prints the nanoseconds.

mod bare;
mod hashes;
mod logs;
mod records;

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

/// One thing that is measured.
struct Subject {
    name: String,
    run: Box<dyn FnMut()>,
}

impl Subject {
    fn new(name: String, run: impl FnMut() + 'static) -> Subject {
        Subject { name, run: Box::new(run) }
    }
}

fn main() {
    let folder = std::env::args().nth(1).expect("usage: fedverify-bench FOLDER");
    let folder = Path::new(&folder);
    let all = [logs::subjects(folder), bare::subjects(), records::subjects(), hashes::subjects(folder)];
    let mut subjects: Vec<Subject> = all.into_iter().flatten().collect();
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name.as_str()).collect();
    println!("{}", names.join(" "));
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (name, count) = line.split_once(' ').expect("NAME COUNT");
        let count: u32 = count.parse().expect("a count");
        let subject = subjects.iter_mut().find(|subject| subject.name == name).expect("a name of the list");
        let start = Instant::now();
        for _ in 0..count {
            (subject.run)();
        }
        println!("{}", start.elapsed().as_nanos());
        std::io::stdout().flush().expect("somebody who reads");
    }
}

/// The files of the folder whose names start so, by the rest of their names.
fn files(folder: &Path, prefix: &str) -> Vec<(String, std::path::PathBuf)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of the cases")
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name()?.to_str()?.strip_prefix(prefix)?.to_owned();
            Some((name, path))
        })
        .collect();
    found.sort();
    found
}
