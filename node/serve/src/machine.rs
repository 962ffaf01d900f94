//! This machine, as the node's host.

use crate::blobs::Blobs;
use crate::database::Sqlite;
use crate::fetch::Fetcher;
use fedverify::Error;
use fedverify_node::{Database, Fault, Fetch, Host, Row, Stored, Value};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

pub(crate) struct Machine {
    pub(crate) database: Sqlite,
    pub(crate) blobs: Blobs,
    pub(crate) fetcher: Fetcher,
    /// When the node wants to be called, in milliseconds since 1970.
    pub(crate) alarm: watch::Sender<Option<u64>>,
}

impl Database for Machine {
    fn query(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.database.query(statement, values)
    }
}

impl Host for Machine {
    fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        self.database.transaction(work)
    }

    async fn fetch(&self, fetch: &Fetch) -> Result<Result<Vec<u8>, Error>, Fault> {
        let (fetcher, fetch) = (self.fetcher.clone(), fetch.clone());
        // The client blocks; the node's one thread must not.
        let fetched = tokio::task::spawn_blocking(move || fetcher.fetch(&fetch)).await;
        fetched.map_err(|_| Fault::new("the HTTP client failed: this is a bug"))
    }

    async fn put_blob(&self, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
        self.blobs.put(name, bytes).await
    }

    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(found) = self.blobs.get(name).await? else { return Ok(None) };
        found.bytes().await.map(|bytes| Some(bytes.to_vec())).map_err(Fault::new)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Fault::new("work on an archive failed: this is a bug"))
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(Fault::new)
    }

    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn set_alarm(&self, at_ms: u64) {
        self.alarm.send_replace(Some(at_ms));
    }

    fn log(&self, line: &str) {
        crate::log(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn work_is_done_on_another_thread_and_a_panic_in_it_is_a_fault() {
        let data = std::env::temp_dir().join(format!("fedverify-machine-{}", std::process::id()));
        let machine = Machine {
            database: Sqlite::open(std::path::Path::new(":memory:")).unwrap(),
            blobs: Blobs::open(None, &data).unwrap(),
            fetcher: Fetcher::default(),
            alarm: watch::channel(None).0,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let worker = runtime.block_on(machine.work(|| thread::current().id())).unwrap();
        assert_ne!(worker, thread::current().id());
        let panics = || String::new().parse::<u8>().unwrap();
        assert!(runtime.block_on(machine.work(panics)).is_err());
        std::fs::remove_dir_all(data).unwrap();
    }
}
