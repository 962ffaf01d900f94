//! A publisher for tests, that does what its test says.

use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{public_pem, sign_text};
use fedverify_kit::server::Latch;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a publisher was asked.
pub(crate) struct Ask {
    /// The path with its query.
    pub(crate) path: String,
    pub(crate) body: String,
}

/// What it answers.
pub(crate) enum Answer {
    Json(Json),
    Bytes(Vec<u8>),
    Status(u16),
    /// A refusal, and what it says.
    Refused(u16, String),
    Redirect(String),
    /// Bytes until the node hangs up.
    Endless,
    /// A head, and then nothing.
    Silent,
    /// This, when the latch is opened.
    Held(Latch, Json),
}

type Handler = Box<dyn Fn(&Ask) -> Answer + Send>;

/// A plugin that a publisher offers.
#[derive(Clone)]
pub(crate) struct Plugin {
    pub(crate) record: Json,
    pub(crate) archive: Vec<u8>,
}

/// A running publisher. What it does can be changed at any time.
pub(crate) struct Publisher {
    pub(crate) key: KeyPair,
    address: SocketAddr,
    handler: Arc<Mutex<Handler>>,
    asked: Arc<Mutex<BTreeSet<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Publisher {
    /// A publisher that does nothing yet, with a key of its own.
    pub(crate) fn start(label: &str) -> Publisher {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let nothing: Handler = Box::new(|_| Answer::Status(404));
        let handler = Arc::new(Mutex::new(nothing));
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(Mutex::new(BTreeSet::new()));
        let (of_thread, is_stopped) = (Arc::clone(&handler), Arc::clone(&stopped));
        let paths = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (handler, is_stopped) = (Arc::clone(&of_thread), Arc::clone(&is_stopped));
                let paths = Arc::clone(&paths);
                thread::spawn(move || drop(converse(stream.unwrap(), &handler, &paths, &is_stopped)));
            }
        });
        Publisher { key: KeyPair::ed25519(label), address, handler, asked, stopped }
    }

    /// An honest one, with these plugins.
    pub(crate) fn honest(label: &str, plugins: Vec<Plugin>) -> Publisher {
        let publisher = Publisher::start(label);
        publisher.offer(plugins);
        publisher
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The id of alice's source at it.
    pub(crate) fn source_id(&self) -> String {
        format!("alice@{}", self.address)
    }

    pub(crate) fn pem(&self) -> String {
        public_pem(&self.key)
    }

    /// Whether it was ever asked for this path.
    pub(crate) fn asked(&self, path: &str) -> bool {
        self.asked.lock().unwrap().contains(path)
    }

    /// Answers everything so from now on.
    pub(crate) fn does(&self, handler: impl Fn(&Ask) -> Answer + Send + 'static) {
        *self.handler.lock().unwrap() = Box::new(handler);
    }

    /// Offers these plugins honestly.
    pub(crate) fn offer(&self, plugins: Vec<Plugin>) {
        let (url, label) = (self.url(), self.key.clone());
        self.does(move |ask| honest(ask, &url, &label, &plugins));
    }

    /// Offers these plugins honestly, but answers what `other` answers.
    pub(crate) fn offer_but(
        &self,
        plugins: Vec<Plugin>,
        other: impl Fn(&Ask) -> Option<Answer> + Send + 'static,
    ) {
        let (url, key) = (self.url(), self.key.clone());
        self.does(move |ask| other(ask).unwrap_or_else(|| honest(ask, &url, &key, &plugins)));
    }

    /// A plugin that it signed.
    pub(crate) fn plugin(&self, slug: &str, version: &str) -> Plugin {
        self.plugin_with(slug, "Gallery", version, "Pictures")
    }

    pub(crate) fn plugin_with(&self, slug: &str, name: &str, version: &str, description: &str) -> Plugin {
        let signed = json_stringify(slug, name, version, description);
        let record = json!({
            "slug": slug, "name": name, "version": version, "short_description": description,
            "tags": {"one": "utilities"}, "signature": sign_text(&self.key, &signed),
        });
        Plugin { record, archive: fedverify_kit::plugin::archive(slug, name, version).bytes() }
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
    }
}

/// What a publisher signs, as JavaScript writes it. Only for members without control characters.
fn json_stringify(id: &str, name: &str, version: &str, description: &str) -> String {
    let [id, name, version, description] =
        [id, name, version, description].map(|text| Json::from(text).to_string());
    format!(r#"{{"id":{id},"name":{name},"version":{version},"description":{description}}}"#)
}

/// The signature over a challenge that is for this instance, as an honest publisher answers it.
pub(crate) fn sign_own_challenge(ask: &Ask, url: &str, key: &KeyPair) -> Answer {
    let body: Json = serde_json::from_str(&ask.body).unwrap();
    let challenge = body["challenge"].as_str().unwrap();
    let is_for_us = challenge.starts_with("fedverify-node ownership challenge v1; ")
        && challenge.contains(&format!("; instance={url}; username=alice; "));
    if is_for_us { signed(key, challenge) } else { Answer::Status(400) }
}

/// The signature over whatever is asked, as the original publisher answers.
pub(crate) fn sign_anything(ask: &Ask, key: &KeyPair) -> Answer {
    let body: Json = serde_json::from_str(&ask.body).unwrap();
    signed(key, body["challenge"].as_str().unwrap())
}

fn signed(key: &KeyPair, text: &str) -> Answer {
    Answer::Json(json!({"signature": sign_text(key, text), "timestamp": 1}))
}

pub(crate) fn federation_info(url: &str) -> Answer {
    let assets = json!({"domain": url, "namingScheme": "assets/author/slug/slug.zip"});
    Answer::Json(json!({"version": "1.0.0", "features": [], "assetInfo": assets}))
}

fn honest(ask: &Ask, url: &str, key: &KeyPair, plugins: &[Plugin]) -> Answer {
    match ask.path.as_str() {
        "/federation-info" => federation_info(url),
        "/verify-ownership" => sign_own_challenge(ask, url, key),
        "/author-data?author=alice" => {
            let records: Vec<&Json> = plugins.iter().map(|plugin| &plugin.record).collect();
            Answer::Json(json!({"username": "alice", "member_since": "2024", "plugins": records}))
        }
        path => {
            let is_asked = |plugin: &&Plugin| {
                let slug = plugin.record["slug"].as_str().unwrap();
                path == format!("/assets/alice/{slug}/{slug}.zip")
            };
            plugins
                .iter()
                .find(is_asked)
                .map_or(Answer::Status(404), |plugin| Answer::Bytes(plugin.archive.clone()))
        }
    }
}

fn converse(
    mut stream: TcpStream,
    handler: &Mutex<Handler>,
    paths: &Mutex<BTreeSet<String>>,
    is_stopped: &AtomicBool,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let ask = Ask { path, body: String::from_utf8(body).unwrap() };
    paths.lock().unwrap().insert(ask.path.clone());
    let answer = handler.lock().unwrap()(&ask);
    let head =
        |status: u16, headers: &str| format!("HTTP/1.1 {status} x\r\nconnection: close\r\n{headers}\r\n");
    match answer {
        Answer::Json(json) => write!(stream, "{}{json}", head(200, "content-type: application/json\r\n")),
        Answer::Bytes(bytes) => {
            write!(stream, "{}", head(200, &format!("content-length: {}\r\n", bytes.len())))?;
            stream.write_all(&bytes)
        }
        Answer::Refused(status, said) => write!(stream, "{}{said}", head(status, "")),
        Answer::Status(status) => write!(stream, "{}", head(status, "content-length: 0\r\n")),
        Answer::Redirect(to) => {
            write!(stream, "{}", head(302, &format!("location: {to}\r\ncontent-length: 0\r\n")))
        }
        Answer::Endless => {
            write!(stream, "{}", head(200, ""))?;
            while !is_stopped.load(Ordering::SeqCst) {
                stream.write_all(&[b' '; 65536])?;
            }
            Ok(())
        }
        Answer::Held(latch, json) => {
            latch.wait();
            write!(stream, "{}{json}", head(200, "content-type: application/json\r\n"))
        }
        Answer::Silent => {
            write!(stream, "{}", head(200, "content-length: 10\r\n"))?;
            while !is_stopped.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        }
    }
}
