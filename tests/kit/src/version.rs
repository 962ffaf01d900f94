//! The numbers of versions: `fair.md`, "What a pin remembers of releases".

/// The number by which a pin knows a version, whatever its spelling: at least three numbers without leading zeros, without
/// zeros at the end beyond the third, and the pre-release. `v` and build metadata are dropped. A version that has no
/// order is its own number.
pub fn number(version: &str) -> String {
    ordered(version).unwrap_or_else(|| version.to_owned())
}

fn ordered(version: &str) -> Option<String> {
    let (before_build, build) = version.split_once('+').unwrap_or((version, "0"));
    let (core, pre_release) = before_build.split_once('-').unwrap_or((before_build, ""));
    let mut numbers: Vec<String> =
        core.strip_prefix('v').unwrap_or(core).split('.').map(decimal).collect::<Option<_>>()?;
    while numbers.len() < 3 {
        numbers.push("0".to_owned());
    }
    while numbers.len() > 3 && numbers.last().is_some_and(|last| last == "0") {
        numbers.pop();
    }
    let number = numbers.join(".");
    if !build.split('.').all(is_identifier) {
        return None;
    }
    if !before_build.contains('-') {
        return Some(number);
    }
    let parts: Option<Vec<String>> = pre_release.split('.').map(identifier).collect();
    Some(format!("{number}-{}", parts?.join(".")))
}

/// Decimal digits without leading zeros.
fn decimal(digits: &str) -> Option<String> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let significant = digits.trim_start_matches('0');
    is_number.then(|| if significant.is_empty() { "0" } else { significant }.to_owned())
}

fn identifier(part: &str) -> Option<String> {
    decimal(part).or_else(|| is_identifier(part).then(|| part.to_owned()))
}

fn is_identifier(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn spellings_of_a_version_have_one_number() {
        for version in ["1", "1.0", "01.00", "v1", "1.0.0.0", "1.0.0+build.7", "v1.0+x-y"] {
            assert_eq!(number(version), "1.0.0", "{version}");
        }
        assert_eq!(number("1.2.3.0.4.0"), "1.2.3.0.4");
        assert_eq!(number("2.1-20250801.0930+x"), "2.1.0-20250801.930");
        assert_eq!(number("1-rc-1"), "1.0.0-rc-1");
    }

    #[test]
    fn a_version_without_an_order_is_its_own_number() {
        for version in ["trunk", "1.x", "1-", "1+", "1-a..b", "vv1", "", "V1", "1_0"] {
            assert_eq!(number(version), version);
        }
    }
}
