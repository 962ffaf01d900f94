//! Histories as a directory serves them, and what core makes of them.

use crate::plot::{ED25519, KEYS, USABLE_KEYS};
use crate::reference::{Act, Entry, History, Judgment, Prev};
use fedverify::plc::{BatchLine, ExportLog};
use fedverify::{Error, Identity, Limits, Log, PlcDid};
use fedverify_kit::encoding::{base64url, cid, from_base64url};
use fedverify_kit::{Json, KeyPair, Moment, Op, SignedOp, forgery};
use proptest::prelude::*;

/// Microseconds.
const MILLISECOND: i64 = 1000;

/// The keys, and how an operation names them.
pub(crate) struct Keys {
    pairs: Vec<KeyPair>,
    texts: Vec<String>,
}

impl Keys {
    pub(crate) fn new() -> Keys {
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
    pub(crate) fn sign(&self, pool: &[Act]) -> Vec<SignedOp> {
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
pub(crate) fn created_at(at: i64, form: usize) -> String {
    let (milliseconds, rest) = (at.div_euclid(MILLISECOND), at.rem_euclid(MILLISECOND));
    let moment = Moment::START.plus_ms(milliseconds);
    match (form % 3, rest) {
        (0, 0) => moment.to_string(),
        (1, 0) => moment.at_offset(330),
        (_, _) => moment.with_digits(&format!("{rest:03}")),
    }
}

pub(crate) fn audit_log(history: &History, signed: &[SignedOp]) -> Json {
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

pub(crate) fn bare_log(history: &History, signed: &[SignedOp]) -> Json {
    Json::Array(history.entries.iter().map(|entry| signed[entry.act].json().clone()).collect())
}

/// The entries as an export with numbers writes them, one line each, without flags.
pub(crate) fn export(history: &History, signed: &[SignedOp]) -> Vec<String> {
    let Json::Array(entries) = audit_log(history, signed) else { panic!("a log is an array") };
    let number = |(number, entry): (usize, Json)| {
        let entry = entry.without("nullified").with("type", "sequenced_op");
        entry.with("seq", Json::Number(number.to_string())).to_string()
    };
    entries.into_iter().enumerate().map(number).collect()
}

pub(crate) fn verify(log: &Json, did: &str) -> Result<Identity, Error> {
    Log::parse(log.to_string().as_bytes(), &Limits::default())?.verify(&parse_did(did))
}

pub(crate) fn parse_did(did: &str) -> PlcDid {
    did.parse().expect("a DID of the kit's making")
}

/// Gathers the lines of an export, and verifies them.
pub(crate) fn verify_export(lines: &[String]) -> Result<Identity, Error> {
    let limits = Limits::default();
    let mut log: Option<ExportLog> = None;
    for line in lines {
        let BatchLine::Entry(entry) = BatchLine::parse(line.as_bytes(), &limits)? else {
            panic!("a line is no entry: {line}");
        };
        match &mut log {
            Some(log) => log.push(entry),
            None => log = Some(ExportLog::new(entry, &limits)),
        }
    }
    log.expect("a history has a genesis").verify()
}

/// Core must come to the judgment: the same verdict, and one of the true reasons.
pub(crate) fn compare(judgment: &Judgment, found: &Result<Identity, Error>) -> Result<(), TestCaseError> {
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
pub(crate) fn compare_outcome(
    history: &History,
    signed: &[SignedOp],
    identity: &Identity,
) -> Result<(), TestCaseError> {
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
    compare_recoveries(identity)
}

/// A recovery follows an operation that what it undoes follows too, directly or not, and is later than that.
fn compare_recoveries(identity: &Identity) -> Result<(), TestCaseError> {
    let prev = |index: usize| identity.history()[index].prev();
    for (index, entry) in identity.history().iter().enumerate() {
        let Some(recovery) = entry.nullified_by() else { continue };
        let mut ancestors = std::iter::successors(prev(index), |ancestor| prev(*ancestor));
        prop_assert!(recovery > index && ancestors.any(|ancestor| Some(ancestor) == prev(recovery)));
    }
    Ok(())
}
