//! `docs/codes.md`: every table, for people.

use crate::language::default_of;
use crate::report_table;
use crate::tables::{self, Table};
use fedverify::tables::{Check, InputName, Kind};
use fedverify::{Code, Limits};

const HEAD: &str = "\
# Codes and names

This page lists every code, name and limit of fedverify, and every member of its reports. They are the same in every binding, except for
one default of the core in PHP, which [php.md](php.md#hosting) names. The meaning of a code or name never changes. `make generated` writes
the page from `core/src/tables`: do not edit it.
";

/// The page.
pub(crate) fn page() -> String {
    let sections = [
        errors(),
        plain(&tables::warnings()),
        kinds(),
        inputs(),
        limits(),
        checks(),
        report(),
        plain(&tables::outcomes()),
        plain(&tables::verdicts()),
        plain(&tables::trust()),
        plain(&tables::operation_types()),
        plain(&tables::gravities()),
        plain(&tables::change_kinds()),
        plain(&tables::state_parts()),
        plain(&tables::package_types()),
        plain(&tables::signature_forms()),
    ];
    HEAD.to_owned() + &sections.concat()
}

/// A section with a table.
fn section(title: &str, about: &str, columns: &[&str], rows: Vec<Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>());
    let rule = "|---".repeat(columns.len());
    let rows = rows.iter().map(|row| line(row)).collect::<String>();
    format!("\n## {title}\n\n{about}\n\n{head}{rule}|\n{rows}")
}

/// A section on a table of which there is no more to say than what each string means.
fn plain(table: &Table) -> String {
    let rows = table.entries.iter().map(|entry| vec![code(entry.value), entry.meaning.clone()]);
    section(table.title, table.about, &["string", "meaning"], rows.collect())
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn errors() -> String {
    let row = |error: &Code| {
        let number = error.number().to_string();
        vec![number, code(error.as_str()), error.meaning().to_owned(), error.remedy().to_owned()]
    };
    section(
        "Errors",
        "The codes `io.*` and `api.*` say that nothing could be judged; all others are refusals.",
        &["number", "code", "meaning", "remedy"],
        Code::ALL.iter().map(row).collect(),
    )
}

fn kinds() -> String {
    let row = |kind: &Kind| {
        let inputs = kind.inputs();
        let inputs: Vec<String> = inputs.map(|input| code(input.as_str())).collect();
        vec![code(kind.as_str()), kind.meaning().to_owned(), inputs.join(", ")]
    };
    let about = tables::kinds().about;
    section("Kinds", about, &["kind", "meaning", "inputs"], Kind::ALL.iter().map(row).collect())
}

fn inputs() -> String {
    let row = |input: &InputName| {
        let (input_type, limit) = (input.input_type().as_str(), input.limit().map(code));
        vec![
            code(input.as_str()),
            input_type.to_owned(),
            limit.unwrap_or_default(),
            input.meaning().to_owned(),
        ]
    };
    section(
        "Inputs",
        "The kinds say which of them they take.",
        &["input", "type", "limit", "meaning"],
        InputName::ALL.iter().map(row).collect(),
    )
}

fn limits() -> String {
    let row = |name: &&str| {
        let words = [Limits::meaning(name), Limits::reason(name)];
        let [meaning, reason] = words.map(|words| words.expect("the name is of the table"));
        vec![code(name), default_of(name), meaning.to_owned(), with_links(reason)]
    };
    section(
        "Limits",
        tables::limits().about,
        &["limit", "default", "counts", "why this default"],
        Limits::NAMES.iter().map(row).collect(),
    )
}

/// Names of pages of the rulebook as links to them.
fn with_links(text: &str) -> String {
    ["did-plc.md", "fair.md", "json.md", "keys.md", "pfn.md"]
        .iter()
        .fold(text.to_owned(), |text, page| text.replace(page, &format!("[{page}](rules/{page})")))
}

fn checks() -> String {
    let row = |check: &Check| vec![code(check.as_str()), check.meaning().to_owned()];
    section(
        "Checks",
        "The steps that a report lists, in order.",
        &["check", "checks that"],
        Check::ALL.iter().map(row).collect(),
    )
}

fn report() -> String {
    section(
        "Report",
        "[schema/report.v1.json](../schema/report.v1.json) says the same as JSON Schema. `[]` is an item of an array, `*` a member\n\
         whose name the input chose.",
        &["member", "value", "present", "meaning"],
        report_table::rows(),
    )
}
