//! Archives in a bucket, at a small server that speaks as much of S3 as the node needs, and where it is installed at moto's
//! (tests/node-bucket.sh). No real one is asked in tests.

use crate::host::{is_native, skipped};
use crate::publisher::Publisher;
use crate::running::{Folder, MASTER_KEY, Running, refused_start};
use serde_json::json;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What was put where, and what was asked.
#[derive(Default)]
struct Stored {
    objects: BTreeMap<String, Vec<u8>>,
    asked: Vec<String>,
    /// Whether objects can be listed but not read.
    is_unreadable: bool,
}

struct Bucket {
    address: SocketAddr,
    stored: Arc<Mutex<Stored>>,
}

impl Bucket {
    fn start() -> Bucket {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stored = Arc::new(Mutex::new(Stored::default()));
        let of_thread = Arc::clone(&stored);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stored = Arc::clone(&of_thread);
                thread::spawn(move || while answer(stream.as_ref().unwrap(), &stored).is_some() {});
            }
        });
        Bucket { address, stored }
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        environment(&format!("http://{}", self.address))
    }

    fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        self.stored.lock().unwrap().objects.clone()
    }

    /// How often something like this was asked.
    fn count(&self, asked: &str) -> usize {
        self.stored.lock().unwrap().asked.iter().filter(|line| line.starts_with(asked)).count()
    }
}

/// Where a bucket is and with which keys, as the node reads it.
fn environment(url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_ACCESS_KEY_ID", "tester".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "the secret of the tests".to_owned()),
        ("AWS_REGION", "auto".to_owned()),
        ("AWS_ENDPOINT_URL", url.to_owned()),
    ]
}

/// The first and the last byte of `bytes=FIRST-LAST`.
fn range(header: &str) -> Option<(usize, usize)> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// Answers one request of a connection; `None` when it is over.
fn answer(mut stream: &TcpStream, stored: &Mutex<Stored>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|count| *count > 0)?;
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let header = |name: &str| headers.get(name).map_or("", String::as_str);
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let (method, path) = (line.split(' ').next()?, line.split(' ').nth(1)?.to_owned());
    let mut stored = stored.lock().unwrap();
    stored.asked.push(format!("{method} {path} {}", header("range")));
    let mut part = String::new();
    let is_signed = header("authorization").starts_with("AWS4-HMAC-SHA256 Credential=tester/");
    let (status, content) = match (method, stored.objects.get(&path).cloned()) {
        _ if !is_signed => (403, Vec::new()),
        // What is there is replaced only by who asked for that after it was told so.
        ("PUT", None) if header("if-none-match") != "*" => (400, Vec::new()),
        ("PUT", Some(_)) if header("if-none-match") == "*" => (412, Vec::new()),
        ("PUT", _) => {
            stored.objects.insert(path, body);
            (200, Vec::new())
        }
        ("GET", Some(_)) if stored.is_unreadable => (403, Vec::new()),
        ("GET" | "HEAD", Some(object)) => match range(header("range")) {
            Some((first, last)) if last < object.len() => {
                part = format!("content-range: bytes {first}-{last}/{}\r\n", object.len());
                (206, object[first..=last].to_vec())
            }
            _ => (200, object),
        },
        _ => (404, Vec::new()),
    };
    let length = content.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\n{part}content-length: {length}\r\netag: \"x\"\r\nlast-modified: Thu, 26 Nov 2026 12:00:00 GMT\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    if method != "HEAD" {
        stream.write_all(&content).ok()?;
    }
    Some(())
}

#[test]
fn archives_are_in_a_bucket_and_come_from_there() {
    if !is_native("its bucket is R2's binding") {
        return;
    }
    let (folder, bucket) = (Folder::new(), Bucket::start());
    let arguments = ["--allow-private", "--archives", "s3://plugins/of/node"];
    // A proxy for what is elsewhere, and which is not there, is not asked for what is here.
    let proxy =
        ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"].map(|name| (name, "http://127.0.0.1:9".to_owned()));
    let environment = [&bucket.environment()[..], &proxy].concat();
    let mut node = Running::within(&folder, &arguments, Some(MASTER_KEY), &environment);
    node.admin = node.key(json!({"name": "admin"}));
    let publisher = Publisher::start("bucket");
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    assert_eq!(node.follow(&publisher)["mirroredCount"], 1);
    let row = node.plugins()[0].clone();
    let path = format!("/plugins/of/node/archives/{}.zip", row["sha256"].as_str().unwrap());
    assert_eq!(bucket.objects(), BTreeMap::from([(path.clone(), plugin.archive.clone())]));
    assert!(!folder.path().join("blobs").exists());
    let version = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&format!("download?{version}")).bytes, plugin.archive);
    // A download is read in pieces, however many there are at once and however slowly they are taken.
    assert_eq!(bucket.count(&format!("GET {path}")), 1);
    assert_eq!(bucket.count(&format!("GET {path} bytes=0-")), 1);
    assert_eq!(node.get(&format!("verify?{version}")).ok()["verdict"], "verified");
    // What is there is compared, and not replaced.
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(bucket.count(&format!("PUT {path}")), 2);
    assert_eq!(bucket.count(&format!("GET {path} bytes=0-")), 2);
    // A damaged one is no verdict on the publisher, and its bytes replace it.
    let mut damaged = plugin.archive.clone();
    damaged[10] ^= 1;
    bucket.stored.lock().unwrap().objects.insert(path, damaged);
    assert_eq!(node.get(&format!("verify?{version}")).ok()["verdict"], "undetermined");
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(node.get(&format!("verify?{version}")).ok()["verdict"], "verified");
    // One that cannot be read just now is not damaged for that.
    bucket.stored.lock().unwrap().is_unreadable = true;
    let puts = bucket.count("PUT ");
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "node.fault");
    assert_eq!(bucket.count("PUT "), puts + 1);
    let log = node.log().join("\n");
    assert!(!log.contains("the secret of the tests"), "{log}");
}

#[test]
fn a_copy_of_a_node_has_the_archives_of_its_bucket() {
    if !is_native("its bucket is R2's binding") {
        return;
    }
    let (folder, copy, bucket) = (Folder::new(), Folder::new(), Bucket::start());
    let arguments = ["--allow-private", "--archives", "s3://plugins"];
    let mut node = Running::within(&folder, &arguments, Some(MASTER_KEY), &bucket.environment());
    node.admin = node.key(json!({"name": "admin"}));
    let publisher = Publisher::start("copied bucket");
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    node.follow(&publisher);
    back_up(&folder, "s3://plugins", &bucket.environment(), &copy);
    let copied = std::fs::read_dir(copy.path().join("blobs/archives")).unwrap().next().unwrap().unwrap();
    assert_eq!(std::fs::read(copied.path()).unwrap(), plugin.archive);
}

/// Copies a node whose archives are in a bucket.
#[track_caller]
fn back_up(node: &Folder, archives: &str, environment: &[(&str, String)], copy: &Folder) {
    let output = Command::new(env!("CARGO_BIN_EXE_fedverify-node"))
        .args(["backup", "--archives", archives, "--data"])
        .arg(node.path())
        .arg("--to")
        .arg(copy.path())
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// Asks on this machine.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().proxy(None).build().into()
}

/// moto's S3, with a bucket `plugins`.
struct Moto(Child);

impl Moto {
    fn start(program: &OsStr) -> (Moto, String) {
        // It takes no port of the system's choice.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", &address.port().to_string()]);
        let moto = Moto(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let url = format!("http://{address}");
        let start = Instant::now();
        while let Err(error) = agent().put(format!("{url}/plugins")).send_empty() {
            assert!(start.elapsed() < Duration::from_secs(60), "moto does not answer: {error}");
            thread::sleep(Duration::from_millis(100));
        }
        (moto, url)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn the_bucket_of_another_hand_does_what_ours_does() {
    let Some(program) = std::env::var_os("FEDVERIFY_MOTO") else {
        skipped("FEDVERIFY_MOTO is not set: tests/node-bucket.sh installs moto and sets it");
        return;
    };
    let (_moto, url) = Moto::start(&program);
    let (folder, copy, environment) = (Folder::new(), Folder::new(), environment(&url));
    let arguments = ["--allow-private", "--archives", "s3://plugins/of/node"];
    let mut node = Running::within(&folder, &arguments, Some(MASTER_KEY), &environment);
    node.admin = node.key(json!({"name": "admin"}));
    let publisher = Publisher::start("moto");
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    assert_eq!(node.follow(&publisher)["mirroredCount"], 1);
    // What is there is replaced where it is damaged.
    let sha256 = node.plugins()[0]["sha256"].as_str().unwrap().to_owned();
    let object = format!("{url}/plugins/of/node/archives/{sha256}.zip");
    // moto looks for a signature, and not at it.
    let signed =
        "AWS4-HMAC-SHA256 Credential=tester/20261126/auto/s3/aws4_request, SignedHeaders=host, Signature=0";
    let damaged = vec![0; plugin.archive.len()];
    drop(agent().put(&object).header("authorization", signed).send(&damaged[..]).unwrap());
    let version = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&format!("verify?{version}")).ok()["verdict"], "undetermined");
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(node.get(&format!("download?{version}")).bytes, plugin.archive);
    assert_eq!(node.get(&format!("verify?{version}")).ok()["verdict"], "verified");
    back_up(&folder, "s3://plugins/of/node", &environment, &copy);
    let copied = copy.path().join(format!("blobs/archives/{sha256}.zip"));
    assert_eq!(std::fs::read(copied).unwrap(), plugin.archive);
}

#[test]
fn a_bucket_without_keys_is_refused_at_the_start() {
    if !is_native("its bucket is R2's binding") {
        return;
    }
    let said = refused_start(&Folder::new(), &["--archives", "s3://plugins"], None);
    assert!(said.contains("AWS_ACCESS_KEY_ID is not set"), "{said}");
    let said = refused_start(&Folder::new(), &["--archives", "s3:///prefix"], None);
    assert!(said.contains("found no bucket"), "{said}");
}
