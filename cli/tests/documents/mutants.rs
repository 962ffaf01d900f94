//! What is said of mutants that no test catches is still about the sources: each is of a line that is there, and docs/mutants.md
//! counts them. Those of the core in PHP are looked for by `tests/php/mutants.php --explained`, which knows PHP's tokens.

use crate::root;
use std::collections::BTreeSet;

/// The mutants of one core that change no verdict, below their reasons.
struct Explained {
    path: &'static str,
    /// What the entries' paths start with and the page leaves out.
    folder: &'static str,
    /// What follows the path in an entry.
    after_path: char,
}

const PHP: Explained = Explained { path: "tests/php/mutants/explained.txt", folder: "", after_path: ' ' };
const CORE: Explained =
    Explained { path: "tests/mutants/explained.txt", folder: "core/src/", after_path: ':' };

/// A row of a table of docs/mutants.md: a reason, how many mutants it is the reason of, and their files in order.
type Row = (String, usize, Vec<String>);

impl Explained {
    fn text(&self) -> String {
        std::fs::read_to_string(root().join(self.path)).unwrap()
    }

    fn rows(&self) -> Vec<Row> {
        let text = self.text();
        text.trim().split("\n\n").map(|block| self.row(block)).collect()
    }

    /// A block is a reason, over one line or several, and the entries below it.
    fn row(&self, block: &str) -> Row {
        let (reason, entries): (Vec<&str>, Vec<&str>) =
            block.lines().partition(|line| line.starts_with("# "));
        let reason: Vec<&str> = reason.iter().map(|line| line.trim_start_matches("# ")).collect();
        let file = |entry: &&str| {
            entry.split(self.after_path).next().unwrap().trim_start_matches(self.folder).to_owned()
        };
        let files: BTreeSet<String> = entries.iter().map(file).collect();
        (reason.join(" "), entries.len(), files.into_iter().collect())
    }
}

/// The rows `| reason | mutants | files |` of the page, in order.
fn rows_of_page() -> Vec<Row> {
    let page = std::fs::read_to_string(root().join("docs/mutants.md")).unwrap();
    let row = |line: &str| {
        let [reason, count, files] =
            line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let files = files.split(", ").map(|file| file.trim_matches('`').to_owned()).collect();
        Some((reason.to_owned(), count.parse().ok()?, files))
    };
    page.lines().filter_map(row).collect()
}

/// `FILE: WHAT: `LINE``: whether the file has the line.
fn is_of_a_line(entry: &str) -> bool {
    let Some((file, what)) = entry.split_once(": ") else { return false };
    let Some((_, line)) = what.trim_end_matches('`').split_once('`') else { return false };
    std::fs::read_to_string(root().join(file))
        .is_ok_and(|text| text.lines().any(|other| other.trim() == line))
}

#[test]
fn every_explained_mutant_of_core_is_of_a_line_that_is_there() {
    let text = CORE.text();
    let entries: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(entries.len() > 20, "{} entries: the file is not read as it should be", entries.len());
    let stale: Vec<&str> = entries.into_iter().filter(|entry| !is_of_a_line(entry)).collect();
    assert!(stale.is_empty(), "in {}, and no line of the sources:\n{}", CORE.path, stale.join("\n"));
}

#[test]
fn a_line_that_is_not_there_is_found() {
    assert!(is_of_a_line("cli/tests/documents/mutants.rs: replace x with y: `use crate::root;`"));
    for stale in [
        "cli/tests/documents/mutants.rs: replace x with y: `use crate::roots;`",
        "cli/tests/documents/mutants.rs: replace x with y: `crate::root`",
        "cli/tests/documents/no-such-file.rs: replace x with y: `use crate::root;`",
        "cli/tests/documents/mutants.rs: replace x with y",
        "x",
    ] {
        assert!(!is_of_a_line(stale), "{stale}");
    }
}

#[test]
fn the_page_has_every_reason_and_counts_its_mutants() {
    let explained: BTreeSet<Row> = [PHP.rows(), CORE.rows()].into_iter().flatten().collect();
    assert!(explained.len() > 20, "{} reasons: the files are not read as they should be", explained.len());
    let page: BTreeSet<Row> = rows_of_page().into_iter().collect();
    let differences: Vec<&Row> = explained.symmetric_difference(&page).collect();
    assert!(
        differences.is_empty(),
        "not both in docs/mutants.md and in the files that it is about: {differences:#?}"
    );
}
