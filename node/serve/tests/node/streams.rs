//! Publishers that hold a node: whatever they send, and however slowly, a fetch ends at a limit of the node's, on either host.

use crate::host::Host;
use crate::running::{Folder, Running};
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::public_pem;
use fedverify_kit::server::{Answer, DRIPPED, Endless, IN_BUFFERS, Server};
use serde_json::json;
use std::thread;
use std::time::Duration;

/// What a node asks a publisher first, and how many bytes it takes of the answer.
const INFO: &str = "/federation-info";
const INFO_BYTES: u64 = 64 * 1024;

const TIMEOUT: &str = "io.network.timeout";
const ANSWER: &str = "io.network.answer";

/// Of answers that came, and are not what was asked for: no JSON, and an empty object.
const MALFORMED: &str = "input.malformed";
const INCOMPLETE: &str = "pfn.federation_info.malformed";

/// A publisher that answers so, and with which code the node refuses it.
struct Row {
    what: String,
    server: Server,
    code: &'static str,
}

impl Row {
    fn new(what: impl Into<String>, answer: Answer, code: &'static str) -> Row {
        let server = Server::start();
        server.serve(INFO, answer);
        Row { what: what.into(), server, code }
    }
}

/// Adds all of them at the same time, and asserts how that ends.
fn check(node: &Running, rows: &[Row]) {
    let add = |row: &Row| {
        let pem = public_pem(&KeyPair::ed25519("streams"));
        let source = json!({"instance_url": row.server.url(""), "username": "alice", "public_key": pem});
        node.post("add-source", source).refusal()
    };
    let refusals: Vec<(u16, String)> = thread::scope(|scope| {
        let asked: Vec<_> = rows.iter().map(|row| scope.spawn(move || add(row))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap()).collect()
    });
    for (row, (status, code)) in rows.iter().zip(&refusals) {
        println!("{status} {code} {} bytes of {}", row.server.taken(INFO), row.what);
    }
    for (row, refusal) in rows.iter().zip(refusals) {
        assert_eq!(refusal, (502, row.code.to_owned()), "{}", row.what);
    }
}

/// What a node whose publishers have a second makes of an answer that comes byte by byte.
fn drip_ends(what: &str) -> &'static str {
    match (Host::chosen(), what) {
        // workerd does not wait for what comes behind a body, and this one is empty.
        (Host::Worker, "trailers") => MALFORMED,
        _ => TIMEOUT,
    }
}

/// What a node whose publishers have much time makes of an answer without end.
fn flood_ends(what: &str) -> &'static str {
    match (Host::chosen(), what) {
        (Host::Worker, "trailers") => MALFORMED,
        // To workerd the first of them is the answer.
        (Host::Worker, "informational answers") => "io.network.status",
        // What is no head of an answer, it does not tell from no answer.
        (Host::Worker, "status line" | "a header's name" | "a header's value" | "headers") => {
            "io.network.connect"
        }
        _ => ANSWER,
    }
}

#[test]
fn an_answer_that_comes_byte_by_byte_ends_in_time() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=1000"]);
    let drip = |endless: &Endless| {
        Row::new(format!("drip: {}", endless.what), endless.dripping(), drip_ends(endless.what))
    };
    let mut rows: Vec<Row> = Endless::ALL.iter().map(drip).collect();
    rows.push(Row::new("silence", Answer::silence(), TIMEOUT));
    // Each of the redirects alone is in time.
    let late = |number: usize| Answer::redirect(&format!("/{number}")).after(Duration::from_millis(400));
    let wandering = Row::new("redirects, each in time", late(1), TIMEOUT);
    (1..5).for_each(|number| wandering.server.serve(&format!("/{number}"), late(number + 1)));
    rows.push(wandering);
    check(&node, &rows);
    for row in rows.iter().filter(|row| row.what.starts_with("drip")) {
        let taken = row.server.taken(INFO);
        assert!(taken < DRIPPED, "{}: {taken} bytes", row.what);
    }
}

#[test]
fn an_answer_without_end_ends_at_its_bytes() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=60000"]);
    let flood = |endless: &Endless| {
        Row::new(format!("flood: {}", endless.what), endless.flooding(), flood_ends(endless.what))
    };
    let rows: Vec<Row> =
        Endless::ALL.iter().filter(|endless| endless.what != "trailers").map(flood).collect();
    check(&node, &rows);
    for row in &rows {
        let taken = row.server.taken(INFO);
        assert!(taken < INFO_BYTES + IN_BUFFERS, "{}: {taken} bytes", row.what);
    }
}

/// They are thrown away as they come, where they are read at all: no limit of bytes ends them, and that of time does.
#[test]
fn trailers_without_end_end_in_time() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=1000"]);
    let trailers = Endless::ALL.iter().find(|endless| endless.what == "trailers").unwrap();
    check(&node, &[Row::new("flood: trailers", trailers.flooding(), drip_ends(trailers.what))]);
}

#[test]
fn packed_answers_are_not_unpacked() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=60000"]);
    let packed = |body: Answer, encoding: &str| body.header("Content-Encoding", encoding);
    let endless = || Answer::json(vec![0; 64 << 10]).endless();
    let mut rows = vec![
        Row::new("a bomb", Endless::bomb(60), ANSWER),
        Row::new("what is packed and has no end", packed(endless(), "gzip"), ANSWER),
    ];
    for encoding in ["br", "identity, gzip", "identity;q=1"] {
        rows.push(Row::new(encoding, packed(Answer::json("{}"), encoding), ANSWER));
    }
    // docs/rules/fair.md, "Fetching".
    for none in ["", "Identity", "none", "aws-chunked,", "identity, none"] {
        rows.push(Row::new(format!("no encoding: {none:?}"), packed(Answer::json("{}"), none), INCOMPLETE));
    }
    check(&node, &rows);
}
