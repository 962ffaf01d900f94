//! `fedverify-kit play` as people start it. What the command says of each lie is in `cli/tests/verify/play.rs`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

#[test]
fn it_prints_a_command_and_serves_what_that_fetches() {
    let mut kit = Command::new(env!("CARGO_BIN_EXE_fedverify-kit"))
        .args(["play", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(kit.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let did = words[2];
    let authority = words[4].trim_start_matches("http://").to_owned();
    let example = fedverify_kit::disk::project_root().join("examples/fair/did.txt");
    assert_eq!(did, std::fs::read_to_string(example).unwrap().trim());
    let mut stream = TcpStream::connect(&authority).unwrap();
    write!(stream, "GET /{did}/log/audit HTTP/1.1\r\nHost: {authority}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    kit.kill().unwrap();
    kit.wait().unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains(&format!("http://{authority}/")),
        "{answer}"
    );
}

#[test]
fn unknown_lies_and_options_are_refused() {
    for options in [&["--lie", "nonsense"][..], &["--lie"], &["--port", "x"], &["--frob", "x"]] {
        let kit =
            Command::new(env!("CARGO_BIN_EXE_fedverify-kit")).arg("play").args(options).output().unwrap();
        assert_eq!(kit.status.code(), Some(2), "{options:?}");
    }
    let kit =
        Command::new(env!("CARGO_BIN_EXE_fedverify-kit")).args(["play", "--lie", "help"]).output().unwrap();
    let said = String::from_utf8(kit.stdout).unwrap();
    assert!(kit.status.success() && said.contains("rollback") && said.contains("pin.rollback"), "{said}");
}
