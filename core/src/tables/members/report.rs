//! The members of the report, and of what every kind has in it.

use super::JsonType::{Array, Exactly, NonEmpty, Nullable, OneOf, Text, Whole};
use super::identity::IDENTITY;
use super::package::{PACKAGE, RELEASE};
use super::pfn::{AUTHOR, FEDERATION, KEY, PLUGIN};
use super::pin::PIN;
use super::{CID, CODE, Form, JsonType, Object, REPORT_SCHEMA, STRING, always, when};
use crate::tables::checks::Check;
use crate::tables::kinds::{Kind, Outcome, Trust, Verdict};
use crate::tables::limits::Limits;
use crate::tables::warnings::WarningCode;

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
