//! Small changes of bytes.

use crate::facts::{facts, judge};
use crate::subject::{Inputs, Subject, subjects};
use proptest::prelude::*;
use proptest::sample::Index;
use std::cell::Cell;
use std::collections::BTreeSet;

/// One change, at one place.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Replace(Index, u8),
    Flip(Index, u8),
    Delete(Index),
    Insert(Index, u8),
    Truncate(Index),
    Swap(Index),
}

/// Bytes that mean something in one of our formats, or any.
fn byte() -> impl Strategy<Value = u8> {
    let meaning = b"\"\\{}[]:, \n\t09afAFzZ-_+/=.#u\0\x7f\xc3\xef".as_slice();
    prop_oneof![prop::sample::select(meaning), any::<u8>()]
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), byte()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        4 => (at(), 0..8u8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        3 => at().prop_map(Change::Delete),
        3 => (at(), byte()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        1 => at().prop_map(Change::Truncate),
        2 => at().prop_map(Change::Swap),
    ]
}

impl Change {
    /// The changed bytes. Where there is nothing to change, they stay.
    pub(crate) fn of(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let count = bytes.len();
        match self {
            Change::Insert(at, byte) => bytes.insert(at.index(count + 1), *byte),
            Change::Swap(at) if count > 1 => {
                let at = at.index(count - 1);
                bytes.swap(at, at + 1);
            }
            _ if count == 0 => {}
            Change::Replace(at, byte) => bytes[at.index(count)] = *byte,
            Change::Flip(at, bits) => bytes[at.index(count)] ^= bits,
            Change::Delete(at) => drop(bytes.remove(at.index(count))),
            Change::Truncate(at) => bytes.truncate(at.index(count)),
            Change::Swap(_) => {}
        }
        bytes
    }
}

/// A verified case, with what was verified of it.
struct Original {
    subject: Subject,
    facts: serde_json::Value,
}

fn originals() -> Vec<Original> {
    let verified = subjects().into_iter().filter(|subject| subject.is_verified);
    let originals: Vec<Original> = verified
        .filter_map(|subject| {
            let report = subject.verify(&subject.inputs)?;
            let facts = facts(&report).unwrap_or_else(|| panic!("{} is not verified", subject.name));
            Some(Original { subject, facts })
        })
        .collect();
    assert!(originals.len() > 200, "only {} cases", originals.len());
    originals
}

impl Original {
    /// Verifies the case with one input changed. Says whether it was verified all the same, or what is wrong then.
    fn verify_with(&self, name: &'static str, bytes: Vec<u8>) -> Result<bool, String> {
        if bytes == self.subject.inputs[name] {
            return Ok(false);
        }
        let expected = self.expected_of(name, &bytes);
        let mut inputs: Inputs = self.subject.inputs.clone();
        inputs.insert(name, bytes);
        let Some(report) = self.subject.verify(&inputs) else { return Ok(false) };
        let Some(found) = facts(&report) else { return Ok(false) };
        let outcome = judge(&self.subject, name, &expected, &found);
        let text = String::from_utf8_lossy(&inputs[name]).into_owned();
        outcome.map(|()| true).map_err(|what| format!("{}, {name}: {what}\n{text}", self.subject.name))
    }

    /// The facts that must still stand. A line of an export that now names another DID is left out (did-plc.md, "Exports"):
    /// then they are those of the unchanged export without it, as where a directory withholds it.
    fn expected_of(&self, name: &str, changed: &[u8]) -> serde_json::Value {
        let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        let (original, changed) = (lines(&self.subject.inputs[name]), lines(changed));
        let is_foreign = |line: &[u8]| self.names_another_did(line);
        if name != "log" || original.len() != changed.len() || !changed.iter().any(|line| is_foreign(line)) {
            return self.facts.clone();
        }
        let pairs = original.into_iter().zip(&changed);
        let kept: Vec<Vec<u8>> = pairs.filter(|(_, line)| !is_foreign(line)).map(|(line, _)| line).collect();
        let mut inputs = self.subject.inputs.clone();
        inputs.insert("log", kept.join(&b'\n'));
        let report = self.subject.verify(&inputs);
        report.and_then(|report| facts(&report)).unwrap_or_else(|| self.facts.clone())
    }

    fn names_another_did(&self, line: &[u8]) -> bool {
        let entry: serde_json::Value = serde_json::from_slice(line).unwrap_or_default();
        let own = self
            .subject
            .inputs
            .get("did")
            .map_or(String::new(), |did| String::from_utf8_lossy(did).into_owned());
        entry.get("did").is_some_and(|did| did.is_string() && *did != own.as_str())
    }
}

#[test]
fn no_change_of_a_byte_verifies_with_other_facts() {
    let originals = originals();
    let still_verified = Cell::new(0);
    let strategy = (any::<Index>(), any::<Index>(), change());
    let outcome = crate::runner(8000).run(&strategy, |(original, input, change)| {
        let original = original.get(&originals);
        let (name, bytes) =
            original.subject.inputs.iter().nth(input.index(original.subject.inputs.len())).unwrap();
        let is_verified = original.verify_with(name, change.of(bytes)).map_err(TestCaseError::fail)?;
        still_verified.set(still_verified.get() + u32::from(is_verified));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    println!("{} of 8000 changes left a verified report with the same signed facts", still_verified.get());
    // White space and unsigned members can change: if none ever did, nothing was compared.
    assert!(still_verified.get() > 50);
}

/// The same for every byte of the smallest case of each kind.
#[test]
fn no_byte_of_a_small_case_is_without_consequence() {
    let mut originals = originals();
    originals.sort_by_key(|original| original.subject.inputs.values().map(Vec::len).sum::<usize>());
    let mut seen = BTreeSet::new();
    originals.retain(|original| seen.insert(original.subject.kind));
    let mut count = 0;
    for original in originals {
        for (name, bytes) in &original.subject.inputs {
            for at in 0..bytes.len() {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1;
                let mut shorter = bytes.clone();
                shorter.remove(at);
                for changed in [flipped, shorter] {
                    count += 1;
                    original.verify_with(name, changed).unwrap_or_else(|what| panic!("byte {at}: {what}"));
                }
            }
        }
    }
    println!("{count} changes");
}
