//! What rests on an update by the second key.

use super::{DEADLINE, NOTHING, Rests, after_genesis, item, listed};
use crate::case::Case;
use crate::cases::publisher::{daily, fair, op, root, spare};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::moment::Moment;
use crate::operation::Op;

pub(super) fn cases() -> Vec<Case> {
    let new_key = KeyPair::ed25519("publisher/fair-2");
    let other_endpoint = |op: &mut Json| {
        op.member("services").member("fairpm_repo").set("endpoint", "https://other.example/fair.json");
    };
    let other_type = |op: &mut Json| op.member("services").member("fairpm_repo").set("type", "Example");
    let without_method = |op: &mut Json| op.set("verificationMethods", Json::object([]));
    let rows: Vec<(&str, &str, Op, Rests)> = vec![
        ("nothing", "The update says nothing new.", op(), NOTHING),
        (
            "new-method",
            "A verification method is new.",
            op().verification_method("fair_2", &new_key),
            Rests { methods: &["fair_2"], ..NOTHING },
        ),
        (
            "same-key-again",
            "A key that was there gets a second id.",
            op().verification_method("fair_2", &fair()),
            Rests { methods: &["fair_2"], ..NOTHING },
        ),
        (
            "changed-method",
            "A verification method has another key.",
            op().with("verificationMethods", Json::object([("fair", new_key.did_key().into())])),
            Rests { methods: &["fair"], ..NOTHING },
        ),
        (
            "removed-method",
            "A verification method is gone: nothing rests on that.",
            op().edit(without_method),
            NOTHING,
        ),
        (
            "new-service",
            "A service is new.",
            op().service("b", "Example", "https://b.example"),
            Rests { services: &["b"], ..NOTHING },
        ),
        (
            "changed-endpoint",
            "A service has another endpoint.",
            op().edit(other_endpoint),
            Rests { services: &["fairpm_repo"], ..NOTHING },
        ),
        (
            "changed-type",
            "A service has another type.",
            op().edit(other_type),
            Rests { services: &["fairpm_repo"], ..NOTHING },
        ),
        (
            "new-aliases",
            "Two aliases are new.",
            op().also_known_as("https://a.example").also_known_as("https://b.example"),
            Rests { aliases: &["https://a.example", "https://b.example"], ..NOTHING },
        ),
        (
            "new-rotation-keys",
            "Only the rotation keys are new.",
            op().rotation_keys([&daily(), &spare()]),
            NOTHING,
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, op, rests) in rows {
        let log = after_genesis(op, &daily());
        let item = item(&log, 1, Moment::hour(DEADLINE), &[root()], rests);
        cases.push(listed(&format!("rests/{name}"), about, &log, Moment::hour(2).seconds(), [item]));
    }
    cases
}
