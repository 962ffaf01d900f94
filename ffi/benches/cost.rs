//! What verifying a package costs through the C library beside the same in Rust. `benches/ffi.sh` runs it.
//!
//! The two take turns, round by round, so that whatever else the machine does meets both alike.

// A benchmark says what is wrong by panicking.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::panic)]

use fedverify::tables::{InputName, Kind, Verdict};
use fedverify::{Error, Limits, Report, Request, Verification};
use std::fs::File;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

const ROUNDS: usize = 21;
const TIMES: u32 = 500;

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
    let path = |name: &str| format!("{folder}/{name}");
    let did = std::fs::read_to_string(path("did.txt")).expect("the example is committed");
    let files = [path("log.json"), path("metadata.json"), path("hello-fair-1.1.0.zip")];
    // cargo passes a `--bench` of its own.
    let Some(program) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("skipped: it needs the C program, which benches/ffi.sh compiles");
        return;
    };
    let mut ratios = Vec::new();
    let (mut rust, mut c) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        let (in_rust, in_c) =
            (nanoseconds_in_rust(&files, did.trim()), nanoseconds_in_c(&program, &files, did.trim()));
        ratios.push(in_c / in_rust);
        (rust, c) = (rust.min(in_rust), c.min(in_c));
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios.get(ROUNDS / 2).expect("there are rounds");
    println!(
        "a package in Rust: {:.1} µs, through C: {:.1} µs, the best of {ROUNDS} rounds",
        rust / 1e3,
        c / 1e3
    );
    println!("C / Rust: {:.3} of the best, {median:.3} in the median round", c / rust);
}

fn nanoseconds_in_rust([log, metadata, package]: &[String; 3], did: &str) -> f64 {
    let (log, metadata) = (std::fs::read(log).expect("a log"), std::fs::read(metadata).expect("metadata"));
    let start = Instant::now();
    for _ in 0..TIMES {
        let report =
            report(black_box(&log), black_box(&metadata), package, black_box(did)).expect("a report");
        assert_eq!(black_box(report).verdict(), Verdict::Verified);
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES)
}

fn report(log: &[u8], metadata: &[u8], package: &str, did: &str) -> Result<Report, Error> {
    let mut request = Request::new(Kind::FairPackage, Limits::default());
    request.set_string(InputName::Did, did)?;
    request.set_bytes(InputName::Log, log)?;
    request.set_bytes(InputName::Metadata, metadata)?;
    let mut verification = Verification::start(&request);
    verification.read(File::open(package).expect("a package"), |_| {});
    Ok(verification.finish())
}

fn nanoseconds_in_c(program: &str, files: &[String; 3], did: &str) -> f64 {
    let output = Command::new(program).args(files).args([did, &TIMES.to_string()]).output();
    let output = output.expect("the C program runs");
    assert!(output.status.success(), "the C program verified nothing: {output:?}");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of nanoseconds")
}
