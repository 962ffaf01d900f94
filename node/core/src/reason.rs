//! Why another server refuses, in its own words.

use fedverify::quote;
use serde_json::Value as Json;

/// How much of a refusal is read for its reason, in bytes.
pub const MAX_REASON_BYTES: usize = 4096;

/// The reason in the body of a refusal, quoted: publishers send a string `error`, some `message`.
pub fn reason(body: &[u8]) -> Option<String> {
    let body: Json = serde_json::from_slice(body).ok()?;
    let said = ["error", "message"].into_iter().find_map(|name| body.get(name)?.as_str());
    said.map(str::trim).filter(|said| !said.is_empty()).map(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_quoted_bounded_and_harmless() {
        let of = |body: &str| reason(body.as_bytes());
        assert_eq!(of(r#"{"error": " no such user "}"#).as_deref(), Some(r#""no such user""#));
        assert_eq!(of(r#"{"error": {"code": 1}, "message": "x"}"#).as_deref(), Some(r#""x""#));
        assert_eq!(of("{\"error\": \"\\u001b[2J\\u202e\\n\"}").as_deref(), Some(r#""\u{1b}[2J\u{202e}""#));
        let long = of(&format!(r#"{{"error": "{}"}}"#, "x".repeat(500))).unwrap();
        assert_eq!(long, format!("\"{}\"…", "x".repeat(80)));
        for nothing in
            ["", "no such user", "{}", "[]", "7", r#"{"error": 7}"#, r#"{"error": " "}"#, r#"{"error": "cut"#]
        {
            assert_eq!(of(nothing), None, "{nothing}");
        }
    }
}
