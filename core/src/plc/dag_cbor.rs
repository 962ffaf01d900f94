//! Maps of DAG-CBOR (RFC 8949, section 4.2.3), whose members the caller gives in the canonical order.

use serde::Serialize;

/// The major type of a map, in the upper three bits of the head's first byte (RFC 8949, section 3.1).
const MAP: u8 = 0b101 << 5;

/// DAG-CBOR as it grows. serde_ipld_dagcbor writes the texts and lists; given whole maps it would write each member to a
/// buffer of its own and sort those, which takes several times as long.
pub(super) struct DagCbor {
    bytes: Vec<u8>,
    has_failed: bool,
}

/// What is asked for at first: most operations need no more.
const CAPACITY: usize = 512;

impl DagCbor {
    pub(super) fn new() -> Self {
        DagCbor { bytes: Vec::with_capacity(CAPACITY), has_failed: false }
    }

    /// Starts a map of so many members, which must follow: shorter names first, then bytewise.
    pub(super) fn map(&mut self, members: usize) -> &mut Self {
        self.bytes.extend(head(MAP, members));
        self
    }

    /// The name of a member of the open map. Its value must follow.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.value(name)
    }

    /// A text, a list of texts, or null.
    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) -> &mut Self {
        self.has_failed |= serde_ipld_dagcbor::to_writer(&mut self.bytes, &value).is_err();
        self
    }

    /// The bytes; `None` where a value had no form in DAG-CBOR.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.has_failed).then_some(self.bytes)
    }
}

/// The shortest head of this major type and number (RFC 8949, section 3.1).
fn head(major: u8, number: usize) -> impl Iterator<Item = u8> {
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    let bytes = number.to_be_bytes();
    // What the lower five bits say: the number itself below 24, or that 1, 2, 4 or 8 bytes follow.
    let (small, following) = match number {
        0..24 => (bytes[7], 0),
        24..0x100 => (24, 1),
        0x100..0x1_0000 => (25, 2),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 8),
    };
    std::iter::once(major | small).chain(bytes.into_iter().skip(8_usize.saturating_sub(following)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_the_shortest() {
        // RFC 8949, appendix A, for unsigned integers; the major type is added.
        let heads: [(usize, &[u8]); 8] = [
            (0, &[0xa0]),
            (23, &[0xb7]),
            (24, &[0xb8, 0x18]),
            (255, &[0xb8, 0xff]),
            (1000, &[0xb9, 0x03, 0xe8]),
            (65_535, &[0xb9, 0xff, 0xff]),
            (1_000_000, &[0xba, 0x00, 0x0f, 0x42, 0x40]),
            (1_000_000_000_000, &[0xbb, 0x00, 0x00, 0x00, 0xe8, 0xd4, 0xa5, 0x10, 0x00]),
        ];
        for (number, expected) in heads {
            assert_eq!(head(MAP, number).collect::<Vec<_>>(), expected, "{number}");
        }
    }
}
