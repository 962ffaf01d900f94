//! The header comment of a WordPress plugin, read as WordPress reads it (pfn.md, "Archive consistency").

/// What a PHP file says about the plugin that it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PluginHeader {
    pub(super) file: Vec<u8>,
    /// Never empty.
    pub(super) name: Vec<u8>,
    /// Never empty.
    pub(super) version: Option<Vec<u8>>,
}

/// What may come before the characters of a comment: to WordPress up to 6.8, and to 7.1.
const TAGS: [&[&[u8]]; 2] = [&[b"<?php"], &[b"<?php", b"<?"]];

impl PluginHeader {
    /// The header in the start of a file, as each WordPress reads it: none if it finds no plugin name, because then it does not
    /// treat the file as a plugin's; two where they read different headers.
    pub(super) fn readings(file: &[u8], start: &[u8]) -> Vec<PluginHeader> {
        let mut readings: Vec<_> =
            TAGS.iter().filter_map(|tags| PluginHeader::read(file, start, tags)).collect();
        readings.dedup();
        readings
    }

    fn read(file: &[u8], start: &[u8], tags: &[&[u8]]) -> Option<PluginHeader> {
        let name = field(start, b"Plugin Name", tags)?;
        Some(PluginHeader { file: file.to_vec(), name, version: field(start, b"Version", tags) })
    }
}

/// The value of a field, if it is not empty.
///
/// WordPress's `get_file_data` turns CR into LF, takes the first line that matches, without regard to case,
/// `/^(?:[ \t]*<\?php)?[ \t\/*#@]*NAME:(.*)$/` (`<\?(?:php)?` in 7.1), and what `_cleanup_header_comment` leaves of
/// it. Both work on bytes.
fn field(start: &[u8], name: &[u8], tags: &[&[u8]]) -> Option<Vec<u8>> {
    let mut lines = start.split(|byte| matches!(byte, b'\n' | b'\r'));
    let value = lines.find_map(|line| value_in(line, name, tags))?;
    // PHP treats the string "0" as false, and WordPress tests for that here.
    if value == b"0" {
        return None;
    }
    let value = clean(value);
    (!value.is_empty()).then(|| value.to_vec())
}

/// What follows the field's name in a line, if the line has it.
fn value_in<'l>(line: &'l [u8], name: &[u8], tags: &[&[u8]]) -> Option<&'l [u8]> {
    let after_blanks = trim_start(line, b" \t");
    let comment = tags.iter().find_map(|tag| strip_prefix_ignoring_case(after_blanks, tag)).unwrap_or(line);
    let after_name = strip_prefix_ignoring_case(trim_start(comment, b" \t/*#@"), name)?;
    after_name.strip_prefix(b":")
}

/// Cuts a value at the end of the comment or of the PHP code, and trims it
/// (`_cleanup_header_comment`: `/\s*(?:\*\/|\?>).*/`, then `trim`).
fn clean(value: &[u8]) -> &[u8] {
    let end = value.windows(2).position(|pair| matches!(pair, b"*/" | b"?>"));
    let value = match end.and_then(|end| value.get(..end)) {
        Some(value) => trim_end(value, b" \t\n\x0b\x0c\r"),
        None => value,
    };
    trim_start(trim_end(value, PHP_TRIM), PHP_TRIM)
}

/// What PHP's `trim` removes.
const PHP_TRIM: &[u8] = b" \t\n\r\0\x0b";

fn trim_start<'t>(text: &'t [u8], unwanted: &[u8]) -> &'t [u8] {
    let start = text.iter().position(|byte| !unwanted.contains(byte)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

fn trim_end<'t>(text: &'t [u8], unwanted: &[u8]) -> &'t [u8] {
    let last = text.iter().rposition(|byte| !unwanted.contains(byte));
    last.and_then(|last| text.get(..=last)).unwrap_or_default()
}

fn strip_prefix_ignoring_case<'t>(text: &'t [u8], prefix: &[u8]) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(start: &str) -> Vec<String> {
        let readings = PluginHeader::readings(b"f.php", start.as_bytes());
        readings.into_iter().map(|header| String::from_utf8(header.name).unwrap()).collect()
    }

    #[test]
    fn the_forms_that_wordpress_reads() {
        let read = [
            "<?php\n/*\nPlugin Name: Gallery\n*/",
            "<?php\n/**\n * Plugin Name: Gallery\n */",
            "<?php /* Plugin Name: Gallery */",
            " \t<?php // Plugin Name:Gallery",
            "<?PHP # PLUGIN NAME:\tGallery\t",
            "<?php\r/*\rPlugin Name: Gallery\r*/",
            "<?php\r\n@Plugin Name: Gallery\r\n",
            "Plugin Name: Gallery",
            "Plugin Name: Gallery ?> Plugin Name: Other",
            "Plugin Name: Gallery \x0b\x0c*/ more ?>",
            "Plugin Name: \0Gallery\0",
            "x Plugin Name: Other\nPlugin Name: Gallery\nPlugin Name: Third",
            "<?php<?php Plugin Name: Other\n#Plugin Name: Gallery",
        ];
        for start in read {
            assert_eq!(names_in(start), ["Gallery"], "{start:?}");
        }
        assert_eq!(names_in("Plugin Name: Ga: lle * ry / ! "), ["Ga: lle * ry / !"]);
        assert_eq!(names_in("Plugin Name: 0"), ["0"]);
    }

    #[test]
    fn the_forms_that_it_does_not_read() {
        let skipped = [
            "",
            "Plugin Name",
            "Plugin Name:",
            "Plugin Name: \t",
            "Plugin Name:0",
            "Plugin Name: */ Gallery",
            "Plugin  Name: Gallery",
            "Plugin Name : Gallery",
            "- Plugin Name: Gallery",
            "<?Plugin Name",
            "x <? Plugin Name: Gallery",
            "<?php <? Plugin Name: Gallery",
            "<?ph Plugin Name: Gallery",
            "// <?php Plugin Name: Gallery",
            "Plugin Name:\nPlugin Name: Gallery",
        ];
        for start in skipped {
            assert!(names_in(start).is_empty(), "{start:?}");
        }
    }

    #[test]
    fn a_newer_wordpress_reads_the_short_tag_too() {
        for start in
            ["<? Plugin Name: Gallery", "\t<?/* plugin name:Gallery */", "x\r <?Plugin Name: Gallery"]
        {
            assert_eq!(names_in(start), ["Gallery"], "{start:?}");
        }
        assert_eq!(names_in("<? Plugin Name: Newer\n// Plugin Name: Older"), ["Older", "Newer"]);
        assert_eq!(names_in("// Plugin Name: Older\n<? Plugin Name: Newer"), ["Older"]);
        let versions = |start: &[u8]| -> Vec<_> {
            PluginHeader::readings(b"f.php", start).into_iter().map(|header| header.version).collect()
        };
        assert_eq!(
            versions(b"Plugin Name: A\n<? Version: 1\nVersion: 2"),
            [Some(b"2".to_vec()), Some(b"1".to_vec())]
        );
        assert_eq!(versions(b"Plugin Name: A\n<? Version: 1"), [None, Some(b"1".to_vec())]);
        assert_eq!(versions(b"<? Plugin Name: A\nVersion: 1"), [Some(b"1".to_vec())]);
    }

    #[test]
    fn the_version_is_its_own_field() {
        let version = |start: &str| {
            let [header] = PluginHeader::readings(b"f.php", start.as_bytes()).try_into().unwrap();
            header.version
        };
        assert_eq!(version("Plugin Name: A\n * Version: 1.0 */"), Some(b"1.0".to_vec()));
        assert_eq!(version("Version: 1.0\nPlugin Name: A"), Some(b"1.0".to_vec()));
        assert_eq!(version("Plugin Name: A\nMin Version: 1.0"), None);
        assert_eq!(version("Plugin Name: A\nVersion: "), None);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_kept() {
        assert_eq!(PluginHeader::readings(b"f.php", b"Plugin Name: G\xe9")[0].name, b"G\xe9");
    }
}
