//! What the C header has of core's tables: constants by whose names the compiler finds a typo.

use crate::language::{default_of, upper_snake};
use crate::tables::{self, Entry, Table};
use fedverify::Code;
use fedverify::tables::{InputName, Kind, Verdict};

/// The sections, each with its title.
pub(crate) fn sections() -> [(&'static str, String); 8] {
    [
        ("Codes of errors, as statuses", codes()),
        ("Verdicts", verdicts()),
        ("Kinds of verifications", strings("KIND", tables::kinds(), |_| String::new())),
        ("Inputs of requests", strings("REQUEST_INPUT", tables::inputs(), |input| taken_by(input.value))),
        (
            "Limits",
            strings("LIMIT", tables::limits(), |limit| format!(" Default: {}.", default_of(limit.value))),
        ),
        ("What a verdict rests on", strings("TRUST", tables::trust(), |_| String::new())),
        ("Codes of warnings", strings("WARNING", tables::warnings(), |_| String::new())),
        ("Steps of verifications", strings("CHECK", tables::checks(), |_| String::new())),
    ]
}

fn codes() -> String {
    let define = |code: &Code| {
        let (name, number, meaning) = (upper_snake(code.as_str()), code.number(), code.meaning());
        format!("\n/** {code}: {meaning} */\n#define FEDVERIFY_{name} {number}\n")
    };
    Code::ALL.iter().map(define).collect()
}

fn verdicts() -> String {
    let define = |(number, verdict): (i32, &Verdict)| {
        let (name, meaning) = (upper_snake(verdict.as_str()), verdict.meaning());
        format!("\n/** {meaning} */\n#define FEDVERIFY_VERDICT_{name} {number}\n")
    };
    (1..).zip(Verdict::ALL).map(define).collect()
}

/// The strings of a table, each with its meaning and what more there is to say.
fn strings(prefix: &str, table: Table, more: fn(&Entry) -> String) -> String {
    let define = |entry: &Entry| {
        let (name, value, meaning) = (upper_snake(entry.value), entry.value, &entry.meaning);
        format!("\n/** {meaning}{} */\n#define FEDVERIFY_{prefix}_{name} \"{value}\"\n", more(entry))
    };
    table.entries.iter().map(define).collect()
}

/// What an input is, and the kinds that take it.
fn taken_by(input: &str) -> String {
    let input = InputName::from_name(input).expect("the name is of the table");
    let kinds = Kind::ALL.iter().filter(|kind| kind.takes(input)).map(|kind| kind.as_str());
    format!(" A {} input of {}.", input.input_type().as_str(), kinds.collect::<Vec<_>>().join(", "))
}
