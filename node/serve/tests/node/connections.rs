//! Connections that say nothing, or too slowly, or are too many.

use crate::host::is_native;
use crate::publisher::{Answer, Publisher};
use crate::running::{Folder, Running};
use serde_json::json;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How long the tests wait for the node to hang up.
const PATIENCE: Duration = Duration::from_secs(60);

fn connect(node: &Running) -> TcpStream {
    let stream = TcpStream::connect(node.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// What comes until the node hangs up. Fails where it does not.
fn rest(mut stream: &TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("the node holds the connection: {error}"),
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Sends a byte at a time until the node hangs up.
fn drip(mut stream: &TcpStream, bytes: &[u8]) {
    for byte in bytes {
        if stream.write_all(&[*byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the node listened to the end");
}

#[test]
fn a_connection_that_says_nothing_is_ended() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    let folder = Folder::new();
    let node = Running::with(&folder, &["--request-seconds", "1"], None);
    assert_eq!(rest(&connect(&node)), "");
}

#[test]
fn a_head_has_so_many_bytes() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    let folder = Folder::new();
    let node = Running::with(&folder, &["--head-bytes", "8192"], None);
    let answer = |bytes: usize| {
        let stream = connect(&node);
        let filler = "x".repeat(bytes);
        let head =
            format!("GET /openapi.json HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: {filler}\r\n\r\n");
        // It may hang up before all is sent.
        drop((&stream).write_all(head.as_bytes()));
        rest(&stream)
    };
    assert!(answer(7_000).starts_with("HTTP/1.1 200 "));
    let refused = answer(9_000);
    assert!(refused.is_empty() || refused.starts_with("HTTP/1.1 431 "), "{refused}");
}

#[test]
fn a_request_byte_by_byte_is_ended() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    let folder = Folder::new();
    let node = Running::with(&folder, &["--request-seconds", "1"], None);
    let stream = connect(&node);
    drip(&stream, format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}", "x".repeat(600)).as_bytes());
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    let folder = Folder::new();
    let node = Running::with(&folder, &["--request-seconds", "1"], None);
    let mut stream = connect(&node);
    stream.write_all(b"POST /page/sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nkey").unwrap();
    let answer = rest(&stream);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[test]
fn a_connection_does_not_last_for_ever() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    let folder = Folder::new();
    let node = Running::with(&folder, &["--request-seconds", "100", "--connection-seconds", "1"], None);
    let mut stream = connect(&node);
    stream.write_all(b"GET /style.css HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert!(rest(&stream).starts_with("HTTP/1.1 200 "));
}

#[test]
fn there_are_so_many_connections_at_once() {
    if !is_native("connections are Cloudflare's") {
        return;
    }
    for (limit, others) in
        [("--connections", "--connections-per-address"), ("--connections-per-address", "--connections")]
    {
        let folder = Folder::new();
        let node = Running::with(&folder, &[limit, "2", others, "100", "--request-seconds", "100"], None);
        let open: Vec<TcpStream> = (0..2).map(|_| connect(&node)).collect();
        // One too many is closed, and those before it are not.
        assert_eq!(rest(&connect(&node)), "", "{limit}");
        for mut stream in open {
            stream.write_all(b"GET /style.css HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
            assert!(rest(&stream).starts_with("HTTP/1.1 200 "), "{limit}");
        }
    }
}

#[test]
fn asked_to_stop_the_node_stops() {
    if !is_native("the platform stops nothing that would have to end") {
        return;
    }
    let folder = Folder::new();
    // Neither a connection that says nothing nor a synchronisation that takes an hour keeps it.
    let hour = ["--request-seconds", "3600", "--connection-seconds", "3600", "--limit", "archiveMs=3600000"];
    let (node, publisher) = (Running::start_with(&folder, &hour), Publisher::start("endless"));
    publisher.offer_but(vec![publisher.plugin("gallery", "1.0.0")], |ask| {
        ask.path.ends_with(".zip").then_some(Answer::Silent)
    });
    node.add(&publisher).ok();
    let idle = connect(&node);
    let mut asking = connect(&node);
    let body = json!({"sourceId": publisher.source_id()}).to_string();
    let head = format!("authorization: Bearer {}\r\ncontent-length: {}\r\n\r\n", node.admin, body.len());
    write!(asking, "POST /federation/subscribe HTTP/1.1\r\nhost: a\r\n{head}{body}").unwrap();
    while !publisher.asked("/assets/alice/gallery/gallery.zip") {
        thread::sleep(Duration::from_millis(50));
    }
    // What was acknowledged before is there afterwards.
    assert!(node.stop().success());
    drop((idle, asking));
    let node = Running::start(&folder);
    assert_eq!(node.source(&publisher)["subscriber_count"], 1);
}

#[test]
fn what_the_node_does_by_itself_has_time_to_end() {
    if !is_native("the platform stops nothing that would have to end") {
        return;
    }
    let (folder, publisher) = (Folder::new(), Publisher::honest("by itself", vec![]));
    let node = Running::start_with(&folder, &["--check-every", "1"]);
    node.add(&publisher).ok();
    let is_asked = Arc::new(AtomicBool::new(false));
    let of_publisher = Arc::clone(&is_asked);
    publisher.offer_but(vec![], move |ask| {
        if ask.path == "/verify-ownership" && !of_publisher.swap(true, Ordering::SeqCst) {
            thread::sleep(Duration::from_secs(3));
        }
        None
    });
    while !is_asked.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(20));
    }
    let database = rusqlite::Connection::open(folder.database()).unwrap();
    let checks = || {
        let statement = "SELECT COUNT(*) FROM verification WHERE result = 'success'";
        database.query_row(statement, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let before = checks();
    assert!(node.stop().success());
    // The visit that went on was recorded.
    assert_eq!(checks(), before + 1);
}
