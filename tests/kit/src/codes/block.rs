//! The text of a test: what it reaches must be asserted there.

use super::Entry;
use std::path::Path;

/// What an assertion is called in the tests of a language. `.undetermined(` is what the command's tests ask of a run, and
/// `check(&[` of several; `yield` gives what was expected and what was found.
fn assertions(file: &str) -> &'static [&'static str] {
    match ending(file) {
        "rs" => &["assert", ".undetermined(", "check(&["],
        "py" => &["yield "],
        "c" | "phpt" => &["EXPECT"],
        "php" => &["$check("],
        "mjs" => &["assert.", "assert("],
        _ => &[],
    }
}

fn asserts(file: &str, code: &str) -> bool {
    assertions(file).iter().any(|assertion| code.contains(assertion))
}

fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What is wrong with a test that is said to reach a code, if anything is.
pub(super) fn fault(root: &Path, file: &str, name: &str, entry: &Entry) -> Option<String> {
    let Ok(program) = std::fs::read_to_string(root.join(file)) else {
        return Some(format!("{file} cannot be read"));
    };
    let Some(test) = block(file, &program, name) else {
        return Some(format!("{file} has no test {name}"));
    };
    let code = without_comments(&test);
    if !entry.is_mentioned(&code) {
        return Some(format!("the test {name} of {file} does not mention it"));
    }
    (!asserts(file, &code)).then(|| format!("the test {name} of {file} asserts nothing"))
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "* ", "# "].iter().any(|start| line.starts_with(start))
}

fn without_comments(test: &str) -> String {
    test.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
}

/// Whether a line begins the test of this name: a function of exactly this name, or elsewhere a call with it.
fn begins(file: &str, line: &str, name: &str) -> bool {
    let is_whole = |start: &str| line.contains(&format!("{start}{name}("));
    match ending(file) {
        "rs" => is_whole("fn "),
        "py" => is_whole(""),
        "c" => is_whole("void "),
        _ => line.contains(name) && !is_comment(line),
    }
}

/// The test of this name. In a .phpt, which is one test, that is the whole file. Elsewhere it starts at the first line with the
/// name, and goes on with what is indented further, and with the brackets around that.
pub fn block(file: &str, program: &str, name: &str) -> Option<String> {
    let mut lines = program.lines().skip_while(|line| !begins(file, line, name));
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
        let found = block("a.rs", rust, "a").unwrap();
        assert!(found.contains("two") && !found.contains("three"), "{found}");
        let c = "static void a(void)\n{\n    one();\n}\n\nstatic void b(void)\n{\n    two();\n}\n";
        let found = block("a.c", c, "a").unwrap();
        assert!(found.contains("one") && !found.contains("two"), "{found}");
        let php = "$check('a', one());\n$check('b', two());\n";
        assert_eq!(block("a.php", php, "'b'").unwrap(), "$check('b', two());");
        let js = "  test('a', () => {\n    one();\n  });\n\n  test('b', () => {\n    two();\n  });\n});\n";
        let found = block("a.mjs", js, "'a'").unwrap();
        assert!(found.contains("one") && !found.contains("two"), "{found}");
        assert_eq!(block("a.phpt", "--TEST--\nA\n--FILE--\ncode\n", "A").unwrap().lines().count(), 4);
        assert_eq!(block("a.rs", rust, "c"), None);
        assert_eq!(block("a.rs", "// fn a\nfn ab() {}\n", "a"), None);
        assert_eq!(block("a.mjs", "// 'a' is a test\n", "'a'"), None);
    }

    #[test]
    fn what_asserts_in_one_language_does_not_in_another() {
        assert!(asserts("a.mjs", "assert.equal(this.a, 1);") && !asserts("a.mjs", "check(this.a);"));
        assert!(asserts("a.py", "yield \"a\", b") && !asserts("a.rs", "// yield a"));
        assert!(asserts("a.php", "$check('a', b());") && !asserts("a.php", "check($this.a)"));
        assert!(asserts("a.rs", "check(&[Row::new()]);") && !asserts("a.rs", "check(this.code)"));
        assert!(
            asserts("a.c", "EXPECT(a);") && asserts("a.phpt", "--EXPECTF--") && !asserts("a.txt", "assert")
        );
    }

    #[test]
    fn a_comment_is_no_assertion() {
        assert_eq!(without_comments("a();\n    // b\n * c\n# d\n#[e]\n"), "a();\n#[e]");
    }
}
