//! The cases that a binding's runner of the corpus leaves out.

use super::Binding;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The names of the cases that the runner excepts.
pub(super) fn exceptions(root: &Path, binding: Binding) -> io::Result<BTreeSet<String>> {
    let Some(runner) = binding.runner() else { return Ok(BTreeSet::new()) };
    let program = std::fs::read_to_string(root.join(runner))?;
    listed(&program)
        .ok_or_else(|| io::Error::other(format!("{runner}: expected a list EXCEPTIONS, a name on each line")))
}

/// The keys of the list: what stands first in quotation marks on each of its lines. The same in Python, PHP and JavaScript.
fn listed(program: &str) -> Option<BTreeSet<String>> {
    let is_start = |line: &&str| line.trim_start_matches("const ").starts_with("EXCEPTIONS");
    let mut lines = program.lines().skip_while(|line| !is_start(line));
    let list = lines.next()?.split_once(" = ")?.1.trim_end_matches(';');
    if ["{}", "[]"].contains(&list) {
        return Some(BTreeSet::new());
    }
    let rows = lines.take_while(|line| !line.starts_with(['}', ']']));
    let names = rows.map(|row| row.split(['"', '\'']).nth(1).map(str::to_owned));
    // One on the first line would be overlooked, and so would one without quotation marks.
    if ["{", "["].contains(&list) { names.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_as_each_language_writes_it() {
        let names = |program: &str| listed(program).map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(names("x\nEXCEPTIONS: Dict[str, str] = {}\n\"no\"\n"), Some(vec![]));
        assert_eq!(names("const EXCEPTIONS = [];\n"), Some(vec![]));
        assert_eq!(
            names("EXCEPTIONS: Dict[str, str] = {\n    \"a/b\": \"why\",\n}\n\"no\"\n"),
            Some(vec!["a/b".into()])
        );
        let php = "const EXCEPTIONS = [\n    'a/b' => 'why',\n    'c' => 'why',\n];\n'no'\n";
        assert_eq!(names(php), Some(vec!["a/b".into(), "c".into()]));
        assert_eq!(names("const EXCEPTIONS = {\n  'a/b': 'why',\n};\n"), Some(vec!["a/b".into()]));
        assert_eq!(names("const EXCEPTIONS = {\n  key: 7,\n};\n"), None);
        assert_eq!(names("const EXCEPTIONS = { 'a': 'why' };\n"), None);
        assert_eq!(names("nothing"), None);
    }
}
