//! Tiny WordPress plugins to sign.

use crate::archive::Archive;

/// The main file of a plugin: a header that WordPress reads, and one notice.
pub fn main_file(name: &str, version: &str, more_headers: &[(&str, &str)]) -> String {
    let mut headers = format!(" * Plugin Name: {name}\n * Version: {version}\n");
    for (header, value) in more_headers {
        headers.push_str(&format!(" * {header}: {value}\n"));
    }
    format!(
        "<?php\n/**\n{headers} * License: MIT\n */\n\n\
         defined( 'ABSPATH' ) || exit;\n\n\
         add_action(\n\t'admin_notices',\n\tstatic function () {{\n\
         \t\techo '<div class=\"notice notice-info\"><p>Hello, signed world.</p></div>';\n\t}}\n);\n"
    )
}

/// A plugin as it is released: one folder with the main file in it, not compressed.
pub fn archive(slug: &str, name: &str, version: &str) -> Archive {
    Archive::new()
        .folder(&format!("{slug}/"))
        .file(&format!("{slug}/{slug}.php"), main_file(name, version, &[]))
}
