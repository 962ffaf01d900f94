//! What a federation source lists for an author, and which of it the author signed.

use super::step_details::counted;
use crate::error::Error;
use crate::pfn::{AuthorData, PluginRecord, VerifiedPlugin};
use crate::tables::Code;
use serde::Serialize;

/// What a federation source lists for an author, and which of it the author signed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuthorFacts {
    username: String,
    plugins: Vec<ListedPlugin>,
}

/// One plugin of the list.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum ListedPlugin {
    /// No key was given to check the signature with.
    Unchecked { id: String, unchecked: bool },
    /// The code is null where the author signed it.
    Checked { id: String, code: Option<Code> },
}

impl AuthorFacts {
    /// Of a list that was read without a key.
    pub(crate) fn unchecked(author: &AuthorData) -> Self {
        let plugins = author.plugins().iter().map(unchecked).collect();
        AuthorFacts { username: author.username().to_owned(), plugins }
    }

    /// Of a list with what became of each of its plugins.
    pub(crate) fn checked(author: &AuthorData, outcomes: &[(String, Result<VerifiedPlugin, Error>)]) -> Self {
        let code = |outcome: &Result<VerifiedPlugin, Error>| outcome.as_ref().err().map(Error::code);
        let checked =
            |(id, outcome): &(String, _)| ListedPlugin::Checked { id: id.clone(), code: code(outcome) };
        let plugins = outcomes.iter().map(checked).collect();
        AuthorFacts { username: author.username().to_owned(), plugins }
    }

    /// How many plugins of the list the author signed.
    fn signed(&self) -> usize {
        let is_signed = |plugin: &&ListedPlugin| matches!(plugin, ListedPlugin::Checked { code: None, .. });
        self.plugins.iter().filter(is_signed).count()
    }

    /// Whether the author signed a plugin of the list.
    pub(crate) fn has_signed_plugin(&self) -> bool {
        self.signed() > 0
    }

    /// How many plugins of the list the author signed, for people.
    pub(crate) fn signed_of_all(&self) -> String {
        format!("{} of {}", self.signed(), counted(self.plugins.len(), "plugin"))
    }

    /// What is listed, for people.
    pub(super) fn subject(&self) -> String {
        if self.has_signed_plugin() {
            self.signed_of_all()
        } else {
            format!("a list of {}, none verified", counted(self.plugins.len(), "plugin"))
        }
    }
}

fn unchecked((id, record): &(String, Result<PluginRecord, Error>)) -> ListedPlugin {
    match record {
        Ok(_) => ListedPlugin::Unchecked { id: id.clone(), unchecked: true },
        Err(error) => ListedPlugin::Checked { id: id.clone(), code: Some(error.code()) },
    }
}
