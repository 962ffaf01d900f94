//! The publisher example in JavaScript, as a node meets it.

use crate::publisher::Publisher;
use crate::running::{Folder, Running};
use serde_json::json;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Example {
    child: Child,
    url: String,
    key: String,
}

impl Example {
    /// Runs the example on a copy of `examples/pfn`; `None`, with a line that says so, where Node is not installed.
    fn start(folder: &Path) -> Option<Example> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for name in ["plugin.json", "hello-pfn-1.0.0.zip"] {
            std::fs::copy(root.join("examples/pfn").join(name), folder.join(name)).unwrap();
        }
        let child = Command::new("node")
            .arg(root.join("node/publisher-example/publisher.mjs"))
            .args(["--port", "0", "--folder"])
            .arg(folder)
            .arg("--key")
            .arg(folder.join("key.pem"))
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            println!("skipped: node is not installed");
            return None;
        };
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap().replace("publisher alice on ", "");
        let key = lines.take(3).map(Result::unwrap).collect::<Vec<_>>().join("\n");
        Some(Example { child, url, key })
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
fn it_is_verified_and_mirrored_and_other_bytes_are_refused() {
    let (folder, plugins) = (Folder::new(), Folder::new());
    let Some(example) = Example::start(plugins.path()) else { return };
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
    let zip = plugins.path().join("hello-pfn-1.0.0.zip");
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

#[test]
fn it_signs_only_challenges_for_itself() {
    let plugins = Folder::new();
    let Some(example) = Example::start(plugins.path()) else { return };
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
