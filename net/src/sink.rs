//! Where fetched bytes go.

/// Takes the body of a response.
pub trait Sink {
    /// Starts again with nothing taken: each try starts the sink anew. `length` is that of the body in bytes, if the server announces
    /// one.
    fn start(&mut self, length: Option<u64>);

    /// Takes the next bytes. `false` ends the fetch, successfully: no more are wanted.
    fn take(&mut self, bytes: &[u8]) -> bool;
}

/// A document in memory, of at most one byte more than it may have.
pub(crate) struct Document {
    max_bytes: u64,
    bytes: Vec<u8>,
}

impl Document {
    pub(crate) fn new(max_bytes: u64) -> Self {
        Document { max_bytes, bytes: Vec::new() }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Sink for Document {
    fn start(&mut self, _length: Option<u64>) {
        self.bytes.clear();
    }

    fn take(&mut self, bytes: &[u8]) -> bool {
        let capacity = usize::try_from(self.max_bytes.saturating_add(1)).unwrap_or(usize::MAX);
        let room = capacity.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.bytes.len() < capacity
    }
}
