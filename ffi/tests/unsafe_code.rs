//! All unsafe code of the workspace is in `src/border.rs` and `src/border`.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used)]

use std::path::Path;

/// What may say `unsafe` anywhere: the attribute that gives an export its name.
const EXPORT: &str = "#[unsafe(no_mangle)]";

#[test]
fn only_the_border_is_unsafe() {
    let mut seen = 0;
    let mut unsafe_lines = Vec::new();
    visit(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut |path, line| {
        seen += 1;
        let code = line.split("//").next().unwrap_or_default().trim();
        if code.contains("unsafe") && code != EXPORT && !is_border(path) {
            unsafe_lines.push(format!("{}: {line}", path.display()));
        }
    });
    assert!(seen > 1000, "only {seen} lines were read");
    assert!(unsafe_lines.is_empty(), "unsafe code outside of the border:\n{}", unsafe_lines.join("\n"));
}

fn is_border(path: &Path) -> bool {
    path.ends_with("src/border.rs") || path.parent().is_some_and(|folder| folder.ends_with("src/border"))
}

fn visit(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            visit(&path, see);
        } else {
            let text = std::fs::read_to_string(&path).expect("the sources can be read");
            text.lines().for_each(|line| see(&path, line));
        }
    }
}
