//! Bytes that come in pieces and are read at any place afterwards.

use std::collections::TryReserveError;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// As many as JavaScript hands over at a time.
const BLOCK_BYTES: usize = 256 << 10;

/// Bytes in blocks. A single `Vec` moves whenever it is full, and needs up to three times the bytes meanwhile: memory that
/// WebAssembly never gives back.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Each is full, but for the last.
    blocks: Vec<Vec<u8>>,
    position: usize,
}

impl Held {
    /// Appends bytes.
    ///
    /// # Errors
    ///
    /// If no memory is left; then the bytes are not whole any more.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), TryReserveError> {
        while !bytes.is_empty() {
            let mut block = self.blocks.pop_if(|last| last.len() < BLOCK_BYTES).unwrap_or_default();
            let room = BLOCK_BYTES.saturating_sub(block.len());
            block.try_reserve_exact(room)?;
            self.blocks.try_reserve(1)?;
            let (fitting, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            block.extend_from_slice(fitting);
            self.blocks.push(block);
            bytes = rest;
        }
        Ok(())
    }

    /// How many bytes there are.
    pub(super) fn size(&self) -> u64 {
        self.blocks.iter().map(|block| u64::try_from(block.len()).unwrap_or(u64::MAX)).sum()
    }
}

impl Read for Held {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let block = self.blocks.get(self.position / BLOCK_BYTES).map(Vec::as_slice).unwrap_or_default();
        let count = block.get(self.position % BLOCK_BYTES..).unwrap_or_default().read(buffer)?;
        self.position = self.position.saturating_add(count);
        Ok(count)
    }
}

impl Seek for Held {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size().checked_add_signed(offset),
            SeekFrom::Current(offset) => {
                u64::try_from(self.position).ok().and_then(|at| at.checked_add_signed(offset))
            }
        };
        let position = position.ok_or(ErrorKind::InvalidInput)?;
        // There is nothing so far out.
        self.position = usize::try_from(position).unwrap_or(usize::MAX);
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_as_they_came_wherever_the_pieces_and_blocks_end() {
        let bytes: Vec<u8> = (0..=250).cycle().take(2 * BLOCK_BYTES + 1000).collect();
        for piece in [1000, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, bytes.len()] {
            let mut held = Held::default();
            for piece in bytes.chunks(piece) {
                held.push(piece).unwrap();
            }
            assert!(held.blocks.iter().all(|block| block.capacity() == BLOCK_BYTES));
            assert_eq!(held.seek(SeekFrom::End(0)).unwrap(), u64::try_from(bytes.len()).unwrap());
            let places = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, bytes.len() - 1, bytes.len()];
            for at in places {
                held.seek(SeekFrom::Start(at.try_into().unwrap())).unwrap();
                let mut read = Vec::new();
                held.read_to_end(&mut read).unwrap();
                assert_eq!(read, bytes[at..], "from {at}, in pieces of {piece}");
            }
        }
    }

    #[test]
    fn there_is_nothing_before_the_start_and_beyond_the_end() {
        let mut held = Held::default();
        held.push(b"abc").unwrap();
        assert_eq!(held.seek(SeekFrom::End(-2)).unwrap(), 1);
        assert_eq!(held.seek(SeekFrom::Current(1)).unwrap(), 2);
        assert!(held.seek(SeekFrom::Current(-3)).is_err());
        assert!(held.seek(SeekFrom::End(-4)).is_err());
        held.seek(SeekFrom::Start(u64::MAX)).unwrap();
        assert_eq!(held.read(&mut [0]).unwrap(), 0);
    }
}
