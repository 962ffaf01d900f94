//! A node that runs, and what its users ask of it.

use crate::host::{self, Host};
use crate::publisher::Publisher;
use serde_json::{Value as Json, json};
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) const MASTER_KEY: &str = "the master key of the tests";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder that is removed with its test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        let name = format!("fedverify-node-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Every file in it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files(&self.0)
    }

    /// The files of the archives that a node stored in it.
    pub(crate) fn archives(&self) -> Vec<PathBuf> {
        files(&self.0.join(Host::chosen().archives()))
    }

    /// The database of the node that was started in it.
    pub(crate) fn database(&self) -> PathBuf {
        let is_it = |path: &PathBuf| Host::chosen().is_database(path.strip_prefix(&self.0).unwrap());
        self.files().into_iter().find(is_it).unwrap()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// What a node answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The JSON of an answer that must be a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Json {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// The status and the code of a refusal.
    #[track_caller]
    pub(crate) fn refusal(self) -> (u16, String) {
        let json = self.json();
        assert_eq!(json["request_id"].as_str(), self.header("x-request-id"));
        (self.status, json["code"].as_str().unwrap().to_owned())
    }
}

/// How long the tests wait for a node that should not run, and for what it logs.
const PATIENCE: Duration = Duration::from_secs(180);

/// Starts a node that must refuse to run; what it says why.
#[track_caller]
pub(crate) fn refused_start(folder: &Folder, arguments: &[&str], master_key: Option<&str>) -> String {
    if Host::chosen() == Host::Worker {
        return silent_start(folder, arguments, master_key);
    }
    // A later --listen counts.
    let listen: &[&str] = if arguments.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
    let mut command = Host::Native.command(folder);
    command.args(listen).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
    if let Some(key) = master_key {
        command.env("MASTER_KEY", key);
    }
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("the node runs");
        }
        sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A Worker cannot refuse to start: it answers nothing, and its log says why.
#[track_caller]
fn silent_start(folder: &Folder, arguments: &[&str], master_key: Option<&str>) -> String {
    let node = Running::with(folder, arguments, master_key);
    let said = ureq::get(format!("{}/openapi.json", node.url)).call().unwrap_err().to_string();
    assert!(said.contains("503"), "{said}");
    let is_fault = |line: &String| line.contains("\"start\"");
    let line = node.log_until(is_fault).into_iter().rfind(is_fault).unwrap();
    let line: Json = serde_json::from_str(&line).unwrap();
    format!("error: {}", line["fault"].as_str().unwrap())
}

/// A running node.
pub(crate) struct Running {
    child: Child,
    pub(crate) url: String,
    pub(crate) admin: String,
    log: PathBuf,
}

impl Running {
    /// A node in this folder that may ask publishers on this machine, and an admin's key.
    pub(crate) fn start(folder: &Folder) -> Running {
        Running::start_with(folder, &[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(folder: &Folder, arguments: &[&str]) -> Running {
        let arguments = [&["--allow-private"], arguments].concat();
        let mut running = Running::with(folder, &arguments, Some(MASTER_KEY));
        running.admin =
            running.key(json!({"description": "tests", "name": format!("admin-{}", running.url)}));
        running
    }

    /// A node with these arguments, without a key.
    pub(crate) fn with(folder: &Folder, arguments: &[&str], master_key: Option<&str>) -> Running {
        Running::within(folder, arguments, master_key, &[])
    }

    /// The same with more in its environment.
    pub(crate) fn within(
        folder: &Folder,
        arguments: &[&str],
        master_key: Option<&str>,
        environment: &[(&str, String)],
    ) -> Running {
        let mut command = Host::chosen().command(folder);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped());
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let log = folder.path().join("log");
        command.stderr(OpenOptions::new().create(true).append(true).open(&log).unwrap());
        if let Some(key) = master_key {
            command.env("MASTER_KEY", key);
        }
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url =
            line.trim().strip_prefix("fedverify-node listens on ").expect("a node that starts").to_owned();
        Running { child, url, admin: String::new(), log }
    }

    /// Kills the node, as a power cut does.
    pub(crate) fn kill(mut self) {
        host::kill(&mut self.child);
    }

    /// Asks the node to stop, as a service manager does, and waits for it to end.
    pub(crate) fn stop(mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().unwrap()
    }

    pub(crate) fn signal(&self, signal: &str) {
        host::signal(&self.child, signal);
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The status of an answer, if there is one: the node may be killed meanwhile.
    pub(crate) fn try_ask(&self, path: &str, key: &str, body: &Json) -> Option<u16> {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
        let request =
            agent.post(format!("{}{path}", self.url)).header("authorization", format!("Bearer {key}"));
        let mut response = request.send(body.to_string()).ok()?;
        response.body_mut().read_to_vec().ok()?;
        Some(response.status().as_u16())
    }

    /// What the node has logged, line by line.
    pub(crate) fn log(&self) -> Vec<String> {
        std::fs::read_to_string(&self.log).unwrap().lines().map(str::to_owned).collect()
    }

    /// The same, when it has such a line: what a Worker logs comes through other processes.
    pub(crate) fn log_until(&self, has: impl Fn(&String) -> bool) -> Vec<String> {
        let start = Instant::now();
        loop {
            let log = self.log();
            if log.iter().any(&has) {
                return log;
            }
            assert!(start.elapsed() < PATIENCE, "it is never logged");
            sleep(Duration::from_millis(20));
        }
    }

    /// Makes a key.
    pub(crate) fn key(&self, body: Json) -> String {
        let made = self.ask("POST", "/federation/create-admin-key", MASTER_KEY, Some(&body)).ok();
        made["key"].as_str().unwrap().to_owned()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, key: &str, body: Option<&Json>) -> Answered {
        self.ask_raw(method, path, key, body.map(Json::to_string).unwrap_or_default().as_bytes())
    }

    pub(crate) fn ask_raw(&self, method: &str, path: &str, key: &str, body: &[u8]) -> Answered {
        let authorization = format!("Bearer {key}");
        let headers = [("authorization", authorization.as_str())];
        self.send(method, path, if key.is_empty() { &[] } else { &headers }, body)
    }

    /// Asks with these headers, and without a key.
    pub(crate) fn ask_with(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answered {
        self.send(method, path, headers, b"")
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answered {
        let answered = self.exchange(method, path, headers, body);
        crate::openapi::hold(method, path, &answered);
        answered
    }

    /// The same, without holding the answer to the document.
    pub(crate) fn exchange(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answered {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build()
            .into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = if body.is_empty() {
            agent.run(request.body(()).unwrap()).unwrap()
        } else {
            agent.run(request.body(body).unwrap()).unwrap()
        };
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let status = response.status().as_u16();
        Answered { status, headers, bytes: response.body_mut().read_to_vec().unwrap() }
    }

    pub(crate) fn post(&self, path: &str, body: Json) -> Answered {
        self.ask("POST", &format!("/federation/{path}"), &self.admin, Some(&body))
    }

    pub(crate) fn get(&self, path: &str) -> Answered {
        self.ask("GET", &format!("/federation/{path}"), &self.admin, None)
    }

    pub(crate) fn add(&self, publisher: &Publisher) -> Answered {
        self.add_as(publisher, &publisher.pem())
    }

    pub(crate) fn add_as(&self, publisher: &Publisher, key: &str) -> Answered {
        let source = json!({"instance_url": publisher.url(), "username": "alice", "public_key": key});
        self.post("add-source", source)
    }

    pub(crate) fn verify_source(&self, publisher: &Publisher) -> Json {
        self.post("verify-source", json!({"sourceId": publisher.source_id()})).ok()
    }

    /// Adds a publisher, which must verify, and subscribes to it.
    #[track_caller]
    pub(crate) fn follow(&self, publisher: &Publisher) -> Json {
        assert_eq!(self.add(publisher).ok()["status"], "verified");
        self.sync(publisher)
    }

    /// Subscribes to a source, and waits for the node's own visit to it.
    #[track_caller]
    pub(crate) fn sync(&self, publisher: &Publisher) -> Json {
        let subscribe = || self.post("subscribe", json!({"sourceId": publisher.source_id()}));
        unoccupied(subscribe).ok()["syncResult"].clone()
    }

    /// The row of a publisher's source.
    pub(crate) fn source(&self, publisher: &Publisher) -> Json {
        let rows = self.get("sources").ok();
        let is_it = |row: &&Json| row["id"] == publisher.source_id();
        rows.as_array().unwrap().iter().find(is_it).cloned().unwrap()
    }

    /// The newest activity of a type.
    pub(crate) fn newest(&self, kind: &str) -> Option<Json> {
        let activities = self.get("activity?limit=100").ok()["activities"].clone();
        activities.as_array().unwrap().iter().find(|activity| activity["type"] == kind).cloned()
    }

    pub(crate) fn plugins(&self) -> Vec<Json> {
        self.get("plugins").ok()["plugins"].as_array().unwrap().clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        host::kill(&mut self.child);
    }
}

/// Asks again while the node itself visits the source: only one visit goes on at a time.
pub(crate) fn unoccupied(ask: impl Fn() -> Answered) -> Answered {
    loop {
        let answer = ask();
        if answer.status != 409 || answer.json()["code"] != "node.busy" {
            return answer;
        }
        sleep(Duration::from_millis(50));
    }
}
