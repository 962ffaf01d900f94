//! Random histories, signed by the test kit, judged by core and by [`reference`](crate::reference).

use crate::plot::plot;
use crate::reference::{History, Judgment, WINDOW};
use crate::served::{Keys, audit_log, bare_log, compare, compare_outcome, export, verify, verify_export};
use fedverify::{Code, LogForm};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen, so that a generator which makes nothing of interest is noticed.
#[derive(Debug, Default)]
struct Seen {
    histories: usize,
    verified: usize,
    with_nullified: usize,
    with_many_recoveries: usize,
    with_second_recovery_at_one_place: usize,
    at_the_last_moment: usize,
    tombstoned: usize,
    tombstone_undone: usize,
    operations: usize,
    codes: BTreeMap<Code, usize>,
}

impl Seen {
    fn count(&mut self, history: &History, judgment: &Judgment) {
        self.histories += 1;
        self.operations += history.entries.len();
        match judgment {
            Judgment::Verified { nullified } => self.count_verified(history, nullified),
            Judgment::Rejected(faults) => {
                let codes: BTreeSet<Code> = faults.iter().map(|(_, code)| *code).collect();
                for code in codes {
                    *self.codes.entry(code).or_default() += 1;
                }
            }
        }
    }

    fn count_verified(&mut self, history: &History, nullified: &[usize]) {
        let indexes = 1..history.entries.len();
        let recoveries: Vec<(usize, usize)> =
            indexes.filter_map(|index| Some((index, history.latest_sibling(index)?))).collect();
        self.verified += 1;
        self.with_nullified += usize::from(!nullified.is_empty());
        self.with_many_recoveries += usize::from(recoveries.len() > 1);
        let is_second = |(_, undone): &(usize, usize)| history.latest_sibling(*undone).is_some();
        self.with_second_recovery_at_one_place += usize::from(recoveries.iter().any(is_second));
        let at = |index: usize| history.entries[index].at;
        let is_last_moment = |(index, undone): &(usize, usize)| at(*index) - at(*undone) == WINDOW;
        self.at_the_last_moment += usize::from(recoveries.iter().any(is_last_moment));
        self.tombstoned += usize::from(history.act(history.entries.len() - 1).is_tombstone);
        self.tombstone_undone += usize::from(nullified.iter().any(|index| history.act(*index).is_tombstone));
    }

    /// At least so many of a thousand histories.
    fn require(&self, what: &str, count: usize, per_mille: usize) {
        assert!(count * 1000 >= self.histories * per_mille, "only {count} {what} in {self:?}");
    }
}

const HISTORIES: u32 = 1500;

#[test]
fn audit_logs_are_judged_as_the_rules_say() {
    let (keys, seen) = (Keys::new(), RefCell::new(Seen::default()));
    let outcome = crate::runner(HISTORIES).run(&plot(), |plot| {
        let history = plot.history();
        let signed = keys.sign(&history.pool);
        let judgment = history.judge();
        seen.borrow_mut().count(&history, &judgment);
        let found = verify(&audit_log(&history, &signed), signed[history.asked].did());
        compare(&judgment, &found)?;
        found.map_or(Ok(()), |identity| compare_outcome(&history, &signed, &identity))
    });
    let seen = seen.into_inner();
    println!("{seen:#?}");
    outcome.unwrap_or_else(|failure| panic!("{failure}"));

    // Well below what is usual, so that no run fails by chance: 550, 310, 130, 45, 40, 95, 85, and of each code 10 or more.
    seen.require("verified", seen.verified, 400);
    seen.require("with nullified operations", seen.with_nullified, 200);
    seen.require("with more than one recovery", seen.with_many_recoveries, 60);
    seen.require("with a second recovery at one place", seen.with_second_recovery_at_one_place, 15);
    seen.require("with a recovery at exactly 72 hours", seen.at_the_last_moment, 15);
    seen.require("ending in a tombstone", seen.tombstoned, 30);
    seen.require("in which a tombstone was undone", seen.tombstone_undone, 30);
    let codes = [
        Code::PlcCidMismatch,
        Code::PlcDidMismatch,
        Code::PlcGenesisInvalid,
        Code::PlcGenesisRepeated,
        Code::PlcNullificationAuthority,
        Code::PlcNullificationLate,
        Code::PlcNullifiedFlag,
        Code::PlcPrevMismatch,
        Code::PlcPrevNullified,
        Code::PlcRotationKeyInvalid,
        Code::PlcSignatureHighS,
        Code::PlcSignatureInvalid,
        Code::PlcTimestampOrder,
        Code::PlcTombstoned,
    ];
    for code in codes {
        seen.require(code.as_str(), seen.codes.get(&code).copied().unwrap_or_default(), 1);
    }
}

#[test]
fn bare_logs_are_judged_as_the_rules_say() {
    let (keys, verified) = (Keys::new(), RefCell::new(0));
    let outcome = crate::runner(HISTORIES / 3).run(&plot(), |plot| {
        let mut history = plot.history();
        let signed = keys.sign(&history.pool);
        let did = signed[history.asked].did();
        // All operations, which is seldom a chain; then those that count, which is one.
        for _ in 0..2 {
            let judgment = history.judge_bare();
            let found = verify(&bare_log(&history, &signed), did);
            compare(&judgment, &found)?;
            *verified.borrow_mut() += usize::from(found.is_ok());
            let line = history.line(history.entries.len() - 1);
            history.entries = line.iter().rev().map(|index| history.entries[*index].clone()).collect();
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(verified.into_inner() > 300, "too few bare logs verify");
}

/// An export with numbers is an audit log without flags; flags of other exports are derived, too.
#[test]
fn exports_are_judged_as_the_rules_say() {
    let keys = Keys::new();
    let outcome = crate::runner(HISTORIES / 3).run(&plot(), |plot| {
        let mut history = plot.history();
        // The first entry of an export says which DID it is of.
        history.entries[0].has_false_did = false;
        history.asked = history.entries[0].act;
        let signed = keys.sign(&history.pool);
        let found = verify_export(&export(&history, &signed));
        compare(&history.judge_operations(), &found)?;
        found.map_or(Ok(()), |identity| {
            prop_assert_eq!(identity.form(), LogForm::Export);
            compare_outcome(&history, &signed, &identity)
        })
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
