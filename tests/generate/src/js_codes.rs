//! `wasm/js/src/codes.js` and `wasm/js/types/codes.d.ts`: the stable strings as constants and types, and the limits.

use crate::BANNER;
use crate::language::{default_of, pascal};
use crate::tables::{self, Table};
use fedverify::{Code, Limits};

/// Makes constants of their values, in fewer bytes than names and values written out.
const NAMED: &str = "
/** An object with a constant for each string: `PlcLogBare` for `plc.log.bare`. */
const named = (...values) => {
  const name = (value) => value.replace(/(?:^|[._-])(.)/g, (_, letter) => letter.toUpperCase());
  return Object.freeze(Object.fromEntries(values.map((value) => [name(value), value])));
};
";

/// What programs compare with has constants, and a type of the same name.
fn constants() -> [Table; 5] {
    [tables::errors(), tables::warnings(), tables::checks(), tables::kinds(), tables::limits()]
}

/// What has only a type.
fn unions() -> impl Iterator<Item = Table> {
    let constants = constants().map(|table| table.name);
    tables::all().into_iter().filter(move |table| !constants.contains(&table.name))
}

/// `codes.js`.
pub(crate) fn module() -> String {
    let constants = constants().map(|Table { name, entries, .. }| {
        let values = entries.iter().map(|entry| format!("  '{}',\n", entry.value));
        format!("\nexport const {name} = named(\n{});\n", values.collect::<String>())
    });
    format!("// {BANNER}\n{NAMED}{}{}{}", constants.concat(), default_limits(), limit_meanings())
}

fn default_limits() -> String {
    let limits = Limits::default();
    let members = Limits::NAMES.iter().map(|name| {
        let value = limits.get(name).expect("the name is of the table");
        format!("  {name}: {value},\n")
    });
    format!("\nexport const defaultLimits = Object.freeze({{\n{}}});\n", members.collect::<String>())
}

fn limit_meanings() -> String {
    let members = tables::limits().entries.into_iter().map(|entry| {
        let meaning = serde_json::to_string(&entry.meaning).expect("any string can be written");
        format!("  {}: {meaning},\n", entry.value)
    });
    format!("\nexport const limitMeanings = Object.freeze({{\n{}}});\n", members.collect::<String>())
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
        "\n/** {about} */\nexport interface Limits {{\n{members}}}\n\n\
         /** The limits that hold where a call gives none. */\n\
         export declare const defaultLimits: Readonly<Required<Limits>>;\n\n\
         /** What each limit counts, in one line. */\n\
         export declare const limitMeanings: Readonly<Record<LimitName, string>>;\n"
    )
}
