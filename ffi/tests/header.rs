//! `include/fedverify.h` is what the sources of this crate and the table of codes say.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use fedverify::Code;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// The sections of the header, and what the names of their functions start with. The longest start decides.
const SECTIONS: [(&str, &[&str]); 19] = [
    ("Version", &["fedverify_version", "fedverify_abi_version"]),
    ("Statuses", &["fedverify_status_"]),
    ("Errors", &["fedverify_error_"]),
    ("Limits", &["fedverify_limits_"]),
    ("Identities of did:plc", &["fedverify_identity_"]),
    ("Domain aliases", &["fedverify_identity_alias", "fedverify_alias_"]),
    ("Identities of did:web", &["fedverify_web_"]),
    ("Metadata documents", &["fedverify_metadata_"]),
    ("Releases", &["fedverify_identity_release", "fedverify_web_identity_release", "fedverify_release_"]),
    ("The bytes of packages", &["fedverify_package_digests_", "fedverify_package_hasher_"]),
    ("Packages", &["fedverify_release_verify", "fedverify_package_"]),
    ("Pins", &["fedverify_identity_pin", "fedverify_package_pin", "fedverify_pin_"]),
    ("Reports", &["fedverify_report_"]),
    ("Plugin Federation Network: keys of publishers", &["fedverify_pfn_key_"]),
    ("Plugin Federation Network: plugins", &["fedverify_pfn_plugin_", "fedverify_pfn_archive_"]),
    ("Plugin Federation Network: challenges", &["fedverify_pfn_challenge_"]),
    (
        "Plugin Federation Network: documents",
        &["fedverify_pfn_federation_info_", "fedverify_pfn_author_data_"],
    ),
    ("Public keys", &["fedverify_key_"]),
    ("Texts", &["fedverify_text_"]),
];

/// Says which parts there are, so that a program can ask before it relies on one.
const FEATURES: [&str; 4] = ["FAIR", "PFN", "PINS", "DID_WEB"];

#[test]
fn the_header_is_what_the_sources_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/fedverify.h");
    let expected = header();
    if std::env::var_os("FEDVERIFY_WRITE_HEADER").is_some() {
        std::fs::write(&path, &expected).expect("include/fedverify.h can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "include/fedverify.h is stale: FEDVERIFY_WRITE_HEADER=1 cargo test -p fedverify-ffi --test header"
    );
}

#[test]
fn every_function_is_documented_and_every_name_in_it_exists() {
    let header = header();
    let names = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let is_ours = |word: &&str| word.starts_with("fedverify_") || word.starts_with("FEDVERIFY_");
        words.filter(is_ours).map(str::to_owned).collect()
    };
    let (mut declared, mut mentioned) = (BTreeSet::new(), BTreeSet::new());
    for item in header.split("\n\n") {
        let (comment, code) = item.rsplit_once("*/").unwrap_or(("", item));
        mentioned.extend(names(comment));
        declared.extend(names(code));
        let is_function = code.contains(");") && !code.contains("#define");
        assert!(!is_function || comment.contains("/**"), "without documentation: {code}");
    }
    // A name that ends in an underscore stands for all that start with it.
    let is_known = |name: &&String| {
        declared.contains(*name)
            || name.ends_with('_') && declared.iter().any(|known| known.starts_with(*name))
    };
    let unknown: Vec<_> = mentioned.iter().filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "mentioned, but nowhere declared: {unknown:?}");
}

fn header() -> String {
    let declarations = declarations();
    let items: Vec<&str> =
        declarations.split("\n\n").map(str::trim).filter(|item| !item.is_empty()).collect();
    let (functions, others): (Vec<&str>, Vec<&str>) =
        items.into_iter().partition(|item| function_name(item).is_some());
    let (constants, types): (Vec<&str>, Vec<&str>) =
        others.into_iter().filter(|item| !item.contains("Place_")).partition(|item| item.contains("#define"));

    let mut text = String::from(include_str!("../header.txt"));
    text.push_str(
        "\n#ifndef FEDVERIFY_H\n#define FEDVERIFY_H\n\n#include <stdbool.h>\n#include <stddef.h>\n",
    );
    text.push_str("#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    section(&mut text, "Constants");
    text.push_str(&version_macros());
    text.push_str(&codes());
    push_all(&mut text, &constants);
    section(&mut text, "Types");
    push_all(&mut text, &types);
    for (title, starts) in SECTIONS {
        section(&mut text, title);
        let of_this = functions.iter().filter(|item| title_of(item) == title);
        let of_this: Vec<String> = of_this.map(|item| for_compilers(item)).collect();
        assert!(!of_this.is_empty(), "nothing starts with {starts:?}");
        push_all(&mut text, &of_this.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text.push_str("\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* FEDVERIFY_H */\n");
    text
}

/// What cbindgen makes of the sources, with the types of the border written as the pointers that they are.
fn declarations() -> String {
    let folder = env!("CARGO_MANIFEST_DIR");
    let config =
        cbindgen::Config::from_file(format!("{folder}/cbindgen.toml")).expect("cbindgen.toml is sound");
    let bindings = cbindgen::Builder::new().with_config(config).with_crate(folder).generate();
    let mut text = Vec::new();
    bindings.expect("the sources can be read").write(&mut text);
    let text = String::from_utf8(text).expect("a header is text");
    let lines = text.lines().map(|line| if is_comment(line) { line.to_owned() } else { with_pointers(line) });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['*', '/'])
}

fn with_pointers(line: &str) -> String {
    let mut line = line.to_owned();
    for (rust, c) in
        [("Bytes ", "const void *"), ("Texts ", "const fedverify_str *"), ("Text ", "const char *")]
    {
        line = line.replace(&format!("({rust}"), &format!("({c}"));
        line = line.replace(&format!("  {rust}"), &format!("  {c}"));
    }
    if let Some((before, place)) = line.split_once("Place_").filter(|(before, _)| !before.contains("typedef"))
    {
        let (handle, name) = place.split_once(' ').expect("a place has a name");
        line = format!("{before}{handle} **{name}");
    }
    line
}

/// The name of the function that an item declares.
fn function_name(item: &str) -> Option<&str> {
    let declaration = item.lines().find(|line| !is_comment(line))?;
    let (before, _) = declaration.split_once('(').filter(|(before, _)| !before.starts_with(['#', 't']))?;
    before.rsplit([' ', '*']).next()
}

fn title_of(item: &str) -> &'static str {
    let name = function_name(item).unwrap_or_default();
    let starts = SECTIONS
        .iter()
        .flat_map(|(title, starts)| starts.iter().map(move |start| (start.len(), start, title)));
    let fitting = starts.filter(|(_, start, _)| name.starts_with(**start)).max();
    fitting.map(|(_, _, title)| *title).unwrap_or_else(|| panic!("{name} belongs to no section"))
}

/// What changes its first handle. A lock lets Rust share such a handle; in C `const` says that nothing changes.
const CHANGING: [&str; 3] =
    ["fedverify_limits_set", "fedverify_package_hasher_update", "fedverify_package_hasher_finish"];

/// Says by types and attributes what a C compiler can watch over.
fn for_compilers(item: &str) -> String {
    let changes = function_name(item).is_some_and(|name| CHANGING.contains(&name));
    let item = if changes { item.replacen("(const ", "(", 1) } else { item.to_owned() };
    // A status that nobody looks at is a verdict that nobody heard.
    let can_fail = item.contains("fedverify_error **error");
    if can_fail {
        item.replacen("\nfedverify_status ", "\nFEDVERIFY_MUST_USE\nfedverify_status ", 1)
    } else {
        item
    }
}

fn version_macros() -> String {
    let [major, minor, patch] =
        [env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"), env!("CARGO_PKG_VERSION_PATCH")];
    let mut text = format!(
        "\n/** The version of this header; fedverify_version() is that of the library. */\n\
         #define FEDVERIFY_VERSION \"{}\"\n#define FEDVERIFY_VERSION_MAJOR {major}\n\
         #define FEDVERIFY_VERSION_MINOR {minor}\n#define FEDVERIFY_VERSION_PATCH {patch}\n\
         \n/** The parts that this library has. */\n",
        env!("CARGO_PKG_VERSION")
    );
    for feature in FEATURES {
        writeln!(text, "#define FEDVERIFY_HAS_{feature} 1").expect("a String takes anything");
    }
    text.push_str(
        "\n/** Compilers that can warn of a status that is not looked at do so. */\n#if defined(__GNUC__)\n\
         #define FEDVERIFY_MUST_USE __attribute__((warn_unused_result))\n#else\n#define FEDVERIFY_MUST_USE\n#endif\n",
    );
    text
}

/// The statuses, from the one table of codes.
fn codes() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let name = code.as_str().replace('.', "_").to_uppercase();
        let (number, meaning) = (code.number(), code.meaning());
        write!(text, "\n/** {code}: {meaning} */\n#define FEDVERIFY_{name} {number}\n")
            .expect("a String takes anything");
    }
    text
}

fn section(text: &mut String, title: &str) {
    let line = "-".repeat(75_usize.saturating_sub(title.len()));
    write!(text, "\n/* ---- {title} {line} */\n").expect("a String takes anything");
}

fn push_all(text: &mut String, items: &[&str]) {
    for item in items {
        text.push('\n');
        text.push_str(item);
        text.push('\n');
    }
}
