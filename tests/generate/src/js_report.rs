//! `wasm/js/types/report.d.ts`: the report and everything in it, as TypeScript.

use crate::BANNER;
use crate::language::present_if;
use crate::tables;
use fedverify::tables::members::{JsonType, Member, Object, Presence, REPORT};
use std::collections::BTreeSet;

/// `report.d.ts`.
pub(crate) fn types() -> String {
    let mut writer = Writer::default();
    writer.object(&REPORT);
    let imports = writer.imports.iter().map(|name| format!("  {name},\n")).collect::<String>();
    format!("// {BANNER}\n\nimport type {{\n{imports}}} from './codes.js';\n{}", writer.declarations)
}

/// Declares each object once, in the order in which it is met.
#[derive(Default)]
struct Writer {
    declarations: String,
    declared: BTreeSet<&'static str>,
    /// What `codes.d.ts` declares.
    imports: BTreeSet<&'static str>,
}

impl Writer {
    fn object(&mut self, object: &Object) {
        if !self.declared.insert(object.name) {
            return;
        }
        let members = object.members.iter().map(|member| self.member(member)).collect::<String>();
        let Object { name, meaning, .. } = object;
        self.declarations += &format!("\n/** {meaning} */\nexport interface {name} {{\n{members}}}\n");
        object.members.iter().for_each(|member| self.objects_in(&member.value));
    }

    fn objects_in(&mut self, value: &JsonType) {
        match (value, value.inner()) {
            (JsonType::Object(object), _) => self.object(object),
            (_, Some(inner)) => self.objects_in(inner),
            (_, None) => {}
        }
    }

    fn member(&mut self, member: &Member) -> String {
        let Member { name, value, presence, meaning } = member;
        let optional = if *presence == Presence::Always { "" } else { "?" };
        let (condition, value) = (present_if(*presence), self.value(value));
        format!("  /** {meaning}{condition} */\n  readonly {name}{optional}: {value};\n")
    }

    fn value(&mut self, value: &JsonType) -> String {
        match value {
            JsonType::Exactly(text) => format!("'{text}'"),
            JsonType::OneOf(name, names) => self.one_of(name, names),
            JsonType::Text(_) => "string".to_owned(),
            JsonType::Whole(_) => "number".to_owned(),
            JsonType::Boolean => "boolean".to_owned(),
            JsonType::True => "true".to_owned(),
            JsonType::Foreign => "object".to_owned(),
            JsonType::Object(object) => object.name.to_owned(),
            JsonType::Array(item) | JsonType::NonEmpty(item) => {
                let item = self.value(item);
                if item.contains(' ') { format!("readonly ({item})[]") } else { format!("readonly {item}[]") }
            }
            JsonType::Map(item) => format!("Readonly<Record<string, {}>>", self.value(item)),
            JsonType::Nullable(other) => format!("{} | null", self.value(other)),
        }
    }

    /// `codes.d.ts` has the names of core's tables; what is no table is written out.
    fn one_of(&mut self, name: &'static str, names: &[&str]) -> String {
        if tables::all().iter().any(|table| table.name == name) {
            self.imports.insert(name);
            return name.to_owned();
        }
        names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(" | ")
    }
}
