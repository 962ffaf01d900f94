//! A DNS server on this machine that knows TXT records and nothing else (RFC 1035, section 4.1).

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server answers for a name.
#[derive(Debug, Clone)]
pub enum Records {
    /// These TXT records; each is cut into strings of at most 255 bytes.
    Txt(Vec<String>),
    /// The name is there, and has no TXT records.
    None,
    /// The server has failed (SERVFAIL).
    Failure,
    /// No answer at all.
    Silence,
}

/// A running DNS server. It stops when it is dropped. Names that it was not told of do not exist (NXDOMAIN).
pub struct DnsServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    is_stopped: AtomicBool,
    names: Mutex<BTreeMap<String, Records>>,
}

const SERVFAIL: u8 = 2;
const NXDOMAIN: u8 = 3;

impl DnsServer {
    /// Starts on a free port of 127.0.0.1.
    pub fn start() -> DnsServer {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        let address = socket.local_addr().expect("a bound socket");
        let shared = Arc::new(Shared::default());
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || answer_all(&socket, &of_thread));
        DnsServer { address, shared }
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers a name so from now on.
    pub fn serve(&self, name: &str, records: Records) {
        self.shared.names.lock().expect("no panic").insert(name.to_ascii_lowercase(), records);
    }
}

impl Drop for DnsServer {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // The thread waits for a datagram; this is the last one.
        let _may_be_gone =
            UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.send_to(&[], self.address));
    }
}

fn answer_all(socket: &UdpSocket, shared: &Shared) {
    let mut query = [0; 4096];
    while let Ok((length, client)) = socket.recv_from(&mut query) {
        if shared.is_stopped.load(Ordering::SeqCst) {
            return;
        }
        if let Some(answer) = answer(&query[..length], shared) {
            let _may_be_gone = socket.send_to(&answer, client);
        }
    }
}

fn answer(query: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let (name, end) = question(query)?;
    let records = shared.names.lock().expect("no panic").get(&name).cloned();
    let (code, texts) = match records {
        Some(Records::Txt(texts)) => (0, texts),
        Some(Records::None) => (0, Vec::new()),
        Some(Records::Failure) => (SERVFAIL, Vec::new()),
        Some(Records::Silence) => return None,
        None => (NXDOMAIN, Vec::new()),
    };
    // A response, authoritative, with recursion; one question, and as many answers as there are texts.
    let mut out =
        vec![query[0], query[1], 0x84 | (query[2] & 1), 0x80 | code, 0, 1, 0, texts.len() as u8, 0, 0, 0, 0];
    out.extend(&query[12..end]);
    for text in texts {
        let data: Vec<u8> =
            text.as_bytes().chunks(255).flat_map(|part| [&[part.len() as u8], part].concat()).collect();
        // The name of the question, TXT, IN, a minute.
        out.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        out.extend((data.len() as u16).to_be_bytes());
        out.extend(data);
    }
    Some(out)
}

/// The name that is asked for, and where the question ends.
fn question(query: &[u8]) -> Option<(String, usize)> {
    let (mut labels, mut at) = (Vec::new(), 12);
    loop {
        let length = usize::from(*query.get(at)?);
        let label = query.get(at + 1..at + 1 + length)?;
        at += 1 + length;
        if length == 0 {
            return (query.len() >= at + 4).then(|| (labels.join("."), at + 4));
        }
        labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
    }
}
