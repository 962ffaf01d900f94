//! A DNS server on this machine that knows TXT records and addresses and nothing else (RFC 1035, section 4.1).

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server answers for a name.
#[derive(Debug, Clone)]
pub enum Records {
    /// These TXT records; each is cut into strings of at most 255 bytes.
    Txt(Vec<String>),
    /// These addresses: A records of those that are IPv4, AAAA records of the others.
    Addresses(Vec<IpAddr>),
    /// The name is there, and has no records.
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
    /// What each name is answered with: all but the last records are given once for each type that is asked for.
    names: Mutex<BTreeMap<(String, u16), VecDeque<Records>>>,
    questions: Mutex<Vec<String>>,
}

/// The types of records.
const A: u16 = 1;
const TXT: u16 = 16;
const AAAA: u16 = 28;

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
        self.serve_in_turn(name, [records]);
    }

    /// Answers a name with each of these once, and then with the last: a name that is bound anew between two look-ups.
    pub fn serve_in_turn(&self, name: &str, records: impl IntoIterator<Item = Records>) {
        let turns: VecDeque<Records> = records.into_iter().collect();
        let mut names = self.shared.names.lock().expect("no panic");
        for of_type in [A, TXT, AAAA] {
            names.insert((name.to_ascii_lowercase(), of_type), turns.clone());
        }
    }

    /// How often a name was asked for, of any type.
    pub fn count(&self, name: &str) -> usize {
        self.shared.questions.lock().expect("no panic").iter().filter(|asked| *asked == name).count()
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
    let (name, of_type, end) = question(query)?;
    shared.questions.lock().expect("no panic").push(name.clone());
    let (code, data) = match shared.records(name, of_type) {
        Some(Records::Txt(texts)) if of_type == TXT => (0, texts.iter().map(|text| txt(text)).collect()),
        Some(Records::Addresses(addresses)) => {
            (0, addresses.iter().filter_map(|a| data(*a, of_type)).collect())
        }
        Some(Records::None | Records::Txt(_)) => (0, Vec::new()),
        Some(Records::Failure) => (SERVFAIL, Vec::new()),
        Some(Records::Silence) => return None,
        None => (NXDOMAIN, Vec::new()),
    };
    // A response, authoritative, with recursion; one question, and as many answers as there are records.
    let mut out =
        vec![query[0], query[1], 0x84 | (query[2] & 1), 0x80 | code, 0, 1, 0, data.len() as u8, 0, 0, 0, 0];
    out.extend(&query[12..end]);
    for data in data {
        // The name of the question, its type, IN, no time to live.
        out.extend([0xc0, 12]);
        out.extend(of_type.to_be_bytes());
        out.extend([0, 1, 0, 0, 0, 0]);
        out.extend((data.len() as u16).to_be_bytes());
        out.extend(data);
    }
    Some(out)
}

impl Shared {
    fn records(&self, name: String, of_type: u16) -> Option<Records> {
        let mut names = self.names.lock().expect("no panic");
        let turns = names.get_mut(&(name, of_type))?;
        if turns.len() > 1 { turns.pop_front() } else { turns.front().cloned() }
    }
}

/// The data of a TXT record: strings of at most 255 bytes.
fn txt(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(255).flat_map(|part| [&[part.len() as u8], part].concat()).collect()
}

/// The data of an address's record, where it is of the type that is asked for.
fn data(address: IpAddr, of_type: u16) -> Option<Vec<u8>> {
    match address {
        IpAddr::V4(address) => (of_type == A).then(|| address.octets().to_vec()),
        IpAddr::V6(address) => (of_type == AAAA).then(|| address.octets().to_vec()),
    }
}

/// The name that is asked for, the type, and where the question ends.
fn question(query: &[u8]) -> Option<(String, u16, usize)> {
    let (mut labels, mut at) = (Vec::new(), 12);
    loop {
        let length = usize::from(*query.get(at)?);
        let label = query.get(at + 1..at + 1 + length)?;
        at += 1 + length;
        if length == 0 {
            let of_type = query.get(at..at + 2)?.try_into().map(u16::from_be_bytes).ok()?;
            return (query.len() >= at + 4).then(|| (labels.join("."), of_type, at + 4));
        }
        labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
    }
}
