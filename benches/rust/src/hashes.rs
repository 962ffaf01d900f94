//! Packages: core's digests beside one pass of SHA-384 by others, all from the file, all in constant memory.

use crate::{Subject, files};
use fedverify::{Limits, PackageDigests};
use sha2::Digest;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// As much at a time as the fastest of them wants.
const CHUNK_BYTES: usize = 64 * 1024;

pub fn subjects(folder: &Path) -> Vec<Subject> {
    files(folder, "package-").into_iter().flat_map(|(name, path)| of_package(&name, &path)).collect()
}

fn of_package(name: &str, path: &Path) -> Vec<Subject> {
    let limits = Limits { package_bytes: u64::MAX, ..Limits::default() };
    let core = path.to_owned();
    vec![
        Subject::new(format!("package/{name}"), move || {
            PackageDigests::from_reader(File::open(&core).expect("a file"), &limits).expect("digests");
        }),
        hash(format!("sha384-sha2/{name}"), path, sha2::Sha384::new, |hash, bytes| hash.update(bytes)),
        hash(
            format!("sha384-aws-lc/{name}"),
            path,
            || aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA384),
            |hash, bytes| hash.update(bytes),
        ),
        hash(
            format!("sha384-ring/{name}"),
            path,
            || ring::digest::Context::new(&ring::digest::SHA384),
            |hash, bytes| hash.update(bytes),
        ),
    ]
}

fn hash<H: 'static>(name: String, path: &Path, new: fn() -> H, update: fn(&mut H, &[u8])) -> Subject {
    let path: PathBuf = path.to_owned();
    Subject::new(name, move || {
        let (mut hash, mut file, mut chunk) = (new(), File::open(&path).expect("a file"), [0; CHUNK_BYTES]);
        loop {
            let count = file.read(&mut chunk).expect("bytes");
            if count == 0 {
                break;
            }
            update(&mut hash, &chunk[..count]);
        }
        std::hint::black_box(hash);
    })
}
