//! One plugin that a source offers, as its publisher signed it.

use super::version::Mirror;
use crate::activity::Event;
use crate::database::Value;
use crate::source::{Problem, Source};
use fedverify::pfn::{PluginRecord, VerifiedPlugin};
use fedverify::{Error, Limits, Version};

/// The longest name and description of a plugin, in characters. Both are in every list, a hundred to a page.
pub(super) const MAX_NAME_CHARS: usize = 500;
pub(super) const MAX_DESCRIPTION_CHARS: usize = 5000;

/// A plugin whose metadata its publisher signed.
pub(super) struct Offer<'o> {
    pub(super) source: &'o Source,
    pub(super) plugin: VerifiedPlugin,
    pub(super) number: String,
    pub(super) version: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) tags: Vec<String>,
    pub(super) signature: String,
    pub(super) archive_signature: Option<String>,
    /// The URL of the node where it is; `None` for its publisher's own instance.
    pub(super) peer: Option<&'o str>,
}

impl<'o> Offer<'o> {
    /// What a record offers, if the source's key signed it and its version, its id and its texts can be stored.
    pub(super) fn signed(
        source: &'o Source,
        record: Result<PluginRecord, Error>,
        tags: Vec<String>,
        signatures: (String, Option<String>),
    ) -> Result<Self, Problem> {
        let plugin = record.and_then(|record| record.verify(&source.key, None))?;
        Offer::new(source, plugin, tags, signatures)
    }

    fn new(
        source: &'o Source,
        plugin: VerifiedPlugin,
        tags: Vec<String>,
        (signature, archive_signature): (String, Option<String>),
    ) -> Result<Self, Problem> {
        crate::names::check(&source.username, plugin.id())?;
        let signed = (plugin.version(), plugin.name(), plugin.description());
        let (Some(version), Some(name), Some(description)) = signed else {
            // An empty string in its place is not what was signed.
            let what = "expected a name, a version and a description that are strings, found one that is null or missing";
            return Err(Problem::new("node.record.incomplete", what));
        };
        let [version, name, description] = [version, name, description].map(str::to_owned);
        let number = Version::parse(&version, &Limits::default())
            .map_err(|error| Problem::new("node.version.unusable", error.message()))?
            .number();
        for (what, text, most) in
            [("name", &name, MAX_NAME_CHARS), ("description", &description, MAX_DESCRIPTION_CHARS)]
        {
            let count = text.chars().count();
            if count > most {
                let message = format!("expected a {what} of at most {most} characters, found {count}");
                return Err(Problem::new("node.record.too_long", message));
            }
        }
        Ok(Offer {
            source,
            plugin,
            number,
            version,
            name,
            description,
            tags,
            signature,
            archive_signature,
            peer: None,
        })
    }

    /// The same, from another node; `None` where nothing signs its archive: such archives are taken from their publisher only.
    pub(super) fn of_peer(self, url: &'o str) -> Option<Self> {
        self.archive_signature.is_some().then_some(Offer { peer: Some(url), ..self })
    }

    /// How much of what one source may have here this may fill.
    pub(super) fn most(&self, of_source: u64) -> u64 {
        if self.peer.is_some() { of_other_nodes(of_source) } else { of_source }
    }

    /// Whether the stored version is bound to its bytes by a key that the source had before, and this offer binds none: what is
    /// stored proves more.
    pub(super) fn proves_less_than(&self, mirror: &Mirror) -> bool {
        let is_bound = self.archive_signature.is_none() && mirror.archive_signature.is_some();
        is_bound && !self.source.has_key(&mirror.public_key)
    }

    /// Source, plugin and number: the values that name a version in the database.
    pub(super) fn place(&self) -> [Value; 3] {
        [self.source.id.as_str(), self.plugin.id(), &self.number].map(Value::from)
    }

    /// An event about it.
    pub(super) fn event<'e>(
        &'e self,
        kind: &'static str,
        result: Option<&'static str>,
        reason: Option<&'e str>,
    ) -> Event<'e> {
        Event {
            plugin_id: Some(self.plugin.id()),
            plugin_name: Some(&self.name),
            new_version: Some(&self.version),
            result,
            reason,
            ..Event::of_source(kind, &self.source.id)
        }
    }
}

/// What may be full before nothing is taken from other nodes any more. The rest is for what the publisher itself hands out, so that no
/// node, however many validly signed old versions it lists, keeps the publisher's next one out.
pub(super) fn of_other_nodes(of_source: u64) -> u64 {
    of_source.saturating_sub(of_source / 4)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{KEY, KEY_IN_PEM, OTHER_KEY, SIGNED, offer, source};
    use super::*;
    use crate::fake::{SIGNATURE, version_of};

    const NULL_NAME: &str = r#"{"slug":"a","name":null,"version":"1","short_description":"D","signature":"qTOMx44wOy9rjwh1VvLKyzVnD62FjMamSojfyan11OGLlI5OcXekhPEBvE88JTHYNwOLfpKl2IubLd/YHUeXBw=="}"#;
    const NO_DESCRIPTION: &str = r#"{"slug":"a","name":"N","version":"1","signature":"A5n6PvVqt31YC8LM1Mcwk3T3e8qUSswW7uQZG0BelcCn87vpHc07WKc9i/4SzfeGOO5cCgmWsyxNRJGdG5QpDA=="}"#;
    const NULL_VERSION: &str = r#"{"slug":"a","name":"N","version":null,"short_description":"D","signature":"jbrkxcLSzuVTyNW9cKPwytpOD3lG05LcXPP5Es+YFDHENXn1pcfYfs2BTbwAppNTJ2xTRY9uf7856oEFhV96Bw=="}"#;
    fn offered(record: &str) -> Result<(), String> {
        offer(&source(KEY), record).map(drop).map_err(|problem| problem.code)
    }

    /// Its signature is over `null` or over nothing: stored as an empty string it would verify no more.
    #[test]
    fn what_was_signed_as_null_or_not_at_all_is_no_empty_string() {
        let incomplete = Err("node.record.incomplete".to_owned());
        for record in [NULL_NAME, NO_DESCRIPTION, NULL_VERSION] {
            assert_eq!(offered(record), incomplete, "{record}");
        }
        assert_eq!(offered(SIGNED), Ok(()));
    }

    #[test]
    fn a_binding_by_the_same_key_in_another_spelling_is_replaced() {
        for (registered, stored, is_less) in [
            (KEY, KEY, false),
            (KEY, KEY_IN_PEM, false),
            (KEY_IN_PEM, KEY, false),
            (KEY, OTHER_KEY, true),
            (KEY_IN_PEM, OTHER_KEY, true),
        ] {
            let source = source(registered);
            let mirror = Mirror::stored(&version_of(stored, Some(SIGNATURE))).unwrap();
            assert_eq!(
                offer(&source, SIGNED).unwrap().proves_less_than(&mirror),
                is_less,
                "{registered} {stored}"
            );
        }
    }
}
