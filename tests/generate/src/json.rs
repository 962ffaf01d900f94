//! JSON whose members keep their order, written so that people can read it.

/// A value longer than this is written over several lines.
const LINE: usize = 110;

/// A JSON value.
pub(crate) enum Json {
    Text(String),
    Whole(u64),
    Bool(bool),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: &str) -> Self {
        Json::Text(text.to_owned())
    }

    pub(crate) fn texts(texts: &[&str]) -> Self {
        Json::List(texts.iter().map(|text| Json::text(text)).collect())
    }

    pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The object with one more member at its start.
    pub(crate) fn starting_with(self, name: &str, value: Json) -> Self {
        let Json::Object(mut members) = self else { panic!("only an object has members") };
        members.insert(0, (name.to_owned(), value));
        Json::Object(members)
    }

    /// The value as a document.
    pub(crate) fn document(&self) -> String {
        self.written(0) + "\n"
    }

    /// The value on one line if it fits, else one item or member on a line.
    fn written(&self, depth: usize) -> String {
        let line = self.line();
        if depth > 0 && 2 * depth + line.len() <= LINE {
            return line;
        }
        let inner = |value: &Json| value.written(depth + 1);
        match self {
            Json::List(items) => over_lines('[', items.iter().map(inner), ']', depth),
            Json::Object(members) => {
                let member = |(name, value): &(String, Json)| format!("{}: {}", quoted(name), inner(value));
                over_lines('{', members.iter().map(member), '}', depth)
            }
            Json::Text(_) | Json::Whole(_) | Json::Bool(_) => line,
        }
    }

    fn line(&self) -> String {
        match self {
            Json::Text(text) => quoted(text),
            Json::Whole(number) => number.to_string(),
            Json::Bool(is_true) => is_true.to_string(),
            Json::List(items) => {
                format!("[{}]", items.iter().map(Json::line).collect::<Vec<_>>().join(", "))
            }
            Json::Object(members) => {
                let member = |(name, value): &(String, Json)| format!("{}: {}", quoted(name), value.line());
                format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn over_lines(open: char, parts: impl Iterator<Item = String>, close: char, depth: usize) -> String {
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    let parts: Vec<String> = parts.map(|part| format!("{inner}{part}")).collect();
    format!("{open}\n{}\n{outer}{close}", parts.join(",\n"))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string can be written")
}
