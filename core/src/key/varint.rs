//! Unsigned varints (multiformats unsigned-varint specification; keys.md, "Multibase and multicodec").

/// Splits an unsigned varint of at most 63 bits off the front. `None` if it is cut off, too long or not minimal.
pub(super) fn split(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0u64;
    let mut rest = bytes;
    for shift in (0u32..63).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        rest = tail;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            let is_minimal = byte != 0 || shift == 0;
            return is_minimal.then_some((value, rest));
        }
    }
    None
}

/// Writes an unsigned varint.
pub(super) fn encode(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = (value & 0x7f).to_le_bytes();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_one_varint() {
        let pairs: [(u64, &[u8]); 7] = [
            (0, &[0]),
            (0x7f, &[0x7f]),
            (0x80, &[0x80, 1]),
            (0xed, &[0xed, 1]),
            (0x1200, &[0x80, 0x24]),
            (u64::from(u32::MAX), &[0xff, 0xff, 0xff, 0xff, 0x0f]),
            (u64::MAX >> 1, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
        ];
        for (value, bytes) in pairs {
            assert_eq!(encode(value), bytes);
            assert_eq!(split(&[bytes, &[7]].concat()), Some((value, [7].as_slice())), "{value}");
        }
    }

    #[test]
    fn other_varints_are_refused() {
        let ten = [&[0xff; 9][..], &[1]].concat();
        for bytes in [&[][..], &[0x80], &[0x80, 0], &[0xe7, 0x81, 0], &ten] {
            assert_eq!(split(bytes), None, "{bytes:?}");
        }
    }
}
