//! What verifying a log costs beside the bare signature checks that it cannot do without.
//!
//! For each length the two run side by side; their ratio is what parsing, DAG-CBOR, hashing and bookkeeping add.
//! `cargo bench -p fedverify --bench log` prints it last, from interleaved runs, so that noise meets both alike.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]
// Criterion's macros make undocumented items.
#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput};
use fedverify::{Limits, Log, Pin, PlcDid};
use k256::ecdsa::signature::hazmat::PrehashVerifier;
use std::hint::black_box;
use std::time::{Duration, Instant};

const LENGTHS: [u64; 2] = [5, 50];

/// A log as text, with its DID.
struct Subject {
    did: PlcDid,
    json: String,
    checks: Vec<Check>,
}

/// One signature check, ready to be done.
struct Check {
    key: k256::ecdsa::VerifyingKey,
    prehash: [u8; 32],
    signature: k256::ecdsa::Signature,
}

impl Subject {
    fn of(operations: u64) -> Self {
        let log = fedverify_kit::chain(operations);
        let key = fedverify_kit::KeyPair::k256("chain");
        let checks = (0..operations).map(|number| Check::of(&key, number)).collect();
        Subject { did: log.did().parse().unwrap(), json: log.text(), checks }
    }

    fn verify(&self) {
        black_box(Log::parse(self.json.as_bytes(), &Limits::default()).unwrap().verify(&self.did).unwrap());
    }

    fn verify_bare(&self) {
        for Check { key, prehash, signature } in &self.checks {
            black_box(key.verify_prehash(prehash, signature)).unwrap();
        }
    }
}

impl Check {
    fn of(key: &fedverify_kit::KeyPair, number: u64) -> Self {
        let mut prehash = [0; 32];
        prehash[..8].copy_from_slice(&number.to_le_bytes());
        let signature = k256::ecdsa::Signature::from_slice(&key.sign_prehash(&prehash)).unwrap();
        let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&key.public_bytes()).unwrap();
        Check { key, prehash, signature }
    }
}

/// The same log on a second visit: nothing is new since the pin.
struct Revisit {
    subject: Subject,
    pin: Pin,
}

impl Revisit {
    fn of(operations: u64) -> Self {
        let subject = Subject::of(operations);
        let log = Log::parse(subject.json.as_bytes(), &Limits::default()).unwrap();
        let identity = log.verify_remembering(&subject.did, None, 0).unwrap();
        // As a caller keeps it: as text.
        let pin = Pin::parse(identity.pin().unwrap().to_json().as_bytes(), &Limits::default()).unwrap();
        Revisit { subject, pin }
    }

    fn verify(&self) {
        let log = Log::parse(self.subject.json.as_bytes(), &Limits::default()).unwrap();
        let identity = log.verify_remembering(&self.subject.did, Some(&self.pin), 1).unwrap();
        assert_eq!(black_box(identity).signature_checks(), 0);
    }
}

fn benchmarks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("log");
    for operations in LENGTHS {
        let subject = Subject::of(operations);
        group.throughput(Throughput::Elements(operations));
        group.bench_function(BenchmarkId::new("verify", operations), |bencher| {
            bencher.iter(|| subject.verify())
        });
        group.bench_function(BenchmarkId::new("bare-k256", operations), |bencher| {
            bencher.iter(|| subject.verify_bare());
        });
    }
    let revisit = Revisit::of(50);
    group.throughput(Throughput::Elements(50));
    group.bench_function(BenchmarkId::new("verify-pinned", 50), |bencher| bencher.iter(|| revisit.verify()));
    group.finish();
}

/// The least times of many interleaved runs: what the machine needs when nothing disturbs it.
fn least(first: &dyn Fn(), second: &dyn Fn()) -> (Duration, Duration) {
    let timed = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let runs = (0..400).map(|_| (timed(first), timed(second)));
    runs.fold((Duration::MAX, Duration::MAX), |(a, b), (x, y)| (a.min(x), b.min(y)))
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    benchmarks(&mut criterion);
    criterion.final_summary();
    for operations in LENGTHS {
        let subject = Subject::of(operations);
        let (verify, bare) = least(&|| subject.verify(), &|| subject.verify_bare());
        let added = (verify.as_secs_f64() / bare.as_secs_f64() - 1.0) * 100.0;
        println!("{operations} operations: verify {verify:?}, bare k256 {bare:?}, added {added:.1}%");
    }
    let revisit = Revisit::of(50);
    let (pinned, whole) = least(&|| revisit.verify(), &|| revisit.subject.verify());
    let faster = whole.as_secs_f64() / pinned.as_secs_f64();
    println!("50 operations, pin at the head: {pinned:?}, without a pin {whole:?}, {faster:.1} times faster");
}
