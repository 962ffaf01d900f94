//! `wasm/js/src/codes.js` and `wasm/js/types/codes.d.ts` are core's tables, written out for JavaScript.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used)]

use fedverify::tables::{Check, Code, InputName, Kind, Limits, Outcome, Trust, Verdict, WarningCode};

const COMMAND: &str = "FEDVERIFY_WRITE_DOCS=1 cargo test -p fedverify-wasm --test codes";

/// A table: its name, and each of its strings with what it means.
type Table = (&'static str, Vec<(&'static str, String)>);

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

fn table<T: Copy>(
    name: &'static str,
    all: &[T],
    value: fn(T) -> &'static str,
    meaning: fn(T) -> String,
) -> Table {
    (name, all.iter().map(|member| (value(*member), meaning(*member))).collect())
}

/// What programs compare with: constants, and a type of the same name.
fn constants() -> [Table; 4] {
    [
        table("ErrorCode", Code::ALL, Code::as_str, |code| {
            format!("{} {} Number {}.", code.meaning(), code.remedy(), code.number())
        }),
        table("WarningCode", WarningCode::ALL, WarningCode::as_str, |code| code.meaning().to_owned()),
        table("CheckName", Check::ALL, Check::as_str, |check| {
            format!("Makes sure that {}.", check.meaning())
        }),
        table("Kind", Kind::ALL, Kind::as_str, |kind| kind.meaning().to_owned()),
    ]
}

/// What only types need.
fn unions() -> [Table; 4] {
    [
        table("Verdict", Verdict::ALL, Verdict::as_str, |verdict| verdict.meaning().to_owned()),
        table("Trust", Trust::ALL, Trust::as_str, |trust| trust.meaning().to_owned()),
        table("Outcome", Outcome::ALL, Outcome::as_str, |outcome| outcome.meaning().to_owned()),
        table("InputName", InputName::ALL, InputName::as_str, |name| name.meaning().to_owned()),
    ]
}

/// `plc.did_mismatch` as `PlcDidMismatch`.
fn pascal(value: &str) -> String {
    let words = value.split(['.', '_', '-']);
    words
        .map(|word| {
            word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>()
        })
        .collect()
}

fn module() -> String {
    let mut text = format!("// From the tables in core/src/tables. Written by: {COMMAND}\n");
    for (name, entries) in constants() {
        text.push_str(&format!("\nexport const {name} = Object.freeze({{\n"));
        for (value, _) in entries {
            text.push_str(&format!("  {}: '{value}',\n", pascal(value)));
        }
        text.push_str("});\n");
    }
    text
}

fn types() -> String {
    let mut text = format!("// From the tables in core/src/tables. Written by: {COMMAND}\n");
    for (name, entries) in constants() {
        text.push_str(&format!("\nexport declare const {name}: {{\n"));
        for (value, meaning) in entries {
            text.push_str(&format!("  /** {meaning} */\n  readonly {}: '{value}';\n", pascal(value)));
        }
        text.push_str(&format!("}};\nexport type {name} = (typeof {name})[keyof typeof {name}];\n"));
    }
    for (name, entries) in unions() {
        let meanings = entries.iter().map(|(value, meaning)| format!(" * - `{value}`: {meaning}\n"));
        let values = entries.iter().map(|(value, _)| format!("'{value}'")).collect::<Vec<_>>().join(" | ");
        text.push_str(&format!(
            "\n/**\n{} */\nexport type {name} = {values};\n",
            meanings.collect::<String>()
        ));
    }
    text.push_str(
        "\n/** How much untrusted input may cost. Each limit is inclusive. `core/src/tables/limits.rs` has the reasons. */\n\
         export interface Limits {\n",
    );
    for name in Limits::NAMES {
        let default = Limits::default().get(name).unwrap_or_default();
        text.push_str(&format!("  /** {default} unless given. */\n  readonly {name}?: number;\n"));
    }
    text.push_str("}\nexport type LimitName = keyof Limits;\n");
    text
}
