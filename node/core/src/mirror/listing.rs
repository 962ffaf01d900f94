//! What an author-data document has beside what is signed: tags, signatures as they are, and words about the author. Core has
//! read the same bytes before and refused what two readers could take for two documents.

use super::values::{Given, Tags, Text};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The parts of the document that core does not look at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Listing {
    username: Text,
    member_since: Text,
    website: Text,
    github: Text,
    twitter: Text,
    pub(super) plugins: Vec<Extra>,
}

/// Those of one plugin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    /// The values of an object, or the items of a list.
    pub(super) tags: Tags,
    /// The metadata signature as it was served.
    pub(super) signature: Text,
    /// The signature over the archive, which this project adds to the network. Whatever is there is for core to judge: one
    /// that is no signature is not the same as none.
    pub(super) archive_signature: Given,
}

impl Listing {
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| error.to_string())
    }

    /// The author, in the shape of the original's response.
    pub(super) fn author(&self) -> Json {
        json!({
            "username": self.username.0, "memberSince": self.member_since.0, "website": self.website.0,
            "github": self.github.0, "twitter": self.twitter.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::values::MAX_TAGS;
    use super::*;

    #[test]
    fn an_archive_signature_that_is_none_is_still_given() {
        let given = |json: &str| serde_json::from_str::<Extra>(json).unwrap().archive_signature.0;
        assert_eq!([given("{}"), given(r#"{"archive_signature":null}"#)], [None, None]);
        for wrong in ["7", "\"\"", "[\"x\"]", &format!("\"{}\"", "A".repeat(201))] {
            assert!(given(&format!(r#"{{"archive_signature":{wrong}}}"#)).is_some(), "{wrong}");
        }
    }

    #[test]
    fn tags_are_what_publishers_serve() {
        let tags = |json: &str| serde_json::from_str::<Extra>(json).map(|extra| extra.tags.0).map_err(drop);
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
