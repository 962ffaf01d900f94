//! Versions of releases, and their order.

use std::cmp::Ordering;
use std::fmt;

/// A version: one to three numbers, optionally a pre-release and build metadata (fair.md, "Metadata document").
///
/// Looser than SemVer 2.0.0 in two ways that real packages need: missing numbers count as 0, and numbers may have
/// leading zeros. The order is SemVer's precedence (section 11); `==` compares precedence too, so `1.0` equals `1.0.0`.
///
/// ```
/// use fedverify::fair::Version;
///
/// let version = |text| Version::parse(text).unwrap();
/// assert!(version("1.10") > version("1.9.9"));
/// assert!(version("2.0.0-beta.11") < version("2.0.0-rc.1"));
/// assert!(version("1.0") == version("1.0.0+build"));
/// assert!(Version::parse("v1.0").is_none());
/// ```
#[derive(Debug, Clone)]
pub struct Version {
    text: String,
    numbers: [String; 3],
    pre_release: Vec<Identifier>,
}

/// A part of a pre-release. Numbers come before words (SemVer section 11.4.3), so the order of the variants matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(Digits),
    Word(String),
}

/// A number of any length, without leading zeros: ordered by length, then by digits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Digits(String);

impl Ord for Digits {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_digits(&self.0, &other.0)
    }
}

impl PartialOrd for Digits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare_digits(a: &str, b: &str) -> Ordering {
    (a.len(), a).cmp(&(b.len(), b))
}

impl Version {
    /// Reads a version; `None` if the text has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let (precedence, build) = match text.split_once('+') {
            Some((precedence, build)) => (precedence, Some(build)),
            None => (text, None),
        };
        if !build.is_none_or(|build| build.split('.').all(is_identifier)) {
            return None;
        }
        let (core, pre_release) = match precedence.split_once('-') {
            Some((core, pre_release)) => (core, Some(pre_release)),
            None => (precedence, None),
        };
        let mut numbers = ["0"; 3].map(str::to_owned);
        let mut slots = numbers.iter_mut();
        for number in core.split('.') {
            *slots.next()? = digits(number)?;
        }
        let pre_release = match pre_release {
            Some(identifiers) => identifiers.split('.').map(identifier).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        Some(Version { text: text.to_owned(), numbers, pre_release })
    }

    /// The version as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is a pre-release.
    pub fn is_pre_release(&self) -> bool {
        !self.pre_release.is_empty()
    }
}

/// Decimal digits without leading zeros, one at least.
fn digits(text: &str) -> Option<String> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let significant = text.trim_start_matches('0');
    is_number.then(|| if significant.is_empty() { "0".to_owned() } else { significant.to_owned() })
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// SemVer section 9: in a pre-release, numbers have no leading zeros.
fn identifier(text: &str) -> Option<Identifier> {
    match digits(text) {
        Some(number) => (number == text).then_some(Identifier::Number(Digits(number))),
        None => is_identifier(text).then(|| Identifier::Word(text.to_owned())),
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = self.numbers.iter().zip(&other.numbers).map(|(a, b)| compare_digits(a, b));
        let core = numbers.fold(Ordering::Equal, Ordering::then);
        // Section 11.3: a pre-release comes before the release. Section 11.4: else part by part, fewer parts first.
        let pre_release = || match (self.is_pre_release(), other.is_pre_release()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (true, true) | (false, false) => self.pre_release.cmp(&other.pre_release),
        };
        core.then_with(pre_release)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_semver() {
        // The chain of SemVer section 11, with our additions around it.
        let rising = [
            "0.9.99999999999999999999999999",
            "1.0.0-0.3.7",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1",
            "1.0.1",
            "1.02",
            "1.10",
            "2024.01.05",
        ];
        for pair in rising.windows(2) {
            assert!(Version::parse(pair[0]) < Version::parse(pair[1]), "{pair:?}");
        }
        assert_eq!(Version::parse("1.2+a"), Version::parse("01.2.0+b"));
    }

    #[test]
    fn other_forms_are_no_versions() {
        let wrong = [
            "", ".", "1.", ".1", "1.2.3.4", "v1", "1.x", "1-", "1-a..b", "1-01", "1+", "1+a+b", "1+ä", " 1",
            "1 ", "-1",
        ];
        for text in wrong {
            assert!(Version::parse(text).is_none(), "{text:?}");
        }
        for text in ["0", "1-x-y", "1+001", "1.2.3-alpha.1+b-1.c", "1--"] {
            assert!(Version::parse(text).is_some(), "{text:?}");
        }
    }
}
