//! A verifier that remembers may be stricter than one that does not, and never more lenient: what a pin lets it leave out
//! must have been proven.

use crate::plot::{Plot, plot};
use crate::reference::History;
use crate::served::{Keys, audit_log, bare_log, compare_outcome, parse_did};
use fedverify::{Code, Error, Identity, Limits, Log, Pin, WarningCode};
use fedverify_kit::SignedOp;
use proptest::prelude::*;
use proptest::sample::Index;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// When histories start, in seconds.
const START: u64 = 1_767_225_600;

/// What a verifier can prove of a nullification, in seconds.
const PROVABLE: u64 = 96 * 3600;

/// How long after an operation it can be undone, in seconds.
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

    fn text(&self, signed: &[SignedOp]) -> String {
        let json = match self.form.is_bare {
            true => bare_log(&self.history, signed),
            false => audit_log(&self.history, signed),
        };
        if self.form.is_pretty { json.pretty() } else { json.to_string() }
    }

    /// When the directory says that it accepted an operation that is in the log, in seconds.
    fn created_at(&self, act: usize) -> Option<u64> {
        let entry =
            self.history.entries.iter().find(|entry| entry.act == act).filter(|_| !self.form.is_bare)?;
        Some(START.checked_add_signed(entry.at.div_euclid(1_000_000)).expect("a moment after 1970"))
    }

    /// When the directory says that it accepted what undid an operation: the first entry with which the operation counts no more.
    fn undone_at(&self, act: usize) -> Option<u64> {
        let entries = &self.history.entries;
        let place = entries.iter().position(|entry| entry.act == act)?;
        let by = (place..entries.len()).find(|end| !self.history.line(*end).contains(&place))?;
        self.created_at(entries[by].act)
    }

    /// The operations that were shown, and whether they were nullified.
    fn shown(&self) -> BTreeMap<usize, bool> {
        let nullified = self.history.nullified();
        let entries = self.history.entries.iter().enumerate();
        entries.map(|(index, entry)| (entry.act, nullified.contains(&index))).collect()
    }
}

/// When the two visits were, in seconds.
#[derive(Debug, Clone, Copy)]
struct Clock {
    first: u64,
    second: u64,
}

/// What of a later visit contradicts an earlier one (did-plc.md, "What a pin refuses"), and whether a recovery came unseen.
fn contradictions(earlier: &Visit, later: &Visit, clock: Clock) -> (BTreeSet<Code>, bool) {
    let (before, now) = (earlier.shown(), later.shown());
    let (mut codes, mut is_unwitnessed) = (BTreeSet::new(), false);
    for (act, was_nullified) in &before {
        match now.get(act) {
            None if *was_nullified && later.form.is_bare => {}
            None => {
                let is_cut = now.keys().all(|act| before.contains_key(act));
                codes.insert(if is_cut { Code::PinRollback } else { Code::PinFork });
            }
            Some(is_nullified) if *is_nullified && !was_nullified => {
                let since = earlier.created_at(*act).map_or(clock.first, |time| time.min(clock.first));
                let times = earlier.created_at(*act).zip(later.undone_at(*act));
                if clock.first > since + PROVABLE
                    || times.is_some_and(|(first, undone)| undone > first + WINDOW)
                {
                    codes.insert(Code::PinNullificationLate);
                }
                is_unwitnessed |= clock.second > since + PROVABLE;
            }
            Some(_) => {}
        }
    }
    (codes, is_unwitnessed)
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
    unwitnessed: usize,
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
    let first_visits =
        prop_oneof![Just(0), Just(50), Just(97), Just(1000)].prop_map(|hours: u64| hours * 3600);
    let ages = prop_oneof![Just(0), Just(PROVABLE), Just(PROVABLE + 1)];
    // Sometimes the directory withholds the newest operations on the second visit.
    let withheld = prop::option::weighted(0.2, any::<Index>());
    let strategy = (plot(), (any::<Index>(), withheld), (form(), form()), (first_visits, ages));
    let outcome =
        crate::runner(800).run(&strategy, |(plot, (cut, withheld), (first, second), (start, age))| {
            let clock = Clock { first: START + start, second: START + start + age };
            let earlier = Visit::new(start_of(&plot, cut), first);
            let second_history = withheld.map_or_else(|| plot.history(), |cut| start_of(&plot, cut));
            let later = Visit::new(second_history, second);
            // Lies may add operations to the pool, and take none from it.
            let signed = keys.sign(&later.history.pool);
            let did = parse_did(signed[0].did());
            let (limits, earlier_text, later_text) =
                (Limits::default(), earlier.text(&signed), later.text(&signed));
            let visit = |text: &str, pin: Option<&Pin>, now| {
                Log::parse(text.as_bytes(), &limits)?.verify_remembering(&did, pin, now)
            };
            let first_visit = visit(&earlier_text, None, clock.first);
            let Some(pin) = first_visit.ok().and_then(|identity| identity.pin().cloned()) else {
                return Ok(());
            };
            seen.borrow_mut().pinned += 1;
            let plain = Log::parse(later_text.as_bytes(), &limits).and_then(|log| log.verify(&did));
            let (expected, is_unwitnessed) = contradictions(&earlier, &later, clock);
            let Some(identity) =
                compare(plain, visit(&later_text, Some(&pin), clock.second), &expected, &seen)?
            else {
                return Ok(());
            };
            let codes: Vec<WarningCode> = identity.warnings().iter().map(fedverify::Warning::code).collect();
            prop_assert_eq!(codes.contains(&WarningCode::NullificationUnwitnessed), is_unwitnessed);
            seen.borrow_mut().unwitnessed += usize::from(is_unwitnessed);
            let kept = identity.pin().expect("a memory was asked for");
            prop_assert_eq!(kept.last_visit(), clock.second);
            prop_assert_eq!(&Pin::parse(kept.to_json().as_bytes(), &limits).expect("a pin"), kept);
            prop_assert_eq!(
                pin.merge(kept, &limits).map(|merged| merged.head().to_owned()),
                Ok(identity.head().to_owned())
            );
            compare_outcome(&later.history, &signed, &identity)
        });
    println!("{:#?}", seen.borrow());
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.into_inner();
    assert!(seen.accepted > 100 && seen.with_fewer_checks > 80 && seen.unwitnessed > 5, "{seen:?}");
    for code in [Code::PinRollback, Code::PinFork, Code::PinNullificationLate] {
        let count = seen.codes.get(&code).copied().unwrap_or_default();
        assert!(count > 3, "{code} was seen {count} times: {seen:?}");
    }
}
