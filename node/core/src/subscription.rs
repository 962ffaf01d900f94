//! Who wants which plugins of a source. A subscriber is a key, by its name.

use crate::activity::{self, Event, seconds};
use crate::database::{Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The most tags of one subscription, and the longest of them in characters.
const MAX_TAGS: usize = 100;
const MAX_TAG_CHARS: usize = 100;

/// What a subscription is limited to. A filter that is not known here is refused: ignoring it would mirror too much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filters {
    /// A plugin needs one of them. Without any, every plugin is wanted.
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

impl Filters {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let is_usable = |tag: &String| (1..=MAX_TAG_CHARS).contains(&tag.chars().count());
        if self.tags.len() > MAX_TAGS || !self.tags.iter().all(is_usable) {
            let message = format!("expected at most {MAX_TAGS} tags of 1 to {MAX_TAG_CHARS} characters");
            return Err(Refusal::bad(message));
        }
        Ok(())
    }

    /// Whether a plugin with these tags is wanted.
    pub(crate) fn want(&self, tags: &[String]) -> bool {
        self.tags.is_empty() || self.tags.iter().any(|tag| tags.contains(tag))
    }
}

/// The columns of a subscription, in the order in which `stored` reads them.
macro_rules! columns {
    () => {
        "source_id, subscriber, tags, created_at"
    };
}

/// A subscription in a list.
#[derive(Debug, Serialize)]
pub(crate) struct Subscription {
    pub(crate) source_id: String,
    pub(crate) subscriber: String,
    pub(crate) filters: Filters,
    pub(crate) created_at: u64,
}

/// Subscribes, or changes the filters of a subscription.
pub(crate) fn put(
    host: &impl Host,
    source_id: &str,
    subscriber: &str,
    filters: &Filters,
) -> Result<(), Fault> {
    // A list of strings: nothing can fail.
    let tags = serde_json::to_string(&filters.tags).unwrap_or_default();
    host.transaction(&mut || {
        let values = [source_id, subscriber, &tags].map(Value::from);
        let values = [&values[..], &[Value::from(seconds(host))]].concat();
        host.query(
            "INSERT INTO subscription (source_id, subscriber, tags, created_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (source_id, subscriber) DO UPDATE SET tags = excluded.tags",
            &values,
        )?;
        activity::record(
            host,
            &Event { reason: Some(subscriber), ..Event::of_source("subscribed", source_id) },
        )
    })
}

/// Ends a subscription; false if there was none. What is mirrored stays.
pub(crate) fn remove(host: &impl Host, source_id: &str, subscriber: &str) -> Result<bool, Fault> {
    let values = [source_id, subscriber].map(Value::from);
    let statement = "SELECT 1 FROM subscription WHERE source_id = ? AND subscriber = ?";
    if host.query(statement, &values)?.is_empty() {
        return Ok(false);
    }
    host.transaction(&mut || {
        host.query("DELETE FROM subscription WHERE source_id = ? AND subscriber = ?", &values)?;
        activity::record(
            host,
            &Event { reason: Some(subscriber), ..Event::of_source("unsubscribed", source_id) },
        )
    })?;
    Ok(true)
}

/// The filters of a subscription; `None` if there is none.
pub(crate) fn filters(host: &impl Host, source_id: &str, subscriber: &str) -> Result<Option<Filters>, Fault> {
    let statement =
        concat!("SELECT ", columns!(), " FROM subscription WHERE source_id = ? AND subscriber = ?");
    let row = first(host.query(statement, &[source_id, subscriber].map(Value::from))?);
    row.map(|row| Ok(stored(&row)?.filters)).transpose()
}

/// The subscriptions of one subscriber, or all of them.
pub(crate) fn list(host: &impl Host, subscriber: Option<&str>) -> Result<Vec<Subscription>, Fault> {
    let statement = concat!(
        "SELECT ",
        columns!(),
        " FROM subscription WHERE ?1 IS NULL OR subscriber = ?1 ORDER BY source_id, subscriber"
    );
    host.query(statement, &[Value::from(subscriber)])?.iter().map(stored).collect()
}

/// The subscriptions of a source.
pub(crate) fn of_source(host: &impl Host, source_id: &str) -> Result<Vec<Subscription>, Fault> {
    let statement =
        concat!("SELECT ", columns!(), " FROM subscription WHERE source_id = ? ORDER BY subscriber");
    host.query(statement, &[Value::from(source_id)])?.iter().map(stored).collect()
}

/// The ids of the sources that somebody subscribes to, in their order, from this one on.
pub(crate) fn sources(host: &impl Host, first: &str) -> Result<Vec<String>, Fault> {
    let statement = "SELECT DISTINCT source_id FROM subscription WHERE source_id >= ? ORDER BY source_id";
    host.query(statement, &[Value::from(first)])?.iter().map(|row| row.text(0)).collect()
}

fn stored(row: &Row) -> Result<Subscription, Fault> {
    let tags = serde_json::from_str(&row.text(2)?).map_err(|_| Fault::new("stored tags are damaged"))?;
    Ok(Subscription {
        source_id: row.text(0)?,
        subscriber: row.text(1)?,
        filters: Filters { tags },
        created_at: row.number(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_common_tag_is_enough_and_no_filter_wants_all() {
        let tags = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let filters = Filters { tags: tags(&["a", "b"]) };
        assert!(filters.want(&tags(&["x", "b"])) && !filters.want(&tags(&["x", "A"])) && !filters.want(&[]));
        assert!(Filters::default().want(&[]));
    }

    #[test]
    fn filters_are_bounded_and_known() {
        let many = |count: usize| Filters { tags: vec!["t".to_owned(); count] };
        assert!(many(MAX_TAGS).check().is_ok() && many(MAX_TAGS + 1).check().is_err());
        assert!(Filters { tags: vec![String::new()] }.check().is_err());
        assert!(serde_json::from_str::<Filters>(r#"{"rating":5}"#).is_err());
    }
}
