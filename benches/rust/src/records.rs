//! A record of the Plugin Federation Network: what a signature of Ed25519 costs with all that is around it.

use crate::Subject;
use fedverify::Limits;
use fedverify::pfn::{PluginRecord, PublisherKey};
use std::path::Path;

pub fn subjects() -> Vec<Subject> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pfn");
    let read = |name: &str| std::fs::read(examples.join(name)).expect("an example");
    let (limits, json) = (Limits::default(), read("plugin.json"));
    let key = PublisherKey::parse(&read("publisher.pem"), &limits).expect("a key");
    let work = move || {
        let record = PluginRecord::parse(&json, &limits).expect("a record");
        std::hint::black_box(record.verify(&key, None).expect("signed"));
    };
    vec![Subject::new("pfn-plugin".to_owned(), work)]
}
