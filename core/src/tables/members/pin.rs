//! The members of a pin.

use super::JsonType::{Boolean, Exactly, Map, NonEmpty, Text, Whole};
use super::{CID, Form, JsonType, Object, PIN_SCHEMA, always, when};

pub(super) static PIN: Object = Object {
    name: "Pin",
    meaning: "What a verifier remembers of an identity. Keep it as JSON, unchanged (did-plc.md, \"Pins\").",
    members: &[
        always("schema", Exactly(PIN_SCHEMA), "Names the format."),
        always("did", Text(Form::Did), "The DID that the pin is about."),
        always("head", CID, "The CID of the last operation that was seen and is not nullified."),
        always("lastVisit", Whole(0), "When the log was last verified, in seconds since 1970."),
        always("log", JsonType::Object(&PINNED_LOG), "The log, as it was last served."),
        always(
            "operations",
            NonEmpty(&JsonType::Object(&PINNED_OPERATION)),
            "Every operation that was ever seen.",
        ),
        always(
            "releases",
            Map(&NonEmpty(&JsonType::Object(&PINNED_PACKAGE))),
            "Every package that was ever verified, by the number of its version.",
        ),
        always("sha256", Text(Form::Sha256), "A digest over every fact, so that a damaged pin is noticed."),
    ],
};

static PINNED_LOG: Object = Object {
    name: "PinnedLog",
    meaning: "The string of a log, up to the end of its last entry.",
    members: &[
        always("bytes", Whole(0), "Its length in bytes."),
        always("sha256", Text(Form::Sha256), "Its SHA-256 digest."),
        always("operations", Whole(0), "How many operations of the pin, from the first on, are in it."),
    ],
};

static PINNED_OPERATION: Object = Object {
    name: "PinnedOperation",
    meaning: "An operation that was seen.",
    members: &[
        always("cid", CID, "The CID of the operation."),
        always("signer", Whole(0), "The index of the rotation key that signed."),
        always("size", Whole(1), "The bytes of its DAG-CBOR."),
        always("firstSeen", Whole(0), "When this verifier first saw it, in seconds since 1970."),
        when(
            "a log with times was seen",
            "createdAt",
            Whole(0),
            "When the directory first said that it accepted it, in seconds since 1970.",
        ),
        always("nullified", Boolean, "Whether a recovery undid it."),
    ],
};

static PINNED_PACKAGE: Object = Object {
    name: "PinnedPackage",
    meaning: "A package that was verified.",
    members: &[
        always("sha256", Text(Form::Sha256), "The SHA-256 digest of its bytes."),
        always("sha384", Text(Form::Sha384), "The SHA-384 digest of its bytes."),
    ],
};
