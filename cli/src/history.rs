//! A verified history for people: a line for each operation, and below it who signed it, what it changed, and who can still
//! nullify it. People read that it is or can be undone.

use crate::text::{BAD, CAUTION, FAINT, GOOD};
use anstyle::Style;
use fedverify::plc::{Change, Contestable, ContestableOperation, OperationType, State};
use fedverify::tables::{ChangeKind, Gravity, StatePart};
use fedverify::{Identity, Pin, printable, quote};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The history of an identity, as it is at some time.
pub(crate) struct History<'i> {
    identity: &'i Identity,
    contestable: Contestable,
    /// What an earlier visit saw: the CIDs of operations, and whether each was nullified by then.
    seen: Option<BTreeMap<&'i str, bool>>,
}

/// The words of a line, below their headings.
const HEADINGS: [&str; 5] = ["#", "when", "gravity", "what", "now"];

impl<'i> History<'i> {
    pub(crate) fn new(identity: &'i Identity, now: u64, earlier: Option<&'i Pin>) -> Self {
        let seen = earlier.map(|pin| pin.seen().collect());
        History { identity, contestable: identity.contestable(now), seen }
    }

    /// How many operations are new or were nullified since the earlier visit; `None` where none is remembered.
    pub(crate) fn news(&self) -> Option<usize> {
        self.seen.as_ref()?;
        Some((0..self.identity.history().len()).filter(|index| self.news_of(*index).is_some()).count())
    }

    /// Writes these operations of the history.
    pub(crate) fn write(&self, out: &mut impl Write, operations: &[usize]) -> io::Result<()> {
        let rows: Vec<[String; 5]> = operations.iter().map(|index| self.row(*index)).collect();
        let headings = HEADINGS.map(str::to_owned);
        let width = |column: usize| {
            let cells = rows.iter().chain([&headings]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths = [width(0), width(1), width(2), width(3)];
        write_row(out, &headings, widths, [FAINT; 5])?;
        for (index, row) in operations.iter().zip(&rows) {
            write_row(out, row, widths, self.styles(*index))?;
            self.write_details(out, *index)?;
        }
        Ok(())
    }

    fn row(&self, index: usize) -> [String; 5] {
        let entry = self.identity.history().get(index);
        let time = entry.and_then(|entry| entry.created_at());
        let when = time.map_or_else(|| "unknown".to_owned(), |time| when(time.as_str()));
        let gravity = match self.identity.gravity(index) {
            Gravity::None => "-",
            gravity @ (Gravity::Minor | Gravity::Serious | Gravity::Grave | _) => gravity.as_str(),
        };
        [index.to_string(), when, gravity.to_owned(), self.what(index), self.now(index)]
    }

    /// What an operation did, in a few words.
    fn what(&self, index: usize) -> String {
        let Some(entry) = self.identity.history().get(index) else { return String::new() };
        if entry.prev().is_none() {
            return "created".to_owned();
        }
        let mut words: Vec<&str> = Vec::new();
        for change in self.identity.changes(index) {
            let word = plural(change.part);
            if words.last() != Some(&word) && !words.contains(&word) {
                words.push(word);
            }
        }
        let is_end = entry.operation().operation_type() == OperationType::Tombstone;
        let changed = match (is_end, words.is_empty()) {
            (true, _) => "deactivated".to_owned(),
            (false, true) => "nothing".to_owned(),
            (false, false) => words.join(", "),
        };
        if entry.is_recovery() { format!("recovery: {changed}") } else { changed }
    }

    /// What has become of an operation.
    fn now(&self, index: usize) -> String {
        let Some(entry) = self.identity.history().get(index) else { return String::new() };
        let falls_with = self.contestable_before(index);
        let state = match (entry.nullified_by(), self.contestable_at(index), falls_with) {
            (Some(recovery), ..) => format!("undone by {recovery}"),
            (None, Some(operation), _) => format!("can be undone until {}", fedverify::utc(operation.until)),
            (None, None, Some(other)) => format!("in force, falls with {}", other.operation),
            (None, None, None) => "in force".to_owned(),
        };
        match self.news_of(index) {
            Some(news) => format!("{state}, {news}"),
            None => state,
        }
    }

    fn contestable_at(&self, index: usize) -> Option<&ContestableOperation> {
        let operations = self.contestable.operations();
        operations.get(self.place(index)).filter(|operation| operation.operation == index)
    }

    /// The last operation before this one that can be nullified, and this one with it.
    fn contestable_before(&self, index: usize) -> Option<&ContestableOperation> {
        self.contestable.operations().get(self.place(index).checked_sub(1)?)
    }

    /// How many of the operations that can be nullified, which are in the order of the log, come before this one.
    fn place(&self, index: usize) -> usize {
        self.contestable.operations().partition_point(|operation| operation.operation < index)
    }

    /// What is new of an operation since the earlier visit.
    fn news_of(&self, index: usize) -> Option<&'static str> {
        let entry = self.identity.history().get(index)?;
        match self.seen.as_ref()?.get(entry.cid()) {
            None => Some("new"),
            Some(false) if entry.is_nullified() => Some("since the last visit"),
            Some(_) => None,
        }
    }

    fn styles(&self, index: usize) -> [Style; 5] {
        let plain = Style::new();
        let gravity = match self.identity.gravity(index) {
            Gravity::Grave => BAD,
            Gravity::Serious => CAUTION,
            Gravity::None | Gravity::Minor | _ => FAINT,
        };
        let is_nullified = self.identity.history().get(index).is_some_and(|entry| entry.is_nullified());
        let now = match (is_nullified, self.contestable_at(index)) {
            (true, _) => BAD,
            (false, Some(_)) => CAUTION,
            (false, None) => GOOD,
        };
        [plain.bold(), plain, gravity, plain.bold(), now]
    }

    fn write_details(&self, out: &mut impl Write, index: usize) -> io::Result<()> {
        if let Some(key) = self.identity.signer_key(index) {
            let (place, count) = self.signer(index);
            writeln!(out, "   by rotation key {place} of {count}: {}", printable(key))?;
        }
        if let Some(operation) = self.contestable_at(index) {
            let keys: Vec<String> = operation.keys.iter().map(|key| printable(key)).collect();
            writeln!(out, "   {CAUTION}can be undone by{CAUTION:#} {}", keys.join(", "))?;
        }
        for change in self.identity.changes(index) {
            write_change(out, &change)?;
        }
        Ok(())
    }

    /// Which of the keys signed, counted from 1, and of how many.
    fn signer(&self, index: usize) -> (usize, usize) {
        let history = self.identity.history();
        let Some(entry) = history.get(index) else { return (0, 0) };
        let state = entry.prev().map_or(Some(entry), |prev| history.get(prev));
        let keys = state.and_then(|entry| entry.operation().state()).map(State::rotation_keys);
        (entry.signer().saturating_add(1), keys.map_or(0, <[String]>::len))
    }
}

/// The most characters of a time that are shown as they are: nanoseconds and an offset take 35.
const TIME_CHARS: usize = 40;

/// A time as the directory wrote it. It can have any number of digits, and its column is as wide as the longest, so more than
/// anyone needs is quoted, which cuts it (json.md, "Quoting").
fn when(time: &str) -> String {
    if time.len() <= TIME_CHARS { time.to_owned() } else { quote(time) }
}

fn write_row(
    out: &mut impl Write,
    row: &[String; 5],
    widths: [usize; 4],
    styles: [Style; 5],
) -> io::Result<()> {
    let [number, when, gravity, what, now] = row;
    let [of_number, of_when, of_gravity, of_what, of_now] = styles;
    let [number_width, when_width, gravity_width, what_width] = widths;
    write!(
        out,
        "{of_number}{number:<number_width$}{of_number:#}  {of_when}{when:<when_width$}{of_when:#}  "
    )?;
    write!(
        out,
        "{of_gravity}{gravity:<gravity_width$}{of_gravity:#}  {of_what}{what:<what_width$}{of_what:#}  "
    )?;
    writeln!(out, "{of_now}{now}{of_now:#}")
}

/// Writes a change. What it repeats was signed by someone, and may be anything.
fn write_change(out: &mut impl Write, change: &Change) -> io::Result<()> {
    let (style, sign) = match change.change {
        ChangeKind::Added => (GOOD, "+"),
        ChangeKind::Removed => (BAD, "-"),
        ChangeKind::Reordered | _ => (CAUTION, "~"),
    };
    let what = match change.part {
        StatePart::RotationKeys => "rotation key",
        StatePart::VerificationMethods => "key",
        StatePart::Services => "service",
        StatePart::AlsoKnownAs | _ => "name",
    };
    let said = [&change.id, &change.service_type, &change.value].into_iter().flatten();
    let said: Vec<String> = said.map(|word| shown(word)).collect();
    let said = match change.change {
        ChangeKind::Reordered => {
            "the same keys in a different order, which changes their authority".to_owned()
        }
        ChangeKind::Added | ChangeKind::Removed | _ => said.join(" "),
    };
    writeln!(out, "   {style}{sign} {what}{style:#} {said}")
}

/// A word as it is, and in quotes where it could be taken for several or for none. Behind enough spaces a terminal begins a new
/// line, which would look like one of ours.
fn shown(word: &str) -> String {
    let is_plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { printable(word) } else { quote(word) }
}

fn plural(part: StatePart) -> &'static str {
    match part {
        StatePart::RotationKeys => "rotation keys",
        StatePart::VerificationMethods => "keys",
        StatePart::Services => "services",
        StatePart::AlsoKnownAs | _ => "names",
    }
}
