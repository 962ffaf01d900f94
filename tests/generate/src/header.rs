//! `include/fedverify.h`: the functions that cbindgen reads from the sources of `ffi`, in sections, and core's tables.

use crate::header_tables;
use crate::root;
use std::fmt::Write;

/// The sections of the header, and what the names of their functions start with. The longest start decides.
const SECTIONS: [(&str, &[&str]); 24] = [
    ("Version of the library", &["fedverify_version", "fedverify_abi_version"]),
    ("Statuses", &["fedverify_status_"]),
    ("Errors", &["fedverify_error_"]),
    ("Limits", &["fedverify_limits_"]),
    ("Requests: what to verify, of any kind", &["fedverify_request_"]),
    ("Verifications: from a request to its report", &["fedverify_verification_"]),
    ("Reports", &["fedverify_report_"]),
    ("Pins", &["fedverify_identity_pin", "fedverify_package_pin", "fedverify_pin_"]),
    ("Identities of did:plc", &["fedverify_identity_"]),
    (
        "Operations of did:plc, and the states that they set",
        &[
            "fedverify_identity_operation",
            "fedverify_operation_",
            "fedverify_identity_state",
            "fedverify_state_",
        ],
    ),
    ("Several directories' logs of one did:plc", &["fedverify_directories_", "fedverify_newest_"]),
    ("Identities of did:web", &["fedverify_web_document_"]),
    ("Domain aliases", &["fedverify_identity_alias", "fedverify_web_document_alias", "fedverify_alias_"]),
    ("Metadata documents", &["fedverify_metadata_"]),
    (
        "Releases",
        &[
            "fedverify_identity_release",
            "fedverify_web_document_release",
            "fedverify_release_",
            "fedverify_artifact_",
        ],
    ),
    ("Versions of packages", &["fedverify_version_"]),
    ("The bytes of packages", &["fedverify_package_digests_", "fedverify_package_hasher_"]),
    ("Packages", &["fedverify_release_verify", "fedverify_package_"]),
    ("Plugin Federation Network: keys of publishers", &["fedverify_pfn_key_"]),
    ("Plugin Federation Network: plugins", &["fedverify_pfn_plugin_", "fedverify_pfn_archive_"]),
    ("Plugin Federation Network: challenges", &["fedverify_pfn_challenge_"]),
    (
        "Plugin Federation Network: documents",
        &["fedverify_pfn_federation_info_", "fedverify_pfn_author_data_"],
    ),
    ("Public keys", &["fedverify_key_"]),
    ("Strings", &["fedverify_string_"]),
];

/// What the names of types start with that the border has for places.
const BORDER: [&str; 2] = ["Place_", "Out_"];

/// What cbindgen.toml puts before every function.
const API: &str = "FEDVERIFY_API";

/// Says which parts there are, so that a program can ask before it relies on one.
const FEATURES: [&str; 4] = ["FAIR", "PFN", "PINS", "DID_WEB"];

/// The header.
pub(crate) fn header() -> String {
    let declarations = declarations();
    let items: Vec<&str> =
        declarations.split("\n\n").map(str::trim).filter(|item| !item.is_empty()).collect();
    let (functions, others): (Vec<&str>, Vec<&str>) =
        items.into_iter().partition(|item| function_name(item).is_some());
    let (constants, types): (Vec<&str>, Vec<&str>) = others
        .into_iter()
        .filter(|item| !BORDER.iter().any(|start| item.contains(start)))
        .partition(|item| item.contains("#define"));

    let mut text = String::from(include_str!("../../../ffi/header.txt"));
    text.push_str(
        "\n#ifndef FEDVERIFY_H\n#define FEDVERIFY_H\n\n#include <stdbool.h>\n#include <stddef.h>\n",
    );
    text.push_str("#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    section(&mut text, "Constants");
    text.push_str(&macros());
    push_all(&mut text, &constants);
    for (title, constants) in header_tables::sections() {
        section(&mut text, title);
        text.push_str(&constants);
    }
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

/// What cbindgen makes of the sources, with the types of the border written as the pointers that they are, and structures with
/// tags.
fn declarations() -> String {
    let folder = root().join("ffi");
    let config =
        cbindgen::Config::from_file(folder.join("cbindgen.toml")).expect("cbindgen.toml is well-formed");
    let bindings = cbindgen::Builder::new().with_config(config).with_crate(folder).generate();
    let mut text = Vec::new();
    bindings.expect("the sources can be read").write(&mut text);
    let text = String::from_utf8(text).expect("a header is UTF-8");
    let lines = text.lines().map(|line| if is_comment(line) { line.to_owned() } else { with_pointers(line) });
    lines.collect::<Vec<_>>().join("\n").split("\n\n").map(with_tag).collect::<Vec<_>>().join("\n\n")
}

/// A structure with its name as its tag, so that it can be declared without this header.
fn with_tag(item: &str) -> String {
    let name = item.rsplit_once("} ").map_or("", |(_, name)| name.trim_end_matches(';'));
    item.replacen("typedef struct {", &format!("typedef struct {name} {{"), 1)
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['*', '/'])
}

fn with_pointers(line: &str) -> String {
    let mut line = line.to_owned();
    for (rust, c) in [
        ("Bytes ", "const void *"),
        ("Context ", "void *"),
        ("Out_fedverify_str ", "fedverify_str *"),
        ("Out_i32 ", "int32_t *"),
        ("Out_u64 ", "uint64_t *"),
        ("Reader ", "fedverify_reader "),
        ("Strs ", "const fedverify_str *"),
        ("Str ", "const char *"),
    ] {
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
    let declaration = item.lines().find(|line| !is_comment(line) && *line != API)?;
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

/// What changes its first handle, by the start or the whole of its name. A lock lets Rust share such a handle; in C `const`
/// says that nothing changes.
const CHANGING: [&str; 15] = [
    "fedverify_directories_add",
    "fedverify_limits_set",
    "fedverify_package_hasher_finish",
    "fedverify_package_hasher_update",
    "fedverify_request_refuse",
    "fedverify_request_set_",
    "fedverify_verification_compare_document",
    "fedverify_verification_fail",
    "fedverify_verification_fetch_from",
    "fedverify_verification_finish",
    "fedverify_verification_give_",
    "fedverify_verification_metadata_unreadable",
    "fedverify_verification_read",
    "fedverify_verification_restart",
    "fedverify_verification_txt_unreadable",
];

/// Says by types and attributes what a C compiler can watch over.
fn for_compilers(item: &str) -> String {
    let name = function_name(item).unwrap_or_default();
    let changes = CHANGING.iter().any(|start| name.starts_with(start)) || name.ends_with("_update");
    let item = if changes { item.replacen("(const ", "(", 1) } else { item.to_owned() };
    // A status that nobody looks at is a verdict that nobody heard.
    let can_fail = item.contains("fedverify_error **error");
    if can_fail {
        item.replacen("\nfedverify_status ", " FEDVERIFY_MUST_USE\nfedverify_status ", 1)
    } else {
        item
    }
}

fn macros() -> String {
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
        push(&mut text, format_args!("#define FEDVERIFY_HAS_{feature} 1\n"));
    }
    text.push('\n');
    text.push_str(include_str!("../../../ffi/macros.txt"));
    text
}

fn section(text: &mut String, title: &str) {
    let line = "-".repeat(75_usize.saturating_sub(title.len()));
    push(text, format_args!("\n/* ---- {title} {line} */\n"));
}

fn push_all(text: &mut String, items: &[&str]) {
    for item in items {
        push(text, format_args!("\n{item}\n"));
    }
}

fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("a String takes anything");
}
