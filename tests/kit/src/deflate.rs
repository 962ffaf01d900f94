//! Deflate, symbol by symbol (RFC 1951): what compressors write, and what none would.

/// The symbol that ends a block.
pub const END_OF_BLOCK: usize = 256;

/// The order in which the lengths of the codes for lengths are written (RFC 1951, section 3.2.7).
const LENGTH_CODE_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The lengths of a complete code in which each of the 19 symbols for lengths has one.
pub const ALL_LENGTH_CODES: [u8; 19] = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5];

/// Compressed data in the making.
#[derive(Debug, Clone, Default)]
pub struct Deflate {
    bytes: Vec<u8>,
    /// How many bits of the last byte are not used.
    free: u32,
}

/// The codes of a block: how many bits each literal or length, and each distance has.
#[derive(Debug, Clone)]
pub struct Codes {
    literals: Vec<u8>,
    distances: Vec<u8>,
}

impl Codes {
    /// The codes that are not written down (section 3.2.6).
    pub fn fixed() -> Codes {
        let literals = [vec![8; 144], vec![9; 112], vec![7; 24], vec![8; 8]].concat();
        Codes { literals, distances: vec![5; 32] }
    }

    /// Any codes.
    pub fn new(literals: Vec<u8>, distances: Vec<u8>) -> Codes {
        Codes { literals, distances }
    }
}

impl Deflate {
    /// No data.
    pub fn new() -> Deflate {
        Deflate::default()
    }

    /// The data, to the end of its last byte.
    pub fn bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// A number of so many bits, the lowest first.
    pub fn number(mut self, number: usize, bits: u32) -> Deflate {
        for place in 0..bits {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            let bit = (number >> place & 1) as u8;
            *self.bytes.last_mut().expect("a byte with room") |= bit << (8 - self.free);
            self.free -= 1;
        }
        self
    }

    /// Ones up to the next byte.
    pub fn filled(self) -> Deflate {
        let free = self.free;
        self.number(usize::MAX, free)
    }

    /// Any bytes, from the next byte on.
    pub fn raw(mut self, bytes: &[u8]) -> Deflate {
        self.free = 0;
        self.bytes.extend(bytes);
        self
    }

    /// A block's three bits: whether it is the last one, and its type.
    pub fn block(self, is_last: bool, kind: usize) -> Deflate {
        self.number(usize::from(is_last), 1).number(kind, 2)
    }

    /// A block of bytes as they are.
    pub fn stored(self, is_last: bool, bytes: &[u8]) -> Deflate {
        let length = bytes.len() as u16;
        self.block(is_last, 0).raw(&length.to_le_bytes()).raw(&(!length).to_le_bytes()).raw(bytes)
    }

    /// The start of a block with codes of its own: their number, the lengths of the codes for lengths, and the symbols of these,
    /// each with its bits.
    pub fn codes(self, literals: usize, distances: usize, of_lengths: &[u8; 19]) -> Deflate {
        let start = self.number(literals - 257, 5).number(distances - 1, 5).number(19 - 4, 4);
        LENGTH_CODE_ORDER.iter().fold(start, |data, symbol| data.number(usize::from(of_lengths[*symbol]), 3))
    }

    /// These codes, the length of each written by itself.
    pub fn codes_of(self, codes: &Codes) -> Deflate {
        let start = self.codes(codes.literals.len(), codes.distances.len(), &ALL_LENGTH_CODES);
        let lengths = codes.literals.iter().chain(&codes.distances);
        lengths.fold(start, |data, length| data.symbol(&ALL_LENGTH_CODES, usize::from(*length)))
    }

    /// A symbol of a code that is told by its lengths (section 3.2.2), the highest bit first.
    pub fn symbol(self, lengths: &[u8], symbol: usize) -> Deflate {
        let bits = lengths[symbol];
        assert!(bits > 0, "the symbol {symbol} has no code");
        let is_before = |(other, length): (usize, &u8)| {
            *length > 0 && (*length < bits || *length == bits && other < symbol)
        };
        let before = lengths.iter().enumerate().filter(|(other, length)| is_before((*other, length)));
        let code: usize = before.map(|(_, length)| 1 << (bits - length)).sum();
        (0..u32::from(bits)).rev().fold(self, |data, place| data.number(code >> place & 1, 1))
    }

    /// Bytes as literals.
    pub fn literals(self, codes: &Codes, bytes: &[u8]) -> Deflate {
        bytes.iter().fold(self, |data, byte| data.symbol(&codes.literals, usize::from(*byte)))
    }

    /// The end of the block.
    pub fn end(self, codes: &Codes) -> Deflate {
        self.symbol(&codes.literals, END_OF_BLOCK)
    }

    /// So many bytes again that came so many bytes before.
    pub fn repeat(self, codes: &Codes, length: usize, distance: usize) -> Deflate {
        let ((symbol, more), (far, farther)) = (length_symbol(length), distance_symbol(distance));
        let data = self.symbol(&codes.literals, symbol).number(more, length_bits(symbol));
        data.symbol(&codes.distances, far).number(farther, distance_bits(far))
    }

    /// A length, whose additional bits are all 0, and the symbol of a distance without its bits.
    pub fn repeat_far(self, codes: &Codes, length: usize, far: usize) -> Deflate {
        let (symbol, more) = length_symbol(length);
        let data = self.symbol(&codes.literals, symbol).number(more, length_bits(symbol));
        data.symbol(&codes.distances, far)
    }
}

/// How many bits follow the symbol of a length (section 3.2.5).
pub fn length_bits(symbol: usize) -> u32 {
    match symbol {
        257..265 | 285 => 0,
        _ => (symbol as u32 - 261) / 4,
    }
}

/// How many bits follow the symbol of a distance.
pub fn distance_bits(symbol: usize) -> u32 {
    if symbol < 4 { 0 } else { symbol as u32 / 2 - 1 }
}

/// The least length of a symbol; that of the last one is by itself.
pub fn least_length(symbol: usize) -> usize {
    if symbol == 285 { 258 } else { 3 + (257..symbol).map(|before| 1 << length_bits(before)).sum::<usize>() }
}

/// The least distance of a symbol.
pub fn least_distance(symbol: usize) -> usize {
    1 + (0..symbol).map(|before| 1 << distance_bits(before)).sum::<usize>()
}

fn length_symbol(length: usize) -> (usize, usize) {
    let symbol =
        (257..=285).rev().find(|symbol| least_length(*symbol) <= length).expect("a length of 3 or more");
    (symbol, length - least_length(symbol))
}

fn distance_symbol(distance: usize) -> (usize, usize) {
    let symbol =
        (0..30).rev().find(|symbol| least_distance(*symbol) <= distance).expect("a distance of 1 or more");
    (symbol, distance - least_distance(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_distances_are_those_of_the_standard() {
        assert_eq!([257, 264, 265, 284, 285].map(least_length), [3, 10, 11, 227, 258]);
        assert_eq!([257, 264, 265, 284, 285].map(length_bits), [0, 0, 1, 5, 0]);
        assert_eq!([0, 3, 4, 25, 29].map(least_distance), [1, 4, 5, 6145, 24577]);
        assert_eq!([0, 3, 4, 25, 29].map(distance_bits), [0, 0, 1, 11, 13]);
    }

    /// What another implementation reads of it.
    #[test]
    fn data_is_inflated_to_what_was_meant() {
        let fixed = Codes::fixed();
        let own = Codes::new([vec![8; 254], vec![0; 2], vec![9, 9, 9, 9]].concat(), vec![1, 1]);
        let data = Deflate::new()
            .stored(false, b"ab")
            .block(false, 1)
            .literals(&fixed, b"\xffc")
            .repeat(&fixed, 5, 2);
        let data =
            data.end(&fixed).block(true, 2).codes_of(&own).literals(&own, b"d").repeat(&own, 3, 2).end(&own);
        let inflated = miniz_oxide::inflate::decompress_to_vec(&data.bytes()).expect("valid data");
        assert_eq!(inflated, b"ab\xffc\xffc\xffc\xffd\xffd\xff");
    }
}
