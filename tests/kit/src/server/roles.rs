//! The parts that a server plays.

use super::{Answer, Server};
use crate::json::Json;
use crate::log::Log;

impl Server {
    /// Plays a directory that knows one more identity: its audit log, and its DID document.
    pub fn serve_log(&self, log: &Log) {
        self.serve(&log_path(log.did()), Answer::json(log.text()));
        let document = match log.summary().tombstoned {
            true => Answer::status(410),
            false => Answer::json(did_document(log).pretty()),
        };
        self.serve(&format!("/{}", log.did()), document);
    }
}

/// The path of an identity's audit log in a directory.
pub fn log_path(did: &str) -> String {
    format!("/{did}/log/audit")
}

/// The DID document that an honest directory serves for a log whose head is a regular operation.
pub fn did_document(log: &Log) -> Json {
    let (did, head) = (log.did(), log.summary().last);
    let state = |member: &str| head.json().get(member).expect("a regular operation").clone();
    let methods = members(state("verificationMethods")).map(|(id, key)| {
        let key = key.as_text().expect("a key").trim_start_matches("did:key:").to_owned();
        Json::object([
            ("id", format!("{did}#{id}").into()),
            ("type", "Multikey".into()),
            ("controller", did.into()),
            ("publicKeyMultibase", key.into()),
        ])
    });
    let services = members(state("services")).map(|(id, service)| {
        let text = |member: &str| service.get(member).expect("a service").clone();
        Json::object([
            ("id", format!("#{id}").into()),
            ("type", text("type")),
            ("serviceEndpoint", text("endpoint")),
        ])
    });
    Json::object([
        ("@context", Json::array(["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"])),
        ("id", did.into()),
        ("alsoKnownAs", state("alsoKnownAs")),
        ("verificationMethod", Json::Array(methods.collect())),
        ("service", Json::Array(services.collect())),
    ])
}

fn members(object: Json) -> impl Iterator<Item = (String, Json)> {
    let Json::Object(members) = object else { panic!("an object") };
    members.into_iter()
}
