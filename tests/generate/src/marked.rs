//! Files that are written by hand but for a part between two marks.

/// The text with another part between the line that holds `generated: MARK` and the next one that holds `end: MARK`.
pub(crate) fn replace(text: &str, mark: &str, part: &str) -> Result<String, String> {
    let (before, rest) = after_line_with(text, &format!("generated: {mark}"))?;
    let (replaced, _) = after_line_with(rest, &format!("end: {mark}"))?;
    let last_line = replaced.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    let end = replaced.len() - last_line.len() - 1;
    Ok(format!("{before}{part}{}", &rest[end..]))
}

/// Splits a text after the line that holds the words.
fn after_line_with<'t>(text: &'t str, words: &str) -> Result<(&'t str, &'t str), String> {
    let found = text.find(words).ok_or_else(|| format!("no line holds `{words}`"))?;
    let end = text[found..].find('\n').ok_or_else(|| format!("nothing follows `{words}`"))?;
    Ok(text.split_at(found + end + 1))
}

#[cfg(test)]
mod tests {
    use super::replace;

    const TEXT: &str = "by hand\n<!-- generated: a -->\nold\nolder\n<!-- end: a -->\nby hand\n";

    #[test]
    fn only_the_part_between_the_marks_is_replaced() {
        let expected = "by hand\n<!-- generated: a -->\nnew\n<!-- end: a -->\nby hand\n";
        assert_eq!(replace(TEXT, "a", "new\n").as_deref(), Ok(expected));
        assert_eq!(replace(expected, "a", "new\n").as_deref(), Ok(expected));
    }

    #[test]
    fn a_missing_mark_is_said() {
        assert_eq!(replace(TEXT, "b", ""), Err("no line holds `generated: b`".to_owned()));
        let unfinished = TEXT.replace("end: a", "");
        assert_eq!(replace(&unfinished, "a", ""), Err("no line holds `end: a`".to_owned()));
    }
}
