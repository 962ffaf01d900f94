//! The `createdAt` of an audit log, compared exactly, and the verifier's own clock.

use crate::error::{ApiFault, Error};
use std::fmt;

/// An instant as a directory wrote it: RFC 3339 in the AT protocol's stricter form.
///
/// `T` and `Z` (or `±hh:mm`) in upper case, seconds required, any number of fraction digits, a real calendar date from
/// the year 10 on, no second 60, no `-00:00`. Instants compare exactly, whatever their offsets and however many
/// digits they have.
#[derive(Debug, Clone)]
pub struct Timestamp {
    text: String,
    instant: Instant,
}

/// Seconds since 1970-01-01T00:00:00Z, and the decimal digits of the fraction without trailing zeros. Fractions
/// written so compare as texts do; no digit is ever rounded away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Instant {
    seconds: i64,
    fraction: String,
}

impl Timestamp {
    /// Reads the text; gives it back if it has another form.
    pub(crate) fn parse(text: String) -> Result<Self, String> {
        match (Cursor { rest: text.as_bytes() }).date_time() {
            Some(instant) => Ok(Timestamp { text, instant }),
            None => Err(text),
        }
    }

    /// The string as it was served.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whole seconds since 1970, rounded down; 0 for instants before that.
    pub(crate) fn seconds_floor(&self) -> u64 {
        u64::try_from(self.instant.seconds).unwrap_or_default()
    }

    /// Whole seconds since 1970, rounded up; 0 for instants before that.
    pub(crate) fn seconds_ceil(&self) -> u64 {
        self.seconds_floor().saturating_add(u64::from(!self.instant.fraction.is_empty()))
    }

    /// Whether this instant is strictly later than the other.
    pub(crate) fn is_after(&self, other: &Timestamp) -> bool {
        self.instant > other.instant
    }

    /// Whether this instant is at most so many seconds later than the other. Exactly so many is within.
    pub(crate) fn is_within(&self, seconds: u64, other: &Timestamp) -> bool {
        let latest = Instant {
            seconds: other.instant.seconds.saturating_add_unsigned(seconds),
            fraction: other.instant.fraction.clone(),
        };
        self.instant <= latest
    }
}

impl PartialEq for Timestamp {
    /// Two timestamps are equal when they name the same instant.
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Timestamp {}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Years below this are refused: the AT protocol allows no date that starts with `000`.
const FIRST_YEAR: i64 = 10;

/// Takes a date-time apart from the left; every step is `None` where the text differs from the form.
struct Cursor<'t> {
    rest: &'t [u8],
}

impl Cursor<'_> {
    fn date_time(mut self) -> Option<Instant> {
        let (year, month, day) = (self.number(4)?, self.after(b'-')?, self.after(b'-')?);
        let days = days_since_1970(year, month, day)?;
        self.byte(b'T')?;
        let (hour, minute, second) = (self.number(2)?, self.after(b':')?, self.after(b':')?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let fraction = self.fraction()?;
        let offset = self.offset_seconds()?;
        if !self.rest.is_empty() {
            return None;
        }
        let of_day = hour.checked_mul(3600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
        let seconds = days.checked_mul(86_400)?.checked_add(of_day)?.checked_sub(offset)?;
        Some(Instant { seconds, fraction })
    }

    fn byte(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        (*first == expected).then_some(())
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.iter().try_fold(0i64, |value, digit| {
            let digit = digit.is_ascii_digit().then(|| i64::from(digit.wrapping_sub(b'0')))?;
            value.checked_mul(10)?.checked_add(digit)
        })
    }

    /// A separator and two digits.
    fn after(&mut self, separator: u8) -> Option<i64> {
        self.byte(separator)?;
        self.number(2)
    }

    /// Nothing, or a point and one digit or more; without trailing zeros.
    fn fraction(&mut self) -> Option<String> {
        let Some(digits) = self.rest.strip_prefix(b".") else {
            return Some(String::new());
        };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = digits.split_at_checked(count)?;
        self.rest = rest;
        let digits = std::str::from_utf8(digits).ok()?;
        (!digits.is_empty()).then(|| digits.trim_end_matches('0').to_owned())
    }

    /// `Z`, `+hh:mm` or `-hh:mm`, but not `-00:00`: that says that the offset is unknown (RFC 3339, section 4.3).
    fn offset_seconds(&mut self) -> Option<i64> {
        let (sign, rest) = self.rest.split_first()?;
        self.rest = rest;
        let sign = match sign {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (hours, minutes) = (self.number(2)?, self.after(b':')?);
        let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
        if hours > 23 || minutes > 59 || (sign < 0 && seconds == 0) {
            return None;
        }
        seconds.checked_mul(sign)
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` if there is no such date.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    if year < FIRST_YEAR || !(1..=days_of_month(year, month)?).contains(&day) {
        return None;
    }
    // Counted from a March, so that the leap day ends a year; days before the m-th month from March are (153 m + 2) / 5.
    let (years, months) =
        if month > 2 { (year, month.checked_sub(3)?) } else { (year.checked_sub(1)?, month.checked_add(9)?) };
    let leap_days = (years / 4).checked_sub(years / 100)?.checked_add(years / 400)?;
    let of_year =
        months.checked_mul(153)?.checked_add(2)?.checked_div(5)?.checked_add(day)?.checked_sub(1)?;
    let since_march_of_year_0 = years.checked_mul(365)?.checked_add(leap_days)?.checked_add(of_year)?;
    since_march_of_year_0.checked_sub(DAYS_TO_1970)
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

fn days_of_month(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// Writes seconds since 1970 as an RFC 3339 date-time in UTC. Years beyond 9999, which RFC 3339 cannot write, are
/// written with the digits that they have.
pub fn utc(seconds: u64) -> String {
    let (days, of_day) = (seconds / SECONDS_OF_DAY, seconds % SECONDS_OF_DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    match date_of(days) {
        Some((year, month, day)) => {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        }
        None => format!("{seconds} seconds after 1970"),
    }
}

/// The latest time of a verifier's clock: 9999-12-31T23:59:59Z.
const LATEST_CLOCK: u64 = 253_402_300_799;

/// Refuses a clock that is later than any log can be (did-plc.md, "Pins"): no pin has such a time, and no sum with it is wrong.
///
/// # Errors
///
/// [`Code::ApiArgument`](crate::Code::ApiArgument).
pub(crate) fn check_clock(now: u64) -> Result<(), Error> {
    if now <= LATEST_CLOCK {
        return Ok(());
    }
    let latest = format!("at most {LATEST_CLOCK} ({})", utc(LATEST_CLOCK));
    let message = format!("expected the clock `now` in seconds since 1970, {latest}; found {now}");
    Err(Error::misuse(ApiFault::Argument, message))
}

const SECONDS_OF_DAY: u64 = 86_400;

/// Year, month and day of a day after 1970-01-01: the inverse of [`days_since_1970`].
fn date_of(days: u64) -> Option<(i64, i64, i64)> {
    let since_march_of_year_0 = i64::try_from(days).ok()?.checked_add(DAYS_TO_1970)?;
    // The day's own year is at most one below this estimate and never above it.
    let estimate = since_march_of_year_0.checked_mul(400)?.checked_div(DAYS_OF_400_YEARS)?;
    let year = [estimate.checked_add(1)?, estimate]
        .into_iter()
        .find(|year| {
            days_since_1970(*year, 1, 1).is_some_and(|first| first <= i64::try_from(days).unwrap_or(i64::MAX))
        })
        .unwrap_or_else(|| estimate.saturating_sub(1));
    let mut left = i64::try_from(days).ok()?.checked_sub(days_since_1970(year, 1, 1)?)?;
    for month in 1..=12 {
        let length = days_of_month(year, month)?;
        if left < length {
            return Some((year, month, left.checked_add(1)?));
        }
        left = left.checked_sub(length)?;
    }
    None
}

/// Days of 400 years of the Gregorian calendar.
const DAYS_OF_400_YEARS: i64 = 146_097;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text.to_owned()).unwrap_or_else(|_| panic!("{text} must parse"))
    }

    #[test]
    fn known_instants() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.5Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2023-04-12T04:53:57.057Z", 1_681_275_237),
            ("2023-04-12T06:53:57+02:00", 1_681_275_237),
            ("0010-01-01T00:00:00Z", -61_851_600_000),
        ] {
            assert_eq!(at(text).instant.seconds, seconds, "{text}");
        }
    }

    #[test]
    fn every_day_follows_on_the_one_before() {
        let mut expected = days_since_1970(10, 1, 1).unwrap();
        for year in 10..2500 {
            for month in 1..=12 {
                for day in 1..=days_of_month(year, month).unwrap() {
                    assert_eq!(days_since_1970(year, month, day), Some(expected));
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn seconds_are_written_as_they_are_read() {
        let first = days_since_1970(1970, 1, 1).unwrap();
        for day in (first..days_since_1970(2500, 1, 1).unwrap()).chain(2_932_000..2_932_890) {
            let seconds = u64::try_from(day).unwrap() * 86_400 + 3_723;
            let text = utc(seconds);
            assert_eq!(at(&text).seconds_floor(), seconds, "{text}");
        }
        assert_eq!(utc(1_681_275_237), "2023-04-12T04:53:57Z");
        assert!(utc(u64::MAX).starts_with("5845540"));
    }

    #[test]
    fn the_latest_clock_is_the_last_second_of_the_year_9999() {
        assert_eq!(check_clock(at("9999-12-31T23:59:59Z").seconds_floor()), Ok(()));
        for (now, found) in [(LATEST_CLOCK + 1, "253402300800"), (u64::MAX, "18446744073709551615")] {
            let error = check_clock(now).unwrap_err();
            let told = "expected the clock `now` in seconds since 1970, at most 253402300799 (9999-12-31T23:59:59Z); found";
            assert_eq!(
                (error.code(), error.message()),
                (crate::Code::ApiArgument, &*format!("{told} {found}"))
            );
        }
    }

    #[test]
    fn instants_compare_exactly() {
        assert!(at("2024-01-01T00:00:00.10000000000000000000001Z").is_after(&at("2024-01-01T00:00:00.1Z")));
        assert!(!at("2024-01-01T00:00:00.100Z").is_after(&at("2024-01-01T00:00:00.1Z")));
        assert!(at("2024-01-01T00:00:00.2Z").is_after(&at("2024-01-01T00:00:00.19Z")));
        assert_eq!(at("2024-01-01T01:00:00+01:00"), at("2023-12-31T23:30:00.0-00:30"));
        assert!(at("2024-01-04T00:00:00.5Z").is_within(72 * 3600, &at("2024-01-01T00:00:00.5Z")));
        assert!(!at("2024-01-04T00:00:00.500000001Z").is_within(72 * 3600, &at("2024-01-01T00:00:00.5Z")));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00Z",
            "2024-01-01t00:00:00Z",
            "2024-01-01T00:00:00z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00-00:00",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+00:60",
            "2024-01-01T00:00:00+0000",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T23:59:60Z",
            "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "0009-12-31T00:00:00Z",
            "+024-01-01T00:00:00Z",
            "2024-01-01T00:00:00ZZ",
            "２024-01-01T00:00:00Z",
        ] {
            assert!(Timestamp::parse(text.to_owned()).is_err(), "{text:?}");
        }
    }
}
