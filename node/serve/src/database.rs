//! SQLite, in one file that one node writes to (`lock.rs`).

use fedverify_node::{Database, Fault, Row, Value};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params_from_iter};
use std::ffi::c_int;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// The file of the database in the node's folder.
pub(crate) const DATABASE: &str = "node.sqlite";

/// How long to wait until a copy is tried again, where the database was locked.
const PAUSE: Duration = Duration::from_millis(50);

/// The number that means all pages to SQLite.
const ALL_PAGES: c_int = -1;

/// How long to wait for another process that has the file locked. A backup only reads, and is not in the way.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything that was answered is on the disk, whatever happens then.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;";

pub(crate) struct Sqlite(Connection);

impl Sqlite {
    pub(crate) fn open(file: &Path) -> Result<Self, Fault> {
        let open = |file: &Path| -> rusqlite::Result<Connection> {
            let connection = Connection::open(file)?;
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch(PRAGMAS)?;
            Ok(connection)
        };
        let connection = open(file)
            .map_err(|error| Fault::new(format!("{} cannot be opened: {error}", file.display())))?;
        Ok(Sqlite(connection))
    }

    /// Opens a file to read it, also while a node writes to it.
    pub(crate) fn read(file: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(file, flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch("PRAGMA trusted_schema = OFF")?;
            Ok(connection)
        };
        open().map(Sqlite).map_err(|error| Fault::new(format!("{} cannot be read: {error}", file.display())))
    }

    /// Copies the database as it is at this moment into a new file, which is one file alone.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), Fault> {
        let copy = || -> rusqlite::Result<()> {
            let mut target = Connection::open(file)?;
            // In one step: a write between two steps would make it begin again, and in WAL mode one step does not hold up the writer.
            let backup = Backup::new(&self.0, &mut target)?;
            while backup.step(ALL_PAGES)? != StepResult::Done {
                thread::sleep(PAUSE);
            }
            drop(backup);
            target.execute_batch("PRAGMA journal_mode = DELETE")?;
            Ok(())
        };
        copy().map_err(|error| Fault::new(format!("{} cannot be written: {error}", file.display())))
    }

    /// Whether the file is whole.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let rows = self.query("PRAGMA integrity_check", &[])?;
        if rows == [Row::new(vec![Value::from("ok")])] {
            return Ok(());
        }
        Err(Fault::new(format!("the database is damaged: {rows:?}")))
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
}
