//! How large a pin may be, when it is read and when it is written.

use super::{hour, seen, visit, with_a};
use crate::case::Case;
use crate::cases::fair::published::{Published, package};
use crate::cases::publisher::log;
use crate::cases::rule;
use crate::json::Json;
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};

const RULE: &str = rule::plc::BOUNDS;

pub(super) fn cases() -> Vec<Case> {
    [read(), written(), unchanged(), with_package(), values()].concat()
}

/// The bytes of a pin as it is written: on one line.
fn written_bytes(pin: &PinFile) -> u64 {
    pin.json().to_string().len() as u64
}

fn read() -> Vec<Case> {
    let pin = seen(&with_a(), [1]);
    let bytes = pin.json().pretty().len() as u64;
    let at = |name: &str, about: &str, limit: u64| {
        visit(&format!("limit/{name}"), RULE, about, &with_a(), &pin, hour(2)).limit("pinBytes", limit)
    };
    vec![
        at("read-at", "The pin that is given is exactly at the limit.", bytes)
            .verified_as(&with_a(), &[])
            .keeps(&pin.next(&Visit::audit(&with_a(), hour(2)))),
        at("read-above", "The pin that is given is one byte above the limit.", bytes - 1)
            .rejected("pin.malformed")
            .keeps_nothing(),
    ]
}

fn written() -> Vec<Case> {
    let first = PinFile::first(&Visit::audit(&with_a(), hour(2)));
    let earlier = seen(&super::before_a(), [0]);
    let next = earlier.next(&Visit::audit(&with_a(), hour(2)));
    let at = |name: &str, about: &str, limit: u64| {
        let case = Case::plc(format!("pin/limit/{name}")).rule(RULE).about(about).log(&with_a());
        case.limit("pinBytes", limit).now(hour(2))
    };
    let known = |case: Case| case.file("pin", "pin.json", earlier.json().to_string());
    vec![
        at("first-at", "A first visit: the pin to keep is exactly at the limit.", written_bytes(&first))
            .flag("remember")
            .verified_as(&with_a(), &[])
            .keeps(&first),
        at(
            "first-above",
            "A first visit: the pin to keep would be one byte above the limit.",
            written_bytes(&first) - 1,
        )
        .flag("remember")
        .rejected("pin.too_large")
        .keeps_nothing(),
        known(at("next-at", "A later visit: the pin to keep is exactly at the limit.", written_bytes(&next)))
            .verified_as(&with_a(), &[])
            .keeps(&next),
        known(at("next-above", "A later visit: the pin to keep would be one byte above the limit.", {
            written_bytes(&next) - 1
        }))
        .rejected("pin.too_large")
        .keeps(&earlier),
    ]
}

/// The log is the same as before, and only lastVisit makes the pin longer: from one digit to ten.
fn unchanged() -> Vec<Case> {
    let earlier = PinFile::first(&Visit::audit(&with_a(), 9));
    let next = earlier.next(&Visit::audit(&with_a(), hour(2)));
    assert!(written_bytes(&earlier) < written_bytes(&next));
    let at = |name: &str, about: &str, limit: u64| {
        let case = Case::plc(format!("pin/limit/{name}")).rule(RULE).about(about).log(&with_a());
        case.file("pin", "pin.json", earlier.json().to_string()).limit("pinBytes", limit).now(hour(2))
    };
    vec![
        at(
            "unchanged-at",
            "The log is as before: with the time of this visit, the pin to keep is exactly at the limit.",
            written_bytes(&next),
        )
        .verified_as(&with_a(), &[])
        .keeps(&next),
        at(
            "unchanged-above",
            "The log is as before: the time of this visit makes the pin to keep one byte too long.",
            written_bytes(&next) - 1,
        )
        .rejected("pin.too_large")
        .keeps(&earlier),
    ]
}

/// The package makes the pin longer than the log did.
fn with_package() -> Vec<Case> {
    let published = Published::new();
    let now = Moment::hour(9).seconds();
    let of_log = PinFile::first(&Visit::audit(&log(), now));
    let of_package = of_log.clone().release("1.0.0", &package());
    let case = |name: &str, about: &str, limit: u64| {
        let case = published.case_called(&format!("pin/limit/{name}")).rule(RULE).about(about);
        case.flag("remember").now(now).limit("pinBytes", limit)
    };
    let facts = published.facts().with("contestable", Json::Array(Vec::new()));
    vec![
        case(
            "package-at",
            "With the package, the pin to keep is exactly at the limit.",
            written_bytes(&of_package),
        )
        .verified(facts, &[])
        .keeps(&of_package),
        case("package-above", "With the package, the pin to keep would be one byte above the limit.", {
            written_bytes(&of_package) - 1
        })
        .rejected("pin.too_large")
        .keeps(&of_log),
    ]
}

/// JSON values are limited too. Releases are what can give a pin more of them than its log has.
fn values() -> Vec<Case> {
    let with_releases =
        |pin: PinFile| (0..20u8).fold(pin, |pin, minor| pin.release(&format!("0.{minor}"), &[minor]));
    let values = |pin: &PinFile| pin.json().count();
    let earlier = with_releases(seen(&super::before_a(), [0]));
    let next = earlier.next(&Visit::audit(&with_a(), hour(2)));
    assert!(with_a().audit().count() < values(&next) - 1, "the log is within the limit");
    let of_log = |name: &str, about: &str, limit: u64| {
        visit(&format!("limit/{name}"), RULE, about, &with_a(), &earlier, hour(2)).limit("jsonValues", limit)
    };

    let without_times = with_releases(PinFile::first(&Visit::bare(&super::before_a(), hour(0))));
    let bare = without_times.next(&Visit::bare(&with_a(), hour(2)));

    let published = Published::new();
    let now = Moment::hour(9).seconds();
    let known = with_releases(PinFile::first(&Visit::audit(&log(), hour(1))));
    let visited = known.next(&Visit::audit(&log(), now));
    let of_package = visited.clone().release("1.0.0", &package());
    assert!(published.metadata.count() < values(&of_package) - 1, "the document is within the limit");
    let case = |name: &str, about: &str, limit: u64| {
        let case = published.case_called(&format!("pin/limit/{name}")).rule(RULE).about(about);
        case.file("pin", "pin.json", known.json().pretty()).now(now).limit("jsonValues", limit)
    };
    vec![
        of_log("values-at", "The pin to keep has exactly as many JSON values as the limit.", values(&next))
            .verified_as(&with_a(), &[])
            .keeps(&next),
        of_log("values-above", "The pin to keep would have one JSON value too many.", values(&next) - 1)
            .rejected("pin.too_large")
            .keeps(&earlier),
        visit(
            "limit/values-bare-at",
            RULE,
            "The same as at the limit, with bare logs: the pin has no createdAt.",
            &with_a(),
            &without_times,
            hour(2),
        )
        .log_text(with_a().did(), with_a().bare().pretty())
        .limit("jsonValues", values(&bare))
        .verified_as(&with_a(), &["plc.log.bare"])
        .keeps(&bare),
        case(
            "values-package-at",
            "With the package, the pin to keep has exactly as many JSON values as the limit.",
            values(&of_package),
        )
        .verified(published.facts(), &[])
        .keeps(&of_package),
        case(
            "values-package-above",
            "With the package, the pin to keep would have one JSON value too many.",
            values(&of_package) - 1,
        )
        .rejected("pin.too_large")
        .keeps(&visited),
    ]
}
