//! DAG-CBOR, as far as operations need it: the strict form has one encoding for each value.

use crate::json::Json;
use std::cmp::Ordering;

/// Encodes canonically: definite lengths, shortest heads, map keys sorted by length first and then bytewise.
pub fn encode(value: &Json) -> Vec<u8> {
    encode_sorted(value, length_first)
}

/// Encodes with map keys in another order: what an encoder with a plain sort would make.
pub fn encode_sorted(value: &Json, order: fn(&str, &str) -> Ordering) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, order, &mut out);
    out
}

/// The order of map keys in DAG-CBOR: by length in bytes, then bytewise.
pub fn length_first(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.as_bytes().cmp(b.as_bytes()))
}

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

fn write(value: &Json, order: fn(&str, &str) -> Ordering, out: &mut Vec<u8>) {
    match value {
        Json::Null => out.push(0xf6),
        Json::Bool(value) => out.push(if *value { 0xf5 } else { 0xf4 }),
        Json::Number(text) => write_integer(text.parse().expect("operations hold no fractions"), out),
        Json::Text(text) => write_text(text, out),
        Json::Array(items) => {
            write_head(ARRAY, items.len() as u64, out);
            items.iter().for_each(|item| write(item, order, out));
        }
        Json::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| order(a, b));
            write_head(MAP, sorted.len() as u64, out);
            for (name, value) in sorted {
                write_text(name, out);
                write(value, order, out);
            }
        }
        Json::Raw(text) => panic!("raw text has no CBOR form: {text}"),
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_head(TEXT, text.len() as u64, out);
    out.extend(text.as_bytes());
}

fn write_integer(value: i64, out: &mut Vec<u8>) {
    match u64::try_from(value) {
        Ok(value) => write_head(UNSIGNED, value, out),
        Err(_) => write_head(NEGATIVE, value.unsigned_abs() - 1, out),
    }
}

/// The major type with a count or value, in the fewest bytes (RFC 8949, section 4.2.1).
fn write_head(major: u8, value: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    match value {
        0..24 => out.push(major | value as u8),
        24..0x100 => out.extend([major | 24, value as u8]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend((value as u16).to_be_bytes());
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend((value as u32).to_be_bytes());
        }
        _ => {
            out.push(major | 27);
            out.extend(value.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::hex;

    /// The examples of RFC 8949, appendix A.
    #[test]
    fn heads_are_the_shortest() {
        let examples = [
            ("0", "00"),
            ("23", "17"),
            ("24", "1818"),
            ("1000", "1903e8"),
            ("1000000", "1a000f4240"),
            ("1000000000000", "1b000000e8d4a51000"),
            ("-1", "20"),
            ("-1000", "3903e7"),
        ];
        for (number, expected) in examples {
            assert_eq!(hex(&encode(&Json::Number(number.to_owned()))), expected);
        }
    }

    #[test]
    fn map_keys_are_sorted_by_length_first() {
        let map = Json::object([("aa", true.into()), ("é", ().into()), ("b", false.into())]);
        assert_eq!(hex(&encode(&map)), "a36162f4626161f562c3a9f6");
        assert_eq!(hex(&encode_sorted(&map, str::cmp)), "a3626161f56162f462c3a9f6");
    }
}
