//! The members of a report and of the pin in it. The JSON Schema, the TypeScript and PHP types and the documents are written
//! from here; `report/` and `pin/json.rs` write the members themselves, and a test compares.

use super::checks::Check;
use super::codes::Code;
use super::forms::{OperationType, PackageType, SignatureForm};
use super::history::{ChangeKind, Gravity, StatePart};
use super::kinds::{Kind, Outcome, Trust, Verdict};
use super::limits::Limits;
use super::warnings::WarningCode;
use JsonType::{Array, Boolean, Exactly, Foreign, Map, NonEmpty, Nullable, OneOf, Text, True, Whole};

/// Names the format of the report. It changes when a member changes its meaning or goes away, not when one is added.
pub const REPORT_SCHEMA: &str = "fedverify/report/v1";

/// Names the format of the pin. Another format is refused: a verifier that does not understand what it remembers remembers
/// nothing.
pub const PIN_SCHEMA: &str = "fedverify/pin/v2";

/// An object of the report.
#[derive(Debug)]
pub struct Object {
    /// Its name, as types of other languages have it.
    pub name: &'static str,
    /// What it tells, in one line.
    pub meaning: &'static str,
    /// Its members, in their order. It has no others.
    pub members: &'static [Member],
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub value: JsonType,
    /// When the object has it.
    pub presence: Presence,
    /// What it tells, in one line.
    pub meaning: &'static str,
}

/// When an object has a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Always,
    /// On this condition, a clause.
    When(&'static str),
    /// Where it has the other member of this name, and only there.
    With(&'static str),
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum JsonType {
    /// This string.
    Exactly(&'static str),
    /// A string of a table, which has this name.
    OneOf(&'static str, &'static [&'static str]),
    /// A string of this form.
    Text(Form),
    /// A whole number that is at least this.
    Whole(u64),
    /// True or false.
    Boolean,
    /// True.
    True,
    /// An object.
    Object(&'static Object),
    /// An object that another specification describes.
    Foreign,
    /// An array of such values.
    Array(&'static JsonType),
    /// An array of such values that is not empty.
    NonEmpty(&'static JsonType),
    /// An object whose members have names that the input chose, and such values.
    Map(&'static JsonType),
    /// Such a value, or null.
    Nullable(&'static JsonType),
}

impl JsonType {
    /// What the items of an array, the members of a map, or the value that is not null are.
    pub const fn inner(&self) -> Option<&'static JsonType> {
        match self {
            Array(inner) | NonEmpty(inner) | Map(inner) | Nullable(inner) => Some(inner),
            Exactly(_) | OneOf(..) | Text(_) | Whole(_) | Boolean | True | JsonType::Object(_) | Foreign => {
                None
            }
        }
    }
}

/// The form of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any string.
    Any,
    /// A `did:plc` or a `did:web`.
    Did,
    /// The CID of an operation.
    Cid,
    /// A public key as a did:key.
    DidKey,
    /// A public key in base58btc multibase.
    Multibase,
    /// A SHA-256 digest in hexadecimal.
    Sha256,
    /// A SHA-384 digest in hexadecimal.
    Sha384,
    /// A date with a time (RFC 3339).
    Time,
}

impl Form {
    /// The regular expression that the whole string matches; `None` for any string.
    pub const fn pattern(self) -> Option<&'static str> {
        match self {
            Form::Any => None,
            Form::Did => Some("^did:(plc:[a-z2-7]{24}|web:.+)$"),
            Form::Cid => Some("^bafyrei[a-z2-7]{52}$"),
            Form::DidKey => Some("^did:key:z[1-9A-HJ-NP-Za-km-z]+$"),
            Form::Multibase => Some("^z[1-9A-HJ-NP-Za-km-z]+$"),
            Form::Sha256 => Some("^[0-9a-f]{64}$"),
            Form::Sha384 => Some("^[0-9a-f]{96}$"),
            Form::Time => Some(
                "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
            ),
        }
    }
}

const fn always(name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::Always, meaning }
}

const fn when(condition: &'static str, name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::When(condition), meaning }
}

const fn with(other: &'static str, name: &'static str, value: JsonType, meaning: &'static str) -> Member {
    Member { name, value, presence: Presence::With(other), meaning }
}

const STRING: JsonType = Text(Form::Any);
const STRINGS: JsonType = Array(&STRING);
const CID: JsonType = Text(Form::Cid);
const CODE: JsonType = OneOf("ErrorCode", Code::NAMES);

/// The report.
pub static REPORT: Object = Object {
    name: "Report",
    meaning: "The report of one verification, the same from every binding.",
    members: &[
        always("schema", Exactly(REPORT_SCHEMA), "Names the format."),
        always("verdict", OneOf("Verdict", Verdict::NAMES), "How the verification ended."),
        always("kind", OneOf("Kind", Kind::NAMES), "What was verified."),
        when(
            "the verdict rests on a proven identity or on the caller's key",
            "trust",
            OneOf("Trust", Trust::NAMES),
            "What the verdict rests on.",
        ),
        always(
            "error",
            Nullable(&JsonType::Object(&ERROR)),
            "Why it was not verified; null where the verdict is verified.",
        ),
        always("warnings", Array(&JsonType::Object(&WARNING)), "Non-fatal findings."),
        always("checks", NonEmpty(&JsonType::Object(&CHECK)), "Every step of the kind, in order."),
        when(
            "the report is of a batch",
            "batch",
            JsonType::Object(&BATCH),
            "Which log of a catalogue the report is about.",
        ),
        when(
            "the identity was proven",
            "identity",
            JsonType::Object(&IDENTITY),
            "The identity, as it was proven.",
        ),
        when(
            "the metadata document was tied to the identity",
            "release",
            JsonType::Object(&RELEASE),
            "The release that the metadata document lists.",
        ),
        when(
            "the domain that the identity claims was looked up and confirms it",
            "alias",
            STRING,
            "The domain name of the identity.",
        ),
        when(
            "the bytes were verified",
            "package",
            JsonType::Object(&PACKAGE),
            "The bytes, and who signed them.",
        ),
        when(
            "a plugin record was verified",
            "plugin",
            JsonType::Object(&PLUGIN),
            "The strings that the publisher signed.",
        ),
        when("a challenge was verified", "challenge", STRING, "The challenge that the publisher signed."),
        when(
            "a federation-info document was read",
            "federation",
            JsonType::Object(&FEDERATION),
            "What a federation source says of itself.",
        ),
        when(
            "an author-data document was read",
            "author",
            JsonType::Object(&AUTHOR),
            "What a federation source lists for an author.",
        ),
        when("an asset URL was made", "assetUrl", STRING, "The URL of the plugin's archive."),
        when(
            "a key was read, or the verdict rests on one",
            "key",
            JsonType::Object(&KEY),
            "The key that was read, or the publisher's key.",
        ),
        when(
            "the log of the did:plc was proven, and a pin was asked for or is offered",
            "pin",
            JsonType::Object(&PIN),
            "What to keep and pass to the next visit, whatever the verdict. PHP's classes but `Verifier` ask for it, \
             and the command's `verify` without `--no-pin`. JavaScript's functions but `verify`, and the command's `log` \
             and `package` with `--json`, offer it without being asked; an offered one is left out where it would be too \
             large.",
        ),
    ],
};

static ERROR: Object = Object {
    name: "ReportedError",
    meaning: "Why something was refused, or could not be judged.",
    members: &[
        always("code", CODE, "The stable code."),
        always("message", STRING, "What was expected, what was found, and where. For people; not stable."),
        always("remedy", STRING, "What to do next, in one line."),
        when(
            "the error is about an operation",
            "operation",
            Whole(0),
            "The index of the operation in the log, from 0.",
        ),
        when(
            "the error is about an operation whose CID could be computed",
            "cid",
            CID,
            "The recomputed CID.",
        ),
        when(
            "a limit was exceeded",
            "limit",
            OneOf("LimitName", Limits::NAMES),
            "The name of the limit, as callers set it.",
        ),
    ],
};

static WARNING: Object = Object {
    name: "Warning",
    meaning: "A non-fatal finding.",
    members: &[
        always("code", OneOf("WarningCode", WarningCode::NAMES), "The stable code."),
        always("message", STRING, "What was found, and where. For people; not stable."),
    ],
};

static CHECK: Object = Object {
    name: "Check",
    meaning: "A step of the verification.",
    members: &[
        always("check", OneOf("CheckName", Check::NAMES), "The name of the step."),
        always("outcome", OneOf("Outcome", Outcome::NAMES), "What became of the step."),
        always("detail", STRING, "What was found, or why the step was skipped. For people; not stable."),
    ],
};

static BATCH: Object = Object {
    name: "BatchFacts",
    meaning: "Which log of a catalogue the report is about.",
    members: &[
        always("line", Whole(1), "The first line of the log, from 1."),
        when("the line names one", "did", Text(Form::Did), "The DID that the line names."),
    ],
};

static IDENTITY: Object = Object {
    name: "IdentityFacts",
    meaning: "An identity, as it was proven.",
    members: &[
        always("did", Text(Form::Did), "The DID that was asked for."),
        when(
            "the identity is a did:plc",
            "head",
            CID,
            "The CID of the last operation that is not nullified.",
        ),
        with("head", "operations", Whole(1), "The number of operations of the log, nullified ones included."),
        with(
            "head",
            "nullified",
            Array(&CID),
            "The CIDs of the operations that recoveries undid, in log order.",
        ),
        with("head", "tombstoned", Boolean, "Whether the identity was deactivated."),
        with(
            "head",
            "rotationKeys",
            STRINGS,
            "The keys that may sign the next operation, highest authority first.",
        ),
        always("verificationMethods", Map(&Text(Form::DidKey)), "The keys of the identity, by their ids."),
        always("alsoKnownAs", STRINGS, "Other names that the identity claims."),
        always("services", Map(&JsonType::Object(&SERVICE)), "The services of the identity, by their ids."),
        when("the identity is a did:web", "documentUrl", STRING, "The URL that serves the DID document."),
        with(
            "documentUrl",
            "withdrawn",
            STRINGS,
            "The ids of verification methods that are revoked or have expired: they are no keys any more.",
        ),
        when(
            "the identity names one that is usable",
            "repository",
            STRING,
            "The URL from which the identity says its metadata document is served.",
        ),
        when(
            "the identity is a did:plc and a clock was given",
            "contestable",
            Array(&JsonType::Object(&CONTESTABLE)),
            "The operations that can still be undone, with what rests on them, oldest first.",
        ),
        when(
            "the history of a did:plc that is not tombstoned was asked for",
            "didDocument",
            Foreign,
            "The DID document that follows from the log, as an honest directory serves it.",
        ),
        when(
            "the identity is a did:plc and the history was asked for",
            "history",
            NonEmpty(&JsonType::Object(&HISTORY_ENTRY)),
            "Every operation of the log, nullified ones included.",
        ),
    ],
};

static SERVICE: Object = Object {
    name: "Service",
    meaning: "A service of an identity.",
    members: &[
        always("type", STRING, "The type, such as FairPackageManagementRepo."),
        always("endpoint", STRING, "The URL of the service, as the identity claims it."),
    ],
};

static CONTESTABLE: Object = Object {
    name: "ContestableOperation",
    meaning: "An operation that can still be undone.",
    members: &[
        always("operation", Whole(0), "The index of the operation in the log, from 0."),
        always("cid", CID, "The CID of the operation."),
        always("until", Text(Form::Time), "Until when it can be undone; that second is within."),
        always("keys", STRINGS, "The keys that can undo it, highest authority first."),
        always("verificationMethods", STRINGS, "The ids of the verification methods that rest on it."),
        always("services", STRINGS, "The ids of the services that rest on it."),
        always("alsoKnownAs", STRINGS, "The aliases that rest on it."),
    ],
};

static HISTORY_ENTRY: Object = Object {
    name: "HistoryEntry",
    meaning: "An operation of a verified log.",
    members: &[
        always("cid", CID, "The CID, recomputed."),
        always("prev", Nullable(&CID), "The CID of the operation that it follows; null for the genesis."),
        always("type", OneOf("OperationType", OperationType::NAMES), "The type of the operation."),
        when(
            "the log has times",
            "createdAt",
            Text(Form::Time),
            "When the directory says that it accepted the operation. No signature covers this.",
        ),
        when(
            "a memory was asked for",
            "firstSeen",
            Whole(0),
            "When this verifier first saw the operation, in seconds since 1970.",
        ),
        always("nullified", Boolean, "Whether a recovery undid it."),
        when("a recovery undid it", "nullifiedBy", Whole(1), "The index of the recovery in the log, from 0."),
        always("recovery", Boolean, "Whether it undid other operations."),
        always(
            "signer",
            Whole(0),
            "The index of the key that signed, among the rotation keys of the operation before (of a genesis: its own).",
        ),
        always("key", STRING, "The key that signed."),
        always("gravity", OneOf("Gravity", Gravity::NAMES), "How serious its changes are."),
        always(
            "changes",
            Array(&JsonType::Object(&CHANGE)),
            "What it changed in the state of the operation that it follows: removals first, then additions.",
        ),
        always(
            "state",
            Nullable(&JsonType::Object(&STATE)),
            "The state of the identity after the operation; null for a tombstone.",
        ),
    ],
};

static CHANGE: Object = Object {
    name: "Change",
    meaning: "A difference between two states.",
    members: &[
        always("change", OneOf("ChangeKind", ChangeKind::NAMES), "What became of the part."),
        always("part", OneOf("StatePart", StatePart::NAMES), "Which member of the state it is in."),
        when("it is a verification method or a service", "id", STRING, "The id."),
        when("it is a service", "type", STRING, "The type of the service."),
        when(
            "nothing was merely reordered",
            "value",
            STRING,
            "The key, the alias, or the endpoint of the service.",
        ),
    ],
};

static STATE: Object = Object {
    name: "State",
    meaning: "The state of an identity after an operation.",
    members: &[
        always(
            "rotationKeys",
            STRINGS,
            "The keys that may sign the next operation, highest authority first.",
        ),
        always("verificationMethods", Map(&Text(Form::DidKey)), "The keys of the identity, by their ids."),
        always("alsoKnownAs", STRINGS, "Other names that the identity claims."),
        always("services", Map(&JsonType::Object(&SERVICE)), "The services of the identity, by their ids."),
    ],
};

static RELEASE: Object = Object {
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

static PACKAGE: Object = Object {
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

static PLUGIN: Object = Object {
    name: "PluginFacts",
    meaning: "The strings of a plugin record that the publisher signed.",
    members: &[
        always("id", STRING, "The id of the plugin."),
        when("the name is signed", "name", STRING, "The name of the plugin."),
        when("the version is signed", "version", STRING, "The version of the plugin."),
        when("the description is signed", "description", STRING, "The short description of the plugin."),
    ],
};

static FEDERATION: Object = Object {
    name: "FederationFacts",
    meaning: "What a federation source says of itself. No signature covers this.",
    members: &[
        always("version", STRING, "The version of the protocol."),
        always("features", STRINGS, "What the source offers."),
        always("domain", STRING, "The URL under which the source serves archives."),
        always("namingScheme", STRING, "How the URL of an archive follows from author and slug."),
    ],
};

static AUTHOR: Object = Object {
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
        always("id", STRING, "The id of the plugin."),
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

static KEY: Object = Object {
    name: "KeyFacts",
    meaning: "A public key.",
    members: &[
        always("type", OneOf("KeyType", &["Ed25519", "secp256k1", "P-256"]), "The type of the key."),
        always("didKey", Text(Form::DidKey), "The key as a did:key."),
        always("multibase", Text(Form::Multibase), "The key in multibase."),
    ],
};

static PIN: Object = Object {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_a_pattern_of_the_whole_string() {
        assert_eq!(Form::Any.pattern(), None);
        for form in
            [Form::Did, Form::Cid, Form::DidKey, Form::Multibase, Form::Sha256, Form::Sha384, Form::Time]
        {
            let is_whole = |pattern: &str| pattern.starts_with('^') && pattern.ends_with('$');
            assert!(form.pattern().is_some_and(is_whole), "{form:?}");
        }
    }

    #[test]
    fn lists_maps_and_what_may_be_null_have_something_in_them() {
        for outer in [Array(&CID), NonEmpty(&CID), Map(&CID), Nullable(&CID)] {
            assert!(matches!(outer.inner(), Some(Text(Form::Cid))), "{outer:?}");
        }
        for other in [STRING, CODE, Whole(0), Boolean, True, Foreign, Exactly("x")] {
            assert!(other.inner().is_none(), "{other:?}");
        }
    }
}
