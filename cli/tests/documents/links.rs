//! Relative links lead to a file or folder that is there, and their fragment to a heading of it.

use crate::{documents, root};
use std::path::Path;

/// The text without its code, in which brackets mean something else.
fn prose(text: &str) -> String {
    let outside_blocks: Vec<&str> = text.split("```").step_by(2).collect();
    let joined = outside_blocks.join("\n");
    joined.split('`').step_by(2).collect()
}

/// The targets of `[text](target)` and of `src="target"`.
fn targets(text: &str) -> Vec<String> {
    let text = prose(text);
    let until = |part: &str, end: char| part.split(end).next().unwrap().to_owned();
    let links = text.split("](").skip(1).map(|part| until(part, ')'));
    let pictures = ["src=\"", "srcset=\""]
        .into_iter()
        .flat_map(|name| text.split(name).skip(1).map(|part| until(part, '"')));
    links.chain(pictures).collect()
}

/// The fragment by which a forge links to a heading.
fn fragment(heading: &str) -> String {
    let kept = heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .collect::<String>();
    kept.replace(' ', "-")
}

fn headings(text: &str) -> Vec<String> {
    text.split("```")
        .step_by(2)
        .flat_map(str::lines)
        .filter(|line| line.starts_with('#'))
        .map(|line| fragment(line.trim_start_matches('#')))
        .collect()
}

fn fault(document: &Path, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() { document.to_owned() } else { document.parent().unwrap().join(path) };
    if !file.exists() {
        return Some(format!("{}: nothing is at {target}", document.display()));
    }
    let known =
        anchor.is_empty() || headings(&std::fs::read_to_string(file).unwrap()).contains(&anchor.to_owned());
    (!known).then(|| format!("{}: no heading for {target}", document.display()))
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut links = 0;
    for (path, text) in documents() {
        for target in targets(&text) {
            links += 1;
            faults.extend(fault(&path, &target));
        }
    }
    assert!(links > 50, "{links} links: the documents are not read as they should be");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let readme = root().join("README.md");
    assert_eq!(targets("see [a](b.md#c), `[x](y)` and <img src=\"d.png\">"), ["b.md#c", "d.png"]);
    assert!(fault(&readme, "no/such.md").is_some());
    assert!(fault(&readme, "SECURITY.md#no-such-heading").is_some());
    assert_eq!(fault(&readme, "SECURITY.md#what-a-verdict-proves"), None);
    assert_eq!(fault(&readme, "https://nothing.example/"), None);
}
