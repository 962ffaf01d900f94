//! Long things in short inputs: a byte that documents do not have, a letter and a byte stand for many of that byte. A fuzzer, which
//! changes small inputs a few bytes at a time, so comes to a number of 65,536 digits as easily as to one of three.

/// What starts a stretch: "substitute" in ASCII, which JSON has in no place, and no key, DID or version has at all.
pub const STRETCH: u8 = 0x1a;

/// The letters: `A` for one byte, `B` for two, `C` for four, and so on up to a million.
const LETTERS: [u8; 2] = [b'A', b'U'];

/// What all stretches of one input add to it, at most; further ones are cut. Every limit of a document but those of a log and of
/// metadata, 8 MiB, is below, and a run stays fast.
const MOST_ADDED: usize = 2 << 20;

/// Runs as long as this are worth a stretch, for which a power of two is enough: what is left of them stays as it is.
const LONG_RUN: usize = 1024;

/// The input that was meant. Its memory ends where it ends, so that a sanitizer sees whoever reads on.
pub fn stretched(input: &[u8]) -> Box<[u8]> {
    let (mut meant, mut room, mut rest) = (Vec::with_capacity(input.len()), MOST_ADDED, input);
    loop {
        rest = match rest {
            [STRETCH, letter, byte, rest @ ..] if (LETTERS[0]..=LETTERS[1]).contains(letter) => {
                let more = ((1 << (letter - LETTERS[0])) - 1).min(room);
                room -= more;
                meant.extend(std::iter::repeat_n(*byte, more + 1));
                rest
            }
            [byte, rest @ ..] => {
                meant.push(*byte);
                rest
            }
            [] => return meant.into_boxed_slice(),
        }
    }
}

/// So many of a byte: two to the power of the exponent, up to 20.
pub fn stretch(exponent: u8, byte: u8) -> [u8; 3] {
    assert!(exponent <= LETTERS[1] - LETTERS[0], "no letter stands for 2 to the power of {exponent}");
    [STRETCH, LETTERS[0] + exponent, byte]
}

/// An input that means these bytes: long runs are stretches, and so is a byte that would start one by mistake.
pub fn shortened(meant: &[u8]) -> Vec<u8> {
    let mut input = Vec::new();
    for run in meant.chunk_by(|one, next| one == next) {
        let mut left = run.len();
        while left >= LONG_RUN {
            let exponent = left.ilog2().min(20);
            input.extend(stretch(exponent as u8, run[0]));
            left -= 1 << exponent;
        }
        for _ in 0..left {
            if run[0] == STRETCH { input.extend(stretch(0, STRETCH)) } else { input.push(run[0]) }
        }
    }
    input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_stands_for_a_power_of_two() {
        assert_eq!(&*stretched(b"[\x1aD9]"), b"[99999999]");
        assert_eq!(&*stretched(b"\x1aA\x1aAB"), b"\x1aAB");
        assert_eq!(stretched(&stretch(20, b'0')).len(), 1 << 20);
    }

    #[test]
    fn what_is_no_stretch_means_itself() {
        for input in [b"".as_slice(), b"[9]", b"\x1a", b"\x1aD", b"\x1a@9", b"\x1aV9", b"\x1a\x1a"] {
            assert_eq!(&*stretched(input), input);
        }
    }

    #[test]
    fn stretches_are_bounded_together() {
        let input = [&stretch(20, b'a').repeat(1000), b"end".as_slice()].concat();
        let meant = stretched(&input);
        assert_eq!(meant.len(), MOST_ADDED + 1000 + 3);
        assert!(meant.ends_with(b"aend"));
    }

    #[test]
    fn shortened_bytes_mean_what_they_were() {
        let long = |count| "0".repeat(count);
        let texts = [
            "".to_owned(),
            "a\u{1a}Bc\u{1a}".to_owned(),
            long(1023),
            long(1024),
            long(70_000),
            long(1_500_000),
        ];
        for text in texts {
            let input = shortened(text.as_bytes());
            assert_eq!(&*stretched(&input), text.as_bytes());
            assert!(input.len() < 1100, "{} bytes for {}", input.len(), text.len());
        }
    }
}
