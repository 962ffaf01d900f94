//! How two verified logs of one identity relate to each other (did-plc.md, "Two logs").

use crate::error::{ApiFault, Error};
use crate::index::Index;
use crate::plc::{HistoryEntry, Identity, LogForm, RECOVERY_WINDOW_SECONDS};
use crate::quote::quote;
use crate::tables::Code;

/// How a second log relates to a first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relation {
    /// They say the same.
    Equal,
    /// The second lawfully continues the first.
    Ahead,
    /// The first lawfully continues the second.
    Behind,
    /// They hold the same operation with different times: one of the directories rewrote them.
    Rewritten,
    /// Neither continues the other.
    Fork,
    /// One is a bare log, which does not show what was undone: the other's operations may have been, or not.
    Unknown,
}

impl Relation {
    /// The stable string.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Equal => "equal",
            Relation::Ahead => "ahead",
            Relation::Behind => "behind",
            Relation::Rewritten => "rewritten",
            Relation::Fork => "fork",
            Relation::Unknown => "unknown",
        }
    }
}

/// What two verified logs have in common, and what not. Operations are named by their indices in the log they are of.
#[derive(Debug, Clone)]
pub struct Comparison<'i> {
    first: &'i Identity,
    second: &'i Identity,
    /// How the second log relates to the first.
    pub relation: Relation,
    /// The operations that only the first has.
    pub only_first: Vec<usize>,
    /// The operations that only the second has.
    pub only_second: Vec<usize>,
    /// The operations that are in force in one and nullified (undone) in the other, by their indices in the first.
    pub nullified: Vec<usize>,
    /// The operations with different times, by their indices in both.
    pub rewritten: Vec<(usize, usize)>,
}

/// Compares two logs of one identity, each of which was verified.
///
/// ```
/// use fedverify::directory::{Relation, compare};
/// use fedverify::{Limits, Log};
///
/// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
/// # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
/// # let (did, log) = (String::from_utf8(read("did.txt")).unwrap().trim().parse()?, read("log.json"));
/// let identity = Log::parse(&log, &Limits::default())?.verify(&did)?;
/// assert_eq!(compare(&identity, &identity).relation, Relation::Equal);
/// # Ok::<(), fedverify::Error>(())
/// ```
pub fn compare<'i>(first: &'i Identity, second: &'i Identity) -> Comparison<'i> {
    let (places, others) = (index(first), index(second));
    let missing = |of: &Identity, known: &Index<'_>| {
        let entries = of.history().iter().enumerate();
        entries.filter(|(_, entry)| !known.contains(entry.cid())).map(|(place, _)| place).collect()
    };
    let shared = || {
        first.history().iter().enumerate().filter_map(|(place, entry)| {
            let other = others.get(entry.cid())?;
            Some((place, entry, other, second.history().get(other)?))
        })
    };
    let nullified = shared().filter(|(_, one, _, other)| one.is_nullified() != other.is_nullified());
    let nullified = nullified.map(|(place, ..)| place).collect();
    let rewritten: Vec<_> = shared()
        .filter(|(_, one, _, other)| is_rewritten(one, other))
        .map(|(place, _, other, _)| (place, other))
        .collect();
    let relation = match (becomes(first, second), becomes(second, first)) {
        _ if !rewritten.is_empty() => Relation::Rewritten,
        (Some(true), Some(true)) => Relation::Equal,
        (Some(true), _) => Relation::Ahead,
        (_, Some(true)) => Relation::Behind,
        (None, _) | (_, None) => Relation::Unknown,
        (Some(false), Some(false)) => Relation::Fork,
    };
    let (only_first, only_second) = (missing(first, &others), missing(second, &places));
    Comparison { first, second, relation, only_first, only_second, nullified, rewritten }
}

fn index(identity: &Identity) -> Index<'_> {
    Index::from_strings(all(identity))
}

/// The CIDs of all operations.
fn all(identity: &Identity) -> impl Iterator<Item = &str> {
    identity.history().iter().map(HistoryEntry::cid)
}

/// The operations that are in force, from the genesis to the head.
fn survivors(identity: &Identity) -> impl Iterator<Item = &HistoryEntry> {
    identity.history().iter().filter(|entry| !entry.is_nullified())
}

/// Their CIDs.
fn in_force(identity: &Identity) -> impl Iterator<Item = &str> {
    survivors(identity).map(HistoryEntry::cid)
}

/// Whether a log lawfully continues an earlier one. What cannot be told counts as not lawful.
pub(super) fn continues(later: &Identity, earlier: &Identity) -> bool {
    // Where both have times, the earlier one is the start: operations are at the same places.
    let mut pairs = later.history().iter().zip(earlier.history());
    becomes(earlier, later) == Some(true) && pairs.all(|(one, other)| !is_rewritten(one, other))
}

/// The error that two logs do not continue each other, which says after what was expected where they part, and what each has there:
/// an operation, or its time. Of a bare log and another, only what is in force can be laid side by side: then their operations have no
/// common index.
pub(super) fn parting(first: &Identity, second: &Identity, expected: &str) -> Error {
    let is_bare = [first, second].iter().any(|log| log.form() == LogForm::Bare);
    let (first, second) = (laid_out(first, is_bare), laid_out(second, is_bare));
    let mut pairs = first.iter().zip(&second);
    let place = pairs.position(|(one, other)| one.cid() != other.cid() || is_rewritten(one, other));
    let place = place.unwrap_or(first.len().min(second.len()));
    let (one, other) = (first.get(place), second.get(place));
    let is_same = one.map(|entry| entry.cid()) == other.map(|entry| entry.cid());
    let has = |entry: Option<&&HistoryEntry>| match entry {
        None => "nothing".to_owned(),
        Some(entry) => {
            let time = entry.created_at().filter(|_| is_same);
            let time = time.map(|time| format!(" of {}", quote(time.as_str()))).unwrap_or_default();
            format!("{}{time}", entry.cid())
        }
    };
    let (one, other) = (has(one), has(other));
    let message = format!("{expected} where they part, the first has {one} and the second {other}");
    let error = Error::new(Code::PlcDirectoryDisagree, message);
    if is_bare { error } else { error.at_operation(place) }
}

fn laid_out(log: &Identity, is_bare: bool) -> Vec<&HistoryEntry> {
    log.history().iter().filter(|entry| !is_bare || !entry.is_nullified()).collect()
}

fn is_rewritten(one: &HistoryEntry, other: &HistoryEntry) -> bool {
    one.created_at().zip(other.created_at()).is_some_and(|(a, b)| a != b)
}

/// Whether a log is what an earlier one can lawfully have become; `None` where a bare log cannot show it. Each is lawful in
/// itself. A directory only ever appends to its log, so the earlier one is the start of the later one; and if that has the same
/// times, every recovery in it was in time.
fn becomes(earlier: &Identity, later: &Identity) -> Option<bool> {
    match (later.form(), earlier.form()) {
        (LogForm::Bare, _) if starts_with(in_force(later), in_force(earlier)) => Some(true),
        // Whether an operation that is not there was undone is what a bare log leaves out.
        (LogForm::Bare, _) => (!can_undo(later, earlier)).then_some(false),
        (_, LogForm::Bare) => Some(was_in_force(later, earlier)),
        _ => Some(starts_with(all(later), all(earlier))),
    }
}

fn starts_with<'s>(
    mut whole: impl Iterator<Item = &'s str>,
    mut start: impl Iterator<Item = &'s str>,
) -> bool {
    start.all(|cid| whole.next() == Some(cid))
}

/// Whether what a bare log has instead of an earlier one's operations can have undone them (did-plc.md, "Recovery"). Whoever
/// undoes an operation, or what undid it, has a key of higher authority; and comes after all that the earlier log holds, but at
/// most 72 hours after the operation. So what the earlier log undid cannot take its place again: its signer is of lower authority.
fn can_undo(later: &Identity, earlier: &Identity) -> bool {
    let mut pairs = survivors(earlier).zip(survivors(later));
    let Some((undone, by)) = pairs.find(|(one, other)| one.cid() != other.cid()) else { return false };
    let last = earlier.history().last().and_then(HistoryEntry::created_at);
    let is_late = last
        .zip(undone.created_at())
        .is_some_and(|(last, undone)| !last.is_within(RECOVERY_WINDOW_SECONDS, undone));
    by.signer() < undone.signer() && !is_late
}

/// Whether the operations of a bare log are those that were in force when its head was the head of the whole log.
fn was_in_force(whole: &Identity, bare: &Identity) -> bool {
    let Some(head) = index(whole).get(bare.head()) else { return false };
    let then = whole.history().iter().take(head.saturating_add(1));
    let then = then.filter(|entry| entry.nullified_by().is_none_or(|recovery| recovery > head));
    then.map(HistoryEntry::cid).eq(in_force(bare))
}

impl Comparison<'_> {
    /// Why the two cannot both be honest, or why nothing can be told; `None` where one lawfully continues the other.
    pub fn error(&self) -> Option<Error> {
        match self.relation {
            Relation::Equal | Relation::Ahead | Relation::Behind => None,
            Relation::Rewritten => self.rewritten.first().and_then(|places| self.rewritten_error(*places)),
            Relation::Fork => {
                Some(parting(self.first, self.second, "expected one log to be the start of the other;"))
            }
            Relation::Unknown => {
                let message = "expected two audit logs; a bare log does not show what was undone, so whether one continues \
                               the other cannot be told";
                Some(Error::misuse(ApiFault::Argument, message))
            }
        }
    }

    fn rewritten_error(&self, (place, other): (usize, usize)) -> Option<Error> {
        let (one, other) = (self.first.history().get(place)?, self.second.history().get(other)?);
        let message = format!(
            "expected the same createdAt in both logs, found {} in the first and {} in the second: with other times a late \
             recovery looks timely",
            quote(one.created_at()?.as_str()),
            quote(other.created_at()?.as_str())
        );
        Some(Error::new(Code::PlcDirectoryDisagree, message).at_operation(place).with_cid(one.cid()))
    }
}
