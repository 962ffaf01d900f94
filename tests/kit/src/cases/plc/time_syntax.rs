//! How `createdAt` is written.

use crate::case::Case;
use crate::cases::publisher::genesis;
use crate::cases::rule;
use crate::log::Log;

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in ACCEPTED {
        let log = Log::new(&genesis(), text);
        cases.push(
            Case::plc(format!("plc/time/accepted/{name}"))
                .rule(rule::plc::TIMESTAMPS)
                .about(format!("{about}: {text}."))
                .log(&log)
                .verified_as(&log, &[]),
        );
    }
    for (name, text, about) in REFUSED {
        cases.push(
            Case::plc(format!("plc/time/refused/{name}"))
                .rule(rule::plc::TIMESTAMPS)
                .about(format!("{about}; nothing else is wrong."))
                .log(&Log::new(&genesis(), text))
                .rejected_at("plc.timestamp.malformed", 0),
        );
    }
    cases
}

/// Name, string and what is special.
type Row = (&'static str, &'static str, &'static str);

const ACCEPTED: [Row; 11] = [
    ("no-fraction", "2026-01-01T00:00:00Z", "No fraction of a second"),
    ("one-digit", "2026-01-01T00:00:00.5Z", "One digit of fraction"),
    ("thirty-digits", "2026-01-01T00:00:00.123456789012345678901234567890Z", "Thirty digits of fraction"),
    ("offset-zero", "2026-01-01T00:00:00.000+00:00", "An offset of zero"),
    ("offset-west", "2026-01-01T00:00:00.000-01:30", "An offset to the west"),
    ("offset-greatest", "2026-01-01T00:00:00.000+23:59", "The greatest offset"),
    ("last-moment", "2026-12-31T23:59:59.999Z", "The last millisecond of a year"),
    ("leap-day", "2028-02-29T00:00:00.000Z", "A leap day"),
    ("leap-day-of-400", "2000-02-29T00:00:00.000Z", "The leap day of a year that 400 divides"),
    ("year-10", "0010-01-01T00:00:00.000Z", "The first year that the AT protocol takes"),
    ("year-9999", "9999-12-31T23:59:59.999Z", "The last year that fits"),
];

const REFUSED: [Row; 42] = [
    ("empty", "", "An empty string"),
    ("year-0", "0000-01-01T00:00:00.000Z", "The year 0"),
    ("year-9", "0009-12-31T23:59:59.999Z", "The year 9, before the AT protocol's first"),
    ("year-five-digits", "12026-01-01T00:00:00.000Z", "A year of five digits"),
    ("year-two-digits", "26-01-01T00:00:00.000Z", "A year of two digits"),
    ("year-signed", "+2026-01-01T00:00:00.000Z", "A sign before the year"),
    ("month-0", "2026-00-01T00:00:00.000Z", "Month 0"),
    ("month-13", "2026-13-01T00:00:00.000Z", "Month 13"),
    ("month-one-digit", "2026-1-01T00:00:00.000Z", "A month of one digit"),
    ("day-0", "2026-01-00T00:00:00.000Z", "Day 0"),
    ("day-32", "2026-01-32T00:00:00.000Z", "Day 32"),
    ("april-31", "2026-04-31T00:00:00.000Z", "31 April"),
    ("february-30", "2028-02-30T00:00:00.000Z", "30 February of a leap year"),
    ("february-29", "2026-02-29T00:00:00.000Z", "29 February of an ordinary year"),
    (
        "february-29-of-100",
        "2100-02-29T00:00:00.000Z",
        "29 February of a year that 100 divides and 400 does not",
    ),
    ("hour-24", "2026-01-01T24:00:00.000Z", "Hour 24"),
    ("minute-60", "2026-01-01T00:60:00.000Z", "Minute 60"),
    ("second-60", "2026-01-01T00:00:60.000Z", "Second 60"),
    ("leap-second", "2016-12-31T23:59:60.000Z", "Second 60 where there was a leap second"),
    ("no-seconds", "2026-01-01T00:00Z", "No seconds"),
    ("no-time", "2026-01-01", "A date only"),
    ("empty-fraction", "2026-01-01T00:00:00.Z", "A point without digits"),
    ("comma", "2026-01-01T00:00:00,000Z", "A comma before the fraction"),
    ("fraction-sign", "2026-01-01T00:00:00.-1Z", "A sign in the fraction"),
    ("no-offset", "2026-01-01T00:00:00.000", "No offset"),
    ("offset-minus-zero", "2026-01-01T00:00:00.000-00:00", "The offset -00:00"),
    ("offset-24", "2026-01-01T00:00:00.000+24:00", "An offset of 24 hours"),
    ("offset-minute-60", "2026-01-01T00:00:00.000+00:60", "An offset of 60 minutes"),
    ("offset-no-colon", "2026-01-01T00:00:00.000+0100", "An offset without colon"),
    ("offset-hours-only", "2026-01-01T00:00:00.000+01", "An offset of hours only"),
    ("offset-after-z", "2026-01-01T00:00:00.000Z+01:00", "An offset after Z"),
    ("offset-minus-sign", "2026-01-01T00:00:00.000\u{2212}01:00", "U+2212 as the sign of the offset"),
    ("small-t", "2026-01-01t00:00:00.000Z", "A small t"),
    ("small-z", "2026-01-01T00:00:00.000z", "A small z"),
    ("space", "2026-01-01 00:00:00.000Z", "A space for the T"),
    ("leading-space", " 2026-01-01T00:00:00.000Z", "White space before it"),
    ("trailing-space", "2026-01-01T00:00:00.000Z ", "White space after it"),
    ("trailing-line-break", "2026-01-01T00:00:00.000Z\n", "A line break after it"),
    ("basic-format", "20260101T000000Z", "The basic format of ISO 8601"),
    ("week-date", "2026-W01-4T00:00:00.000Z", "A week date"),
    ("arabic-digits", "\u{662}\u{660}\u{662}\u{666}-01-01T00:00:00.000Z", "Digits of another script"),
    ("seconds-since-1970", "1767225600", "Seconds since 1970"),
];
