//! What a report has of the Plugin Federation Network, and of keys.

use super::JsonType::{Array, Nullable, OneOf, Text, True};
use super::{CODE, Form, JsonType, Object, STRING, STRINGS, always, when};

pub(super) static PLUGIN: Object = Object {
    name: "PluginFacts",
    meaning: "The strings of a plugin record that the publisher signed.",
    members: &[
        always("id", STRING, "The id of the plugin."),
        when("the name is signed", "name", STRING, "The name of the plugin."),
        when("the version is signed", "version", STRING, "The version of the plugin."),
        when("the description is signed", "description", STRING, "The short description of the plugin."),
    ],
};

pub(super) static FEDERATION: Object = Object {
    name: "FederationFacts",
    meaning: "What a federation source says of itself. No signature covers this.",
    members: &[
        always("version", STRING, "The version of the protocol."),
        always("features", STRINGS, "What the source offers."),
        always("domain", STRING, "The URL under which the source serves archives."),
        always("namingScheme", STRING, "How the URL of an archive follows from author and slug."),
    ],
};

pub(super) static AUTHOR: Object = Object {
    name: "AuthorFacts",
    meaning: "What a federation source lists for an author, and which of it the author signed.",
    members: &[
        always("username", STRING, "The author's user name at the source."),
        always("plugins", Array(&JsonType::Object(&LISTED_PLUGIN)), "The plugins that the source lists."),
    ],
};

static LISTED_PLUGIN: Object = Object {
    name: "ListedPlugin",
    meaning: "A plugin that a federation source lists for an author.",
    members: &[
        always("id", STRING, "The slug of the plugin, or `plugins[<index>]` if it has none."),
        when(
            "no key was given and the record is well-formed",
            "unchecked",
            True,
            "The signature was not checked.",
        ),
        when(
            "a key was given or the record is malformed",
            "code",
            Nullable(&CODE),
            "Why the plugin is not the author's; null where the author signed it.",
        ),
    ],
};

pub(super) static KEY: Object = Object {
    name: "KeyFacts",
    meaning: "A public key.",
    members: &[
        always("type", OneOf("KeyType", &["Ed25519", "secp256k1", "P-256"]), "The type of the key."),
        always("didKey", Text(Form::DidKey), "The key as a did:key."),
        always("multibase", Text(Form::Multibase), "The key in multibase."),
    ],
};
