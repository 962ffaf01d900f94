//! Numbers beyond the range of a double. They are JSON (RFC 8259, section 6), but serde_json stops at them.

use std::iter::repeat_n;

/// The document with every number that a double cannot hold replaced by `-0.5` and white space of the same length, so
/// that no offset in a message changes. Strings are left alone. Nothing rests on such a number, and what replaces it is no
/// whole number either.
pub(super) fn without_huge(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|character: char| character == '"' || is_number_start(character)) {
        let (before, token_on) = rest.split_at_checked(at).unwrap_or((rest, ""));
        replaced.push_str(before);
        let length =
            if token_on.starts_with('"') { string_length(token_on) } else { number_length(token_on) };
        let (token, after) = token_on.split_at_checked(length).unwrap_or((token_on, ""));
        if is_huge(token) {
            // Not by a width in a format: those stop at 65,535.
            replaced.push_str(REPLACEMENT);
            replaced.extend(repeat_n(' ', length.saturating_sub(REPLACEMENT.len())));
        } else {
            replaced.push_str(token);
        }
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

/// A number that is neither whole nor positive. The shortest number beyond the range has five characters (`1e309`).
const REPLACEMENT: &str = "-0.5";

fn is_number_start(character: char) -> bool {
    character == '-' || character.is_ascii_digit()
}

/// Bytes of the string that starts here, quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| end.saturating_add(2))
}

/// Bytes of what starts here like a number. Whether it is one, [`is_number`] says.
fn number_length(text: &str) -> usize {
    let whole = after_digits(text.strip_prefix('-').unwrap_or(text));
    let fraction = whole.strip_prefix('.').map_or(whole, after_digits);
    let exponent =
        fraction.strip_prefix(['e', 'E']).map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    let rest = exponent.map_or(fraction, after_digits);
    text.len().saturating_sub(rest.len())
}

fn after_digits(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_ascii_digit())
}

/// From here on a number is huge: 1.7e308, a little below the largest double, because serde_json rounds on its way. How many
/// digits are before the decimal point, and the first digits.
const HUGE: (i64, &str) = (309, "17");

/// Whether this is a number by JSON's grammar that serde_json may stop at. What only looks like one stays, to be refused. Its
/// digits are compared as they are: reading them as a double would take a table of 10 KB along, which no compression shrinks.
fn is_huge(token: &str) -> bool {
    if !is_number(token) {
        return false;
    }
    let unsigned = token.strip_prefix('-').unwrap_or(token);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    let overflow = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    let exponent: i64 = exponent.parse().unwrap_or(overflow);
    // What is left of the digits after the zeros, less those after the point.
    let count = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let places = count(significant).saturating_sub(count(fraction)).saturating_add(exponent);
    !significant.is_empty() && (places, significant) >= HUGE
}

/// RFC 8259, section 6: `[ minus ] int [ frac ] [ exp ]`.
fn is_number(token: &str) -> bool {
    let unsigned = token.strip_prefix('-').unwrap_or(token);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_huge_numbers_outside_of_strings_are_replaced() {
        let cases = [
            ("[1e999,2]", "[-0.5 ,2]"),
            ("-1e99999", "-0.5    "),
            (r#"{"1e999":"a\"1e999\\","b":1E+400}"#, r#"{"1e999":"a\"1e999\\","b":-0.5  }"#),
            ("[1,-2.5e3,1e308,0e999]", "[1,-2.5e3,1e308,0e999]"),
            ("[1.7e308,-17e307,0.00018E312]", "[-0.5   ,-0.5   ,-0.5       ]"),
            ("[1.69e308,16e307,0.00016E312,1e-999]", "[1.69e308,16e307,0.00016E312,1e-999]"),
            (
                "[1e9999999999999999999,1e-9999999999999999999]",
                "[-0.5                 ,1e-9999999999999999999]",
            ),
            ("[01e999,1e,-,1.e999]", "[01e999,1e,-,1.e999]"),
            ("1e999-1 1e999.5 1e999e1", "-0.5 -1 -0.5 .5 -0.5 e1"),
            ("\"open 1e999", "\"open 1e999"),
            ("\"é\" 1e999 é", "\"é\" -0.5  é"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_huge(text), expected);
        }
    }

    #[test]
    fn a_number_has_any_length() {
        for length in [u16::MAX.into(), usize::from(u16::MAX) + 1, 1 << 20] {
            let digits = "9".repeat(length);
            let blank = " ".repeat(length - REPLACEMENT.len());
            assert_eq!(without_huge(&format!("[{digits}]")), format!("[{REPLACEMENT}{blank}]"));
        }
    }

    #[test]
    fn whatever_serde_json_stops_at_is_huge() {
        let long = "9".repeat(400);
        let near =
            ["1.7976931348623157e308", "1.7976931348623159e308", "179769313486231575e291", "2e308", &long];
        for number in near {
            assert!(is_huge(number) || serde_json::from_str::<f64>(number).is_ok(), "{number}");
        }
        assert!(is_huge(&long) && !is_huge(&"9".repeat(308)) && is_huge(&format!("17{}", "0".repeat(307))));
    }
}
