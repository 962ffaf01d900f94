//! The publisher examples in JavaScript and PHP, as a node meets them.

use crate::host::skipped;
use crate::publisher::Publisher;
use crate::running::{Folder, Running};
use serde_json::json;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

struct Example {
    child: Child,
    url: String,
    key: String,
    is_php: bool,
}

/// The file of the changes of an example's key.
const CHANGES: &str = "changes.txt";

/// Where the examples are.
fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../publisher-example").join(name)
}

impl Example {
    /// Each of the examples on a copy of `examples/pfn` in a folder of its own. What cannot run is left out, with a line that
    /// says so.
    fn all(folders: &[Folder; 2]) -> Vec<(&Path, Example)> {
        let [javascript, php] = folders.each_ref().map(Folder::path);
        for folder in [javascript, php] {
            for name in ["plugin.json", "hello-pfn-1.0.0.zip"] {
                let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pfn").join(name);
                std::fs::copy(example, folder.join(name)).unwrap();
            }
        }
        let examples = [
            (javascript, Example::javascript(javascript, "0", "key.pem")),
            (php, Example::php(php, "key.pem")),
        ];
        examples.into_iter().filter_map(|(folder, example)| Some((folder, example?))).collect()
    }

    fn php(folder: &Path, key_file: &str) -> Option<Example> {
        // PHP's server cannot be asked which port it took.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Example::php_at(folder, &port.to_string(), key_file)
    }

    fn php_at(folder: &Path, port: &str, key_file: &str) -> Option<Example> {
        let publisher = || {
            let mut php = Command::new("php");
            php.env("KEY", folder.join(key_file)).env("FOLDER", folder).env("USERNAME", "alice");
            php.env("KEY_CHANGES", folder.join(CHANGES));
            php
        };
        let Ok(key) = publisher().arg(script("publisher.php")).output() else {
            skipped("php is not installed");
            return None;
        };
        let key = String::from_utf8(key.stdout).unwrap();
        let address = format!("127.0.0.1:{port}");
        let url = format!("http://{address}");
        let mut server = publisher();
        server.env("URL", &url).args(["-S", &address]).arg(script("publisher.php")).stderr(Stdio::null());
        let mut example = Example { child: server.spawn().unwrap(), url, key, is_php: true };
        while TcpStream::connect(&address).is_err() {
            assert!(example.child.try_wait().unwrap().is_none(), "PHP's server ended");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(example)
    }

    fn javascript(folder: &Path, port: &str, key_file: &str) -> Option<Example> {
        let mut node = Command::new("node");
        node.arg(script("publisher.mjs")).args(["--port", port, "--folder"]).arg(folder);
        node.arg("--key").arg(folder.join(key_file));
        node.arg("--key-changes").arg(folder.join(CHANGES));
        let Ok(mut child) = node.stdout(Stdio::piped()).spawn() else {
            skipped("node is not installed");
            return None;
        };
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap().replace("publisher alice on ", "");
        let key = lines.take(3).map(Result::unwrap).collect::<Vec<_>>().join("\n");
        Some(Example { child, url, key, is_php: false })
    }

    fn challenge(&self, challenge: &str) -> u16 {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
        let body = json!({"username": "alice", "challenge": challenge}).to_string();
        agent.post(format!("{}/verify-ownership", self.url)).send(body).unwrap().status().as_u16()
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_key_that_a_web_server_would_give_away_is_known() {
    let folder = Folder::new();
    let (root, beside) = (folder.path().join("root"), folder.path().join("root2"));
    for made in [&root.join("sub"), &beside] {
        std::fs::create_dir_all(made).unwrap();
    }
    let code = "require $argv[1]; echo FedVerify\\PublisherExample\\Key::isServed($argv[2], $argv[3]) ? 'served' : 'not';";
    for (file, expected) in [
        (root.join("key.pem"), "served"),
        (root.join("sub/key.pem"), "served"),
        (root.join("sub/../../root2/key.pem"), "not"),
        (beside.join("key.pem"), "not"),
        (folder.path().join("key.pem"), "not"),
    ] {
        let Ok(output) =
            Command::new("php").args(["-r", code]).arg(script("key.php")).args([&file, &root]).output()
        else {
            skipped("php is not installed");
            return;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{file:?}");
    }
}

#[test]
fn they_are_verified_and_mirrored_and_other_bytes_are_refused() {
    for (plugins, example) in Example::all(&[Folder::new(), Folder::new()]) {
        is_verified_and_mirrored_and_other_bytes_are_refused(&example, plugins);
    }
}

fn is_verified_and_mirrored_and_other_bytes_are_refused(example: &Example, plugins: &Path) {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let source = json!({"instance_url": example.url, "username": "alice", "public_key": example.key});
    let added = node.post("add-source", source).ok();
    assert_eq!(
        (&added["verified"], &added["challenge"], &added["oracle"]),
        (&json!(true), &json!("bound"), &json!(false)),
        "{added}"
    );
    let subscribe =
        || node.post("subscribe", json!({"sourceId": added["source_id"]})).ok()["syncResult"].clone();
    assert_eq!(subscribe()["mirroredCount"], 1);
    assert_eq!(node.plugins()[0]["verification"]["archive"], "signed");
    let zip = plugins.join("hello-pfn-1.0.0.zip");
    let mut bytes = Vec::new();
    std::fs::File::open(&zip).unwrap().read_to_end(&mut bytes).unwrap();
    // A comment of one byte at the end (APPNOTE.TXT, section 4.3.16): the same plugin in other bytes, signed anew.
    let comment_length = bytes.len() - 2;
    bytes[comment_length] = 1;
    bytes.push(b'x');
    std::fs::write(&zip, bytes).unwrap();
    let refused = subscribe()["refused"].clone();
    assert_eq!(refused[0]["code"], "pin.release_changed", "{refused}");
}

/// Lets the old key approve the new one, in the file that is served from then on.
fn announce(plugins: &Path, example: &Example, (old, new): (&str, &str)) {
    let [old, new, changes] = [old, new, CHANGES].map(|name| plugins.join(name));
    let mut command = if example.is_php {
        let mut php = Command::new("php");
        php.arg(script("publisher.php")).arg("announce");
        php.env("OLD_KEY", &old).env("KEY", &new).env("KEY_CHANGES", &changes).env("URL", &example.url);
        php
    } else {
        let mut node = Command::new("node");
        node.arg(script("publisher.mjs")).arg("--announce").arg(&old).arg("--key").arg(&new);
        node.arg("--key-changes").arg(&changes).args(["--url", &example.url]);
        node
    };
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains(" approves did:key:z"), "{output:?}");
    // It is needed no more.
    std::fs::remove_file(old).unwrap();
}

#[test]
fn their_old_key_approves_a_new_one() {
    for (plugins, mut example) in Example::all(&[Folder::new(), Folder::new()]) {
        let folder = Folder::new();
        let node = Running::start(&folder);
        let source = json!({"instance_url": example.url, "username": "alice", "public_key": example.key});
        let id = node.post("add-source", source).ok()["source_id"].clone();
        let port = example.url.rsplit(':').next().unwrap().to_owned();
        for (old, new) in [("key.pem", "second.pem"), ("second.pem", "third.pem")] {
            announce(plugins, &example, (old, new));
            let (before, is_php) = (example.key.clone(), example.is_php);
            drop(example);
            let started = if is_php {
                Example::php_at(plugins, &port, new)
            } else {
                Example::javascript(plugins, &port, new)
            };
            example = started.unwrap();
            assert_ne!(example.key.trim(), before.trim());
            let verified = node.post("verify-source", json!({"sourceId": id})).ok();
            assert_eq!(verified["status"], "verified", "{verified}");
            let status = node.get(&format!("source-status?source={}", id.as_str().unwrap())).ok();
            assert_eq!(status["key_changes"][0]["approved_by"], "old key", "{status}");
            assert_eq!(status["source"]["public_key"].as_str().unwrap().trim(), example.key.trim());
        }
    }
}

#[test]
fn a_wrong_call_is_answered_in_a_line_or_two() {
    for (arguments, expected) in [
        (vec!["--folde", "examples"], "usage: publisher.mjs --folder FOLDER"),
        (vec!["--announce", "no such key"], "the file no such key does not exist"),
        (vec!["--announce", "Cargo.toml"], "usage: publisher.mjs"),
        (vec!["--folder", "no such folder"], "the folder no such folder does not exist"),
        (vec!["--folder", ".", "--port", "x"], "expected a port from 0 to 65535, found --port x"),
        (vec!["--folder", ".", "--port", "65536"], "expected a port from 0 to 65535, found --port 65536"),
    ] {
        let Ok(output) = Command::new("node").arg(script("publisher.mjs")).args(arguments).output() else {
            skipped("node is not installed");
            return;
        };
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected) && said.lines().count() <= 2, "{said}");
    }
}

#[test]
fn they_sign_only_challenges_for_themselves() {
    for (_, example) in Example::all(&[Folder::new(), Folder::new()]) {
        signs_only_challenges_for_itself(&example);
    }
}

fn signs_only_challenges_for_itself(example: &Example) {
    let soon = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() + 60;
    let challenge = |instance: &str, username: &str, expires: u64| {
        let nonce = "0".repeat(32);
        format!(
            "fedverify-node ownership challenge v1; node=https://n.example; instance={instance}; username={username}; expires={expires}; nonce={nonce}"
        )
    };
    assert_eq!(example.challenge(&challenge(&example.url, "alice", soon)), 200);
    let other = Publisher::start("other").url();
    for refused in [
        challenge(&other, "alice", soon),
        challenge(&example.url, "bob", soon),
        challenge(&example.url, "alice", soon - 120),
        challenge(&example.url, "alice", soon + 86_400),
        format!("{} ", challenge(&example.url, "alice", soon)),
        r#"{"id":"a","name":"b","version":"1","description":"c"}"#.to_owned(),
        "0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b".to_owned(),
        String::new(),
    ] {
        assert_eq!(example.challenge(&refused), 400, "{refused}");
    }
}
