//! `wasm/js/src/codes.js` and `wasm/js/types/codes.d.ts`: the stable strings as constants and types, and the limits.

use crate::BANNER;
use crate::language::{default_of, pascal};
use crate::tables::{self, Table};
use fedverify::Code;

/// What programs compare with has constants, and a type of the same name.
fn constants() -> [Table; 4] {
    [tables::errors(), tables::warnings(), tables::checks(), tables::kinds()]
}

/// What has only a type. The limits have one of their own.
fn unions() -> impl Iterator<Item = Table> {
    let constants = constants().map(|table| table.name);
    tables::all()
        .into_iter()
        .filter(move |table| !constants.contains(&table.name) && table.name != "LimitName")
}

/// `codes.js`.
pub(crate) fn module() -> String {
    let constants = constants().map(|Table { name, entries, .. }| {
        let members = entries.iter().map(|entry| format!("  {}: '{}',\n", pascal(entry.value), entry.value));
        format!("\nexport const {name} = Object.freeze({{\n{}}});\n", members.collect::<String>())
    });
    format!("// {BANNER}\n{}", constants.concat())
}

/// `codes.d.ts`.
pub(crate) fn types() -> String {
    let unions = unions().map(union).collect::<String>();
    format!("// {BANNER}\n{}{unions}{}", constants().map(constant).concat(), limits())
}

fn constant(table: Table) -> String {
    let Table { name, about, entries, .. } = table;
    let members = entries.iter().map(|entry| {
        let (value, meaning) = (entry.value, &entry.meaning);
        let more = value.parse::<Code>().map(|code| format!(" {} Number {}.", code.remedy(), code.number()));
        let more = more.unwrap_or_default();
        format!("  /** {meaning}{more} */\n  readonly {}: '{value}';\n", pascal(value))
    });
    let members = members.collect::<String>();
    format!(
        "\n/** {about} */\nexport declare const {name}: {{\n{members}}};\n\
         export type {name} = (typeof {name})[keyof typeof {name}];\n"
    )
}

fn union(table: Table) -> String {
    let Table { name, about, entries, .. } = table;
    let meanings = entries.iter().map(|entry| format!(" * - `{}`: {}\n", entry.value, entry.meaning));
    let values = entries.iter().map(|entry| format!("'{}'", entry.value)).collect::<Vec<_>>().join(" | ");
    format!("\n/**\n * {about}\n *\n{} */\nexport type {name} = {values};\n", meanings.collect::<String>())
}

fn limits() -> String {
    let Table { about, entries, .. } = tables::limits();
    let members = entries.iter().map(|entry| {
        let (name, meaning, default) = (entry.value, &entry.meaning, default_of(entry.value));
        format!("  /** {meaning} Default: {default}. */\n  readonly {name}?: number;\n")
    });
    let members = members.collect::<String>();
    format!(
        "\n/** {about} */\nexport interface Limits {{\n{members}}}\n\
         export type LimitName = keyof Limits;\n"
    )
}
