//! Bounds of the work on logs: at the limit and one beyond.

use crate::case::{Case, log_facts};
use crate::cases::publisher::{log, three};
use crate::chain::chain;
use crate::log::Log;

const RULE: &str = "did-plc.md, Attacks: megabytes, deep nesting";

pub(super) fn cases() -> Vec<Case> {
    let log = log();
    let bytes = log.text().len() as u64;
    let (depth, values) = (log.audit().depth(), log.audit().count());
    [
        pair(
            "log-bytes",
            &log,
            "logBytes",
            bytes,
            "input.too_large",
            "The log has one byte more than the limit.",
        ),
        pair(
            "json-depth",
            &log,
            "jsonDepth",
            depth,
            "input.too_deep",
            "The log is one level deeper than the limit.",
        ),
        pair(
            "json-values",
            &log,
            "jsonValues",
            values,
            "input.too_many_values",
            "The log has one value more than the limit.",
        ),
        pair(
            "log-operations",
            &three(),
            "logOperations",
            3,
            "plc.log.too_long",
            "The log has one operation more than the limit.",
        ),
        pair(
            "signature-checks",
            &chain(4),
            "logSignatureChecks",
            4,
            "plc.log.too_much_work",
            "One key signed all four operations, so they take four checks, one more than the limit.",
        ),
        vec![nested_arrays()],
    ]
    .concat()
}

/// The log at exactly the limit, and above it.
fn pair(
    name: &str,
    log: &Log,
    limit: &'static str,
    value: u64,
    code: &'static str,
    about: &str,
) -> Vec<Case> {
    vec![
        Case::plc(format!("plc/limit/{name}-at"))
            .rule(RULE)
            .about("The log is exactly at the limit.")
            .log(log)
            .limit(limit, value)
            .verified(log_facts(log), &[]),
        Case::plc(format!("plc/limit/{name}-above"))
            .rule(RULE)
            .about(about)
            .log(log)
            .limit(limit, value - 1)
            .rejected(code),
    ]
}

fn nested_arrays() -> Case {
    Case::plc("plc/limit/nested-arrays")
        .rule(RULE)
        .about("A hundred thousand open arrays: a reader that recurses without a bound runs out of stack.")
        .log_text(log().did(), "[".repeat(100_000))
        .rejected("input.too_deep")
}
