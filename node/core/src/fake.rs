//! A machine for tests of what no request shows: it answers statements with what its test gave it.

use crate::database::{Database, Row, Value};
use crate::fault::Fault;
use crate::host::{Fetch, Host, Stored};
use crate::{Node, Request, Settings};
use fedverify::{Error, NetworkFault, Reach};
use std::cell::{Cell, RefCell};
use std::future::{Future, pending};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// The time of the tests, in milliseconds.
pub(crate) const NOW_MS: u64 = 1_800_000_000_000;

/// The signature of the tests' version. Nothing verifies it.
pub(crate) const SIGNATURE: &str = "c2ln";

pub(crate) struct Fake {
    /// What is answered to statements that have `part` in them; otherwise there are no rows.
    rows: Result<Vec<Row>, Fault>,
    part: &'static str,
    /// How many questions to other servers it permits.
    questions: u64,
    pub(crate) asked: Cell<u64>,
    pub(crate) alarm: Cell<Option<u64>>,
    pub(crate) log: RefCell<Vec<String>>,
    /// The bytes of every blob, if there are any.
    pub(crate) blob: Option<Vec<u8>>,
    /// Whether work goes on until the test ends.
    pub(crate) is_at_work: Cell<bool>,
}

/// A version as the view `mirrored` has it.
pub(crate) fn version() -> Row {
    version_of("6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", None)
}

/// The same version by this key, with this signature over its archive, checked just now.
pub(crate) fn version_of(public_key: &str, archive_signature: Option<&str>) -> Row {
    let texts = ["al@a.example", "gallery", "1.0.0", "Gallery", "Pictures", "[]", SIGNATURE].map(Value::from);
    let others = [
        Value::from(archive_signature),
        Value::from(public_key),
        Value::from("consistent"),
        Value::from(1_u64),
        Value::from(NOW_MS / 1000),
        Value::Null,
    ];
    let digests = [Value::from("00"), Value::from("00"), Value::from(1_u64), Value::from(0_u64)];
    Row::new([&texts[..], &others, &digests, &[Value::Null]].concat())
}

/// A request that reads.
pub(crate) fn get(path: &str, query: &str) -> Request {
    let [method, path, query] = ["GET", path, query].map(str::to_owned);
    Request { method, path, query, ..Request::default() }
}

impl Fake {
    pub(crate) fn answering(part: &'static str, rows: Result<Vec<Row>, Fault>) -> Fake {
        Fake {
            rows,
            part,
            questions: u64::MAX,
            asked: Cell::default(),
            alarm: Cell::default(),
            log: RefCell::default(),
            blob: None,
            is_at_work: Cell::default(),
        }
    }

    /// The same, on a platform that permits so many questions to other servers.
    pub(crate) fn permitting(self, questions: u64) -> Fake {
        Fake { questions, ..self }
    }

    /// A node on it.
    pub(crate) fn node(self) -> Node<Fake> {
        Node {
            host: self,
            settings: Settings::new("https://node.example", None, Reach::Public).unwrap(),
            busy: RefCell::default(),
            rates: RefCell::default(),
            metrics: RefCell::default(),
        }
    }
}

impl Database for Fake {
    fn query(&self, statement: &'static str, _: &[Value]) -> Result<Vec<Row>, Fault> {
        if statement.contains(self.part) { self.rows.clone() } else { Ok(Vec::new()) }
    }
}

impl Host for Fake {
    fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        work()
    }

    async fn fetch(&self, _: &Fetch) -> Result<Result<Vec<u8>, Error>, Fault> {
        let asked = self.asked.get().saturating_add(1);
        self.asked.set(asked);
        if asked > self.questions {
            return Err(Fault::new("the platform permits no more questions"));
        }
        Ok(Err(Error::unreachable(NetworkFault::Connect, "there is no network")))
    }

    async fn put_blob(&self, _: &str, _: Vec<u8>) -> Result<Stored, Fault> {
        Ok(Stored::New)
    }

    async fn blob(&self, _: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.blob.clone())
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        if self.is_at_work.get() { pending().await } else { Ok(work()) }
    }

    fn random(&self, _: &mut [u8]) -> Result<(), Fault> {
        Ok(())
    }

    fn now_ms(&self) -> u64 {
        NOW_MS
    }

    fn set_alarm(&self, at_ms: u64) {
        self.alarm.set(Some(at_ms));
    }

    fn log(&self, line: &str) {
        self.log.borrow_mut().push(line.to_owned());
    }
}

/// The output of a future that waits for nothing.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match poll(pin!(future)) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

/// How far a future gets by itself.
pub(crate) fn poll<T>(future: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}
