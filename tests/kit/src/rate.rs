//! What signature checks cost with nothing around them: the bound of every verifier on this machine.

use crate::keys::KeyPair;
use k256::ecdsa::signature::hazmat::PrehashVerifier;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// secp256k1 signature checks per second by so many threads together, measured for at least `time`.
///
/// The key and the signature are read once, before the clock runs: this is the curve's arithmetic alone.
pub fn k256_checks_per_second(threads: usize, time: Duration) -> f64 {
    let checks: u64 = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(|| checks_in(time))).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread that measures")).sum()
    });
    checks as f64 / time.as_secs_f64()
}

fn checks_in(time: Duration) -> u64 {
    let pair = KeyPair::k256("rate");
    let digest = [7; 32];
    let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&pair.public_bytes()).expect("a key of our own");
    let signature = k256::ecdsa::Signature::from_slice(&pair.sign_prehash(&digest)).expect("64 bytes");
    let start = Instant::now();
    let mut checks = 0;
    while start.elapsed() < time {
        black_box(&key).verify_prehash(black_box(&digest), &signature).expect("a signature of our own");
        checks += 1;
    }
    checks
}
