//! Instants of the corpus, and how they are written in `createdAt`.

const DAY: i64 = 24 * HOUR;

/// Milliseconds of an hour.
pub const HOUR: i64 = 3_600_000;

/// Milliseconds from 1970-01-01 to 2026-01-01, where all our logs start.
const START: i64 = 20_454 * DAY;

/// Seconds from 1970 to [`Moment::START`]: the clock of the verifier in the cases.
pub const START_SECONDS: u64 = (START / 1000) as u64;

/// An instant, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(i64);

impl Moment {
    /// 2026-01-01T00:00:00.000Z.
    pub const START: Moment = Moment(START);

    /// So many hours after the start.
    pub const fn hour(hours: i64) -> Moment {
        Moment(START + hours * HOUR)
    }

    /// So many milliseconds later.
    pub const fn plus_ms(self, milliseconds: i64) -> Moment {
        Moment(self.0 + milliseconds)
    }

    /// So many hours later.
    pub fn plus_hours(self, hours: i64) -> Moment {
        self.plus_ms(hours * HOUR)
    }

    /// The whole seconds from 1970 to the instant: the clock of a verifier.
    pub fn seconds(self) -> u64 {
        u64::try_from(self.0.div_euclid(1000)).expect("an instant since 1970")
    }

    /// The instant without a fraction, as reports write it.
    pub fn without_fraction(self) -> String {
        format!("{}Z", &local_text(self.0)[..19])
    }

    /// The same instant, written by a clock that is so many minutes ahead of UTC.
    pub fn at_offset(self, minutes: i64) -> String {
        let sign = if minutes < 0 { '-' } else { '+' };
        let local = local_text(self.0 + minutes * 60_000);
        format!("{local}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// The instant with more digits behind its milliseconds.
    pub fn with_digits(self, digits: &str) -> String {
        format!("{}{digits}Z", local_text(self.0))
    }
}

/// The whole seconds from 1970 to a `createdAt`, rounded down; 0 before 1970.
pub fn whole_seconds(created_at: &str) -> u64 {
    let number = |from: usize, to: usize| -> i64 { created_at[from..to].parse().expect("digits") };
    let days = days_before(number(0, 4), number(5, 7)) + number(8, 10) - 1;
    let local = days * DAY / 1000 + number(11, 13) * 3600 + number(14, 16) * 60 + number(17, 19);
    let offset = created_at[19..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let ahead = match offset.split_at(1) {
        ("Z", "") => 0,
        (sign, hours_minutes) => {
            let (hours, minutes) = hours_minutes.split_once(':').expect("hh:mm");
            let minutes =
                hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes");
            if sign == "-" { -minutes } else { minutes }
        }
    };
    u64::try_from(local - ahead * 60).unwrap_or(0)
}

/// The days from 1970 to the start of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let years: i64 = if year < 1970 {
        -(year..1970).map(days_of_year).sum::<i64>()
    } else {
        (1970..year).map(days_of_year).sum()
    };
    let february = days_of_year(year) - 337;
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30];
    years + months.iter().take(month as usize - 1).sum::<i64>()
}

/// As directories write it: in UTC, with three digits of fraction.
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.with_digits(""))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

fn local_text(milliseconds: i64) -> String {
    let (days, rest) = (milliseconds.div_euclid(DAY), milliseconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minute) = (rest / HOUR, rest / 60_000 % 60);
    let (second, fraction) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}")
}

/// The date that is so many days after 1970-01-01.
fn civil(mut days: i64) -> (i64, i64, i64) {
    let mut year = 1970;
    while days >= days_of_year(year) {
        days -= days_of_year(year);
        year += 1;
    }
    let february = days_of_year(year) - 337;
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

fn days_of_year(year: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if is_leap { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_calendar_goes() {
        assert_eq!(Moment::START.to_string(), "2026-01-01T00:00:00.000Z");
        assert_eq!(Moment::hour(24 * 58 + 23).plus_ms(1).to_string(), "2026-02-28T23:00:00.001Z");
        assert_eq!(Moment::hour(24 * 59).to_string(), "2026-03-01T00:00:00.000Z");
        assert_eq!(Moment::hour(24 * (730 + 59)).to_string(), "2028-02-29T00:00:00.000Z");
        assert_eq!(Moment::hour(24 * 364).to_string(), "2026-12-31T00:00:00.000Z");
    }

    #[test]
    fn an_offset_changes_only_how_an_instant_is_written() {
        assert_eq!(Moment::START.at_offset(330), "2026-01-01T05:30:00.000+05:30");
        assert_eq!(Moment::START.at_offset(-480), "2025-12-31T16:00:00.000-08:00");
        assert_eq!(Moment::START.with_digits("001"), "2026-01-01T00:00:00.000001Z");
        assert_eq!(Moment::START.plus_ms(999).without_fraction(), "2026-01-01T00:00:00Z");
    }

    #[test]
    fn seconds_are_rounded_down_and_start_in_1970() {
        assert_eq!(whole_seconds(&Moment::START.to_string()), START_SECONDS);
        assert_eq!(
            whole_seconds(&Moment::hour(24 * 59).plus_ms(999).at_offset(-480)),
            START_SECONDS + 24 * 59 * 3600
        );
        assert_eq!(whole_seconds("1970-01-01T05:30:00+05:30"), 0);
        assert_eq!(whole_seconds("1970-01-01T00:00:01.9Z"), 1);
        assert_eq!(whole_seconds("1969-12-31T23:59:59.9Z"), 0);
        assert_eq!(whole_seconds("2000-03-01T00:00:00Z"), 951_868_800);
    }
}
