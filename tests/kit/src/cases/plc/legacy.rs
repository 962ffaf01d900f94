//! The legacy genesis, `create`.

use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, root, spare, stranger, update};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const RULE: &str = rule::plc::LEGACY;

pub(super) fn cases() -> Vec<Case> {
    [verified(), recoveries(), refused()].concat()
}

/// A legacy genesis: the root key recovers, the daily key signs.
fn create() -> Op {
    Op::create(&root(), &daily(), "publisher.example", "https://pds.example")
}

/// The log of a legacy genesis with the state that it means.
fn case(name: &str, about: &str, op: &SignedOp, recovery: &KeyPair, signing: &KeyPair) -> Case {
    let log = Log::new(op, Moment::START);
    let service = [("type", "AtprotoPersonalDataServer".into()), ("endpoint", "https://pds.example".into())];
    let facts = log_facts(&log)
        .with("rotationKeys", Json::array([recovery.did_key(), signing.did_key()]))
        .with("verificationMethods", Json::object([("atproto", signing.did_key().into())]))
        .with("alsoKnownAs", Json::array(["at://publisher.example"]))
        .with("services", Json::object([("atproto_pds", Json::object(service))]));
    Case::plc(format!("plc/legacy/{name}")).rule(RULE).about(about).log(&log).verified(facts, &[])
}

fn with_http() -> Case {
    let op = Op::create(&root(), &daily(), "publisher.example", "http://pds.example");
    let log = Log::new(&op.sign(&daily()), Moment::START);
    let service = [("type", "AtprotoPersonalDataServer".into()), ("endpoint", "http://pds.example".into())];
    let facts = log_facts(&log).with("services", Json::object([("atproto_pds", Json::object(service))]));
    Case::plc("plc/legacy/service-with-http")
        .rule(RULE)
        .about("A service whose scheme is http:// gets no other one.")
        .log(&log)
        .verified(facts, &[])
}

fn verified() -> Vec<Case> {
    let (root, daily, spare) = (root(), daily(), spare());
    let with_schemes = Op::create(&root, &daily, "at://publisher.example", "https://pds.example");
    let without_scheme = Op::create(&root, &daily, "publisher.example", "pds.example");
    let first = create().sign(&daily);
    let second = update(1).after(&first).sign(&root);
    let updated = Log::new(&first, Moment::START).then(&second, Moment::hour(1));
    vec![
        case("signed-by-signing-key", "Signed by the signing key, the second.", &first, &root, &daily),
        case(
            "signed-by-recovery-key",
            "Signed by the recovery key, the first.",
            &create().sign(&root),
            &root,
            &daily,
        ),
        case(
            "handle-with-scheme",
            "A handle that already has its scheme gets no second one.",
            &with_schemes.sign(&daily),
            &root,
            &daily,
        ),
        case(
            "service-without-scheme",
            "A service without scheme gets https:// in the state, not in the hashed bytes.",
            &without_scheme.sign(&daily),
            &root,
            &daily,
        ),
        with_http(),
        case(
            "p256-keys",
            "The recovery key is a P-256 key.",
            &Op::create(&spare, &daily, "publisher.example", "https://pds.example").sign(&spare),
            &spare,
            &daily,
        ),
        Case::plc("plc/legacy/then-regular")
            .rule(RULE)
            .about("A regular operation follows, signed by the recovery key.")
            .log(&updated)
            .verified_with_state(&updated, &[]),
    ]
}

fn recoveries() -> Vec<Case> {
    let contested = |child: &KeyPair, recovery: &KeyPair| {
        let first = create().sign(&daily());
        let child = update(1).after(&first).sign(child);
        let recovery = update(2).after(&first).sign(recovery);
        Log::new(&first, Moment::START).then(&child, Moment::hour(1)).then(&recovery, Moment::hour(2))
    };
    let lawful = contested(&daily(), &root());
    vec![
        Case::plc("plc/legacy/recovery-key-recovers")
            .rule(RULE)
            .about("The recovery key undoes what the signing key signed.")
            .log(&lawful)
            .verified_as(&lawful, &[]),
        Case::plc("plc/legacy/signing-key-recovers")
            .rule(RULE)
            .about("The signing key comes after the recovery key and cannot undo what that signed.")
            .log(&contested(&root(), &daily()))
            .rejected_at("plc.nullification.authority", 2),
    ]
}

fn refused() -> Vec<Case> {
    let case = |name: &str, about: &str, code, op: &SignedOp| {
        Case::plc(format!("plc/legacy/{name}"))
            .rule(rule::plc::OPERATIONS)
            .about(about)
            .log(&Log::new(op, Moment::START))
            .rejected_at(code, 0)
    };
    let other_hash = create().sign(&daily()).cid().to_owned();
    vec![
        case(
            "signed-by-stranger",
            "Signed by a key that is neither of the two.",
            "plc.signature.invalid",
            &create().sign(&stranger()),
        ),
        case(
            "handle-missing",
            "No handle.",
            "plc.operation.malformed",
            &create().without("handle").sign(&daily()),
        ),
        case(
            "signing-key-number",
            "The signing key is a number.",
            "plc.operation.malformed",
            &create().with("signingKey", 7).sign(&daily()),
        ),
        case(
            "signing-key-no-did-key",
            "The signing key is a string that is no did:key. The recovery key signed.",
            "plc.operation.malformed",
            &create().with("signingKey", daily().multibase()).sign(&root()),
        ),
        case(
            "prev-absent",
            "No prev, which must be there and null.",
            "plc.operation.malformed",
            &create().without("prev").sign(&daily()),
        ),
        case(
            "prev-text",
            "A create that follows another operation.",
            "plc.operation.malformed",
            &create().with("prev", other_hash).sign(&daily()),
        ),
        case(
            "unknown-member",
            "A member that only regular operations have.",
            "plc.operation.unknown_field",
            &create().with("rotationKeys", Json::array([root().did_key()])).sign(&daily()),
        ),
    ]
}
