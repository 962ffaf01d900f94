//! Every rule that a source cites is in the rulebook (`docs/rules`), under the heading by which it is cited.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The pages of the rulebook, without `.md`.
const PAGES: [&str; 5] = ["did-plc", "fair", "json", "keys", "pfn"];

/// What is searched for citations.
const SOURCES: [&str; 11] = [
    "cli",
    "core",
    "docs",
    "ffi",
    "include",
    "php",
    "php-ext",
    "tests/corpus/directories.json",
    "tests/corpus/manifest.json",
    "tests/kit/src",
    "wasm",
];

/// Folders of what is built or fetched.
const SKIPPED: [&str; 5] = ["build", "dist", "node_modules", "target", "vendor"];

/// Sources in which a heading may also be cited without quotation marks: `page.md, Heading: words`. These are the corpus and
/// what writes it.
const UNQUOTED: [&str; 2] = ["tests/corpus/manifest.json", "tests/kit/src"];

/// This file: its examples cite what does not exist.
const THIS_FILE: &str = "core/tests/rules_cited.rs";

/// With fewer citations than this, it is the search that is broken.
const MIN_CITATIONS: usize = 50;

/// How many lines a citation may be wrapped over.
const MAX_LINES: usize = 3;

/// The headings of each page.
type Rulebook = BTreeMap<&'static str, Vec<String>>;

#[test]
fn every_cited_heading_exists() {
    let Some(root) = workspace() else { return };
    let rulebook = rulebook(&root);
    let mut found = 0usize;
    let mut missing = Vec::new();
    for path in files(&root) {
        // What is not UTF-8 is no source.
        let Ok(text) = fs::read_to_string(root.join(&path)) else { continue };
        for citation in citations(&text, UNQUOTED.iter().any(|source| path.starts_with(source))) {
            found = found.saturating_add(1);
            if let Some(what) = citation.missing_from(&rulebook) {
                missing.push(format!("{}:{}: {what}", path.display(), citation.line));
            }
        }
    }
    assert!(missing.is_empty(), "{} of {found} citations:\n{}", missing.len(), missing.join("\n"));
    assert!(found >= MIN_CITATIONS, "expected at least {MIN_CITATIONS} citations, found {found}");
}

#[test]
fn the_index_lists_every_heading() {
    let Some(root) = workspace() else { return };
    let index = read(&root.join("docs/rules/README.md"));
    for (page, headings) in rulebook(&root) {
        for heading in headings {
            let link = format!("[{heading}]({page}.md#{})", anchor(&heading));
            assert!(index.contains(&link), "docs/rules/README.md does not list {link}");
        }
    }
}

#[test]
fn a_citation_is_found_in_every_form() {
    let forms = [
        ("// did-plc.md, \"Pins\": why", "Pins"),
        ("/// (`did-plc.md`, \"Pins\")", "Pins"),
        ("[did-plc.md](did-plc.md), \"Pins\"", "Pins"),
        ("\"rule\": \"did-plc.md, \\\"Pins\\\"\"", "Pins"),
        ("/// (did-plc.md,\n    /// \"What a pin\n    /// refuses\")", "What a pin refuses"),
        (" * did-plc.md, \"What a pin\n * refuses\"", "What a pin refuses"),
        ("# did-plc.md, \"What a\n# pin refuses\"", "What a pin refuses"),
        ("\"did-plc.md, \\\"What a \\\n    pin refuses\\\"\"", "What a pin refuses"),
    ];
    for (text, heading) in forms {
        let expected = Citation { line: 1, page: "did-plc", cited: Cited::Heading(heading.to_owned()) };
        assert_eq!(citations(text, false), [expected], "{text}");
    }
    let several = citations("\n\nfair.md, \"A\" and \"B\", \"C\". json.md, \"D\"", false);
    let several: Vec<_> =
        several.iter().map(|citation| (citation.line, citation.page, &citation.cited)).collect();
    let heading = |text: &str| Cited::Heading(text.to_owned());
    let expected = [
        (3, "fair", &heading("A")),
        (3, "fair", &heading("B")),
        (3, "fair", &heading("C")),
        (3, "json", &heading("D")),
    ];
    assert_eq!(several, expected);
    for text in [
        "unfair.md, \"A\"",
        "x-json.md, \"A\"",
        "fair.md \"A\"",
        "fair.md#a",
        "see fair.md, which",
        "fair.md: a",
    ] {
        assert_eq!(citations(text, false), [], "{text}");
    }
}

#[test]
fn a_heading_is_known_by_the_whole_of_its_words() {
    let rulebook = Rulebook::from([("fair", vec!["did:web documents".to_owned(), "Versions".to_owned()])]);
    let missing = |text: &str| {
        let citations = citations(text, true);
        citations.first().expect("there is a citation").missing_from(&rulebook)
    };
    let known = [
        "fair.md, \"Versions\"",
        "\"rule\": \"fair.md, Versions: at most 128 bytes\"",
        "\"rule\": \"fair.md, did:web documents: ids\"",
        "\"rule\": \"fair.md, did:web documents\"",
        "//! Cases about versions: `fair.md`, Versions.",
    ];
    for text in known {
        assert_eq!(missing(text), None, "{text}");
    }
    let unknown = [
        ("fair.md, \"Version\"", "fair.md has no heading \"Version\""),
        ("fair.md, \"Versions: words\"", "fair.md has no heading \"Versions: words\""),
        ("\"rule\": \"fair.md, Version order: words\"", "fair.md has no heading \"Version order\""),
        ("\"rule\": \"fair.md, Versions and more\"", "fair.md has no heading \"Versions and more\""),
        ("\"rule\": \"fair.md: words\"", "fair.md is cited without a heading"),
        ("\"rule\": \"unfair.md, Versions: words\"", "the rulebook has no page unfair.md"),
    ];
    for (text, what) in unknown {
        assert_eq!(missing(text).as_deref(), Some(what), "{text}");
    }
}

/// The root of the workspace. A crate that was packaged is alone, and has neither rulebook nor other sources.
fn workspace() -> Option<PathBuf> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    if core.join("Cargo.toml.orig").exists() {
        // Past the capture of test output: a skipped test must not look like a passed one.
        let note = b"skipped: what the rulebook says (this is a packaged crate)\n";
        std::io::stderr().write_all(note).expect("a line can be written");
        return None;
    }
    core.parent().map(Path::to_path_buf)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rulebook(root: &Path) -> Rulebook {
    let headings = |page| headings(&read(&root.join(format!("docs/rules/{page}.md"))));
    PAGES.into_iter().map(|page| (page, headings(page))).collect()
}

/// The headings of a page below its title.
fn headings(page: &str) -> Vec<String> {
    let mut is_code = false;
    let mut headings = Vec::new();
    for line in page.lines() {
        is_code ^= line.starts_with("```");
        let title = line.trim_start_matches('#');
        if !is_code && line.starts_with("##") && title.starts_with(' ') {
            headings.push(title.trim().to_owned());
        }
    }
    headings
}

/// The fragment by which a heading is linked: lower case, hyphens for spaces, no punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || "-_ ".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character.to_ascii_lowercase() }).collect()
}

/// All files of the sources, by their paths from the root.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut left: Vec<PathBuf> = SOURCES.iter().map(PathBuf::from).collect();
    while let Some(path) = left.pop() {
        if root.join(&path).is_file() {
            files.push(path);
            continue;
        }
        let entries = fs::read_dir(root.join(&path));
        let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for entry in entries {
            let name = entry.expect("a folder can be listed").file_name();
            if !SKIPPED.iter().any(|skipped| name == *skipped) {
                left.push(path.join(name));
            }
        }
    }
    files.retain(|path| path != Path::new(THIS_FILE));
    files.sort();
    files
}

/// A rule that a source cites.
#[derive(Debug, PartialEq, Eq)]
struct Citation<'t> {
    line: usize,
    /// Without `.md`.
    page: &'t str,
    cited: Cited,
}

#[derive(Debug, PartialEq, Eq)]
enum Cited {
    /// In quotation marks: the whole heading.
    Heading(String),
    /// Without: what follows the page. It starts with the heading.
    Start(String),
}

impl Citation<'_> {
    /// What the rulebook does not have; `None` if it has the rule.
    fn missing_from(&self, rulebook: &Rulebook) -> Option<String> {
        let page = self.page;
        let Some(known) = rulebook.get(page) else {
            return Some(format!("the rulebook has no page {page}.md"));
        };
        let heading = match &self.cited {
            Cited::Heading(heading) if known.contains(heading) => return None,
            Cited::Heading(heading) => heading,
            Cited::Start(start) if known.iter().any(|heading| is_start(heading, start)) => return None,
            Cited::Start(start) => start.split([':', '"', '\\']).next().unwrap_or_default(),
        };
        match heading {
            "" => Some(format!("{page}.md is cited without a heading")),
            _ => Some(format!("{page}.md has no heading {heading:?}")),
        }
    }
}

/// Whether the text starts with the whole heading.
fn is_start(heading: &str, text: &str) -> bool {
    text.strip_prefix(heading).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '"', '\\']))
}

/// All citations in a text, with their lines. In the sources where headings need no quotation marks, whatever is cited must be
/// a page of the rulebook; elsewhere, other pages are none of its business.
fn citations(text: &str, unquoted: bool) -> Vec<Citation<'_>> {
    let mut citations = Vec::new();
    let mut rest = text;
    for line in 1usize.. {
        for (at, extension) in rest.lines().next().unwrap_or_default().match_indices(".md") {
            let (before, after) = rest.split_at_checked(at).unwrap_or_default();
            let page = word_at_end(before);
            if unquoted || PAGES.contains(&page) {
                let after = unwrapped(after.strip_prefix(extension).unwrap_or_default());
                let cited = cited(&after, unquoted).into_iter();
                citations.extend(cited.map(|cited| Citation { line, page, cited }));
            }
        }
        match rest.split_once('\n') {
            Some((_, next)) => rest = next,
            None => break,
        }
    }
    citations
}

/// The name of a file without its folder and extension, at the end of a text.
fn word_at_end(text: &str) -> &str {
    let is_outside = |character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_');
    text.rsplit(is_outside).next().unwrap_or_default()
}

/// The first lines of a text as one: without the marks of comments and of continued strings at the breaks.
fn unwrapped(text: &str) -> String {
    let mut words = Vec::new();
    for (index, line) in text.lines().take(MAX_LINES).enumerate() {
        let line = if index == 0 { line } else { line.trim_start().trim_start_matches(['/', '!', '*', '#']) };
        let line = line.strip_suffix('\\').unwrap_or(line);
        words.extend(line.split_whitespace());
    }
    words.join(" ")
}

/// What is cited directly after the name of a page.
fn cited(after: &str, unquoted: bool) -> Vec<Cited> {
    if unquoted && after.starts_with(':') {
        return vec![Cited::Start(String::new())];
    }
    let after = after.strip_prefix(['`', ')']).unwrap_or(after);
    let Some(mut rest) = after.strip_prefix(", ") else { return Vec::new() };
    let mut headings = Vec::new();
    while let Some((heading, next)) = quoted(rest) {
        headings.push(Cited::Heading(heading.to_owned()));
        let Some(more) = next.strip_prefix(", ").or_else(|| next.strip_prefix(" and ")) else { break };
        rest = more;
    }
    if headings.is_empty() && unquoted {
        headings.push(Cited::Start(rest.to_owned()));
    }
    headings
}

/// What is in quotation marks at the start, and what follows them. In a string the marks are escaped.
fn quoted(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix("\\\"") {
        Some(inner) => inner.split_once("\\\""),
        None => text.strip_prefix('"')?.split_once('"'),
    }
}
