//! Versions of releases, and their order.

use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Code, Limits};
use std::cmp::Ordering;
use std::fmt;

/// The version of a release: up to 128 bytes of letters, digits and `._+~-` (fair.md, "Versions").
///
/// Most versions have an order (fair.md, "Version order"): numbers with dots between them, optionally a pre-release and build
/// metadata. Others, such as `trunk`, can only be asked for by name.
///
/// ```
/// use fedverify::{Limits, Version};
///
/// let version = |text| Version::parse(text, &Limits::default()).expect("a version");
/// let order = |a, b| version(a).precedence().cmp(&version(b).precedence());
/// assert!(order("1.10", "1.9.9").is_gt());
/// assert!(order("2.0.0-beta.11", "2.0.0-rc.1").is_lt());
/// assert!(order("1.0", "v1.0.0+build").is_eq());
/// assert_eq!(version("v01.2").number(), "1.2.0");
/// assert!(version("trunk").precedence().is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    text: String,
    form: VersionForm,
}

/// How a version is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VersionForm {
    /// By FAIR's grammar: one to three numbers, optionally a pre-release and build metadata.
    Fair,
    /// Like it, but with four numbers or more, or with a `v` in front. It has an order.
    Loose,
    /// Any other string. It has no order, is never the latest, and is found by its exact name.
    Unordered,
}

/// The place of a version in the order of versions: SemVer's precedence (section 11), with missing numbers as 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedence {
    /// At least three, without zeros at the end beyond the third.
    numbers: Vec<Digits>,
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

/// Numbers of a version by FAIR's grammar.
const FAIR_NUMBERS: usize = 3;

impl Version {
    /// Reads a version.
    ///
    /// # Errors
    ///
    /// [`Code::FairVersionInvalid`] where it is empty, longer than `limits.version_bytes`, or has other characters than
    /// letters, digits and `._+~-`.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self, Error> {
        Version::read(text, limits).ok_or_else(|| Version::refusal(text, limits))
    }

    /// The error of what is no version.
    pub(crate) fn refusal(text: &str, limits: &Limits) -> Error {
        let limit = limits.version_bytes;
        let expected = format!("a version of 1 to {limit} letters, digits and ._+~- (limit versionBytes)");
        Error::new(Code::FairVersionInvalid, format!("expected {expected}, found {}", quote(text)))
    }

    /// Reads a version; `None` where it is none. For documents that list many: nothing is said of each.
    pub(crate) fn read(text: &str, limits: &Limits) -> Option<Self> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._+~-".contains(&byte);
        let is_short = u64::try_from(text.len()).is_ok_and(|length| length <= limits.version_bytes);
        if text.is_empty() || !is_short || !text.bytes().all(is_allowed) {
            return None;
        }
        let form = read_order(text).map_or(VersionForm::Unordered, |(form, _)| form);
        Some(Version { text: text.to_owned(), form })
    }

    /// The version with this number, of any length; `None` for what [`Version::number`] never gives.
    pub(crate) fn from_number(number: &str) -> Option<Self> {
        let unbounded = Limits { version_bytes: u64::MAX, ..Limits::default() };
        Version::read(number, &unbounded).filter(|version| version.number() == number)
    }

    /// The version as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How it is written.
    pub fn form(&self) -> VersionForm {
        self.form
    }

    /// Its place in the order of versions; `None` where it has none. It is computed anew: a document lists many versions, and the
    /// places of all of them would take many times its size.
    pub fn precedence(&self) -> Option<Precedence> {
        read_order(&self.text).map(|(_, precedence)| precedence)
    }

    /// Compares two versions as releases are. Versions of equal order may be different strings: `1.0` and `1.0.0`.
    ///
    /// # Errors
    ///
    /// [`Code::FairVersionInvalid`] where one of them is no version, or has no order, as `trunk` has none.
    pub fn compare(a: &str, b: &str, limits: &Limits) -> Result<Ordering, Error> {
        Ok(ordered(a, limits)?.cmp(&ordered(b, limits)?))
    }

    /// Whether it has a place in the order of versions.
    pub fn is_ordered(&self) -> bool {
        self.form != VersionForm::Unordered
    }

    /// The version by its number and not by its spelling: `1`, `1.0`, `v1.0.0` and `1.0.0+build` are all `1.0.0`. A version
    /// without an order is its own name.
    pub fn number(&self) -> String {
        self.precedence().map_or_else(|| self.text.clone(), |precedence| precedence.to_string())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The place of a version that must have one.
fn ordered(text: &str, limits: &Limits) -> Result<Precedence, Error> {
    Version::parse(text, limits)?.precedence().ok_or_else(|| {
        let message = format!("expected a version that can be ordered, found {}", quote(text));
        Error::new(Code::FairVersionInvalid, message)
    })
}

/// Reads a version that has an order.
fn read_order(text: &str) -> Option<(VersionForm, Precedence)> {
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
    let bare = core.strip_prefix('v').unwrap_or(core);
    let mut numbers = bare.split('.').map(digits).collect::<Option<Vec<_>>>()?;
    let is_fair = bare.len() == core.len() && numbers.len() <= FAIR_NUMBERS;
    let significant =
        numbers.iter().rposition(|number| number.0 != "0").map_or(0, |last| last.saturating_add(1));
    numbers.resize(significant.max(FAIR_NUMBERS), Digits("0".to_owned()));
    let pre_release = match pre_release {
        Some(identifiers) => identifiers.split('.').map(identifier).collect::<Option<_>>()?,
        None => Vec::new(),
    };
    let form = if is_fair { VersionForm::Fair } else { VersionForm::Loose };
    Some((form, Precedence { numbers, pre_release }))
}

/// Decimal digits, one at least. Leading zeros are allowed and mean nothing: FAIR's grammar has them (`2024.01.05`,
/// `2.1.0-20250801.0930`), where SemVer does not.
fn digits(text: &str) -> Option<Digits> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let significant = text.trim_start_matches('0');
    is_number.then(|| Digits(if significant.is_empty() { "0" } else { significant }.to_owned()))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn identifier(text: &str) -> Option<Identifier> {
    let number = digits(text).map(Identifier::Number);
    number.or_else(|| is_identifier(text).then(|| Identifier::Word(text.to_owned())))
}

impl Ord for Digits {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.len(), &self.0).cmp(&(other.0.len(), &other.0))
    }
}

impl PartialOrd for Digits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Precedence {
    /// Whether this is a pre-release.
    pub fn is_pre_release(&self) -> bool {
        !self.pre_release.is_empty()
    }
}

impl Ord for Precedence {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without zeros at the end, a longer list of numbers that starts alike is a higher version.
        let numbers = self.numbers.cmp(&other.numbers);
        // SemVer 11.3: a pre-release comes before the release. 11.4: else part by part, fewer parts first.
        numbers.then_with(|| match (self.is_pre_release(), other.is_pre_release()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (true, true) | (false, false) => self.pre_release.cmp(&other.pre_release),
        })
    }
}

impl PartialOrd for Precedence {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Precedence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<&str> = self.numbers.iter().map(|number| number.0.as_str()).collect();
        f.write_str(&numbers.join("."))?;
        let parts = self.pre_release.iter().map(|part| match part {
            Identifier::Number(Digits(text)) | Identifier::Word(text) => text.as_str(),
        });
        let parts: Vec<&str> = parts.collect();
        if parts.is_empty() { Ok(()) } else { write!(f, "-{}", parts.join(".")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn what_is_no_number_has_no_place_in_the_order() {
        assert!(version("1").is_ordered() && version("1.2.3.4-rc").is_ordered());
        assert!(!version("trunk").is_ordered());
        assert_eq!((version("trunk").number().as_str(), version("1").number().as_str()), ("trunk", "1.0.0"));
    }

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
            "v1",
            "1.0.0.1-rc",
            "1.0.0.1",
            "1.0.1",
            "1.02",
            "1.10",
            "2.1.0-20250801.0930",
            "2.1.0-20250801.931",
            "2024.01.05",
        ];
        for pair in rising.windows(2) {
            assert!(version(pair[0]).precedence() < version(pair[1]).precedence(), "{pair:?}");
        }
    }

    #[test]
    fn a_version_is_known_by_its_number() {
        for text in ["1", "1.0", "01.0.0", "v1.0", "1.0.0.0", "1.0.0+build.7"] {
            assert_eq!(version(text).number(), "1.0.0", "{text}");
        }
        assert_eq!(version("2.1.0-20250801.0930+x").number(), "2.1.0-20250801.930");
        assert_eq!(version("1.2.3.4").number(), "1.2.3.4");
        assert_eq!(version("trunk").number(), "trunk");
    }

    #[test]
    fn each_form_is_told() {
        let forms = [
            (VersionForm::Fair, "0 1-x-y 1+001 1.2.3-alpha.1+b-1.c 1-- 1-01 2.1.0-20250801.0930"),
            (VersionForm::Loose, "1.2.3.4 v1 v1.2-rc.1 1.0.0.0.0"),
            (VersionForm::Unordered, "trunk 1. .1 1.x 1- 1-a..b 1+ 1+a+b -1 1~2 V1 vv1 v a_b"),
        ];
        for (form, texts) in forms {
            for text in texts.split(' ') {
                assert_eq!(version(text).form(), form, "{text}");
                assert_eq!(version(text).precedence().is_none(), form == VersionForm::Unordered);
            }
        }
    }

    #[test]
    fn only_versions_with_an_order_are_compared() {
        let compare = |a, b| Version::compare(a, b, &Limits::default()).map_err(|error| error.code());
        assert_eq!(compare("1.10", "1.9.9"), Ok(Ordering::Greater));
        assert_eq!(compare("2.0.0-beta.11", "2.0.0-rc.1"), Ok(Ordering::Less));
        assert_eq!(compare("1.0", "v1.0.0+build"), Ok(Ordering::Equal));
        for (a, b) in [("trunk", "1"), ("1", "trunk"), ("", "1"), ("1", "1 2")] {
            assert_eq!(compare(a, b), Err(Code::FairVersionInvalid), "{a:?} {b:?}");
        }
    }

    #[test]
    fn length_and_characters_are_bounded() {
        let limits = Limits::default();
        for text in ["", " 1", "1 ", "1<b>", "1+ä", "1/2", "1\n", "1\"", "1%20"] {
            let refused = Version::parse(text, &limits).expect_err(text);
            assert_eq!(refused.code(), Code::FairVersionInvalid, "{text:?}");
        }
        assert!(Version::parse(&"1".repeat(128), &limits).is_ok());
        assert!(Version::parse(&"1".repeat(129), &limits).is_err());
        let refused = Version::parse("1 2", &Limits { version_bytes: 9, ..limits }).expect_err("a space");
        let why =
            "expected a version of 1 to 9 letters, digits and ._+~- (limit versionBytes), found \"1 2\"";
        assert_eq!(refused.message(), why);
    }
}
