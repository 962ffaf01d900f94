//! A server on this machine that plays directory, repository, package host and did:web host, honestly or not.
//!
//! It speaks as much HTTP/1.1 as tests need, on plain threads, and answers each path as it was told to:
//!
//! ```
//! use fedverify_kit::server::{Answer, Server};
//! use std::io::{Read, Write};
//!
//! let server = Server::start();
//! server.serve("/hello", Answer::json("{}"));
//! let mut stream = std::net::TcpStream::connect(server.authority()).unwrap();
//! stream.write_all(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
//! let mut text = String::new();
//! stream.read_to_string(&mut text).unwrap();
//! assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\n{}"));
//! assert_eq!(server.requests()[0].path, "/hello");
//! ```

mod answer;
mod dns;
mod endless;
mod latch;
mod roles;

pub use answer::Answer;
pub use dns::{DnsServer, Records};
pub use endless::{DRIPPED, Endless, IN_BUFFERS};
pub use latch::Latch;
pub use roles::{did_document, log_path};

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How long a connection may be silent before its thread gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request that the server got.
#[derive(Debug, Clone)]
pub struct Request {
    /// The path, with the query where there is one.
    pub path: String,
    /// The headers: names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// A running server. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    is_stopped: AtomicBool,
    /// What each path is answered with: all but the last answer are given once.
    answers: Mutex<BTreeMap<String, VecDeque<Answer>>>,
    requests: Mutex<Vec<Request>>,
    /// How many bytes of what each path was answered with were taken.
    taken: Mutex<BTreeMap<String, u64>>,
}

impl Server {
    /// Starts on a free port of 127.0.0.1.
    pub fn start() -> Server {
        Server::start_at(0).expect("a free port")
    }

    /// Starts on this port of 127.0.0.1; 0 is any that is free.
    pub fn start_at(port: u16) -> std::io::Result<Server> {
        Server::start_with(port, |_| ()).map(|(server, ())| server)
    }

    /// Starts on this port with what is prepared for it: whoever connects before that waits, and finds it there.
    pub fn start_with<T>(port: u16, prepare: impl FnOnce(&Server) -> T) -> std::io::Result<(Server, T)> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let server = Server { address, shared: Arc::new(Shared::default()) };
        let prepared = prepare(&server);
        let of_thread = Arc::clone(&server.shared);
        thread::spawn(move || accept(&listener, &of_thread));
        Ok((server, prepared))
    }

    /// Host and port.
    pub fn authority(&self) -> String {
        self.address.to_string()
    }

    /// The address of a path that starts with a slash, or of the server itself for an empty one.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers a path so from now on.
    pub fn serve(&self, path: &str, answer: Answer) {
        self.serve_in_turn(path, [answer]);
    }

    /// Answers a path with each of these once, and then with the last.
    pub fn serve_in_turn(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        let answers = answers.into_iter().collect();
        self.shared.answers.lock().expect("no panic").insert(path.to_owned(), answers);
    }

    /// All requests so far, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().expect("no panic").clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.requests().iter().filter(|request| request.path == path).count()
    }

    /// How many bytes of a path's answers clients took so far. What a client never read lies in buffers, and counts too.
    pub fn taken(&self, path: &str) -> u64 {
        self.shared.taken.lock().expect("no panic").get(path).copied().unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // The thread waits for a connection; this is the last one.
        let _may_be_gone = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_stopped.load(Ordering::SeqCst) {
            return;
        }
        let (Ok(stream), shared) = (stream, Arc::clone(shared)) else { continue };
        thread::spawn(move || {
            // A client that goes away is not the server's fault.
            let _may_be_gone = converse(stream, &shared);
        });
    }
}

/// One request and its answer; every connection ends after that.
fn converse(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let request = match read_request(&stream) {
        Ok(Some(request)) => request,
        Ok(None) => return Ok(()),
        // Such as the first bytes of TLS; servers of plain HTTP say so in plain HTTP.
        Err(_) => return Answer::status(400).send(&mut stream, &|| true),
    };
    let path = request.path.clone();
    shared.requests.lock().expect("no panic").push(request);
    let is_stopped = || shared.is_stopped.load(Ordering::SeqCst);
    shared.answer(&path).send(&mut Counted { stream: &stream, path: &path, shared }, &is_stopped)?;
    stream.shutdown(Shutdown::Both)
}

/// A connection whose bytes are counted as they are taken.
struct Counted<'a> {
    stream: &'a TcpStream,
    path: &'a str,
    shared: &'a Shared,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.stream.write(bytes)?;
        let mut taken = self.shared.taken.lock().expect("no panic");
        *taken.entry(self.path.to_owned()).or_default() += u64::try_from(count).unwrap_or(u64::MAX);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Shared {
    fn answer(&self, path: &str) -> Answer {
        let mut answers = self.answers.lock().expect("no panic");
        match answers.get_mut(path) {
            Some(turns) if turns.len() > 1 => turns.pop_front().expect("more than one"),
            Some(turns) => turns.front().cloned().unwrap_or_else(|| Answer::status(404)),
            None => Answer::status(404),
        }
    }
}

/// Reads the head of a request; none if the connection ends before that.
fn read_request(stream: &TcpStream) -> std::io::Result<Option<Request>> {
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(None) };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Ok(Some(Request { path, headers }))
}
