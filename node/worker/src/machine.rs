//! The Durable Object's platform, as the node's host.

use crate::{blobs, database, fetch};
use fedverify::Error;
use fedverify_node::{Database, Fault, Fetch, Host, Row, Stored, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::js_sys::Date as JsDate;
use worker::wasm_bindgen_futures::{JsFuture, spawn_local};
use worker::{Bucket, Date, DateInit, SqlStorage, State, Storage};

pub(crate) struct Machine {
    storage: Storage,
    sql: SqlStorage,
    bucket: Bucket,
}

impl Machine {
    pub(crate) fn new(state: &State, bucket: Bucket) -> Self {
        let storage = state.storage();
        Machine { sql: storage.sql(), storage, bucket }
    }
}

impl Database for Machine {
    fn query(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        database::query(&self.sql, statement, values)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

impl Host for Machine {
    fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        database::transaction(&self.storage, work)
    }

    async fn fetch(&self, fetch: &Fetch) -> Result<Result<Vec<u8>, Error>, Fault> {
        fetch::fetch(fetch).await
    }

    async fn put_blob(&self, name: &str, bytes: Vec<u8>) -> Result<Stored, Fault> {
        blobs::put(&self.bucket, name, bytes).await
    }

    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        blobs::get(&self.bucket, name).await
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        get_random_values(bytes).map(drop).map_err(|_| Fault::new("there is no randomness"))
    }

    fn now_ms(&self) -> u64 {
        Date::now().as_millis()
    }

    fn set_alarm(&self, at_ms: u64) {
        let at = JsDate::from(Date::new(DateInit::Millis(at_ms)));
        // Called now, and answered later: no response leaves the object before it is written.
        match self.storage.as_raw().set_alarm(at, JsValue::NULL.into()) {
            Ok(promise) => spawn_local(async move {
                if JsFuture::from(promise).await.is_err() {
                    crate::log(r#"{"event":"alarm","fault":"the alarm could not be set"}"#);
                }
            }),
            Err(_) => crate::log(r#"{"event":"alarm","fault":"the alarm could not be set"}"#),
        }
    }

    fn log(&self, line: &str) {
        crate::log(line);
    }
}
