//! `docs/codes.md` is the tables of error codes, warnings and checks, written out.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used)]

use fedverify::report::Check;
use fedverify::{Code, WarningCode};
use std::fmt::Write;

#[test]
fn the_documented_codes_are_the_codes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/codes.md");
    let expected = document().expect("a String takes anything");
    if std::env::var_os("FEDVERIFY_WRITE_DOCS").is_some() {
        std::fs::write(path, &expected).expect("docs/codes.md can be written");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/codes.md is stale: FEDVERIFY_WRITE_DOCS=1 cargo test -p fedverify --test codes"
    );
}

fn document() -> Result<String, std::fmt::Error> {
    let mut text = String::from(
        "# Codes\n\nFrom the tables in `core/src`; `FEDVERIFY_WRITE_DOCS=1 cargo test -p fedverify --test codes` writes \
         this page.\n\n## Errors\n\nCode and number are stable and are never given another meaning.\n\n\
         | number | code | meaning | remedy |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        writeln!(text, "| {} | `{code}` | {} | {} |", code.number(), code.meaning(), code.remedy())?;
    }
    text.push_str("\n## Warnings\n\nWhat does not stop a verification, but should be known.\n\n| code | meaning |\n|---|---|\n");
    for code in WarningCode::ALL {
        writeln!(text, "| `{code}` | {} |", code.meaning())?;
    }
    text.push_str(
        "\n## Checks\n\nThe steps that a report lists, in order.\n\n| check | makes sure that |\n|---|---|\n",
    );
    for check in Check::ALL {
        writeln!(text, "| `{check}` | {} |", check.meaning())?;
    }
    Ok(text)
}
