//! A verifier that remembers may be stricter than one that does not, and never more lenient: what a pin lets it leave out
//! must have been proven.

use crate::plot::{Plot, plot};
use crate::reference::History;
use crate::served::{Keys, audit_log, bare_log, compare_outcome, parse_did};
use fedverify::{Code, Error, Identity, Log, Pin};
use fedverify_kit::SignedOp;
use proptest::prelude::*;
use proptest::sample::Index;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// When the first visit was, in seconds.
const FIRST_VISIT: u64 = 1_800_000_000;

/// 72 hours in seconds.
const WINDOW: u64 = 72 * 3600;

/// How a log is served on one visit.
#[derive(Debug, Clone, Copy)]
struct Form {
    is_bare: bool,
    is_pretty: bool,
}

fn form() -> impl Strategy<Value = Form> {
    (prop::bool::weighted(0.3), prop::bool::weighted(0.3))
        .prop_map(|(is_bare, is_pretty)| Form { is_bare, is_pretty })
}

/// A history on one visit.
struct Visit {
    history: History,
    form: Form,
}

impl Visit {
    /// A bare log holds the operations that count, and no others.
    fn new(mut history: History, form: Form) -> Visit {
        if form.is_bare {
            let line = history.line(history.entries.len() - 1);
            history.entries = line.iter().rev().map(|index| history.entries[*index].clone()).collect();
        }
        Visit { history, form }
    }

    fn log(&self, signed: &[SignedOp]) -> Result<Log, Error> {
        let json = match self.form.is_bare {
            true => bare_log(&self.history, signed),
            false => audit_log(&self.history, signed),
        };
        let text = if self.form.is_pretty { json.pretty() } else { json.to_string() };
        Log::parse(text.as_bytes())
    }

    /// The operations that were shown, and whether they were nullified.
    fn shown(&self) -> BTreeMap<usize, bool> {
        let nullified = self.history.nullified();
        let entries = self.history.entries.iter().enumerate();
        entries.map(|(index, entry)| (entry.act, nullified.contains(&index))).collect()
    }
}

/// What of a later visit contradicts an earlier one (the issue on pins; `Log::verify_remembering`).
fn contradictions(earlier: &Visit, later: &Visit, age: u64) -> BTreeSet<Code> {
    let (before, now) = (earlier.shown(), later.shown());
    let mut codes = BTreeSet::new();
    for (act, was_nullified) in &before {
        match now.get(act) {
            None if *was_nullified && later.form.is_bare => {}
            None => {
                let is_cut = now.keys().all(|act| before.contains_key(act));
                codes.insert(if is_cut { Code::PinRollback } else { Code::PinFork });
            }
            Some(is_nullified) if *is_nullified && !was_nullified && age > WINDOW => {
                codes.insert(Code::PinNullificationLate);
            }
            Some(_) => {}
        }
    }
    codes
}

/// The start of an honest log, with the flags of that time.
fn start_of(plot: &Plot, cut: Index) -> History {
    let mut history = plot.honest_history();
    history.entries.truncate(cut.index(history.entries.len()) + 1);
    history.set_flags();
    history
}

#[derive(Debug, Default)]
struct Seen {
    pinned: usize,
    accepted: usize,
    with_fewer_checks: usize,
    codes: BTreeMap<Code, usize>,
}

/// Compares what the later visit comes to with and without the memory of the earlier one.
fn compare(
    plain: Result<Identity, Error>,
    remembered: Result<Identity, Error>,
    expected: &BTreeSet<Code>,
    seen: &RefCell<Seen>,
) -> Result<Option<Identity>, TestCaseError> {
    match (plain, remembered) {
        (Err(plain), Err(remembered)) => {
            prop_assert_eq!(plain.code(), remembered.code());
            Ok(None)
        }
        (Err(plain), Ok(_)) => Err(TestCaseError::fail(format!("only a pin makes it verify: {plain}"))),
        (Ok(_), Err(error)) => {
            *seen.borrow_mut().codes.entry(error.code()).or_default() += 1;
            prop_assert!(expected.contains(&error.code()), "expected {expected:?}, found {error}");
            Ok(None)
        }
        (Ok(plain), Ok(remembered)) => {
            prop_assert!(expected.is_empty(), "expected {expected:?}");
            let (before, after) = (plain.signature_checks(), remembered.signature_checks());
            prop_assert!(after <= before);
            seen.borrow_mut().accepted += 1;
            seen.borrow_mut().with_fewer_checks += usize::from(after < before);
            Ok(Some(remembered))
        }
    }
}

#[test]
fn a_pin_refuses_what_contradicts_it_and_proves_nothing_new() {
    let (keys, seen) = (Keys::new(), RefCell::new(Seen::default()));
    let ages = prop_oneof![1 => Just(0), 1 => Just(WINDOW), 3 => Just(WINDOW + 1)];
    // Sometimes the directory withholds the newest operations on the second visit.
    let withheld = prop::option::weighted(0.2, any::<Index>());
    let strategy = (plot(), (any::<Index>(), withheld), (form(), form()), ages);
    let outcome = crate::runner(800).run(&strategy, |(plot, (cut, withheld), (first, second), age)| {
        let earlier = Visit::new(start_of(&plot, cut), first);
        let second_history = withheld.map_or_else(|| plot.history(), |cut| start_of(&plot, cut));
        let later = Visit::new(second_history, second);
        // Lies may add operations to the pool, and take none from it.
        let signed = keys.sign(&later.history.pool);
        let did = parse_did(signed[0].did());
        let visit = |pin: Option<&Pin>, now| later.log(&signed)?.verify_remembering(&did, pin, now);
        let first_visit =
            earlier.log(&signed).and_then(|log| log.verify_remembering(&did, None, FIRST_VISIT));
        let Some(pin) = first_visit.ok().and_then(|identity| identity.pin().cloned()) else { return Ok(()) };
        seen.borrow_mut().pinned += 1;
        let plain = later.log(&signed).and_then(|log| log.verify(&did));
        let expected = contradictions(&earlier, &later, age);
        let remembered = compare(plain, visit(Some(&pin), FIRST_VISIT + age), &expected, &seen)?;
        remembered.map_or(Ok(()), |identity| compare_outcome(&later.history, &signed, &identity))
    });
    println!("{:#?}", seen.borrow());
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.into_inner();
    assert!(seen.accepted > 100 && seen.with_fewer_checks > 80, "{seen:?}");
    for code in [Code::PinRollback, Code::PinFork, Code::PinNullificationLate] {
        let count = seen.codes.get(&code).copied().unwrap_or_default();
        assert!(count > 3, "{code} was seen {count} times: {seen:?}");
    }
}
