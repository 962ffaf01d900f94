//! The corpus as seeds of the fuzz targets in `fuzz`: a folder for each target, and a dictionary.

mod calls;
mod dictionary;

pub use dictionary::WORDS;

use crate::case::{Case, Input, Verdict};
use crate::cases;
use crate::corpus::Tree;
use crate::encoding::{hex, sha256};
use crate::stretch::shortened;
use calls::Tour;
use std::collections::BTreeSet;

/// Seeds larger than this are left out: a fuzzer changes small inputs a thousand times as often.
const MOST_BYTES: usize = 64 * 1024;

/// In how many places of a seed there is something long, one at a time, and how long: more than a width in Rust's formats can be.
const LONG_PLACES: usize = 16;
const LONG: u8 = 16;

/// All seeds, by path, and the dictionary.
pub fn files() -> Tree {
    let mut tree = Tree::new();
    let mut earlier_pin = Vec::new();
    let mut long = BTreeSet::new();
    let mut tours = calls::TOURS.to_vec();
    for case in cases::all() {
        let seeds = seeds(&case, &mut earlier_pin);
        let is_verified = matches!(case.verdict, Some(Verdict::Verified { .. }));
        for (target, seed) in seeds {
            if is_verified && long.insert((case.kind, target)) {
                add_long(&mut tree, target, &seed);
            }
            add(&mut tree, target, seed);
        }
        let (here, later): (Vec<Tour>, Vec<Tour>) =
            tours.into_iter().partition(|tour| is_verified && tour.fits(&case));
        tours = later;
        for tour in here {
            add(&mut tree, "c_abi", with_calls(request(&case), tour.calls));
        }
    }
    assert!(tours.is_empty(), "no case has what these calls need: {}", tours[0].calls);
    tree.insert("dictionary".to_owned(), dictionary::dictionary().into_bytes());
    tree
}

/// What a case is to each target.
fn seeds(case: &Case, earlier_pin: &mut Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let request = request(case);
    let calls = with_calls(request.clone(), &calls::of_case(case));
    let mut seeds = vec![("request", request), ("c_abi", calls)];
    for (name, input) in &case.inputs {
        if let (Some(target), Some(bytes)) = (target(case.kind, name), bytes(input)) {
            seeds.push((target, bytes.to_vec()));
            if target == "pin" {
                // Two that may be merged: cases beside each other are mostly of one identity.
                seeds.push((target, [earlier_pin, b"\n=== pin\n".as_slice(), bytes].concat()));
                *earlier_pin = bytes.to_vec();
            }
        }
    }
    seeds
}

/// Adds the seed with something long in one place, for several places.
fn add_long(tree: &mut Tree, target: &str, seed: &[u8]) {
    for place in (0..LONG_PLACES).map(|place| place * seed.len() / LONG_PLACES) {
        let Some(byte) = seed.get(place) else { continue };
        let long = vec![*byte; 1 << LONG];
        add(tree, target, [&seed[..place], &long, &seed[place + 1..]].concat());
    }
}

/// Adds a seed under a name that its bytes have, so that equal ones are there once.
fn add(tree: &mut Tree, target: &str, seed: Vec<u8>) {
    // Nothing in an archive stands for anything else: its places are counted.
    let seed = if target == "archive" { seed } else { shortened(&seed) };
    if seed.len() <= MOST_BYTES {
        let name = hex(&sha256(&seed));
        tree.insert(format!("{target}/{}", &name[..16]), seed);
    }
}

/// The target that reads such an input by itself.
fn target(kind: &str, input: &str) -> Option<&'static str> {
    match (kind, input) {
        (_, "log") => Some("log"),
        (_, "metadata") => Some("metadata"),
        (_, "key") => Some("key"),
        (_, "pin") => Some("pin"),
        (_, "archive") => Some("archive"),
        ("pfn-federation-info" | "pfn-author-data" | "pfn-asset-url", "document") => Some("pfn"),
        (_, "plugin" | "challenge") => Some("pfn"),
        (_, "document") => Some("web_document"),
        (_, "did" | "release" | "artifactUrl" | "txt" | "author" | "slug" | "signature") => Some("text"),
        _ => None,
    }
}

fn bytes(input: &Input) -> Option<&[u8]> {
    match input {
        Input::Text(text) => Some(text.as_bytes()),
        Input::File(file) => Some(&file.bytes),
        Input::Path(_) => None,
    }
}

/// A whole request: its kind, and each input and limit below a line of its own, as `fuzz/src/lib.rs` reads it.
fn request(case: &Case) -> Vec<u8> {
    let mut seed = case.kind.as_bytes().to_vec();
    for (name, input) in &case.inputs {
        let Some(bytes) = bytes(input) else { continue };
        seed.extend(format!("\n=== {name}\n").bytes());
        seed.extend(bytes);
    }
    for (name, value) in &case.limits {
        seed.extend(format!("\n=== limit {name}\n{value}").bytes());
    }
    seed
}

/// A request with calls of the C library, whose inputs are its parts.
fn with_calls(request: Vec<u8>, calls: &str) -> Vec<u8> {
    [&request, b"\n=== calls\n".as_slice(), calls.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stretch::stretched;
    use std::sync::LazyLock;

    static SEEDS: LazyLock<Tree> = LazyLock::new(files);

    #[test]
    fn every_target_has_seeds() {
        let folder = crate::disk::project_root().join("fuzz/targets");
        for file in std::fs::read_dir(folder).expect("the targets") {
            let target = file.expect("a file").path().with_extension("");
            let target = target.file_name().and_then(|name| name.to_str()).expect("a name");
            let count = SEEDS.keys().filter(|path| path.starts_with(&format!("{target}/"))).count();
            assert!(count > 10, "{count} seeds for {target}");
        }
    }

    #[test]
    fn small_seeds_mean_long_documents() {
        let long = |seed: &[u8]| seed.len() <= MOST_BYTES && stretched(seed).len() > MOST_BYTES;
        for target in ["log", "metadata", "web_document", "key", "pfn", "pin", "text", "request", "c_abi"] {
            let mut seeds = SEEDS.iter().filter(|(path, _)| path.starts_with(&format!("{target}/")));
            assert!(seeds.any(|(_, seed)| long(seed)), "none of {target}");
        }
    }
}
