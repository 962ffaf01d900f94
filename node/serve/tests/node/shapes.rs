//! Documents of 8 MiB, each full of what costs a reader most, from everyone who may give the node one. What it takes of memory
//! is bounded, whatever it makes of them; counted by the system as the most that the process ever had in memory.

use crate::host::is_native;
use crate::publisher::{Answer, Publisher};
use crate::running::{Folder, Running};
use fedverify_kit::server::{Answer as Served, Server, log_path};
use fedverify_kit::shapes::{filled, shapes};
use fedverify_kit::{KeyPair, Log, Moment, Op};
use fedverify_node::{Access, ROUTES};
use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpStream;

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
    let can = is_native("its memory is a Durable Object's") && cfg!(target_os = "linux");
    if !can {
        println!("not counted: no Linux tells what this host has in memory");
    }
    can
}

/// The shapes that a document of this kind may have.
fn shapes_of(document: &str) -> impl Iterator<Item = (&'static str, String)> {
    shapes()
        .into_iter()
        .filter(move |shape| shape.documents.contains(&document) || shape.documents.len() > 1)
        .map(|shape| (shape.name, shape.text.replacen("\"username\":\"a\"", "\"username\":\"alice\"", 1)))
}

/// What core does not look at in a plugin, and the node reads.
fn values() -> [(&'static str, String); 6] {
    let list = |piece: &'static str| filled("[", move |_| piece.to_owned(), "]");
    [
        ("numbers", list("1")),
        ("objects", list("{\"\":1}")),
        ("nested lists", list("[[[]]]")),
        ("short strings", list("\"\"")),
        ("members", filled("{", |number| format!("\"{number}\":\"\""), "}")),
        ("one string", format!("\"{}\"", "x".repeat(8 << 20))),
    ]
}

/// The same value in the place of a member.
fn within(before: &str, member: &str, value: &str) -> String {
    let most = (8 << 20) - before.len() - member.len() - 16;
    // Whole pieces of it, as many as fit.
    let value = match value.get(..value.len().min(most)).unwrap() {
        cut if cut.len() == value.len() => cut.to_owned(),
        cut if cut.starts_with('"') => format!("{cut}\""),
        cut => {
            let pieces = cut.rsplit_once(',').unwrap().0;
            format!("{pieces}{}", if cut.starts_with('[') { ']' } else { '}' })
        }
    };
    format!("{before}\"{member}\":{value}}}]}}")
}

#[test]
fn a_list_of_plugins_of_8_mib_takes_so_much_and_no_more() {
    if !can_count() {
        return;
    }
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "visitsPerMinute=1000"]);
    let publisher = Publisher::honest("shapes/author", vec![]);
    node.follow(&publisher);
    let before = "{\"username\":\"alice\",\"plugins\":[{\"slug\":\"a\",";
    let members = ["tags", "signature", "archive_signature", "unknown"];
    let inside = members.iter().flat_map(|member| {
        values().map(|(name, value)| (format!("{member}: {name}"), within(before, member, &value)))
    });
    let mut growth = Growth::of(&node);
    for (name, text) in shapes_of("author-data").map(|(name, text)| (name.to_owned(), text)).chain(inside) {
        publisher.offer_but(vec![], move |ask| {
            ask.path.starts_with("/author-data").then(|| Answer::Bytes(text.clone().into_bytes()))
        });
        growth.measure(&name, || {
            let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
            if answer.status == 200 {
                answer.json()["syncResult"]["refused"][0]["code"].to_string()
            } else {
                answer.refusal().1
            }
        });
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
        growth.measure(name, || {
            node.verify_source(&publisher);
            let source = node.source(&publisher);
            format!("{}", source["identity_reason"])
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
    let before =
        r#"{"plugins":[{"id":"a","name":"","version":"1","description":"","sha256":"","withdrawn_at":null,"#;
    let members = ["tags", "signature", "archive_signature", "unknown"];
    let inside = members.iter().flat_map(|member| {
        values().map(|(name, value)| (format!("{member}: {name}"), within(before, member, &value)))
    });
    let version = r#"{"id":"","name":"","version":"","description":"","sha256":"","withdrawn_at":0}"#;
    let many = ("small versions".to_owned(), filled("{\"plugins\":[", |_| version.to_owned(), "]}"));
    let mut growth = Growth::of(&node);
    for (name, text) in
        shapes_of("peer").map(|(name, text)| (name.to_owned(), text)).chain(inside).chain([many])
    {
        peer.does(move |_| Answer::Bytes(text.clone().into_bytes()));
        growth.measure(&name, || {
            let answer = node.post("add-peer", json!({"url": peer.url()}));
            if answer.status == 200 {
                answer.json()["syncResult"]["refused"][0]["code"].to_string()
            } else {
                answer.refusal().1
            }
        });
    }
    growth.is_at_most(MOST_OF_A_DOCUMENT);
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
    let mut count = 0;
    for shape in shapes().into_iter().filter(|shape| shape.documents.len() > 1) {
        for route in ROUTES.iter().filter(|route| route.method == "POST") {
            let is_masters = matches!(route.access, Access::Master | Access::MasterOrAdmin);
            let key = if is_masters { crate::running::MASTER_KEY } else { &node.admin };
            growth.measure(&format!("{} of {}", route.path, shape.name), || {
                let (status, json) = post(&node, route.path, key, shape.text.as_bytes());
                assert_eq!(
                    (status.as_str(), &json["code"]),
                    ("413", &json!("node.request.too_large")),
                    "{}",
                    route.path
                );
                count += 1;
                status
            });
        }
    }
    assert!(count > 100);
    growth.is_at_most(MOST_OF_A_BODY);
}
