//! Servers that hold a connection: whatever they send, and however slowly, the fetch ends at its deadline.

use crate::table::{Row, check};
use crate::tls::{certificate, in_front_of, pem};
use crate::world::{METADATA, World, package, package_path, text};
use fedverify_kit::Json;
use fedverify_kit::server::{Answer, DRIPPED, DnsServer, Endless, IN_BUFFERS, Records, Server};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

const TIMEOUT: (i32, &str) = (2, "io.network.timeout");
const ANSWER: (i32, &str) = (2, "io.network.answer");
const SOON: [&str; 2] = ["--timeout", "1"];

/// The start of an answer that is sent in chunks.
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

#[test]
fn a_byte_now_and_then_in_any_part_of_an_answer_ends_at_the_deadline() {
    let worlds: Vec<World> =
        Endless::ALL.iter().enumerate().map(|(at, _)| World::new(&format!("drip-{at}"))).collect();
    let rows = Endless::ALL.iter().zip(&worlds).map(|(endless, world)| {
        world.serve_log_as(endless.dripping());
        Row::new(format!("drip: {}", endless.what), TIMEOUT, || world.verify(&SOON))
    });
    check(&rows.collect::<Vec<_>>());
    for (endless, world) in Endless::ALL.iter().zip(&worlds) {
        let taken = world.server.taken(&world.log_path());
        assert!(taken < DRIPPED, "{}: {taken} bytes", endless.what);
    }
}

/// The limit of a log's bytes, where floods are to end at it.
const LOG_BYTES: u64 = 100_000;

/// Fast ones end at a limit of their own, or at the deadline. A body earns time as it comes, so its limit is that of its size.
#[test]
fn a_flood_in_any_part_of_an_answer_ends_too() {
    let worlds: Vec<World> =
        Endless::ALL.iter().enumerate().map(|(at, _)| World::new(&format!("flood-{at}"))).collect();
    let ends = |what: &str| match what {
        "chunks" | "a body of a known length" | "a body of no known length" => ((1, "input.too_large"), "30"),
        "trailers" => (TIMEOUT, "1"),
        _ => (ANSWER, "30"),
    };
    let rows = Endless::ALL.iter().zip(&worlds).map(|(endless, world)| {
        world.serve_log_as(endless.flooding());
        let (end, timeout) = ends(endless.what);
        Row::new(format!("flood: {}", endless.what), end, move || {
            world.verify(&["--timeout", timeout, "--limit", &format!("logBytes={LOG_BYTES}")])
        })
    });
    check(&rows.collect::<Vec<_>>());
    for (endless, world) in Endless::ALL.iter().zip(&worlds) {
        let taken = world.server.taken(&world.log_path());
        let is_counted = ends(endless.what).0 != TIMEOUT;
        assert!(!is_counted || taken < LOG_BYTES + IN_BUFFERS, "{}: {taken} bytes", endless.what);
    }
}

#[test]
fn metadata_package_and_silence_end_at_the_deadline() {
    let [metadata, bytes, silent, wandering, busy] =
        ["metadata", "bytes", "silent", "wandering", "busy"].map(|name| World::new(&format!("slow-{name}")));
    metadata.server.serve(METADATA, Answer::json("{}          ").dripping());
    bytes.server.serve(&package_path("1.0.0"), Answer::ok("application/zip", package("1.0.0")).dripping());
    silent.serve_log_as(Answer::silence());
    // Each of the redirects alone is in time.
    wandering.serve_log_as(Answer::redirect("/1").after(Duration::from_millis(400)));
    for number in 1..5 {
        let next = Answer::redirect(&format!("/{}", number + 1)).after(Duration::from_millis(400));
        wandering.server.serve(&format!("/{number}"), next);
    }
    let late = || Answer::status(503).after(Duration::from_millis(600));
    busy.server.serve_in_turn(&busy.log_path(), [late(), late(), Answer::silence()]);
    check(&[
        Row::new("drip: a metadata document", TIMEOUT, || metadata.verify(&SOON)),
        Row::new("drip: a package", TIMEOUT, || bytes.verify(&SOON)),
        Row::new("silence", TIMEOUT, || silent.verify(&SOON)),
        Row::new("redirects, each in time", TIMEOUT, || wandering.verify(&SOON)),
        Row::new("busy, again and again", TIMEOUT, || busy.verify(&SOON)),
    ]);
}

/// What came fast pays for no silence. The server gives up after a while: who is still waiting then sees the answer break off.
#[test]
fn an_answer_that_stalls_ends_at_the_deadline() {
    let world = World::new("stalling");
    let directory = format!("http://{}", stalling_listener());
    let arguments = ["verify", world.did(), "--plc-url", &directory, "--timeout", "2", "--no-pin"];
    check(&[Row::new("four megabytes, then silence", TIMEOUT, || world.run(&arguments))]);
}

#[test]
fn what_comes_before_http_ends_at_the_deadline() {
    let world = World::new("before-http");
    let dns = DnsServer::start();
    dns.serve("directory.example", Records::Silence);
    let dns_server = dns.address().to_string();
    let (full, _waiting) = full_listener();
    // The start of a handshake record of TLS, and of the certificate chain in it; and of a proxy's answer.
    let handshake = dripping_listener(b"\x16\x03\x03\x3f\xff\x0b\x00\x3f\xfb", b"\x00");
    let proxy = dripping_listener(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n");
    // One authority is loaded sooner than this machine's.
    let authorities = world.file("authorities.pem", pem(&certificate("127.0.0.1")).as_bytes());
    let authorities = ("SSL_CERT_FILE", text(&authorities).to_owned());
    let verify = |directory: &str, environment: &[(&str, String)]| {
        // Runs at the same time would wait for one another's pin.
        let arguments = ["verify", world.did(), "--plc-url", directory, "--timeout", "1", "--no-pin"];
        world.run_in(environment, &arguments)
    };
    check(&[
        Row::new("silence: a name server", TIMEOUT, || {
            world.verify_by(
                &["https://directory.example"],
                &["--dns-server", &dns_server, "--timeout", "1", "--no-pin"],
            )
        }),
        Row::new("silence: a connection that is not accepted", TIMEOUT, || {
            verify(&format!("http://{full}"), &[])
        }),
        Row::new("drip: the handshake of TLS", TIMEOUT, || {
            verify(&format!("https://{handshake}"), std::slice::from_ref(&authorities))
        }),
        Row::new("drip: the answer of a proxy", TIMEOUT, || {
            let proxy = ("HTTPS_PROXY", format!("http://{proxy}"));
            verify("https://directory.example", &[authorities.clone(), proxy])
        }),
    ]);
}

#[test]
fn a_drip_within_tls_ends_at_the_deadline() {
    let (world, certificate) = (World::new("drip-in-tls"), certificate("127.0.0.1"));
    let directory = in_front_of(&world, &certificate);
    world.serve_log_as(Answer::dripping_after(CHUNKED, "0"));
    let authorities = world.file("authorities.pem", pem(&certificate).as_bytes());
    let environment = [("SSL_CERT_FILE", text(&authorities).to_owned())];
    let arguments = ["verify", world.did(), "--plc-url", &directory, "--timeout", "1"];
    let ends = (2, "io.network.timeout");
    check(&[Row::new("drip: within TLS", ends, || world.run_in(&environment, &arguments))]);
}

/// The others are asked at the same time, and their log counts.
#[test]
fn a_directory_that_drips_does_not_hold_up_the_others() {
    let (world, mirror) = (World::new("drip-mirror"), Server::start());
    mirror.serve(&world.log_path(), Answer::dripping_after(CHUNKED, "0"));
    let ask = || world.verify_by(&[&mirror.url(""), &world.server.url("")], &["--timeout", "2"]);
    check(&[Row::new("drip: one directory of two", (0, ""), ask)]);
    ask().verified().warns(&["plc.directory.unreachable"]);
}

/// Nothing rests on the DID document. One that comes late would be a warning, if it were waited for.
#[test]
fn the_did_document_is_not_waited_for() {
    let world = World::new("late-document");
    let path = format!("/{}", world.did());
    let forged = fedverify_kit::server::did_document(&world.log)
        .with("alsoKnownAs", Json::array(["https://elsewhere.example"]))
        .pretty();
    let serve_after = |delay| world.server.serve(&path, Answer::json(forged.clone()).after(delay));
    serve_after(Duration::from_millis(100));
    world.verify(&[]).verified().warns(&["plc.document.differs"]);
    serve_after(Duration::from_secs(8));
    world.verify(&[]).verified().warns(&[]);
    world.server.serve(&path, Answer::dripping_after(CHUNKED, "0"));
    check(&[Row::new("drip: the DID document", (0, ""), || world.verify(&[]))]);
}

/// A listener whose queue is full: further connections are neither accepted nor refused. And what fills it.
fn full_listener() -> (std::net::SocketAddr, Vec<TcpStream>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _context = runtime.enter();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap().into_std().unwrap();
    let address = listener.local_addr().unwrap();
    let wait = Duration::from_millis(300);
    let waiting = std::iter::from_fn(|| TcpStream::connect_timeout(&address, wait).ok()).collect();
    // It must live as long as the test's process.
    std::mem::forget(listener);
    (address, waiting)
}

/// A listener that does not wait for a request, but drips at once. Its thread ends with the test's process.
fn dripping_listener(start: &'static [u8], drip: &'static [u8]) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = drip.chunks(1).cycle();
            let mut sent = stream.write_all(start);
            while sent.is_ok() {
                thread::sleep(Duration::from_millis(200));
                sent = stream.write_all(bytes.next().unwrap_or_default());
            }
        }
    });
    address
}

/// A listener that sends four megabytes at once, which is worth a minute of dripping, and gives up after ten seconds.
fn stalling_listener() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _request = stream.read(&mut [0; 4096]).unwrap();
        let body = " ".repeat(4 << 20);
        stream
            .write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n{body}").as_bytes())
            .unwrap();
        thread::sleep(Duration::from_secs(10));
    });
    address
}
