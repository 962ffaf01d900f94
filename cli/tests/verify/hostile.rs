//! Every way in which servers go wrong: its code, and its exit status.

use crate::world::{METADATA, World, daily, fair, package, package_path};
use fedverify_kit::metadata::{metadata, release};
use fedverify_kit::server::{Answer, Server};
use fedverify_kit::{KeyPair, Log, Moment};
use std::process::Command;

#[test]
fn a_forged_log_and_another_identitys_log_are_refused() {
    let world = World::new("forged");
    let thief = KeyPair::k256("thief");
    let forged =
        world.log.clone().then(&world.op(&fair()).after(&world.head()).sign(&thief), Moment::hour(1));
    world.serve_log_as(Answer::json(forged.text()));
    world.verify(&[]).rejected("plc.signature.invalid");
    let another = Log::new(&world.op(&fair()).sign(&daily()), Moment::START);
    world.serve_log_as(Answer::json(another.text()));
    world.verify(&[]).rejected("plc.did_mismatch");
    let lying = Log::claiming(world.did(), &world.op(&fair()).sign(&daily()), Moment::START);
    world.serve_log_as(Answer::json(lying.text()));
    world.verify(&[]).rejected("plc.did_mismatch");
    world.serve_log_as(Answer::json(world.log.bare().pretty()));
    world.verify(&[]).rejected("plc.entry.malformed");
    assert!(!world.pin_path().exists(), "nothing of this is remembered");
}

#[test]
fn a_page_for_people_is_judged_and_refused() {
    let world = World::new("html");
    world.server.serve(&package_path("1.0.0"), Answer::html());
    world.verify(&[]).rejected("fair.checksum.mismatch");
    world.server.serve(METADATA, Answer::html());
    world.verify(&[]).rejected("input.malformed");
    world.serve_log_as(Answer::html());
    world.verify(&[]).rejected("input.malformed");
}

#[test]
fn a_status_other_than_success_is_no_verdict() {
    let world = World::new("status");
    for path in [package_path("1.0.0"), METADATA.to_owned(), world.log_path()] {
        for status in [204, 206, 304, 400, 401, 403, 404, 410, 418] {
            world.server.serve(&path, Answer::status(status));
            let code = match status {
                404 if path == world.log_path() => "io.directory.unknown",
                410 if path == world.log_path() => "io.directory.deactivated",
                _ => "io.network.status",
            };
            let outcome = world.verify(&[]).undetermined(code);
            assert!(outcome.message().contains(&status.to_string()), "{outcome:?}");
            assert!(outcome.message().contains(&path[..8]), "{outcome:?}");
        }
    }
}

#[test]
fn a_busy_server_is_asked_again() {
    let world = World::new("busy");
    let log = || Answer::json(world.log.text());
    world.server.serve_in_turn(&world.log_path(), [Answer::status(503), log()]);
    world.verify(&[]).verified();
    assert_eq!(world.server.count(&world.log_path()), 2);
    world.server.serve_in_turn(&world.log_path(), [Answer::status(429).header("Retry-After", "1"), log()]);
    world.verify(&[]).verified();
    assert_eq!(world.server.count(&world.log_path()), 4);
    world.server.serve_in_turn(&world.log_path(), [Answer::hang_up(), Answer::status(500), log()]);
    world.verify(&[]).verified();
    let asset = package_path("1.0.0");
    let zip = || Answer::ok("application/zip", package("1.0.0"));
    world.server.serve_in_turn(&asset, [zip().cut_off(), zip().announcing(1), zip()]);
    world.verify(&[]).verified();
}

#[test]
fn a_server_that_stays_busy_is_given_up() {
    let world = World::new("gives-up");
    world.serve_log_as(Answer::status(500));
    world.verify(&[]).undetermined("io.network.status");
    assert_eq!(world.server.count(&world.log_path()), 3);
    // More patience than there is: no second question.
    world.serve_log_as(Answer::status(429).header("Retry-After", "86400"));
    let outcome = world.verify(&[]).undetermined("io.network.status");
    assert!(outcome.message().contains("asks to wait 86400 s"), "{outcome:?}");
    assert_eq!(world.server.count(&world.log_path()), 4);
}

#[test]
fn an_endless_body_ends_at_the_limit() {
    let world = World::new("endless");
    let endless = || Answer::json(vec![b' '; 64 << 10]).endless();
    world.server.serve(&package_path("1.0.0"), endless());
    world.verify(&["--limit", "packageBytes=1000000"]).rejected("input.too_large");
    world.server.serve(METADATA, endless());
    world.verify(&[]).rejected("input.too_large");
    world.serve_log_as(endless());
    world.verify(&[]).rejected("input.too_large");
}

#[test]
fn limits_of_sizes_are_inclusive() {
    let world = World::new("limits");
    let size = package("1.0.0").len();
    world.verify(&["--limit", &format!("packageBytes={size}")]).verified();
    world.verify(&["--limit", &format!("packageBytes={}", size - 1)]).rejected("input.too_large");
    let size = world.log.text().len();
    world.verify(&["--limit", &format!("logBytes={size}")]).verified();
    world.verify(&["--limit", &format!("logBytes={}", size - 1)]).rejected("input.too_large");
}

#[test]
fn a_wrong_length_is_noticed() {
    let world = World::new("length");
    let log = || Answer::json(world.log.text());
    world.serve_log_as(log().announcing(1));
    world.verify(&[]).undetermined("io.network.answer");
    // HTTP ends a body where its length says, and what is left of the log is no JSON.
    world.serve_log_as(log().announcing(-10));
    world.verify(&[]).rejected("input.malformed");
    world.serve_log_as(log());
    let zip = || Answer::ok("application/zip", package("1.0.0"));
    world.server.serve(&package_path("1.0.0"), zip().announcing(1));
    world.verify(&[]).undetermined("io.network.answer");
    world.server.serve(&package_path("1.0.0"), zip().announcing(-1));
    world.verify(&[]).rejected("fair.checksum.mismatch");
}

#[test]
fn what_breaks_off_or_is_no_http_is_no_verdict() {
    let world = World::new("broken");
    world.serve_log_as(Answer::json(world.log.text()).cut_off());
    world.verify(&[]).undetermined("io.network.answer");
    world.serve_log_as(Answer::garbage());
    world.verify(&[]).undetermined("io.network.answer");
    world.serve_log_as(Answer::hang_up());
    world.verify(&[]).undetermined("io.network.connect");
}

#[test]
fn a_password_in_a_url_is_not_repeated() {
    let world = World::new("password");
    let is_kept = |arguments: &[&str]| {
        let output = world.verifying(Command::new(env!("CARGO_BIN_EXE_fedverify"))).args(arguments).output();
        let output = output.unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!said.contains("secret") && said.contains('…'), "{arguments:?}: {said}");
    };
    for url in [
        "https://user:secret@192.0.2.1",
        "http://user:secret@a.example",
        "HTTPS:user:secret@a.example",
        "https://user:secret@",
        "https://user:[secret@a.example",
        "https://a.example@secret@b.example",
        "user:secret@a.example",
        "https://user:secret@a.example/?x",
    ] {
        is_kept(&["--plc-url", url]);
    }
    world.serve_log_as(Answer::redirect("https://user:secret@a.example/"));
    is_kept(&[]);
}

#[test]
fn encoded_answers_are_refused_unread() {
    let world = World::new("encoded");
    let bomb = Answer::json(vec![0; 64 << 10]).header("Content-Encoding", "gzip").endless();
    world.serve_log_as(bomb);
    let outcome = world.verify(&[]).undetermined("io.network.answer");
    assert!(outcome.message().contains("expected no content encoding, found \"gzip\""), "{outcome:?}");
    let encodings = [
        "br",
        "identity, gzip",
        "gzip, identity",
        "none, aws-chunked, zstd",
        "identity;q=1",
        "aws",
        "\u{e9}",
    ];
    for encoding in encodings {
        world.serve_log_as(Answer::json(world.log.text()).header("Content-Encoding", encoding));
        world.verify(&[]).undetermined("io.network.answer");
    }
    let twice = Answer::json(world.log.text()).header("Content-Encoding", "identity");
    world.serve_log_as(twice.header("Content-Encoding", "gzip"));
    world.verify(&[]).undetermined("io.network.answer");
}

/// fair.md, "Fetching": of the log, of the metadata document and of the package.
#[test]
fn what_means_no_encoding_is_none() {
    let world = World::new("not-encoded");
    let (path, zip) = (package_path("1.0.0"), package("1.0.0"));
    let metadata = metadata(world.did(), [release("1.0.0", world.artifact(&fair(), &path, &zip))]).pretty();
    let encodings = [
        "",
        "identity",
        "Identity",
        "none",
        "NONE",
        "aws-chunked",
        "AWS-Chunked",
        "aws-chunked,",
        "identity, none",
    ];
    for encoding in encodings {
        let encoded = |answer: Answer| answer.header("Content-Encoding", encoding);
        world.serve_log_as(encoded(Answer::json(world.log.text())));
        world.server.serve(METADATA, encoded(Answer::json(metadata.clone())));
        world.server.serve(&path, encoded(Answer::ok("application/zip", zip.clone())));
        world.verify(&[]).verified();
    }
}

#[test]
fn redirects_are_followed_five_times_within_their_scheme() {
    let world = World::new("redirects");
    let real = world.log.text();
    let ring = |length: usize| {
        for number in 1..length {
            world.server.serve(&format!("/{number}"), Answer::redirect(&format!("/{}", number + 1)));
        }
        world.server.serve(&format!("/{length}"), Answer::json(real.clone()));
        world.serve_log_as(Answer::redirect("/1"));
    };
    ring(5);
    world.verify(&[]).verified();
    ring(6);
    world.verify(&[]).undetermined("io.network.redirect");
    world.serve_log_as(Answer::redirect(&world.log_path()));
    world.verify(&[]).undetermined("io.network.redirect");
    for location in ["file:///etc/passwd", "http://directory.example/log", "https://localhost/", "//"] {
        world.serve_log_as(Answer::redirect(location));
        world.verify(&[]).undetermined("io.network.redirect");
    }
    world.serve_log_as(Answer::status(302));
    world.verify(&[]).undetermined("io.network.redirect");
    // Relative ones, and UTF-8 as it is.
    for (location, path) in [("../elsewhere?x", "/did:elsewhere?x"), ("/\u{e9}", "/%C3%A9")] {
        let path = path.replace("did:elsewhere", &format!("{}/elsewhere", world.did()));
        world.serve_log_as(Answer::redirect(location));
        world.server.serve(&path, Answer::json(real.clone()));
        world.verify(&[]).verified();
        assert_eq!(world.server.count(&path), 1);
    }
}

#[test]
fn messages_from_servers_cannot_steer_a_terminal() {
    let world = World::new("terminal");
    for (location, code) in [
        ("file:///\u{1b}[31m", "io.network.answer"),
        ("file:///\u{9b}31m", "io.network.redirect"),
        ("file:///\u{202e}", "io.network.redirect"),
        ("file:///\"%1b\t\"", "io.network.redirect"),
    ] {
        world.serve_log_as(Answer::redirect(location));
        let outcome = world.verify(&[]).undetermined(code);
        let is_inert = |character: char| !character.is_control() && character != '\u{202e}';
        assert!(outcome.message().chars().all(is_inert), "{outcome:?}");
    }
}

#[test]
fn unusable_addresses_are_no_verdict() {
    let world = World::new("addresses");
    let ask = |directory: &str| world.verify_by(&[directory], &["--timeout", "5"]);
    for directory in ["http://plc.directory", "ftp://localhost", "plc.directory", "", "https://u:p@localhost"]
    {
        ask(directory).undetermined("io.network.insecure");
    }
    // Nothing listens on this port; nothing ever has this name (RFC 6761, section 6.4).
    ask("http://127.0.0.1:1").undetermined("io.network.connect");
    let outcome = ask("https://directory.invalid").undetermined("io.network.dns");
    assert!(outcome.message().contains("directory.invalid"), "{outcome:?}");
}

/// Every step to https goes through the proxy, and no step to this machine does.
#[test]
fn proxies_come_from_the_environment() {
    let (world, proxy) = (World::new("proxy"), Server::start());
    let with_proxy = |directory: &str| {
        let environment = [("HTTPS_PROXY", proxy.url(""))];
        let arguments = ["verify", world.did(), "--allow-private", "--plc-url", directory];
        world.run_in(&environment, &arguments)
    };
    with_proxy(&world.server.url("")).verified();
    assert!(proxy.requests().is_empty());
    let outcome = with_proxy("https://directory.invalid").undetermined("io.network.connect");
    assert!(outcome.message().contains("proxy"), "{outcome:?}");
    assert_eq!(proxy.requests()[0].path, "directory.invalid:443");
}

#[test]
fn plain_http_on_the_port_of_https_is_a_fault_of_tls() {
    let world = World::new("no-tls");
    let directory = format!("https://{}", world.server.authority());
    world.verify_by(&[&directory], &[]).undetermined("io.network.tls");
}

/// A host may bound the processes of its customers. With such a stack no thread can be started.
#[cfg(unix)]
#[test]
fn without_threads_there_is_a_report_too() {
    let world = World::new("no-threads");
    let (environment, directory) = ([("RUST_MIN_STACK", (1u64 << 46).to_string())], world.server.url(""));
    let one = ["verify", world.did(), "--plc-url", &directory];
    world.run_in(&environment, &one).undetermined("io.network.connect");
    world
        .run_in(&environment, &[&one[..], &["--plc-url", &directory]].concat())
        .undetermined("io.network.connect");
}
