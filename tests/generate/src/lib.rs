//! What C, PHP, JavaScript, the JSON Schema and the documents have of core's tables: codes, warnings, checks, kinds, inputs,
//! limits, members of the report.
//!
//! `make generated` writes all of it, and a test fails where that would change anything. One module writes one output.

mod codes_page;
mod corpus_page;
mod header;
mod header_tables;
mod js_codes;
mod js_report;
mod json;
mod language;
mod marked;
mod php_backend;
mod php_class;
mod php_constants;
mod php_core;
mod php_stubs;
mod report_table;
mod schema;
mod tables;

pub use language::default_of;

use std::path::{Path, PathBuf};

/// What generated files say of themselves, in a comment of their language.
const BANNER: &str = "Generated from core/src/tables by `make generated`: do not edit.";

/// A file as it must be.
#[derive(Debug)]
pub struct Output {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its whole content.
    pub content: String,
}

impl Output {
    fn new(path: &str, content: String) -> Self {
        Output { path: path.to_owned(), content }
    }

    /// A file of which only the part between two marks is generated.
    fn marked(path: &str, mark: &str, part: &str) -> Self {
        let found = read(path);
        let content = marked::replace(&found, mark, part);
        Output::new(path, content.unwrap_or_else(|problem| panic!("{path}: {problem}")))
    }

    /// Whether the file has another content.
    pub fn is_stale(&self) -> bool {
        read(&self.path) != self.content
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self) -> std::io::Result<()> {
        std::fs::write(root().join(&self.path), &self.content)
    }
}

/// Every generated file.
pub fn outputs() -> Vec<Output> {
    let mut outputs = vec![
        Output::new("docs/codes.md", codes_page::page()),
        Output::new("include/fedverify.h", header::header()),
        Output::new("php/src/Backend/Codes.php", php_backend::codes()),
        Output::new("php/src/Backend/Kinds.php", php_backend::kinds()),
        Output::new("php/src/Code.php", php_constants::file("Code", &tables::errors())),
        Output::new("php/src/WarningCode.php", php_constants::file("WarningCode", &tables::warnings())),
        Output::marked("php-ext/stubs/fedverify.php", "constants", &php_stubs::constants()),
        Output::new("schema/report.v1.json", schema::schema()),
        Output::marked("tests/corpus/README.md", "limits", &corpus_page::limits()),
        Output::new("wasm/js/src/codes.js", js_codes::module()),
        Output::new("wasm/js/types/codes.d.ts", js_codes::types()),
        Output::new("wasm/js/types/report.d.ts", js_report::types()),
    ];
    outputs.extend(php_core::outputs());
    outputs
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the repository; empty if there is none.
fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}
