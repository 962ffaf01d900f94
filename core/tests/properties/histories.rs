//! Random histories, signed by the test kit, judged by core and by [`reference`](crate::reference).

use crate::reference::{Act, Entry, History, Judgment, Prev, WINDOW};
use fedverify::{Code, Error, Identity, Log, PlcDid};
use fedverify_kit::encoding::{base64url, cid, from_base64url};
use fedverify_kit::{Json, KeyPair, Moment, Op, SignedOp, forgery};
use proptest::prelude::*;
use proptest::sample::Index;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many keys there are. All but the last two can sign operations; the last has not even a secret.
const KEYS: usize = 6;
const USABLE_KEYS: &[usize] = &[0, 1, 2, 3];
const ED25519: usize = 4;
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
struct Plot {
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

fn plot() -> impl Strategy<Value = Plot> {
    let steps = prop::collection::vec(step(), 2..=12);
    (ordinary(), prop::bool::weighted(0.15), steps, prop::option::weighted(0.25, lie()))
        .prop_map(|(genesis, is_legacy, steps, lie)| Plot { genesis, is_legacy, steps, lie })
}

impl Plot {
    /// Plays the plot. The rules are asked which moves they allow, so that most histories are long and sound.
    fn history(&self) -> History {
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
        for index in history.nullified() {
            history.entries[index].is_nullified = true;
        }
        if let Some(lie) = &self.lie {
            history.falsify(lie);
        }
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
    /// What the walk says, whatever the flags, which are set only at the end.
    fn judge_operations(&self) -> Judgment {
        let mut history = self.clone();
        let nullified = history.nullified();
        for (index, entry) in history.entries.iter_mut().enumerate() {
            entry.is_nullified = nullified.contains(&index);
        }
        history.judge()
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

/// The keys, and how an operation names them.
struct Keys {
    pairs: Vec<KeyPair>,
    texts: Vec<String>,
}

impl Keys {
    fn new() -> Keys {
        let mut pairs = vec![KeyPair::k256("a"), KeyPair::k256("b"), KeyPair::p256("c"), KeyPair::p256("d")];
        assert_eq!(pairs.len(), USABLE_KEYS.len());
        pairs.push(KeyPair::ed25519("e"));
        assert_eq!(pairs.len() - 1, ED25519);
        let mut texts: Vec<String> = pairs.iter().map(KeyPair::did_key).collect();
        texts.push("did:key:zQ3shNotAKey".to_owned());
        assert_eq!(texts.len(), KEYS);
        Keys { pairs, texts }
    }

    /// Signs all operations of a pool. They come in an order in which each follows on an earlier one.
    fn sign(&self, pool: &[Act]) -> Vec<SignedOp> {
        let mut signed: Vec<SignedOp> = Vec::new();
        for act in pool {
            signed.push(self.sign_act(act, &signed));
        }
        signed
    }

    fn sign_act(&self, act: &Act, earlier: &[SignedOp]) -> SignedOp {
        // The number makes operations that are otherwise the same differ.
        let number = format!("at://{}.example", earlier.len());
        let op = if act.is_tombstone {
            Op::tombstone()
        } else if act.is_legacy {
            let [recovery, signing] = [0, 1].map(|place| self.texts[act.rotation_keys[place]].as_str());
            let op = Op::create(&self.pairs[0], &self.pairs[0], &number, "https://pds.example");
            op.with("recoveryKey", recovery).with("signingKey", signing)
        } else {
            let keys = act.rotation_keys.iter().map(|key| self.texts[*key].as_str());
            Op::regular().rotation_keys(keys).also_known_as(&number)
        };
        let op = match act.prev {
            Prev::Nothing => op,
            Prev::Act(prev) => op.after(&earlier[prev]),
            Prev::Unknown => op.with("prev", cid(b"unknown")),
        };
        let key = &self.pairs[act.signer];
        let signed = op.clone().sign(key);
        if !act.is_flipped {
            return signed;
        }
        let signature = from_base64url(signed.sig()).try_into().expect("64 bytes");
        op.with_sig(base64url(&forgery::flipped(key, &signature)))
    }
}

/// A moment in one of the forms that directories may write: the form must not matter.
fn created_at(at: i64, form: usize) -> String {
    let (milliseconds, rest) = (at.div_euclid(MILLISECOND), at.rem_euclid(MILLISECOND));
    let moment = Moment::START.plus_ms(milliseconds);
    match (form % 3, rest) {
        (0, 0) => moment.to_string(),
        (1, 0) => moment.at_offset(330),
        (_, _) => moment.with_digits(&format!("{rest:03}")),
    }
}

fn audit_log(history: &History, signed: &[SignedOp]) -> Json {
    let asked = signed[history.asked].did();
    let entry = |(form, entry): (usize, &Entry)| {
        let op = &signed[entry.act];
        let did = if entry.has_false_did { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" } else { asked };
        let false_cid = cid(op.cid().as_bytes());
        Json::object([
            ("did", did.into()),
            ("operation", op.json().clone()),
            ("cid", if entry.has_false_cid { false_cid.as_str() } else { op.cid() }.into()),
            ("nullified", entry.is_nullified.into()),
            ("createdAt", created_at(entry.at, form).into()),
        ])
    };
    Json::Array(history.entries.iter().enumerate().map(entry).collect())
}

fn bare_log(history: &History, signed: &[SignedOp]) -> Json {
    Json::Array(history.entries.iter().map(|entry| signed[entry.act].json().clone()).collect())
}

fn verify(log: &Json, did: &str) -> Result<Identity, Error> {
    let did: PlcDid = did.parse().expect("a DID of the kit's making");
    Log::parse(log.to_string().as_bytes())?.verify(&did)
}

/// Core must come to the judgment: the same verdict, and one of the true reasons.
fn compare(judgment: &Judgment, found: &Result<Identity, Error>) -> Result<(), TestCaseError> {
    match (judgment, found) {
        (Judgment::Verified { .. }, Ok(_)) => Ok(()),
        (Judgment::Rejected(faults), Err(error)) => {
            let found = (error.operation().unwrap_or(usize::MAX), error.code());
            prop_assert!(faults.contains(&found), "expected one of {faults:?}, found {found:?}");
            Ok(())
        }
        _ => Err(TestCaseError::fail(format!("expected {judgment:?}, found {found:?}"))),
    }
}

/// Where they agree that a log verifies, they must agree on what it comes to.
fn compare_outcome(history: &History, signed: &[SignedOp], identity: &Identity) -> Result<(), TestCaseError> {
    let cid_of = |index: usize| signed[history.entries[index].act].cid();
    let nullified: Vec<&str> = history.nullified().into_iter().map(cid_of).collect();
    let head = history.entries.len() - 1;
    prop_assert_eq!(identity.nullified().collect::<Vec<_>>(), nullified);
    prop_assert_eq!(identity.head(), cid_of(head));
    prop_assert_eq!(identity.is_tombstoned(), history.act(head).is_tombstone);
    prop_assert_eq!(identity.history().len(), history.entries.len());
    let rotation_keys = identity.state().map(|state| state.rotation_keys().len());
    let expected = Some(history.act(head).rotation_keys.len()).filter(|_| !history.act(head).is_tombstone);
    prop_assert_eq!(rotation_keys, expected);
    Ok(())
}

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
