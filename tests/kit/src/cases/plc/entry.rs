//! The entries around the operations.

use crate::case::Case;
use crate::cases::publisher::{log, three};
use crate::cases::rule;
use crate::json::Json;

const RULE: &str = rule::plc::ENTRIES;

/// What is done to an entry.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    let changes: [(&str, &str, Change); 13] = [
        ("did-missing", "No did", |entry| entry.remove("did")),
        ("operation-missing", "No operation", |entry| entry.remove("operation")),
        ("cid-missing", "No cid to compare the hash with", |entry| entry.remove("cid")),
        ("nullified-missing", "No nullified flag", |entry| entry.remove("nullified")),
        ("created-at-missing", "No createdAt", |entry| entry.remove("createdAt")),
        ("did-null", "The did is null", |entry| entry.set("did", ())),
        ("operation-text", "The operation is JSON inside a string", |entry| {
            let text = entry.member("operation").to_string();
            entry.set("operation", text);
        }),
        ("operation-null", "The operation is null", |entry| entry.set("operation", ())),
        ("cid-null", "The cid is null", |entry| entry.set("cid", ())),
        ("cid-link", "The cid is a link object", |entry| {
            let cid = entry.member("cid").clone();
            entry.set("cid", Json::object([("/", cid)]));
        }),
        ("nullified-text", "The flag is the string \"false\", which many languages take for true", |entry| {
            entry.set("nullified", "false");
        }),
        ("nullified-number", "The flag is 0", |entry| entry.set("nullified", 0)),
        ("created-at-number", "The createdAt is seconds since 1970", |entry| {
            entry.set("createdAt", 1_767_229_200);
        }),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, change) in changes {
        cases.push(
            Case::plc(format!("plc/entry/{name}"))
                .rule(RULE)
                .about(format!("{about}, in the second entry of an otherwise right log."))
                .log(&three().edit(1, change))
                .rejected_at("plc.entry.malformed", 1),
        );
    }
    cases.extend([null_entry(), number_entry(), export_form(), bare_operation_inside()]);
    cases
}

fn null_entry() -> Case {
    Case::plc("plc/entry/null-entry")
        .rule(RULE)
        .about("An entry that is null; skipping it would leave a right log.")
        .log(&three().rearrange(|entries| entries.push(Json::Null)))
        .rejected_at("plc.entry.malformed", 3)
}

fn number_entry() -> Case {
    Case::plc("plc/entry/number-entry")
        .rule(RULE)
        .about("The only entry is a number.")
        .log_text(log().did(), "[1]")
        .rejected_at("plc.entry.malformed", 0)
}

fn export_form() -> Case {
    let log = three().rearrange(|entries| {
        for (seq, entry) in (1u64..).zip(entries) {
            *entry = entry.clone().without("nullified").with("type", "sequenced_op").with("seq", seq);
        }
    });
    Case::plc("plc/entry/export-form")
        .rule(RULE)
        .about("Lines of an export with an integer cursor, put into an array: they do not say what was nullified.")
        .log(&log)
        .rejected_at("plc.entry.malformed", 0)
}

fn bare_operation_inside() -> Case {
    let log = three().rearrange(|entries| entries[2] = entries[2].member("operation").clone());
    Case::plc("plc/entry/bare-operation-inside")
        .rule(rule::plc::SERVED)
        .about("The third entry of an audit log is a bare operation; its signature and prev are right.")
        .log(&log)
        .rejected_at("plc.entry.malformed", 2)
}
