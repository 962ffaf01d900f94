//! The first operation, and operations that claim to be it.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log, log_with, op, root, stranger, three, update};
use crate::cases::rule;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const RULE: &str = rule::plc::GENESIS;

pub(super) fn cases() -> Vec<Case> {
    [not_first(), forged(), repeated()].concat()
}

fn not_first() -> Vec<Case> {
    let update_first = update(1).after(&genesis()).sign(&daily());
    let tombstone_first = Op::tombstone().after(&genesis()).sign(&daily());
    vec![
        Case::plc("plc/genesis/dropped")
            .rule(rule::plc::CHAIN)
            .about("The first entry is missing.")
            .log(&three().rearrange(|entries| drop(entries.remove(0))))
            .rejected_at("plc.genesis.invalid", 0),
        Case::plc("plc/genesis/update-in-its-place")
            .rule(RULE)
            .about("The only operation has a prev; the DID asked for is the hash of it.")
            .log(&Log::new(&update_first, Moment::START))
            .rejected_at("plc.genesis.invalid", 0),
        Case::plc("plc/genesis/tombstone-in-its-place")
            .rule(RULE)
            .about("The only operation is a tombstone; the DID asked for is the hash of it.")
            .log(&Log::new(&tombstone_first, Moment::START))
            .rejected_at("plc.genesis.invalid", 0),
    ]
}

fn forged() -> Vec<Case> {
    let atproto = KeyPair::k256("atproto");
    let case = |name: &str, about: &str, genesis: &SignedOp| {
        Case::plc(format!("plc/genesis/{name}"))
            .rule(RULE)
            .about(about)
            .log(&Log::new(genesis, Moment::START))
            .rejected_at("plc.signature.invalid", 0)
    };
    let by_method = op().verification_method("atproto", &atproto).sign(&atproto);
    vec![
        case(
            "signed-by-stranger",
            "A genesis signed by a key that it does not list. Its DID is right, since anyone can compute one.",
            &op().sign(&stranger()),
        ),
        case(
            "signed-by-verification-method",
            "A genesis signed by a secp256k1 verification method.",
            &by_method,
        ),
        case("signed-by-fair-key", "A genesis signed by its Ed25519 package key.", &op().sign(&fair())),
        case("signature-of-another", "A genesis with the signature of another operation.", &{
            let other = update(1).sign(&root());
            op().with_sig(other.sig())
        }),
    ]
}

fn repeated() -> Vec<Case> {
    let other = update(7).sign(&root());
    let legacy = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&root());
    let by_latest = update(8).sign(&daily());
    vec![
        Case::plc("plc/genesis/repeated-identical")
            .rule(RULE)
            .about("The genesis again, an hour later.")
            .log(&log_with(&genesis()))
            .rejected_at("plc.genesis.repeated", 1),
        Case::plc("plc/genesis/repeated-other")
            .rule(RULE)
            .about("Another genesis, signed by the root key, starts the history over.")
            .log(&log_with(&other))
            .rejected_at("plc.genesis.repeated", 1),
        Case::plc("plc/genesis/repeated-legacy")
            .rule(RULE)
            .about("A legacy create after the genesis, signed by the root key.")
            .log(&log_with(&legacy))
            .rejected_at("plc.genesis.repeated", 1),
        Case::plc("plc/genesis/repeated-at-the-end")
            .rule(RULE)
            .about("An operation with prev null after three others, signed by a current key.")
            .log(&three().then(&by_latest, Moment::hour(9)))
            .rejected_at("plc.genesis.repeated", 3),
        Case::plc("plc/genesis/first-of-two-in-front")
            .rule(RULE)
            .about("Another genesis of the same keys comes before the right one.")
            .log(&Log::claiming(log().did(), &other, Moment::START).then(&genesis(), Moment::hour(1)))
            .rejected("plc.did_mismatch"),
    ]
}
