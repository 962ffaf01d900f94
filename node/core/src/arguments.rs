//! What a request says: its JSON body, or its query.

use crate::http::Request;
use crate::refusal::Refusal;
use fedverify::quote;
use serde::de::DeserializeOwned;

/// The most members of a query or a form.
const MAX_MEMBERS: usize = 16;

/// The largest offset into a list: SQLite counts all rows before it.
pub(crate) const MAX_OFFSET: u64 = 1_000_000;

/// The body as this type, which refuses members that it does not know.
pub(crate) fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Refusal> {
    serde_json::from_slice(&request.body).map_err(|error| {
        let what = fedverify::printable(&error.to_string());
        Refusal::bad(format!("expected a JSON body as /openapi.json describes it: {what}"))
    })
}

/// The members of a form, each there once.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// The body of a request as a form.
    pub(crate) fn parse(request: &Request) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(&request.body).map_err(|_| Refusal::bad("the form is not UTF-8"))?;
        Form::read(text)
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let mut members: Vec<(String, String)> = Vec::new();
        for member in text.split('&').filter(|member| !member.is_empty()) {
            let (name, value) = member.split_once('=').unwrap_or((member, ""));
            let decoded = decode(name).zip(decode(value));
            let (name, value) = decoded.ok_or_else(|| Refusal::bad("expected percent-encoded UTF-8"))?;
            if members.iter().any(|(other, _)| *other == name) {
                return Err(Refusal::bad(format!("{} is there twice", quote(&name))));
            }
            if members.len() >= MAX_MEMBERS {
                return Err(Refusal::bad(format!("expected at most {MAX_MEMBERS} members")));
            }
            members.push((name, value));
        }
        Ok(Form(members))
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.optional(name).ok_or_else(|| Refusal::bad(format!("the member {name} is missing")))
    }
}

/// The members of a query, each known and there once.
pub(crate) struct Query(Form);

impl Query {
    pub(crate) fn parse(request: &Request, known: &[&str]) -> Result<Self, Refusal> {
        let form = Form::read(&request.query)?;
        if let Some((name, _)) = form.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            let message = format!("expected the query members {}, found {}", known.join(", "), quote(name));
            return Err(Refusal::bad(message));
        }
        Ok(Query(form))
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0.optional(name)
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.0.required(name)
    }

    /// A whole number up to `most`; `usual` if the request has none.
    pub(crate) fn number(&self, name: &str, usual: u64, most: u64) -> Result<u64, Refusal> {
        let Some(text) = self.optional(name) else { return Ok(usual) };
        let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| is_decimal && *number <= most);
        number.ok_or_else(|| Refusal::bad(format!("expected {name} from 0 to {most}, found {}", quote(text))))
    }
}

/// Percent-decoding as forms do it; `None` for what is not encoded so.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| {
                    char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
                };
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                high << 4 | low
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(query: &str) -> Result<Query, Refusal> {
        Query::parse(&Request { query: query.to_owned(), ..Request::default() }, &["a", "n"])
    }

    #[test]
    fn a_query_is_decoded_known_and_unambiguous() {
        assert_eq!(query("a=x%40y+%c3%A9&n=").unwrap().optional("a"), Some("x@y é"));
        for wrong in ["a=1&a=2", "b=1", "a=%", "a=%4", "a=%zz", "a=%ff", "%61=1&a=1"] {
            assert!(query(wrong).is_err(), "{wrong}");
        }
        assert!(query("").unwrap().required("a").is_err());
    }

    #[test]
    fn numbers_are_whole_and_bounded() {
        let number = |text: &str| query(text).unwrap().number("n", 20, 100).ok();
        assert_eq!([number(""), number("n=0"), number("n=100")], [Some(20), Some(0), Some(100)]);
        for wrong in ["n=", "n=101", "n=-1", "n=1.5", "n=%2B1", "n=99999999999999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_form_has_so_many_members() {
        let form = |count: usize| {
            let body = (0..count).map(|number| format!("a{number}=&")).collect::<String>().into_bytes();
            Form::parse(&Request { body, ..Request::default() }).is_ok()
        };
        assert!(form(MAX_MEMBERS) && !form(MAX_MEMBERS + 1));
    }
}
