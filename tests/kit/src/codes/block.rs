//! The text of a test: what it reaches must stand there.

use super::Entry;
use std::path::Path;

/// What is wrong with a test that is said to reach a code, if anything is.
pub(super) fn fault(root: &Path, file: &str, name: &str, entry: &Entry) -> Option<String> {
    let Ok(program) = std::fs::read_to_string(root.join(file)) else {
        return Some(format!("{file} cannot be read"));
    };
    let Some(test) = block(file, &program, name) else {
        return Some(format!("{file} has no test {name}"));
    };
    (!entry.is_mentioned(&test)).then(|| format!("the test {name} of {file} does not mention it"))
}

/// The test of this name. In a .phpt, which is one test, that is the whole file. Elsewhere it starts at the first line with the
/// name, and goes on with what is indented further, and with the brackets around that.
pub fn block(file: &str, program: &str, name: &str) -> Option<String> {
    let mut lines = program.lines().skip_while(|line| !line.contains(name));
    let first = lines.next()?;
    if file.ends_with(".phpt") {
        return Some(program.to_owned());
    }
    let depth = |line: &str| line.len() - line.trim_start().len();
    let belongs = |line: &&str| {
        let content = line.trim_start();
        content.is_empty() || depth(line) > depth(first) || content.starts_with(['{', '}', ')', ']'])
    };
    Some(std::iter::once(first).chain(lines.take_while(belongs)).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_ends_where_the_next_begins() {
        let rust = "#[test]\nfn a() {\n    one();\n\n    two();\n}\n\n#[test]\nfn b() {\n    three();\n}\n";
        let found = block("a.rs", rust, "fn a()").unwrap();
        assert!(found.contains("two") && !found.contains("three"), "{found}");
        let c = "static void a(void)\n{\n    one();\n}\n\nstatic void b(void)\n{\n    two();\n}\n";
        let found = block("a.c", c, "void a(").unwrap();
        assert!(found.contains("one") && !found.contains("two"), "{found}");
        let php = "$check('a', one());\n$check('b', two());\n";
        assert_eq!(block("a.php", php, "'b'").unwrap(), "$check('b', two());");
        let js = "  test('a', () => {\n    one();\n  });\n\n  test('b', () => {\n    two();\n  });\n});\n";
        let found = block("a.mjs", js, "'a'").unwrap();
        assert!(found.contains("one") && !found.contains("two"), "{found}");
        assert_eq!(block("a.phpt", "--TEST--\nA\n--FILE--\ncode\n", "A").unwrap().lines().count(), 4);
        assert_eq!(block("a.rs", rust, "fn c()"), None);
    }
}
