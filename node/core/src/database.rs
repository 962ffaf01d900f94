//! What a node asks of SQLite, with values and rows in the types that every host has.

use crate::fault::Fault;

/// SQLite.
pub trait Database {
    /// Runs one statement with its values and gives the rows that it answers.
    ///
    /// A statement is `'static`: it cannot be put together from what a request or a publisher says. It has at most 100 values,
    /// which is what a Durable Object takes.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the database, a violated constraint included.
    fn query(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault>;
}

/// A value of a statement or of a row. No floating-point numbers: Durable Objects give 1.0 back as an integer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `NULL`.
    Null,
    /// An integer. Durable Objects keep 53 bits of it.
    Integer(i64),
    /// A string.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Integer(i64::from(flag))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// What a statement answers: the columns, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    /// A row of these columns.
    pub fn new(columns: Vec<Value>) -> Self {
        Row(columns)
    }

    pub(crate) fn text(&self, column: usize) -> Result<String, Fault> {
        self.optional_text(column)?.ok_or_else(|| self.unexpected(column, "a string"))
    }

    pub(crate) fn optional_text(&self, column: usize) -> Result<Option<String>, Fault> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) => Ok(None),
            Some(Value::Integer(_)) | None => Err(self.unexpected(column, "a string or NULL")),
        }
    }

    pub(crate) fn number(&self, column: usize) -> Result<u64, Fault> {
        self.optional_number(column)?.ok_or_else(|| self.unexpected(column, "a number"))
    }

    pub(crate) fn optional_number(&self, column: usize) -> Result<Option<u64>, Fault> {
        match self.0.get(column) {
            Some(Value::Integer(number)) => {
                u64::try_from(*number).map(Some).map_err(|_| self.unexpected(column, "no negative number"))
            }
            Some(Value::Null) => Ok(None),
            Some(Value::Text(_)) | None => Err(self.unexpected(column, "a number or NULL")),
        }
    }

    pub(crate) fn flag(&self, column: usize) -> Result<bool, Fault> {
        self.number(column).map(|number| number != 0)
    }

    fn unexpected(&self, column: usize, expected: &str) -> Fault {
        Fault::new(format!("expected {expected} in column {column}, found {:?}", self.0.get(column)))
    }
}

/// The first row of an answer, where there is one.
pub(crate) fn first(rows: Vec<Row>) -> Option<Row> {
    rows.into_iter().next()
}

/// How many rows there are of a kind that the database counts as they come and go; with a name, only of that.
pub(crate) fn tally(database: &impl Database, kind: &'static str, name: Option<&str>) -> Result<u64, Fault> {
    let statement = "SELECT COALESCE(SUM(count), 0) FROM tally WHERE kind = ?1 AND (?2 IS NULL OR name = ?2)";
    first(database.query(statement, &[Value::from(kind), Value::from(name)])?)
        .map_or(Ok(0), |row| row.number(0))
}
