//! How histories come about: random, but mostly sound, with recoveries at every edge of the rules.

use crate::reference::{Act, Entry, History, Judgment, Prev, WINDOW};
use proptest::prelude::*;
use proptest::sample::Index;

/// How many keys there are. All but the last two can sign operations; the last has not even a secret.
pub(crate) const KEYS: usize = 6;
pub(crate) const USABLE_KEYS: &[usize] = &[0, 1, 2, 3];
pub(crate) const ED25519: usize = 4;
const MALFORMED: usize = 5;

/// Microseconds.
const MILLISECOND: i64 = 1000;
const MINUTE: i64 = 60_000 * MILLISECOND;
const HOUR: i64 = 60 * MINUTE;

/// What one step tries. It is all relative to the history before it, so that most of what it says makes sense.
#[derive(Debug, Clone)]
struct Move {
    prev: PrevChoice,
    signer: SignerChoice,
    time: TimeChoice,
    is_tombstone: bool,
    rotation_keys: Vec<usize>,
    is_flipped: bool,
}

#[derive(Debug, Clone)]
enum PrevChoice {
    Head,
    /// An operation that counts.
    Line(Index),
    /// An operation that counts and was recovered to already, where there is one.
    Fork(Index),
    /// Any operation so far.
    Any(Index),
    Unknown,
    /// None: a second genesis.
    Nothing,
}

#[derive(Debug, Clone)]
enum SignerChoice {
    /// The first rotation key.
    Highest,
    /// The last rotation key.
    Lowest,
    /// Any rotation key.
    Rotation(Index),
    /// Any key.
    Any(usize),
}

#[derive(Debug, Clone)]
enum TimeChoice {
    /// So long after the head.
    AfterHead(i64),
    /// So long after the end of the 72 hours in which the operation may be undone that this one undoes.
    AroundWindow(i64),
}

/// A step: the wild move if there is one, else the first of the others that the rules allow.
#[derive(Debug, Clone)]
struct Step {
    moves: Vec<Move>,
    wild: Option<Move>,
}

/// What a directory does to a finished log.
#[derive(Debug, Clone)]
enum Lie {
    Flag(Index),
    Did(Index),
    Cid(Index),
    Drop(Index),
    Swap(Index),
    Repeat(Index),
    Backdate(Index, i64),
    /// It is asked for another identity than the log is of.
    Asked,
}

/// How a history comes about.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    genesis: Move,
    is_legacy: bool,
    steps: Vec<Step>,
    lie: Option<Lie>,
}

/// As most operations are: on the head, often by a key of low rank, soon after.
fn ordinary() -> impl Strategy<Value = Move> {
    let signer = prop_oneof![Just(SignerChoice::Lowest), any::<Index>().prop_map(SignerChoice::Rotation)];
    let time = (1..=90i64).prop_map(|minutes| TimeChoice::AfterHead(minutes * MINUTE));
    a_move(Just(PrevChoice::Head), signer, time, 0.06)
}

/// On an operation that counts, by a key of high rank, at times close to the end of the window.
fn recovery() -> impl Strategy<Value = Move> {
    let prev = prop_oneof![
        3 => any::<Index>().prop_map(PrevChoice::Line),
        1 => any::<Index>().prop_map(PrevChoice::Fork),
    ];
    let signer =
        prop_oneof![1 => Just(SignerChoice::Highest), 3 => any::<Index>().prop_map(SignerChoice::Rotation)];
    let time = prop_oneof![
        4 => (1..=90i64).prop_map(|minutes| TimeChoice::AfterHead(minutes * MINUTE)),
        1 => (1..=70i64).prop_map(|hours| TimeChoice::AfterHead(hours * HOUR)),
        1 => (-2..=2i64).prop_map(TimeChoice::AroundWindow),
        1 => (-1..=1i64).prop_map(|ms| TimeChoice::AroundWindow(ms * MILLISECOND)),
    ];
    a_move(prev, signer, time, 0.06)
}

/// Anything.
fn odd() -> impl Strategy<Value = Move> {
    let prev = prop_oneof![
        2 => Just(PrevChoice::Head),
        2 => any::<Index>().prop_map(PrevChoice::Line),
        4 => any::<Index>().prop_map(PrevChoice::Any),
        1 => Just(PrevChoice::Unknown),
        1 => Just(PrevChoice::Nothing),
    ];
    let signer = prop_oneof![
        any::<Index>().prop_map(SignerChoice::Rotation),
        (0..MALFORMED).prop_map(SignerChoice::Any)
    ];
    let time = prop_oneof![
        2 => (1..=90i64).prop_map(|minutes| TimeChoice::AfterHead(minutes * MINUTE)),
        1 => (-2..=2i64).prop_map(TimeChoice::AfterHead),
        2 => (-2..=2i64).prop_map(TimeChoice::AroundWindow),
    ];
    a_move(prev, signer, time, 0.1)
}

/// Mostly three keys that can sign, in any order: then there are ranks to recover by.
fn rotation_keys() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![
        12 => Just(vec![0, 1, 2]).prop_shuffle(),
        6 => Just(vec![0, 1, 2, 3]).prop_shuffle(),
        2 => prop::collection::vec(0..KEYS, 1..=6),
        1 => Just(Vec::new()),
    ]
}

fn a_move(
    prev: impl Strategy<Value = PrevChoice>,
    signer: impl Strategy<Value = SignerChoice>,
    time: impl Strategy<Value = TimeChoice>,
    tombstones: f64,
) -> impl Strategy<Value = Move> {
    let is_tombstone = prop::bool::weighted(tombstones);
    let is_flipped = prop::bool::weighted(0.02);
    (prev, signer, time, is_tombstone, rotation_keys(), is_flipped).prop_map(
        |(prev, signer, time, is_tombstone, rotation_keys, is_flipped)| Move {
            prev,
            signer,
            time,
            is_tombstone,
            rotation_keys,
            is_flipped,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let a_move = prop_oneof![3 => ordinary(), 8 => recovery(), 1 => odd()];
    (prop::collection::vec(a_move, 5), prop::option::weighted(0.05, odd()))
        .prop_map(|(moves, wild)| Step { moves, wild })
}

fn lie() -> impl Strategy<Value = Lie> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Lie::Flag),
        index().prop_map(Lie::Did),
        index().prop_map(Lie::Cid),
        index().prop_map(Lie::Drop),
        index().prop_map(Lie::Swap),
        index().prop_map(Lie::Repeat),
        (index(), 0..=80i64).prop_map(|(index, hours)| Lie::Backdate(index, hours * HOUR)),
        Just(Lie::Asked),
    ]
}

pub(crate) fn plot() -> impl Strategy<Value = Plot> {
    let steps = prop::collection::vec(step(), 2..=12);
    (ordinary(), prop::bool::weighted(0.15), steps, prop::option::weighted(0.25, lie()))
        .prop_map(|(genesis, is_legacy, steps, lie)| Plot { genesis, is_legacy, steps, lie })
}

impl Plot {
    /// Plays the plot, and lets the directory lie.
    pub(crate) fn history(&self) -> History {
        let mut history = self.honest_history();
        if let Some(lie) = &self.lie {
            history.falsify(lie);
        }
        history
    }

    /// Plays the plot. The rules are asked which moves they allow, so that most histories are long and sound.
    pub(crate) fn honest_history(&self) -> History {
        let genesis = Entry::of(0, 0);
        let mut history = History {
            pool: vec![self.genesis_act()],
            entries: vec![genesis],
            asked: 0,
            usable_keys: USABLE_KEYS,
        };
        for step in &self.steps {
            let mut candidates = step.wild.iter().chain(&step.moves).map(|a_move| history.and(a_move));
            let is_allowed = |candidate: &History| {
                step.wild.is_some() || matches!(candidate.judge_operations(), Judgment::Verified { .. })
            };
            if let Some(next) = candidates.find(is_allowed) {
                history = next;
            }
        }
        history.set_flags();
        history
    }

    /// A genesis is signed by its own keys where it can be, as by chance it seldom would be.
    fn genesis_act(&self) -> Act {
        let mut rotation_keys = self.genesis.rotation_keys.clone();
        if self.is_legacy {
            rotation_keys = vec![rotation_keys.first().copied().unwrap_or(0), 1];
        }
        let is_tombstone = false;
        let signer = self.genesis.signer.among(&rotation_keys);
        let is_flipped = self.genesis.is_flipped && USABLE_KEYS.contains(&signer);
        Act {
            is_tombstone,
            is_legacy: self.is_legacy,
            prev: Prev::Nothing,
            rotation_keys,
            signer,
            is_flipped,
        }
    }
}

impl SignerChoice {
    /// The key that signs. A key without a secret cannot: another one does instead.
    fn among(&self, rotation_keys: &[usize]) -> usize {
        let key = match self {
            SignerChoice::Highest => rotation_keys.first().copied(),
            SignerChoice::Lowest => rotation_keys.last().copied(),
            SignerChoice::Rotation(_) if rotation_keys.is_empty() => None,
            SignerChoice::Rotation(index) => Some(*index.get(rotation_keys)),
            SignerChoice::Any(key) => Some(*key),
        };
        key.filter(|key| *key != MALFORMED).unwrap_or(0)
    }
}

impl Entry {
    fn of(act: usize, at: i64) -> Entry {
        Entry { act, at, is_nullified: false, has_false_did: false, has_false_cid: false }
    }
}

impl History {
    /// What the walk says, whatever the flags.
    pub(crate) fn judge_operations(&self) -> Judgment {
        let mut history = self.clone();
        history.set_flags();
        history.judge()
    }

    /// Sets every flag as it must be.
    pub(crate) fn set_flags(&mut self) {
        let nullified = self.nullified();
        for (index, entry) in self.entries.iter_mut().enumerate() {
            entry.is_nullified = nullified.contains(&index);
        }
    }

    /// The operations that count and have more than one child; the head where there are none.
    fn forks(&self) -> Vec<usize> {
        let line = self.line(self.entries.len() - 1);
        let has_sibling = |child: usize| self.latest_sibling(child).is_some();
        let forks: Vec<usize> =
            line.windows(2).filter(|pair| has_sibling(pair[0])).map(|pair| pair[1]).collect();
        if forks.is_empty() { line[..1].to_vec() } else { forks }
    }

    /// The history with one more operation.
    fn and(&self, a_move: &Move) -> History {
        let mut history = self.clone();
        let head = self.entries.len() - 1;
        let followed = match &a_move.prev {
            PrevChoice::Head | PrevChoice::Unknown | PrevChoice::Nothing => head,
            PrevChoice::Line(index) => *index.get(&self.line(head)),
            PrevChoice::Fork(index) => *index.get(&self.forks()),
            PrevChoice::Any(index) => index.index(self.entries.len()),
        };
        let prev = match a_move.prev {
            PrevChoice::Nothing => Prev::Nothing,
            PrevChoice::Unknown => Prev::Unknown,
            PrevChoice::Head | PrevChoice::Line(_) | PrevChoice::Fork(_) | PrevChoice::Any(_) => {
                Prev::Act(self.entries[followed].act)
            }
        };
        let signer = a_move.signer.among(&self.act(followed).rotation_keys);
        history.pool.push(Act {
            // Without a prev there is no tombstone: it would not even parse.
            is_tombstone: a_move.is_tombstone && prev != Prev::Nothing,
            is_legacy: false,
            prev,
            rotation_keys: if a_move.is_tombstone { Vec::new() } else { a_move.rotation_keys.clone() },
            signer,
            is_flipped: a_move.is_flipped && USABLE_KEYS.contains(&signer),
        });
        history.entries.push(Entry::of(self.pool.len(), 0));
        let index = self.entries.len();
        let undone = history.latest_sibling(index).unwrap_or(head);
        history.entries[index].at = match a_move.time {
            TimeChoice::AfterHead(by) => self.entries[head].at + by,
            TimeChoice::AroundWindow(by) => self.entries[undone].at + WINDOW + by,
        };
        history
    }

    fn falsify(&mut self, lie: &Lie) {
        let count = self.entries.len();
        let entries = &mut self.entries;
        match lie {
            Lie::Flag(index) => entries[index.index(count)].is_nullified ^= true,
            Lie::Did(index) => entries[index.index(count)].has_false_did = true,
            Lie::Cid(index) => entries[index.index(count)].has_false_cid = true,
            Lie::Drop(index) if count > 1 => drop(entries.remove(index.index(count))),
            Lie::Swap(index) if count > 1 => {
                let index = index.index(count - 1);
                entries.swap(index, index + 1);
            }
            Lie::Drop(_) | Lie::Swap(_) => {}
            Lie::Repeat(index) => {
                let mut entry = entries[index.index(count)].clone();
                entry.at = entries[count - 1].at + MINUTE;
                entries.push(entry);
            }
            Lie::Backdate(index, by) => entries[index.index(count)].at -= by,
            Lie::Asked => {
                self.asked = self.pool.len();
                self.pool.push(Act { is_flipped: false, ..self.pool[0].clone() });
            }
        }
    }
}
