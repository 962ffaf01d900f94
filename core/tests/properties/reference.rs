//! The rules of did-plc.md, "Chain" and "Recovery", written a second time, and differently on purpose: nothing is kept
//! from one step to the next, every question is answered from the whole history, and who signed is known instead of found.
//!
//! One thought carries it: an operation that is accepted becomes the head, so the operations that count are the newest
//! one and its ancestors, and all others are nullified.

use fedverify::Code;
use std::collections::BTreeSet;

/// 72 hours in microseconds.
pub(crate) const WINDOW: i64 = 72 * 3600 * 1_000_000;

/// An operation, as its maker knows it. Operations are named by their place in a pool.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) is_tombstone: bool,
    /// Whether it is a `create`, the legacy genesis.
    pub(crate) is_legacy: bool,
    pub(crate) prev: Prev,
    /// Keys by their numbers, highest authority first.
    pub(crate) rotation_keys: Vec<usize>,
    pub(crate) signer: usize,
    /// Whether somebody flipped the signature's s afterwards.
    pub(crate) is_flipped: bool,
}

/// What an operation says it follows on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prev {
    Nothing,
    Act(usize),
    /// A CID of no operation.
    Unknown,
}

/// An entry of an audit log, as it is served.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) act: usize,
    /// Microseconds.
    pub(crate) at: i64,
    pub(crate) is_nullified: bool,
    pub(crate) has_false_did: bool,
    pub(crate) has_false_cid: bool,
}

/// A history to judge.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) pool: Vec<Act>,
    pub(crate) entries: Vec<Entry>,
    /// The act whose DID is asked for.
    pub(crate) asked: usize,
    /// The keys that can sign operations; the others are malformed or of another type.
    pub(crate) usable_keys: &'static [usize],
}

/// What a history comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judgment {
    /// The entries that are nullified, by their indexes. The last entry is the head.
    Verified { nullified: Vec<usize> },
    /// Everything that may be named as the reason: code and index.
    Rejected(BTreeSet<(usize, Code)>),
}

impl History {
    /// Judges the history as an audit log.
    pub(crate) fn judge(&self) -> Judgment {
        let mut faults = self.false_claims();
        faults.extend(self.first_faults(|index| self.faults_in_audit_log(index)));
        if !faults.is_empty() {
            return Judgment::Rejected(faults);
        }
        let nullified = self.nullified();
        let false_flags: BTreeSet<_> = (0..self.entries.len())
            .filter(|index| self.entries[*index].is_nullified != nullified.contains(index))
            .map(|index| (index, Code::PlcNullifiedFlag))
            .collect();
        if false_flags.is_empty() {
            Judgment::Verified { nullified }
        } else {
            Judgment::Rejected(false_flags)
        }
    }

    /// Judges the operations as a bare log: each follows on the one before it, and there are no times.
    pub(crate) fn judge_bare(&self) -> Judgment {
        let faults = self.first_faults(|index| self.faults_in_bare_log(index));
        if faults.is_empty() {
            Judgment::Verified { nullified: Vec::new() }
        } else {
            Judgment::Rejected(faults)
        }
    }

    /// The entries that do not count.
    pub(crate) fn nullified(&self) -> Vec<usize> {
        let line = self.line(self.entries.len() - 1);
        (0..self.entries.len()).filter(|index| !line.contains(index)).collect()
    }

    /// An accepted entry and its ancestors, the newest first.
    pub(crate) fn line(&self, index: usize) -> Vec<usize> {
        let mut line = vec![index];
        while let Some(prev) = self.prev_of(line[line.len() - 1]) {
            line.push(prev);
        }
        line
    }

    pub(crate) fn act(&self, index: usize) -> &Act {
        &self.pool[self.entries[index].act]
    }

    /// The latest of the earlier entries that follow on the same operation.
    pub(crate) fn latest_sibling(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|other| self.act(*other).prev == self.act(index).prev)
    }

    /// The earlier entry that this one names as its prev.
    fn prev_of(&self, index: usize) -> Option<usize> {
        let Prev::Act(prev) = self.act(index).prev else { return None };
        (0..index).find(|earlier| self.entries[*earlier].act == prev)
    }

    /// What an entry says of its operation that is not so. No rule says whether this is looked at first.
    fn false_claims(&self) -> BTreeSet<(usize, Code)> {
        let mut faults = BTreeSet::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.has_false_did {
                faults.insert((index, Code::PlcDidMismatch));
            }
            if entry.has_false_cid {
                faults.insert((index, Code::PlcCidMismatch));
            }
        }
        faults
    }

    /// The faults of the first entry that has any.
    fn first_faults(&self, faults_of: impl Fn(usize) -> BTreeSet<Code>) -> BTreeSet<(usize, Code)> {
        let mut all = (0..self.entries.len()).map(|index| (index, faults_of(index)));
        let first = all.find(|(_, faults)| !faults.is_empty());
        first
            .into_iter()
            .flat_map(|(index, faults)| faults.into_iter().map(move |code| (index, code)))
            .collect()
    }

    fn faults_in_audit_log(&self, index: usize) -> BTreeSet<Code> {
        if index == 0 {
            return self.faults_of_genesis();
        }
        let prev = match self.followed(index) {
            Ok(prev) => prev,
            Err(code) => return [code].into(),
        };
        // Rules 2 and 5 come first: without a prev that counts, nobody knows which keys and times to compare.
        let mut faults = BTreeSet::new();
        if !self.line(index - 1).contains(&prev) {
            faults.insert(Code::PlcPrevNullified);
        }
        if self.act(prev).is_tombstone {
            faults.insert(Code::PlcTombstoned);
        }
        if !faults.is_empty() {
            return faults;
        }
        faults.extend(self.fault_of_signature(index, prev));
        if self.entries[index].at <= self.entries[index - 1].at {
            faults.insert(Code::PlcTimestampOrder);
        }
        if let Some(undone) = self.latest_sibling(index) {
            faults.extend(self.faults_of_recovery(index, prev, undone));
        }
        faults
    }

    fn faults_of_recovery(&self, index: usize, prev: usize, undone: usize) -> BTreeSet<Code> {
        let mut faults = BTreeSet::new();
        if self.entries[index].at - self.entries[undone].at > WINDOW {
            faults.insert(Code::PlcNullificationLate);
        }
        let rank = |index: usize| self.rank(self.act(index).signer, self.act(prev));
        if rank(index).is_some() && rank(index) >= rank(undone) {
            faults.insert(Code::PlcNullificationAuthority);
        }
        faults
    }

    fn faults_in_bare_log(&self, index: usize) -> BTreeSet<Code> {
        if index == 0 {
            return self.faults_of_genesis();
        }
        let prev = match self.followed(index) {
            Ok(prev) => prev,
            Err(code) => return [code].into(),
        };
        let mut faults = BTreeSet::new();
        if self.act(prev).is_tombstone {
            faults.insert(Code::PlcTombstoned);
        }
        if prev != index - 1 {
            faults.insert(Code::PlcPrevMismatch);
        }
        if faults.is_empty() { self.fault_of_signature(index, prev).into_iter().collect() } else { faults }
    }

    fn faults_of_genesis(&self) -> BTreeSet<Code> {
        let first = self.act(0);
        if first.prev != Prev::Nothing {
            return [Code::PlcGenesisInvalid].into();
        }
        let is_asked = self.entries[0].act == self.asked;
        let mismatch = (!is_asked).then_some(Code::PlcDidMismatch);
        mismatch.into_iter().chain(self.fault_of_signature(0, 0)).collect()
    }

    /// The earlier entry that this one follows on, or why there is none.
    fn followed(&self, index: usize) -> Result<usize, Code> {
        if self.act(index).prev == Prev::Nothing {
            return Err(Code::PlcGenesisRepeated);
        }
        self.prev_of(index).ok_or(Code::PlcPrevMismatch)
    }

    fn fault_of_signature(&self, index: usize, prev: usize) -> Option<Code> {
        let (act, prev) = (self.act(index), self.act(prev));
        let keys = &prev.rotation_keys;
        let signer = keys.iter().position(|key| *key == act.signer).filter(|_| !act.is_flipped);
        let read = keys.get(..signer.unwrap_or(keys.len())).unwrap_or_default();
        if read.iter().chain(signer.map(|at| &keys[at])).any(|key| !self.usable_keys.contains(key)) {
            return Some(Code::PlcRotationKeyInvalid);
        }
        match (signer, keys.contains(&act.signer)) {
            (Some(_), _) => None,
            (None, true) => Some(Code::PlcSignatureHighS),
            (None, false) => Some(Code::PlcSignatureInvalid),
        }
    }

    /// The first place of a key among the rotation keys of an operation, if it can sign at all.
    fn rank(&self, key: usize, act: &Act) -> Option<usize> {
        let is_usable = self.usable_keys.contains(&key);
        act.rotation_keys.iter().position(|other| *other == key).filter(|_| is_usable)
    }
}
