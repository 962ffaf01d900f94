//! Documents of 8 MiB, each full of what costs a reader most, from everyone who may give the node one. What it takes of memory
//! is bounded, whatever it makes of them; counted by the system as the most that the process ever had in memory.

use crate::host::{is_native, skipped};
use crate::publisher::{Answer, Publisher};
use crate::running::{Answered, Folder, MASTER_KEY, Running};
use fedverify_kit::server::{Answer as Served, Server, log_path};
use fedverify_kit::shapes::{Shape, filled, shapes};
use fedverify_kit::{KeyPair, Log, Moment, Op};
use fedverify_node::{Access, ROUTES};
use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::LazyLock;

/// Of every document. It is the most that the node takes.
const DOCUMENT_BYTES: usize = 8 << 20;

/// The values that core lets one have, with room for those around.
const CORE_VALUES: usize = 499_900;

/// The most that a document may add to what the node has without it, the document included.
const MOST_OF_A_DOCUMENT: u64 = 100 << 20;

/// The most that a body may add of which the node reads 64 KiB.
const MOST_OF_A_BODY: u64 = 8 << 20;

/// What the system says of the node's memory, in bytes.
fn status(node: &Running, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", node.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
}

/// By how much a node grows at most while it does something. What it kept from before counts as before.
struct Growth<'n> {
    node: &'n Running,
    before: u64,
    most: (u64, String),
}

impl<'n> Growth<'n> {
    fn of(node: &'n Running) -> Growth<'n> {
        Growth { node, before: status(node, "VmRSS:"), most: (0, String::new()) }
    }

    fn measure(&mut self, what: &str, work: impl FnOnce() -> String) {
        // The most that there was is forgotten: proc_pid_clear_refs(5).
        std::fs::write(format!("/proc/{}/clear_refs", self.node.id()), "5").unwrap();
        let outcome = work();
        let bytes = status(self.node, "VmHWM:").saturating_sub(self.before);
        println!("{:>4} MiB: {what}: {outcome}", bytes >> 20);
        self.most = self.most.clone().max((bytes, what.to_owned()));
    }

    #[track_caller]
    fn is_at_most(&self, bound: u64) {
        let (bytes, what) = &self.most;
        println!("the most: {what}, {} MiB", bytes >> 20);
        assert!(*bytes < bound, "{what} takes {} MiB", bytes >> 20);
    }
}

/// Whether what a process had can be counted here.
fn can_count() -> bool {
    if !cfg!(target_os = "linux") {
        skipped("only Linux tells what a process had in memory");
        return false;
    }
    is_native("its memory is a Durable Object's")
}

fn is_any(shape: &Shape) -> bool {
    shape.documents.len() > 1
}

/// The shapes that a document of this kind may have. They are made once for all tests.
fn shapes_of(document: &str) -> impl Iterator<Item = (String, String)> {
    static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(shapes);
    // What is JSON of any kind is all that a kind may have of which the kit knows none.
    let shapes = SHAPES.iter().filter(move |shape| shape.documents.contains(&document) || is_any(shape));
    shapes.map(|shape| (shape.name.to_owned(), shape.text.clone()))
}

/// Documents with one member of one plugin that is full of values, of which there are so many at most. Core looks at none of
/// these members, and the node reads three of them.
fn full_members(before: &str, most: usize) -> Vec<(String, String)> {
    let list = |member: &str, value: &str, most: usize| {
        let start = format!("{before}\"{member}\":[");
        let room = (DOCUMENT_BYTES - start.len() - END.len() - 1) / (value.len() + 1);
        let values = vec![value; room.min(most)].join(",");
        (format!("{member} of {value}"), format!("{start}{values}]{END}"))
    };
    let members = ["tags", "signature", "archive_signature", "unknown"];
    let mut documents: Vec<_> = members.iter().map(|member| list(member, "{\"\":1}", most / 2)).collect();
    documents.extend(
        [("1", most), ("[[]]", most / 2), ("\"\"", most)].map(|(value, most)| list("tags", value, most)),
    );
    let start = format!("{before}\"tags\":");
    let string = "x".repeat(DOCUMENT_BYTES - start.len() - END.len() - 2);
    documents.push(("tags that are one string".to_owned(), format!("{start}\"{string}\"{END}")));
    documents
}

/// What ends such a document.
const END: &str = "}]}";

#[test]
fn a_list_of_plugins_of_8_mib_takes_so_much_and_no_more() {
    if !can_count() {
        return;
    }
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "visitsPerMinute=1000"]);
    let publisher = Publisher::honest("shapes/author", vec![]);
    node.follow(&publisher);
    let mut growth = Growth::of(&node);
    let members = full_members(r#"{"username":"alice","plugins":[{"slug":"a","#, CORE_VALUES);
    for (name, text) in shapes_of("author-data").chain(members) {
        publisher.offer_but(vec![], move |ask| {
            ask.path.starts_with("/author-data").then(|| Answer::Bytes(text.clone().into_bytes()))
        });
        let subscribe = || outcome(node.post("subscribe", json!({"sourceId": publisher.source_id()})));
        growth.measure(&name, subscribe);
    }
    growth.is_at_most(MOST_OF_A_DOCUMENT);
}

#[test]
fn a_log_of_8_mib_takes_so_much_and_no_more() {
    if !can_count() {
        return;
    }
    let (folder, directory) = (Folder::new(), Server::start());
    let arguments = ["--plc-url", &directory.url(""), "--limit", "visitsPerMinute=1000"];
    let node = Running::start_with(&folder, &arguments);
    let publisher = Publisher::honest("shapes/log", vec![]);
    let root = KeyPair::k256("shapes/root");
    let op = Op::regular().rotation_keys([root.did_key()]);
    let log = Log::new(&op.verification_method("fair_1", publisher.key.did_key()).sign(&root), Moment::START);
    directory.serve_log(&log);
    let source = json!({"instance_url": publisher.url(), "username": "alice", "public_key": publisher.pem(), "did": log.did()});
    assert_eq!(node.post("add-source", source).ok()["status"], "verified");
    let mut growth = Growth::of(&node);
    for (name, text) in shapes_of("log") {
        directory.serve(&log_path(log.did()), Served::json(text));
        growth.measure(&name, || {
            node.verify_source(&publisher);
            let source = node.source(&publisher);
            assert_eq!(source["identity"], "refuted", "{name}");
            source["identity_reason"].to_string()
        });
    }
    growth.is_at_most(MOST_OF_A_DOCUMENT);
}

#[test]
fn a_page_of_8_mib_of_another_node_takes_so_much_and_no_more() {
    if !can_count() {
        return;
    }
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "visitsPerMinute=1000"]);
    let (publisher, peer) = (Publisher::honest("shapes/source", vec![]), Publisher::start("shapes/peer"));
    node.follow(&publisher);
    let version = r#"{"id":"","name":"","version":"","description":"","sha256":"","withdrawn_at":null"#;
    let members = full_members(&format!("{{\"plugins\":[{version},"), usize::MAX);
    let versions = filled("{\"plugins\":[", |_| format!("{version}}}"), "]}");
    let mut growth = Growth::of(&node);
    for (name, text) in shapes_of("page").chain(members).chain([("versions".to_owned(), versions)]) {
        peer.does(move |_| Answer::Bytes(text.clone().into_bytes()));
        growth.measure(&name, || outcome(node.post("add-peer", json!({"url": peer.url()}))));
    }
    growth.is_at_most(MOST_OF_A_DOCUMENT);
}

/// The code with which the document, or the one plugin in it, was refused. It was read: no limit on its bytes refuses it.
#[track_caller]
fn outcome(answer: Answered) -> String {
    let code = if answer.status == 200 {
        let json = answer.json();
        json["syncResult"]["refused"][0]["code"].as_str().unwrap().to_owned()
    } else {
        answer.refusal().1
    };
    assert!(!code.starts_with("io.") && code != "input.too_large", "{code}");
    code
}

/// Sends a request with a body of which the node need not read all, and gives the answer's status and body.
fn post(node: &Running, path: &str, key: &str, body: &[u8]) -> (String, Json) {
    let mut stream = TcpStream::connect(node.url.strip_prefix("http://").unwrap()).unwrap();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: Bearer {key}\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // It may answer, and hang up, before all is sent.
    drop(stream.write_all(body));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) =
        answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{path}: no answer: {answer:?}"));
    (head.split(' ').nth(1).unwrap().to_owned(), serde_json::from_str(body).unwrap_or_default())
}

#[test]
fn a_body_of_8_mib_is_refused_wherever_there_may_be_one() {
    if !can_count() {
        return;
    }
    let folder = Folder::new();
    let limits = ["--limit", "visitsPerMinute=100000", "--limit", "readsPerMinute=100000"];
    let node = Running::start_with(&folder, &limits);
    let mut growth = Growth::of(&node);
    let routes: Vec<_> = ROUTES.iter().filter(|route| route.method == "POST").collect();
    assert!(routes.len() > 15);
    for (name, text) in shapes_of("body") {
        for route in &routes {
            let is_masters = matches!(route.access, Access::Master | Access::MasterOrAdmin);
            let key = if is_masters { MASTER_KEY } else { &node.admin };
            growth.measure(&format!("{} of {name}", route.path), || {
                let (status, json) = post(&node, route.path, key, text.as_bytes());
                assert_eq!((status.as_str(), &json["code"]), ("413", &json!("node.request.too_large")));
                status
            });
        }
    }
    growth.is_at_most(MOST_OF_A_BODY);
}
