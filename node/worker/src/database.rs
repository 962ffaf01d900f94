//! The SQLite of the Durable Object.

use fedverify_node::{Fault, Row, Value};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use worker::{SqlStorage, SqlStorageValue, Storage};

#[wasm_bindgen]
extern "C" {
    /// The object's storage, for what the crate `worker` does not have.
    type SyncStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &SyncStorage,
        work: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;
}

/// Runs one statement.
pub(crate) fn query(sql: &SqlStorage, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
    let values = values.iter().map(to_sql).collect::<Result<Vec<_>, _>>()?;
    let cursor = sql.exec(statement, values).map_err(Fault::new)?;
    let rows = cursor.raw().map(|row| {
        let columns = row.map_err(Fault::new)?.into_iter().map(from_sql);
        columns.collect::<Result<Vec<Value>, Fault>>().map(Row::new)
    });
    rows.collect()
}

/// Runs statements that are all kept, or all undone where `work` fails: what it throws undoes them.
pub(crate) fn transaction(
    storage: &Storage,
    work: &mut dyn FnMut() -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut fault = None;
    let mut throwing = || match work() {
        Ok(()) => Ok(JsValue::UNDEFINED),
        Err(cause) => {
            fault = Some(cause);
            Err(JsValue::from_str("undone"))
        }
    };
    let storage: &SyncStorage = storage.as_raw().unchecked_ref();
    let done = storage.transaction_sync(&mut throwing);
    match (fault, done) {
        (Some(fault), _) => Err(fault),
        (None, Ok(_)) => Ok(()),
        (None, Err(thrown)) => Err(Fault::new(format!("the transaction failed: {thrown:?}"))),
    }
}

fn to_sql(value: &Value) -> Result<SqlStorageValue, Fault> {
    match value {
        Value::Null => Ok(SqlStorageValue::Null),
        // JavaScript's numbers have 53 bits.
        Value::Integer(number) => SqlStorageValue::try_from_i64(*number).map_err(Fault::new),
        Value::Text(text) => Ok(SqlStorageValue::String(text.clone())),
    }
}

fn from_sql(value: SqlStorageValue) -> Result<Value, Fault> {
    match value {
        SqlStorageValue::Null => Ok(Value::Null),
        SqlStorageValue::Integer(number) => Ok(Value::Integer(number)),
        SqlStorageValue::String(text) => Ok(Value::Text(text)),
        SqlStorageValue::Boolean(_) | SqlStorageValue::Float(_) | SqlStorageValue::Blob(_) => {
            Err(Fault::new("a column has a type that no table here has"))
        }
    }
}
