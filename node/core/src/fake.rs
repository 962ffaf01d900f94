//! A machine for tests of what no request shows: it answers statements with what its test gave it.

use crate::database::{Database, Row, Value};
use crate::fault::Fault;
use crate::host::{Fetch, Host, Stored};
use crate::{Node, Settings};
use fedverify::{Error, NetworkFault, Reach};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The time of the tests, in milliseconds.
pub(crate) const NOW_MS: u64 = 1_800_000_000_000;

pub(crate) struct Fake {
    /// What is answered to statements that have `part` in them; otherwise there are no rows.
    rows: Result<Vec<Row>, Fault>,
    part: &'static str,
    /// How many questions to other servers it permits.
    questions: u64,
    pub(crate) asked: Cell<u64>,
    pub(crate) alarm: Cell<Option<u64>>,
    pub(crate) log: RefCell<Vec<String>>,
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
        Ok(None)
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
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}
