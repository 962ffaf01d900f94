//! What a report tells of the Plugin Federation Network, and of keys.

use crate::key::PublicKey;
use crate::pfn::{FederationInfo, VerifiedPlugin};
use crate::quote::quote;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyFacts {
    #[serde(rename = "type")]
    pub(super) key_type: String,
    pub(super) did_key: String,
    multibase: String,
}

impl KeyFacts {
    pub(crate) fn new(key: &PublicKey) -> Self {
        KeyFacts {
            key_type: key.key_type().to_string(),
            did_key: key.to_did_key(),
            multibase: key.to_multibase(),
        }
    }
}

/// The strings that a publisher signed; what was not signed is absent.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PluginFacts {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl PluginFacts {
    pub(crate) fn new(plugin: &VerifiedPlugin) -> Self {
        PluginFacts {
            id: plugin.id().to_owned(),
            name: plugin.name().map(str::to_owned),
            version: plugin.version().map(str::to_owned),
            description: plugin.description().map(str::to_owned),
        }
    }

    /// Which plugin it is, for people.
    pub(super) fn subject(&self) -> String {
        let version = self.version.as_ref().map(|version| format!(" {}", quote(version)));
        format!("{}{}", quote(&self.id), version.unwrap_or_default())
    }
}

/// What a federation source says of itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FederationFacts {
    version: String,
    features: Vec<String>,
    domain: String,
    naming_scheme: String,
}

impl FederationFacts {
    pub(crate) fn new(info: &FederationInfo) -> Self {
        FederationFacts {
            version: info.version().to_owned(),
            features: info.features().to_vec(),
            domain: info.domain().to_owned(),
            naming_scheme: info.naming_scheme().to_owned(),
        }
    }

    /// Which source it is, for people: the domain was not checked.
    pub(super) fn subject(&self) -> String {
        format!("federation-info of {}", quote(&self.domain))
    }
}
