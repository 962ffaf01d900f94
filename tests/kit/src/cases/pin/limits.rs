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
    [read(), written(), with_package()].concat()
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
