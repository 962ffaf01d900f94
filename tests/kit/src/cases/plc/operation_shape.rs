//! The members of operations.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log, log_with, op, root, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const RULE: &str = rule::plc::OPERATIONS;
const MALFORMED: &str = "plc.operation.malformed";
const UNKNOWN: &str = "plc.operation.unknown_field";

/// What is done to an operation before it is signed.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    [missing(), wrong_types(), unknown_members(), tombstones(), genesis_only()].concat()
}

/// An update whose members were changed before it was hashed and signed.
fn changed(name: &str, about: &str, code: &'static str, change: Change) -> Case {
    let second = update(1).after(&genesis()).edit(change).sign(&daily());
    Case::plc(format!("plc/operation/{name}"))
        .rule(RULE)
        .about(format!("{about}; CID and signature are right for what is served."))
        .log(&log_with(&second))
        .rejected_at(code, 1)
}

fn missing() -> Vec<Case> {
    let changes: [(&str, Change); 6] = [
        ("type", |op| op.remove("type")),
        ("rotationKeys", |op| op.remove("rotationKeys")),
        ("verificationMethods", |op| op.remove("verificationMethods")),
        ("alsoKnownAs", |op| op.remove("alsoKnownAs")),
        ("services", |op| op.remove("services")),
        ("prev", |op| op.remove("prev")),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (member, change) in changes {
        cases.push(changed(&format!("missing/{member}"), &format!("No {member}"), MALFORMED, change));
    }
    let unsigned = SignedOp::of(update(1).after(&genesis()).members().clone());
    cases.push(
        Case::plc("plc/operation/missing/sig")
            .rule(RULE)
            .about("No sig at all; the CID is right for what is served.")
            .log(&log_with(&unsigned))
            .rejected_at(MALFORMED, 1),
    );
    cases
}

fn wrong_types() -> Vec<Case> {
    let changes: [(&str, &str, Change); 19] = [
        ("type-unknown", "The type plc_update does not exist", |op| op.set("type", "plc_update")),
        ("type-number", "The type is a number", |op| op.set("type", 1)),
        ("rotation-keys-object", "rotationKeys is an object with indices for names", |op| {
            let key = op.member("rotationKeys").item(0).clone();
            op.set("rotationKeys", Json::object([("0", key)]));
        }),
        ("rotation-keys-text", "rotationKeys is one key, not an array of keys", |op| {
            let key = op.member("rotationKeys").item(0).clone();
            op.set("rotationKeys", key);
        }),
        ("rotation-key-null", "A rotation key is null", |op| {
            op.member("rotationKeys").items_mut().push(Json::Null);
        }),
        ("rotation-key-number", "A rotation key is a number", |op| {
            op.member("rotationKeys").items_mut().push(5.into());
        }),
        ("verification-methods-array", "verificationMethods is [], as PHP writes an empty map", |op| {
            op.set("verificationMethods", Json::Array(Vec::new()));
        }),
        ("verification-method-object", "A verification method is an object", |op| {
            op.member("verificationMethods").set("fair", Json::object([("type", "Multikey".into())]));
        }),
        ("verification-method-null", "A verification method is null", |op| {
            op.member("verificationMethods").set("fair", ());
        }),
        ("aliases-text", "alsoKnownAs is one string", |op| {
            op.set("alsoKnownAs", "https://publisher.example/1")
        }),
        ("aliases-null", "alsoKnownAs is null", |op| op.set("alsoKnownAs", ())),
        ("alias-null", "An alias is null", |op| op.member("alsoKnownAs").items_mut().push(Json::Null)),
        ("services-array", "services is [], as PHP writes an empty map", |op| {
            op.set("services", Json::Array(Vec::new()));
        }),
        ("service-text", "A service is its endpoint alone", |op| {
            op.member("services").set("fairpm_repo", "https://publisher.example/fair.json");
        }),
        ("service-without-type", "A service has no type", |op| {
            op.member("services").member("fairpm_repo").remove("type");
        }),
        ("service-without-endpoint", "A service has no endpoint", |op| {
            op.member("services").member("fairpm_repo").remove("endpoint");
        }),
        ("service-endpoint-array", "A service has a list of endpoints", |op| {
            let endpoints = Json::array(["https://publisher.example/fair.json"]);
            op.member("services").member("fairpm_repo").set("endpoint", endpoints);
        }),
        ("prev-link", "prev is a link object, not a string", |op| {
            let cid = op.member("prev").clone();
            op.set("prev", Json::object([("/", cid)]));
        }),
        ("prev-false", "prev is false", |op| op.set("prev", false)),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, change) in changes {
        cases.push(changed(&format!("type/{name}"), about, MALFORMED, change));
    }
    let second = update(1).after(&genesis()).with_sig(());
    cases.push(
        Case::plc("plc/operation/type/sig-null")
            .rule(RULE)
            .about("sig is null; the CID is right for what is served.")
            .log(&log_with(&second))
            .rejected_at(MALFORMED, 1),
    );
    cases
}

fn unknown_members() -> Vec<Case> {
    let changed = |name: &str, about: &str, code, change: Change| {
        changed(name, about, code, change).rule(rule::plc::UNKNOWN_MEMBERS)
    };
    let honest = update(1).after(&genesis()).sign(&daily());
    let beside = honest.served(|op| op.set("note", "nobody signed this"));
    let service_beside = update(1).after(&genesis()).sign(&daily()).served(|op| {
        op.member("services").member("fairpm_repo").set("priority", 1);
    });
    vec![
        changed("unknown/signed", "An unknown member that was signed", UNKNOWN, |op| op.set("note", "signed")),
        changed("unknown/null", "An unknown member that is null", UNKNOWN, |op| op.set("note", ())),
        changed("unknown/of-legacy-form", "A member that only the legacy form has", UNKNOWN, |op| {
            op.set("handle", "publisher.example");
        }),
        changed("unknown/other-case", "A known name with a capital beside the right one", UNKNOWN, |op| {
            op.set("Prev", ());
        }),
        changed("unknown/in-service", "A third member in a service", UNKNOWN, |op| {
            op.member("services").member("fairpm_repo").set("priority", 1);
        }),
        Case::plc("plc/operation/unknown/beside-the-signed")
            .rule(rule::plc::UNKNOWN_MEMBERS)
            .about("An unknown member that is in neither the CID nor the signature: dropping it leaves a right log.")
            .log(&log_with(&beside))
            .rejected_at(UNKNOWN, 1),
        Case::plc("plc/operation/unknown/in-service-beside-the-signed")
            .rule(rule::plc::UNKNOWN_MEMBERS)
            .about("A third member in a service, in neither the CID nor the signature.")
            .log(&log_with(&service_beside))
            .rejected_at(UNKNOWN, 1),
    ]
}

fn tombstones() -> Vec<Case> {
    let tombstone = || Op::tombstone().after(&genesis());
    let case = |name: &str, about: &str, code, op: &SignedOp| {
        Case::plc(format!("plc/operation/tombstone/{name}"))
            .rule(RULE)
            .about(about)
            .log(&log_with(op))
            .rejected_at(code, 1)
    };
    vec![
        case(
            "with-state",
            "A tombstone that keeps a rotation key for later.",
            UNKNOWN,
            &tombstone().with("rotationKeys", Json::array([root().did_key()])).sign(&root()),
        ),
        case(
            "prev-missing",
            "A tombstone without prev could be put into any log of its key.",
            MALFORMED,
            &Op::tombstone().sign(&root()),
        ),
        case(
            "prev-null",
            "A tombstone with prev null.",
            MALFORMED,
            &Op::tombstone().with("prev", ()).sign(&root()),
        ),
    ]
}

/// Faults that need to stand in the first operation.
fn genesis_only() -> Vec<Case> {
    let without_prev = op().without("prev").sign(&root());
    let with_unknown =
        op().with("verificationMethod", Json::object([("fair", fair().did_key().into())])).sign(&root());
    vec![
        Case::plc("plc/operation/genesis/prev-absent")
            .rule(RULE)
            .about("A genesis without prev; DID, CID and signature are right for what is served.")
            .log(&Log::new(&without_prev, Moment::START))
            .rejected_at(MALFORMED, 0),
        Case::plc("plc/operation/genesis/unknown-member")
            .rule(rule::plc::UNKNOWN_MEMBERS)
            .about("A genesis with a misspelled member beside the right one; DID, CID and signature are right for it.")
            .log(&Log::new(&with_unknown, Moment::START))
            .rejected_at(UNKNOWN, 0),
        Case::plc("plc/operation/genesis/member-order")
            .rule(rule::plc::BYTES)
            .about("The members of entries and operations are served in reverse order.")
            .log(&reversed(log()))
            .verified_as(&log(), &[]),
    ]
}

fn reversed(log: Log) -> Log {
    fn reverse(value: &mut Json) {
        if let Json::Object(members) = value {
            members.reverse();
            members.iter_mut().for_each(|(_, value)| reverse(value));
        }
    }
    log.rearrange(|entries| entries.iter_mut().for_each(reverse))
}
