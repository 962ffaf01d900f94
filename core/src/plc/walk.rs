//! The walk: from the genesis operation to the head, one rule after the other.
//!
//! The rules are those of did-plc.md, "Chain", and the headings after it.

use super::encode::Encoded;
use super::form::LogForm;
use super::identity::{HistoryEntry, Identity, Proven};
use super::operation::Operation;
use super::signer::Signers;
use super::warnings;
use crate::did::PlcDid;
use crate::error::Error;
use crate::index::Index;
use crate::key::P256Checks;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits, OperationType};
use crate::time::Timestamp;

/// How long a key of higher authority may undo an operation. Exactly 72 hours is in time (did-plc.md, "Recovery").
pub(crate) const RECOVERY_WINDOW_SECONDS: u64 = 72 * 3600;

/// One operation, with its bytes computed, and the time that an audit log gives it.
pub(super) struct Step {
    pub(super) operation: Operation,
    pub(super) encoded: Encoded,
    created_at: Option<Timestamp>,
}

impl Step {
    pub(super) fn new(encoded: Encoded, operation: Operation, created_at: Option<Timestamp>) -> Self {
        Step { operation, encoded, created_at }
    }
}

/// What the walk knows of an operation that it has passed.
struct Node {
    /// The operation that this one follows; `None` for the genesis.
    prev: Option<usize>,
    /// The place of the signer's key among the rotation keys that it was checked against. Lower is higher.
    signer: usize,
    latest_child: Option<usize>,
    /// The recovery that undid it.
    nullified_by: Option<usize>,
    is_recovery: bool,
}

impl Node {
    fn new(prev: Option<usize>, signer: usize, is_recovery: bool) -> Self {
        Node { prev, signer, latest_child: None, nullified_by: None, is_recovery }
    }
}

struct Walk<'s> {
    form: LogForm,
    steps: &'s [Step],
    nodes: Vec<Node>,
    index_of: Index<'s>,
    /// The last operation that is not nullified.
    head: usize,
    signers: Signers<'s>,
}

/// Verifies the steps as the log of this DID.
pub(super) fn verify(
    did: &PlcDid,
    form: LogForm,
    steps: Vec<Step>,
    limits: &Limits,
    p256_checks: Option<&P256Checks>,
) -> Result<Identity, Error> {
    let mut walk = Walk {
        form,
        steps: &steps,
        nodes: Vec::with_capacity(steps.len()),
        index_of: Index::default(),
        head: 0,
        signers: Signers::new(limits, p256_checks),
    };
    for (index, step) in steps.iter().enumerate() {
        let node = if index == 0 {
            walk.genesis(did, step).map_err(|error| error.at(Check::PlcGenesis))
        } else {
            walk.follow(index, step)
        };
        walk.nodes.push(node.map_err(|error| error.at_operation(index).with_cid(&step.encoded.cid))?);
        walk.index_of.insert(&step.encoded.cid, index);
        walk.head = index;
    }
    let unusable_keys = walk.unusable_keys();
    let Walk { nodes, head, signers, .. } = walk;
    let signature_checks = signers.checks_done();
    let history: Vec<HistoryEntry> = steps.into_iter().zip(nodes).map(history_entry).collect();
    let proven = Proven { did: did.clone(), form, history, head, signature_checks };
    let warnings = warnings::for_history(form, &proven.history, &unusable_keys);
    Ok(Identity::verified(proven, warnings))
}

fn history_entry((step, node): (Step, Node)) -> HistoryEntry {
    HistoryEntry {
        operation: step.operation,
        cid: step.encoded.cid,
        size: step.encoded.size,
        created_at: step.created_at,
        nullified_by: node.nullified_by,
        is_recovery: node.is_recovery,
        signer: node.signer,
        prev: node.prev,
    }
}

impl<'s> Walk<'s> {
    /// did-plc.md, "Chain": the first entry is a genesis, hashes to the DID, and is signed by a rotation key of its own.
    fn genesis(&mut self, did: &PlcDid, step: &'s Step) -> Result<Node, Error> {
        let Some(state) = step.operation.state().filter(|_| step.operation.prev().is_none()) else {
            let found = step.operation.operation_type().as_str();
            let message = format!("expected a genesis, found a {found} that follows another operation");
            return Err(Error::new(Code::PlcGenesisInvalid, message));
        };
        let implied = step.encoded.genesis_did();
        if implied.as_ref() != Some(did) {
            let implied = implied.map(|implied| implied.to_string()).unwrap_or_default();
            let message = format!("expected the genesis of {did}, found that of {implied}");
            return Err(Error::new(Code::PlcDidMismatch, message));
        }
        let signer = self.signers.find(&state.rotation_keys, &step.operation, &step.encoded)?;
        Ok(Node::new(None, signer, false))
    }

    /// The rules for every later entry, in their order.
    fn follow(&mut self, index: usize, step: &'s Step) -> Result<Node, Error> {
        let prev = self.prev(step).map_err(|error| error.at(Check::PlcChain))?;
        self.check_order(step).map_err(|error| error.at(Check::PlcTimes))?;
        let child = self.nodes.get(prev).and_then(|node| node.latest_child);
        if let Some(child) = child {
            self.check_window(step, child).map_err(|error| error.at(Check::PlcRecoveries))?;
        }
        let signer = self.signer(step, prev).map_err(|error| error.at(Check::PlcSignatures))?;
        if let Some(child) = child {
            self.check_authority(signer, child).map_err(|error| error.at(Check::PlcRecoveries))?;
            self.nullify_line(child, index);
        }
        if let Some(node) = self.nodes.get_mut(prev) {
            node.latest_child = Some(index);
        }
        Ok(Node::new(Some(prev), signer, child.is_some()))
    }

    /// did-plc.md, "Chain" and "Tombstones": the index of the operation that this one follows.
    fn prev(&self, step: &Step) -> Result<usize, Error> {
        let Some(cid) = step.operation.prev() else {
            return Err(Error::new(
                Code::PlcGenesisRepeated,
                "expected an operation with a prev, found a genesis",
            ));
        };
        let Some(prev) = self.index_of.get(cid) else {
            let message = format!("expected the CID of an earlier operation as prev, found {}", quote(cid));
            return Err(Error::new(Code::PlcPrevMismatch, message));
        };
        if self.nodes.get(prev).is_some_and(|node| node.nullified_by.is_some()) {
            let message = format!("the operation follows operation {prev}, which a recovery nullified");
            return Err(Error::new(Code::PlcPrevNullified, message));
        }
        if self.is_tombstone(prev) {
            let message = format!("the operation follows operation {prev}, which is a tombstone");
            return Err(Error::new(Code::PlcTombstoned, message));
        }
        // A bare log has no nullified operations, so each operation follows the one before it (did-plc.md, "Bare logs").
        if self.form == LogForm::Bare && prev != self.head {
            let message =
                format!("expected operation {} as prev in a log without times, found {prev}", self.head);
            return Err(Error::new(Code::PlcPrevMismatch, message));
        }
        Ok(prev)
    }

    /// The indices of the head's rotation keys that can sign nothing.
    fn unusable_keys(&mut self) -> Vec<usize> {
        let state = self.steps.get(self.head).and_then(|head| head.operation.state());
        let keys = state.map(|state| state.rotation_keys.as_slice()).unwrap_or_default();
        keys.iter()
            .enumerate()
            .filter(|(_, text)| !self.signers.is_usable(text))
            .map(|(index, _)| index)
            .collect()
    }

    fn is_tombstone(&self, index: usize) -> bool {
        let step = self.steps.get(index);
        step.is_some_and(|step| step.operation.operation_type() == OperationType::Tombstone)
    }

    /// did-plc.md, "Chain" and "Recovery": strictly later than the head, which in the ordinary case is prev.
    fn check_order(&self, step: &Step) -> Result<(), Error> {
        let head = self.steps.get(self.head).and_then(|head| head.created_at.as_ref());
        if let (Some(created_at), Some(head)) = (&step.created_at, head)
            && !created_at.is_after(head)
        {
            let (head, found) = (quote(head.as_str()), quote(created_at.as_str()));
            let message =
                format!("expected a createdAt later than operation {}'s {head}, found {found}", self.head);
            return Err(Error::new(Code::PlcTimestampOrder, message));
        }
        Ok(())
    }

    /// did-plc.md, "Recovery": a recovery comes at most 72 hours after the operation that it undoes.
    fn check_window(&self, step: &Step, child: usize) -> Result<(), Error> {
        let undone = self.steps.get(child).and_then(|child| child.created_at.as_ref());
        if let (Some(created_at), Some(undone)) = (&step.created_at, undone)
            && !created_at.is_within(RECOVERY_WINDOW_SECONDS, undone)
        {
            let (undone, found) = (quote(undone.as_str()), quote(created_at.as_str()));
            let message =
                format!("expected at most 72 hours after operation {child}'s {undone}, found {found}");
            return Err(Error::new(Code::PlcNullificationLate, message));
        }
        Ok(())
    }

    /// The lowest index among prev's rotation keys of the key that signed.
    fn signer(&mut self, step: &'s Step, prev: usize) -> Result<usize, Error> {
        let state = self.steps.get(prev).and_then(|prev| prev.operation.state());
        let keys = state.map(|state| state.rotation_keys.as_slice()).unwrap_or_default();
        self.signers.find(keys, &step.operation, &step.encoded)
    }

    /// did-plc.md, "Recovery": only a key above the signer of the undone operation may undo it. Both were checked against the same keys.
    fn check_authority(&self, signer: usize, child: usize) -> Result<(), Error> {
        let undone = self.nodes.get(child).map_or(0, |node| node.signer);
        if signer < undone {
            return Ok(());
        }
        let message = format!(
            "expected a signature by a rotation key above index {undone}, which signed operation {child}; \
             found one by index {signer}"
        );
        Err(Error::new(Code::PlcNullificationAuthority, message))
    }

    /// did-plc.md, "Recovery": the child and its whole line of latest children become nullified. Nothing is visited twice in a walk: what
    /// is nullified stays so, and is no operation's latest child any more.
    fn nullify_line(&mut self, child: usize, recovery: usize) {
        let mut next = Some(child);
        while let Some(node) = next.and_then(|index| self.nodes.get_mut(index)) {
            node.nullified_by = Some(recovery);
            next = node.latest_child;
        }
    }
}
