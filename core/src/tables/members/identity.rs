//! What a report has of an identity, of its history, and of what can still be undone.

use super::JsonType::{Array, Boolean, Foreign, Map, NonEmpty, Nullable, OneOf, Text, Whole};
use super::{CID, Form, JsonType, Object, STRING, STRINGS, always, when, with};
use crate::tables::forms::OperationType;
use crate::tables::history::{ChangeKind, Gravity, StatePart};

pub(super) static IDENTITY: Object = Object {
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
