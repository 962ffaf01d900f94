//! Operation logs as a directory serves them.

use crate::json::Json;
use crate::operation::SignedOp;

/// A log. [`Log::then`] keeps the books of an honest directory: flags, and what the log comes to. What a hostile one
/// changes afterwards changes only what is served.
#[derive(Debug, Clone)]
pub struct Log {
    did: String,
    operations: Vec<SignedOp>,
    entries: Vec<Json>,
    /// Indexes of the operations that count: genesis to head.
    line: Vec<usize>,
}

/// What an honest log comes to.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The CID of the last operation that counts.
    pub head: String,
    /// How many operations were ever accepted.
    pub operations: u64,
    /// The CIDs of those that a recovery nullified, in the log's order.
    pub nullified: Vec<String>,
    /// Whether the head is a tombstone.
    pub tombstoned: bool,
    /// The head operation.
    pub last: SignedOp,
}

impl Log {
    /// The log of the identity that starts with this genesis.
    pub fn new(genesis: &SignedOp, created_at: impl Into<String>) -> Log {
        Log::claiming(genesis.did(), genesis, created_at)
    }

    /// A log that calls itself another identity's.
    pub fn claiming(did: &str, first: &SignedOp, created_at: impl Into<String>) -> Log {
        let log = Log { did: did.to_owned(), operations: Vec::new(), entries: Vec::new(), line: Vec::new() };
        log.then(first, created_at)
    }

    /// Appends an operation. One that follows on an earlier operation than the head nullifies what came after that.
    pub fn then(mut self, op: &SignedOp, created_at: impl Into<String>) -> Log {
        let prev = self.line.iter().position(|index| Some(self.operations[*index].cid()) == op.prev());
        for nullified in self.line.split_off(prev.map_or(self.line.len(), |at| at + 1)) {
            self.entries[nullified].set("nullified", true);
        }
        self.line.push(self.operations.len());
        self.operations.push(op.clone());
        self.entries.push(Json::object([
            ("did", self.did.as_str().into()),
            ("operation", op.json().clone()),
            ("cid", op.cid().into()),
            ("nullified", false.into()),
            ("createdAt", created_at.into().into()),
        ]));
        self
    }

    /// Changes what is served of one entry.
    pub fn edit(mut self, index: usize, change: impl FnOnce(&mut Json)) -> Log {
        change(&mut self.entries[index]);
        self
    }

    /// Changes which entries are served, and in which order.
    pub fn rearrange(mut self, change: impl FnOnce(&mut Vec<Json>)) -> Log {
        change(&mut self.entries);
        self
    }

    /// The DID that the entries name.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The audit log.
    pub fn audit(&self) -> Json {
        Json::Array(self.entries.clone())
    }

    /// The bare log: the operations that count.
    pub fn bare(&self) -> Json {
        Json::Array(self.line.iter().map(|index| self.operations[*index].json().clone()).collect())
    }

    /// All operations in the bare form, nullified ones too, which no honest directory serves.
    pub fn bare_of_all(&self) -> Json {
        Json::Array(self.operations.iter().map(|op| op.json().clone()).collect())
    }

    /// The operations, in order, nullified ones too.
    pub fn operations(&self) -> &[SignedOp] {
        &self.operations
    }

    /// The operations that count, in order.
    pub fn chain(&self) -> Vec<&SignedOp> {
        self.line.iter().map(|index| &self.operations[*index]).collect()
    }

    /// The entries as an export has them, one per line.
    pub fn export(&self) -> String {
        self.entries.iter().map(|entry| format!("{entry}\n")).collect()
    }

    /// The entries as an export with an integer cursor has them, one per line, numbered from `seq` on.
    pub fn sequenced_export(&self, seq: u64) -> String {
        let line = |(seq, entry): (u64, &Json)| {
            let mut line = Json::object([("type", "sequenced_op".into()), ("seq", seq.into())]);
            for member in ["did", "operation", "cid", "createdAt"] {
                line.push(member, entry.get(member).expect("a whole entry").clone());
            }
            format!("{line}\n")
        };
        (seq..).zip(&self.entries).map(line).collect()
    }

    /// The place of an operation's signer among the rotation keys of its prev, or of its own if it is a genesis.
    pub fn signer(&self, op: &SignedOp) -> u64 {
        let prev = self.operations.iter().find(|other| Some(other.cid()) == op.prev()).unwrap_or(op);
        let keys = prev.rotation_keys();
        let place = keys.iter().position(|key| op.signer() == Some(key));
        place.expect("an operation that was signed honestly") as u64
    }

    /// The `createdAt` that is served with an operation.
    pub fn created_at(&self, op: &SignedOp) -> &str {
        let of_op = |entry: &&Json| entry.get("cid").and_then(Json::as_text) == Some(op.cid());
        let entry = self.entries.iter().find(of_op).expect("an operation of the log");
        entry.get("createdAt").and_then(Json::as_text).expect("a time")
    }

    /// The audit log as JSON.
    pub fn text(&self) -> String {
        self.audit().pretty()
    }

    /// What the log comes to by its operations alone.
    pub fn summary(&self) -> Summary {
        let last = &self.operations[*self.line.last().expect("a log has a genesis")];
        let is_nullified = |index: &usize| !self.line.contains(index);
        let nullified = (0..self.operations.len()).filter(is_nullified);
        Summary {
            head: last.cid().to_owned(),
            operations: self.operations.len() as u64,
            nullified: nullified.map(|index| self.operations[index].cid().to_owned()).collect(),
            tombstoned: last.is_tombstone(),
            last: last.clone(),
        }
    }
}
