//! The corpus's cases of several directories through the command: two logs as files, and several from servers that serve them.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "../../tests/directories.rs"]
mod directories;

use fedverify_kit::server::{Answer, Server, log_path};
use serde_json::{Value, json};
use std::process::Command;

/// What the command puts on its standard output.
fn run(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    let output = command.args(arguments).arg("--json").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn warnings<'r>(report: &'r Value, code: &str) -> Vec<&'r str> {
    let warnings = report["warnings"].as_array().unwrap().iter().filter(|warning| warning["code"] == code);
    warnings.map(|warning| warning["message"].as_str().unwrap()).collect()
}

#[test]
fn of_every_two_logs_the_relation_is_found() {
    let mut count = 0;
    for case in directories::cases().0 {
        let (Some(relation), [first, second]) = (&case.relation, &case.logs()[..]) else { continue };
        let paths = [first, second].map(|path| path.to_str().unwrap());
        let found = run(&["log", "diff", paths[0], paths[1], "--did", &case.did]);
        assert_eq!(found["relation"], relation.as_str(), "{}", case.name);
        // Of the relations that are no continuation, only one that is shown refuses the logs.
        let expected = case.code.as_deref().filter(|_| relation != "unknown");
        let code = found["error"]["code"].as_str().filter(|_| relation != "unknown");
        assert_eq!(code, expected, "{}", case.name);
        count += 1;
    }
    assert!(count > 50, "only {count} cases");
}

/// From directories the command takes audit logs only.
fn is_audit(log: &[u8]) -> bool {
    let log: Value = serde_json::from_slice(log).unwrap_or_default();
    log[0].get("operation").is_some()
}

/// The last entry of a log is never undone.
fn head(log: &[u8]) -> Value {
    let log: Value = serde_json::from_slice(log).unwrap();
    log.as_array().unwrap().last().unwrap()["cid"].clone()
}

#[test]
fn of_audit_logs_from_servers_the_newest_counts_or_it_is_said_why_there_is_none() {
    let mut count = 0;
    for case in directories::cases().0 {
        let logs: Vec<Vec<u8>> = case.logs().iter().map(|path| std::fs::read(path).unwrap()).collect();
        if !logs.iter().all(|log| is_audit(log)) {
            continue;
        }
        let servers: Vec<Server> = logs.iter().map(|log| serve(&case.did, log)).collect();
        let urls: Vec<String> = servers.iter().map(|server| server.url("")).collect();
        let named = urls.iter().flat_map(|url| ["--plc-url", url]);
        let report = run(&["log", "show", &case.did].into_iter().chain(named).collect::<Vec<_>>());
        assert_eq!(report["error"]["code"].as_str(), case.code.as_deref(), "{}: {report}", case.name);
        if let Some(newest) = case.newest {
            assert_eq!(report["identity"]["head"], head(&logs[newest]), "{}", case.name);
            let (lagging, lags) = (case.lagging.unwrap(), warnings(&report, "plc.directory.lag"));
            assert_eq!(lags.len(), lagging.len(), "{}: {lags:?}", case.name);
            for (lag, place) in lags.iter().zip(lagging) {
                assert!(lag.starts_with(&format!("\"{}\" lags ", urls[place])), "{}: {lag}", case.name);
            }
        } else {
            assert_eq!(report["error"]["operation"], json!(case.operation), "{}", case.name);
        }
        count += 1;
    }
    assert!(count > 30, "only {count} cases");
}

fn serve(did: &str, log: &[u8]) -> Server {
    let server = Server::start();
    server.serve(&log_path(did), Answer::json(log));
    server
}

/// The identities of these cases have no repository, or were deactivated, so nothing else is fetched, and the package is refused.
#[test]
fn of_every_document_from_a_server_it_is_found_whether_it_differs() {
    for case in directories::cases().1 {
        let server = serve(&case.did, &case.log());
        server.serve(&format!("/{}", case.did), Answer::json(case.served()));
        let report = run(&["verify", &case.did, "--plc-url", &server.url(""), "--no-pin"]);
        let refusal =
            if report["identity"]["tombstoned"] == true { "plc.tombstoned" } else { "fair.service.missing" };
        assert_eq!(report["error"]["code"], refusal, "{}: {report}", case.name);
        let warned = warnings(&report, "plc.document.differs").len();
        assert_eq!(warned, usize::from(case.differs), "{}: {report}", case.name);
    }
}
