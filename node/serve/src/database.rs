//! SQLite, in one file that one node opens.

use fedverify_node::{Database, Fault, Row, Value};
use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, Transaction, TransactionBehavior, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// Everything that was answered is on the disk, whatever happens then. The file is locked: two nodes on one folder would
/// each not know what the other does.
const PRAGMAS: &str = "PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;";

pub(crate) struct Sqlite(Connection);

impl Sqlite {
    pub(crate) fn open(file: &Path) -> Result<Self, Fault> {
        let open = |file: &Path| -> rusqlite::Result<Connection> {
            let connection = Connection::open(file)?;
            // Only another node on this folder could keep it waiting, and that does not end.
            connection.busy_timeout(Duration::ZERO)?;
            connection.execute_batch(PRAGMAS)?;
            // Takes the lock now.
            connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
            Ok(connection)
        };
        let connection = open(file).map_err(|error| {
            Fault::new(format!("{} cannot be opened: {error} (does another node use it?)", file.display()))
        })?;
        Ok(Sqlite(connection))
    }

    pub(crate) fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        // Undone when it is dropped, also by a panic: left open, it would take in whatever is acknowledged later, and never end.
        let transaction =
            Transaction::new_unchecked(&self.0, TransactionBehavior::Immediate).map_err(Fault::new)?;
        work()?;
        transaction.commit().map_err(Fault::new)
    }
}

impl Database for Sqlite {
    fn query(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let query = || -> rusqlite::Result<Vec<Result<Row, Fault>>> {
            let mut statement = self.0.prepare(statement)?;
            let columns = statement.column_count();
            let rows = statement.query_map(params_from_iter(values.iter().map(to_sql)), |row| {
                let values = (0..columns).map(|column| Ok(from_sql(row.get_ref(column)?)));
                Ok(values.collect::<rusqlite::Result<Result<Vec<Value>, Fault>>>()?.map(Row::new))
            })?;
            rows.collect()
        };
        query().map_err(Fault::new)?.into_iter().collect()
    }
}

fn to_sql(value: &Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Integer(number) => SqlValue::Integer(*number),
        Value::Text(text) => SqlValue::Text(text.clone()),
    }
}

fn from_sql(value: ValueRef<'_>) -> Result<Value, Fault> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(text) => std::str::from_utf8(text).map(Value::from).map_err(Fault::new),
        ValueRef::Real(_) | ValueRef::Blob(_) => {
            Err(Fault::new("a column has a type that no table here has"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Sqlite {
        Sqlite(Connection::open_in_memory().unwrap())
    }

    #[test]
    fn a_transaction_is_kept_whole_or_not_at_all() {
        let database = open();
        database.query("CREATE TABLE t (x TEXT)", &[]).unwrap();
        let insert = |text: &str| database.query("INSERT INTO t VALUES (?)", &[Value::from(text)]).map(drop);
        let failed = database.transaction(&mut || {
            insert("a")?;
            Err(Fault::new("no"))
        });
        assert_eq!(failed, Err(Fault::new("no")));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            database.transaction(&mut || {
                insert("c")?;
                std::panic::resume_unwind(Box::new("no"))
            })
        }));
        assert!(panicked.is_err());
        database.transaction(&mut || insert("b")).unwrap();
        assert_eq!(database.query("SELECT x FROM t", &[]).unwrap(), [Row::new(vec![Value::from("b")])]);
    }

    #[test]
    fn values_are_values_whatever_is_in_them() {
        let database = open();
        let text = "'); DROP TABLE t; --\0\u{202e}";
        let rows =
            database.query("SELECT ?1, ?2, NULL", &[Value::from(text), Value::from(u64::MAX)]).unwrap();
        assert_eq!(rows, [Row::new(vec![Value::from(text), Value::Integer(i64::MAX), Value::Null])]);
        assert!(database.query("SELECT 1.5", &[]).is_err());
    }

    #[test]
    fn a_folder_has_one_node() {
        let folder = std::env::temp_dir().join(format!("fedverify-node-lock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("node.sqlite");
        let first = Sqlite::open(&file).unwrap();
        assert!(Sqlite::open(&file).is_err());
        drop(first);
        assert!(Sqlite::open(&file).is_ok());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
