//! Lines that an export has twice: dropped where every byte is the same.

use super::{case, lines, recovered, verified};
use crate::case::{Case, replaced};
use crate::cases::publisher::three;
use crate::cases::rule;

pub(super) fn cases() -> Vec<Case> {
    let export = three().export();
    let all = lines(&export);
    let (first, second, third) = (all[0], all[1], all[2]);
    let sequenced = three().sequenced_export(7);
    let numbered = lines(&sequenced);
    let recovered_export = recovered().export();
    let contested = lines(&recovered_export);
    let repeated = |name: &str, about: &str, lines: &[&str]| verified(name, about, &three(), lines.concat());
    // One byte inside the object, which changes nothing for a reader of JSON.
    let spaced = |line: &str| line.replacen('{', "{ ", 1);
    let refused = |name: &str, about: &str, lines: &[&str], code: &'static str| {
        case(name, about, &three(), lines.concat()).rejected(code)
    };
    vec![
        repeated(
            "repeated-first",
            "The genesis twice in a row, byte for byte.",
            &[first, first, second, third],
        ),
        repeated(
            "repeated-middle",
            "The second of three lines twice in a row.",
            &[first, second, second, third],
        ),
        repeated("repeated-last", "The last line twice.", &[first, second, third, third]),
        repeated("repeated-later", "The genesis again after the last line.", &[first, second, third, first]),
        repeated(
            "repeated-often",
            "The second line four times.",
            &[first, second, second, second, second, third],
        ),
        repeated("repeated-pages", "Two pages overlap by two lines.", &[first, second, first, second, third]),
        repeated(
            "repeated-sequenced",
            "A line with a number, twice.",
            &[numbered[0], numbered[1], numbered[1], numbered[2]],
        ),
        verified(
            "repeated-nullified",
            "The line of a nullified operation again, after its recovery.",
            &recovered(),
            [contested[0], contested[1], contested[2], contested[1]].concat(),
        ),
        refused(
            "repeated-head-one-byte",
            "The last line again, with one more space.",
            &[first, second, third, &spaced(third)],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-middle-one-byte",
            "The second line again, with one more space.",
            &[first, second, &spaced(second), third],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-genesis-one-byte",
            "The genesis again, with one more space.",
            &[first, &spaced(first), second, third],
            "plc.genesis.repeated",
        ),
        refused(
            "repeated-space-at-end",
            "The last line again, with a space after the object.",
            &[first, second, third, &third.replace('\n', " \n")],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-other-number",
            "A line again, with another number.",
            &[numbered[0], numbered[1], &numbered[1].replace("\"seq\":8", "\"seq\":9"), numbered[2]],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-other-flag",
            "The last line again, with another flag.",
            &[first, second, third, &replaced(third, "\"nullified\":false", "\"nullified\":true")],
            "plc.timestamp.order",
        ),
        case(
            "repeated-in-audit-log",
            "The last entry twice in an audit log, where nothing is dropped.",
            &three(),
            "",
        )
        .rule(rule::plc::CHAIN)
        .log(&three().rearrange(|entries| entries.push(entries[2].clone())))
        .rejected_at("plc.timestamp.order", 3),
    ]
}
