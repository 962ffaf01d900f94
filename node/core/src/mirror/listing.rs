//! What an author-data document has beside what is signed: tags, signatures as they are, and words about the author. Core has
//! read the same bytes before and refused what two readers could take for two documents.

use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The longest text about an author or tag that is repeated, in characters.
const MAX_TEXT_CHARS: usize = 200;

/// The most tags of a plugin that count.
const MAX_TAGS: usize = 50;

/// The parts of the document that core does not look at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Listing {
    username: Json,
    member_since: Json,
    website: Json,
    github: Json,
    twitter: Json,
    pub(super) plugins: Vec<Extra>,
}

/// Those of one plugin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    tags: Json,
    signature: Json,
    archive_signature: Json,
}

impl Listing {
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| error.to_string())
    }

    /// The author, in the shape of the original's answer.
    pub(super) fn author(&self) -> Json {
        json!({
            "username": text(&self.username), "memberSince": text(&self.member_since), "website": text(&self.website),
            "github": text(&self.github), "twitter": text(&self.twitter),
        })
    }
}

impl Extra {
    /// The tags: the values of an object, or the items of a list.
    pub(super) fn tags(&self) -> Vec<String> {
        let values: Vec<&Json> = match &self.tags {
            Json::Object(tags) => tags.values().collect(),
            Json::Array(tags) => tags.iter().collect(),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Vec::new(),
        };
        values.into_iter().filter_map(text).take(MAX_TAGS).collect()
    }

    /// The metadata signature as it was served.
    pub(super) fn signature(&self) -> Option<String> {
        text(&self.signature)
    }

    /// The signature over the archive, which this project adds to the network. Whatever is there is for core to judge: one
    /// that is no signature is not the same as none.
    pub(super) fn archive_signature(&self) -> Option<String> {
        match &self.archive_signature {
            Json::Null => None,
            Json::String(signature) => Some(signature.clone()),
            other @ (Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_)) => {
                Some(other.to_string())
            }
        }
    }
}

/// A string of bounded length; nothing rests on any other value.
fn text(value: &Json) -> Option<String> {
    value.as_str().filter(|text| text.chars().count() <= MAX_TEXT_CHARS).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_signature_that_is_none_is_still_given() {
        let given = |json: &str| serde_json::from_str::<Extra>(json).unwrap().archive_signature();
        assert_eq!([given("{}"), given(r#"{"archive_signature":null}"#)], [None, None]);
        for wrong in ["7", "\"\"", "[\"x\"]", &format!("\"{}\"", "A".repeat(201))] {
            assert!(given(&format!(r#"{{"archive_signature":{wrong}}}"#)).is_some(), "{wrong}");
        }
    }

    #[test]
    fn tags_are_what_publishers_serve() {
        let tags = |json: &str| serde_json::from_str::<Extra>(json).map(|extra| extra.tags()).map_err(drop);
        let of = |texts: &[&str]| Ok(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(tags(r#"{"tags":{"a":"x","b":"y"}}"#), of(&["x", "y"]));
        assert_eq!(tags(r#"{"tags":["x",1,null,["y"]]}"#), of(&["x"]));
        for none in [r#"{}"#, r#"{"tags":null}"#, r#"{"tags":"x"}"#, r#"{"tags":7}"#] {
            assert_eq!(tags(none), of(&[]), "{none}");
        }
        let many = format!(r#"{{"tags":["{}","t"{}]}}"#, "x".repeat(201), r#","t""#.repeat(99));
        assert_eq!(tags(&many).map(|tags| tags.len()), Ok(MAX_TAGS));
    }
}
