//! The mutants that cannot be a branch: cargo-mutants builds the core with each of them, and tests it.

use crate::listed::Mutant;
use crate::switches::{Numbered, switch};
use crate::tree::{Built, FEATURES};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Those of the mutants.
pub fn without_branch(root: &Path, mutants: BTreeMap<u32, Mutant>) -> Result<BTreeMap<u32, Mutant>, String> {
    let mut by_file: BTreeMap<&str, Vec<Numbered<'_>>> = BTreeMap::new();
    for (number, mutant) in &mutants {
        by_file.entry(&mutant.file).or_default().push((*number, mutant));
    }
    let mut without = BTreeSet::new();
    for (file, of_file) in by_file {
        let source = fs::read_to_string(root.join(file)).map_err(|error| format!("{file}: {error}"))?;
        let switched = switch(&source, &of_file).map_err(|error| format!("{file}: {error}"))?;
        without.extend(switched.without);
    }
    Ok(mutants.into_iter().filter(|(number, _)| without.contains(number)).collect())
}

/// Tries each, below `target`. What became of them, and those that were missed.
pub fn try_each(
    root: &Path,
    target: &Path,
    mutants: &BTreeMap<u32, Mutant>,
) -> Result<(Built, BTreeSet<u32>), String> {
    let names =
        mutants.values().flat_map(|mutant| ["--re".to_owned(), format!("^{}$", escaped(&mutant.name))]);
    // It ends with a number of its own where one was missed: what counts is what it wrote.
    Command::new("cargo")
        .args(["mutants", "--package", "fedverify", "--baseline=skip", "--timeout=600", "--colors=never"])
        .args(["--features", FEATURES[0]])
        .arg("--output")
        .arg(target)
        .args(names)
        .current_dir(root)
        // Its copy of the tree is where the public vectors lie beside it.
        .env("TMPDIR", target)
        .status()
        .map_err(|error| format!("cargo mutants: {error}"))?;
    let of = |outcome: &str| named(&target.join("mutants.out").join(outcome), mutants);
    let (missed, invalid) = (of("missed.txt")?, of("unviable.txt")?);
    let caught: BTreeSet<u32> = of("caught.txt")?.union(&of("timeout.txt")?).copied().collect();
    let tried: BTreeSet<u32> = caught.union(&missed).copied().collect();
    if let Some(mutant) = mutants.keys().find(|number| !tried.contains(number) && !invalid.contains(number)) {
        return Err(format!("cargo mutants did not try {}", mutants[mutant].name));
    }
    Ok((Built { mutants: tried, invalid, without: BTreeSet::new() }, missed))
}

/// The mutants whose names are the lines of a file.
fn named(file: &Path, mutants: &BTreeMap<u32, Mutant>) -> Result<BTreeSet<u32>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let is_named = |mutant: &Mutant| text.lines().any(|line| line == mutant.name);
    Ok(mutants.iter().filter(|(_, mutant)| is_named(mutant)).map(|(number, _)| *number).collect())
}

/// A regular expression for this very text.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_is_a_regular_expression_for_itself() {
        let name = "core/src/x.rs:1:2: replace f -> Option<&[u8]> with Some(a | b)";
        let expected = r"core/src/x\.rs:1:2: replace f \-> Option<\&\[u8\]> with Some\(a \| b\)";
        assert_eq!(escaped(name), expected);
    }
}
