//! `wasm/js/src/codes.js` and `wasm/js/types/codes.d.ts` are core's tables, written out for JavaScript.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used)]

use fedverify::tables::{Check, Code, Limits, WarningCode};

const COMMAND: &str = "FEDVERIFY_WRITE_DOCS=1 cargo test -p fedverify-wasm --test codes";

/// A table: the name of its constants, and of each constant the name, the string and what it means.
type Table = (&'static str, Vec<(String, &'static str, String)>);

#[test]
fn the_codes_of_javascript_are_the_codes() {
    check("src/codes.js", &module());
    check("types/codes.d.ts", &types());
}

fn check(name: &str, expected: &str) {
    let path = format!("{}/js/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("FEDVERIFY_WRITE_DOCS").is_some() {
        std::fs::write(&path, expected).expect("the file can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "wasm/js/{name} is stale: {COMMAND}");
}

fn tables() -> [Table; 3] {
    let errors = Code::ALL.iter().map(|code| {
        let meaning = format!("{} {} Number {}.", code.meaning(), code.remedy(), code.number());
        (format!("{code:?}"), code.as_str(), meaning)
    });
    let warnings =
        WarningCode::ALL.iter().map(|code| (format!("{code:?}"), code.as_str(), code.meaning().to_owned()));
    let checks = Check::ALL
        .iter()
        .map(|check| (format!("{check:?}"), check.as_str(), format!("Makes sure that {}.", check.meaning())));
    [("ErrorCode", errors.collect()), ("WarningCode", warnings.collect()), ("CheckName", checks.collect())]
}

fn module() -> String {
    let mut text = format!("// From the tables in core/src/tables. Written by: {COMMAND}\n");
    for (name, entries) in tables() {
        text.push_str(&format!("\nexport const {name} = Object.freeze({{\n"));
        for (constant, code, _) in entries {
            text.push_str(&format!("  {constant}: '{code}',\n"));
        }
        text.push_str("});\n");
    }
    text
}

fn types() -> String {
    let mut text = format!("// From the tables in core/src/tables. Written by: {COMMAND}\n");
    for (name, entries) in tables() {
        text.push_str(&format!("\nexport declare const {name}: {{\n"));
        for (constant, code, meaning) in entries {
            text.push_str(&format!("  /** {meaning} */\n  readonly {constant}: '{code}';\n"));
        }
        text.push_str(&format!("}};\nexport type {name} = (typeof {name})[keyof typeof {name}];\n"));
    }
    text.push_str(
        "\n/** How much untrusted input may cost. Each limit is inclusive. `core/src/tables/limits.rs` has the reasons. */\n\
         export interface Limits {\n",
    );
    for name in Limits::NAMES {
        let default = Limits::default().get(name).unwrap_or_default();
        text.push_str(&format!("  /** {default} unless given. */\n  readonly {name}?: number;\n"));
    }
    text.push_str("}\n");
    text
}
