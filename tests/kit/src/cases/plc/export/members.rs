//! The members of a line.

use super::{case, lines};
use crate::case::{Case, log_facts, replaced};
use crate::cases::publisher::three;
use crate::cases::rule;
use crate::json::Json;

const MALFORMED: &str = "plc.entry.malformed";

pub(super) fn cases() -> Vec<Case> {
    let unknown = |name: &str, about: &str, lines: String| {
        let facts = log_facts(&three());
        case(name, about, &three(), lines).verified(facts, &["plc.entry.unknown_member"])
    };
    let malformed = |name: &str, about: &str, lines: String, at: u64| {
        case(name, about, &three(), lines).rejected_at(MALFORMED, at)
    };
    let with =
        |index: usize, name: &str, value: Json| three().edit(index, |entry| entry.set(name, value)).export();
    let without = |index: usize, name: &str| three().edit(index, |entry| entry.remove(name)).export();
    let sequenced = three().sequenced_export(7);
    vec![
        unknown("unknown-member", "A member that neither form has.", with(1, "note", "x".into())),
        unknown("unknown-seq", "A number, in a line that has no type.", with(1, "seq", 7.into())),
        unknown("unknown-in-sequenced", "One more member, in a line with a number.", {
            replaced(&sequenced, "\"seq\":8", "\"seq\":8,\"note\":null")
        }),
        malformed("flag-text", "A flag is the string \"false\".", with(1, "nullified", "false".into()), 1),
        malformed("flag-missing", "A line has neither a flag nor a type.", without(1, "nullified"), 1),
        malformed("cid-missing", "A line has no cid.", without(2, "cid"), 2),
        malformed("created-at-missing", "A line has no createdAt.", without(0, "createdAt"), 0),
        malformed("operation-null", "An operation is null.", with(1, "operation", Json::Null), 1),
        malformed(
            "seq-text",
            "A number is in quotation marks.",
            replaced(&sequenced, "\"seq\":8", "\"seq\":\"8\""),
            1,
        ),
        malformed(
            "seq-missing",
            "A line of the form with numbers has none.",
            replaced(&sequenced, "\"seq\":8,", ""),
            1,
        ),
        malformed(
            "seq-negative",
            "A number is negative.",
            replaced(&sequenced, "\"seq\":8", "\"seq\":-8"),
            1,
        ),
        malformed(
            "other-type",
            "A line is of a type that is not known.",
            sequenced.replacen("sequenced_op", "account_event", 1),
            0,
        ),
        case("did-missing", "A line has no did.", &three(), without(1, "did")).rejected(MALFORMED),
        case("did-number", "A did is a number.", &three(), with(1, "did", 7.into())).rejected(MALFORMED),
        case("duplicate-member", "A line has its cid twice.", &three(), {
            let cid = Json::from(three().operations()[1].cid());
            replaced(&three().export(), &format!("\"cid\":{cid}"), &format!("\"cid\":{cid},\"cid\":{cid}"))
        })
        .rule(rule::json::ONCE)
        .rejected("input.duplicate_member"),
        case(
            "not-an-entry",
            "An error message in the place of the export.",
            &three(),
            "{\"message\": \"rate limit\"}\n",
        )
        .rule(rule::plc::SERVED)
        .rejected("input.wrong_type"),
        case("array-in-a-line", "The second line is an array.", &three(), {
            let export = three().export();
            let lines = lines(&export);
            format!("{}[{}]\n{}", lines[0], lines[1].trim_end(), lines[2])
        })
        .rejected("input.wrong_type"),
    ]
}
