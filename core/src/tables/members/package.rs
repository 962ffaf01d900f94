//! What a report has of a release and of bytes.

use super::JsonType::{Array, Boolean, OneOf, Text, Whole};
use super::{Form, JsonType, Object, STRING, STRINGS, always, when, with};
use crate::tables::forms::{PackageType, SignatureForm};

pub(super) static RELEASE: Object = Object {
    name: "ReleaseFacts",
    meaning: "A release that is tied to its identity.",
    members: &[
        always("version", STRING, "The version, as the metadata document writes it."),
        always("type", OneOf("PackageType", PackageType::NAMES), "The type of the package."),
        always("repository", STRING, "The URL from which the identity says its metadata document is served."),
        when("the bytes were verified", "artifact", STRING, "The URL of the artifact that the bytes match."),
        when(
            "the bytes were not verified",
            "artifacts",
            Array(&JsonType::Object(&ARTIFACT)),
            "The well-formed package artifacts of the release, in the order of the document.",
        ),
        with(
            "artifacts",
            "versions",
            STRINGS,
            "The versions of all well-formed releases, in the order of the document.",
        ),
    ],
};

static ARTIFACT: Object = Object {
    name: "ArtifactFacts",
    meaning: "An installable file, as the metadata document describes it: a claim, until the bytes are verified.",
    members: &[
        always("url", STRING, "Where the file is available. Any string."),
        when("the document gives one", "contentType", STRING, "The media type."),
        when("the document gives one", "checksum", STRING, "The checksum, as it is written there."),
        always("releaseAsset", Boolean, "Whether the host must be asked for `application/octet-stream`."),
        always("requiresAuth", Boolean, "Whether the host wants credentials."),
    ],
};

pub(super) static PACKAGE: Object = Object {
    name: "PackageFacts",
    meaning: "The bytes of a package or an archive, and who signed them.",
    members: &[
        always("size", Whole(0), "The number of bytes."),
        always("sha256", Text(Form::Sha256), "The SHA-256 digest of the bytes."),
        always("sha384", Text(Form::Sha384), "The SHA-384 digest of the bytes."),
        when(
            "a key of a FAIR identity signed the bytes",
            "keyId",
            STRING,
            "The id of the verification method that signed.",
        ),
        when("the bytes are signed", "key", Text(Form::DidKey), "The key that signed the bytes."),
        with("key", "algorithm", OneOf("SignatureForm", SignatureForm::NAMES), "The form of the signature."),
    ],
};
