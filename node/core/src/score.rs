//! The trust of sources as lists show it. What it rests on is counted when something changes for a source, and kept in its row:
//! counting it for every source of a list would take the node's one thread for a second.

use crate::activity::seconds;
use crate::database::Value;
use crate::fault::Fault;
use crate::host::Host;
use crate::source::{self, EarlierKey, Facts, Source};
use crate::trust::{self, Doubt, Trust};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A source in a list.
pub(crate) struct Listed {
    pub(crate) source: Source,
    pub(crate) facts: Facts,
    pub(crate) trust: Trust,
}

/// Counts and scores a source as it is now, and keeps that for lists.
pub(crate) fn now(host: &impl Host, source: &Source) -> Result<(Facts, Trust), Fault> {
    let facts = source::facts(host, &source.id)?;
    let trust = trust::score(source, &facts, seconds(host));
    // Numbers and strings: nothing can fail.
    let texts =
        [serde_json::to_string(&facts), serde_json::to_string(&trust.reasons)].map(Result::unwrap_or_default);
    let [facts_json, reasons] = texts.each_ref().map(Value::from);
    let values = [Value::from(trust.thousandths), facts_json, reasons, Value::from(&source.id)];
    host.query("UPDATE source SET score = ?, facts = ?, reasons = ? WHERE id = ?", &values)?;
    Ok((facts, trust))
}

/// Counts anew what is kept of a source, if it is still registered.
pub(crate) fn refresh(host: &impl Host, source_id: &str) -> Result<(), Fault> {
    let Some(source) = source::find(host, source_id)? else { return Ok(()) };
    now(host, &source).map(drop)
}

/// Counts for the sources for which an older program kept nothing.
pub(crate) fn fill(host: &impl Host) -> Result<(), Fault> {
    for row in host.query("SELECT id FROM source WHERE facts IS NULL", &[])? {
        refresh(host, &row.text(0)?)?;
    }
    Ok(())
}

/// A source as its versions are listed with it.
pub(crate) struct Offering {
    /// The key that it has today: a version may have that of an earlier one.
    pub(crate) public_key: String,
    did_key: String,
    doubts: Vec<Doubt>,
    earlier: Vec<EarlierKey>,
}

impl Offering {
    /// What is known against a version that this key signed: first what is known against its source.
    pub(crate) fn doubts(&self, public_key: &str) -> Vec<Doubt> {
        let mut doubts = self.doubts.clone();
        if public_key == self.public_key {
            return doubts;
        }
        // One key has several spellings.
        let did_key = source::did_key(public_key);
        if did_key.as_ref() != Some(&self.did_key) {
            let earlier = self.earlier.iter().rfind(|key| Some(&key.did_key) == did_key.as_ref());
            trust::doubt_earlier_key(&mut doubts, earlier);
        }
        doubts
    }

    /// Only the doubts about the key.
    pub(crate) fn doubts_of_key(&self, public_key: &str) -> Vec<Doubt> {
        self.doubts(public_key).split_off(self.doubts.len())
    }
}

/// What is said of these sources beside their versions, by their ids.
pub(crate) fn offering(
    host: &impl Host,
    source_ids: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Offering>, Fault> {
    let statement = "SELECT source_id, COUNT(*) FROM proven_equivocation
         WHERE source_id IN (SELECT value FROM json_each(?)) GROUP BY source_id";
    let rows = host.query(statement, &[Value::from(&json!(source_ids).to_string())])?;
    let counted = rows.iter().map(|row| Ok((row.text(0)?, row.number(1)?)));
    let counted: BTreeMap<String, u64> = counted.collect::<Result<_, Fault>>()?;
    let mut earlier = source::earlier_keys(host, source_ids)?;
    let of_source = |source: Source| {
        let doubts = trust::doubts(&source, counted.get(&source.id).copied().unwrap_or_default());
        let earlier = earlier.remove(&source.id).unwrap_or_default();
        let did_key = source.did_key();
        (source.id, Offering { public_key: source.public_key, did_key, doubts, earlier })
    };
    Ok(source::all_of(host, source_ids)?.into_iter().map(of_source).collect())
}

/// A page of the sources: the most trusted first, and of one score the newest.
pub(crate) fn list(host: &impl Host, (limit, offset): (u64, u64)) -> Result<Vec<Listed>, Fault> {
    let damaged = |what: &str| Fault::new(format!("a stored source is damaged: {what}"));
    let rows = host.query(source::LISTED, &[Value::from(limit), Value::from(offset)])?;
    let listed = rows.iter().map(|row| {
        let facts: Facts =
            serde_json::from_str(&row.text(source::COLUMNS)?).map_err(|_| damaged("its facts"))?;
        let reasons = row.text(source::COLUMNS.saturating_add(1))?;
        let reasons = serde_json::from_str(&reasons).map_err(|_| damaged("its reasons"))?;
        let thousandths = row.number(source::COLUMNS.saturating_add(2))?;
        // These two are not kept: an index gives them at once.
        let subscribers = row.number(source::COLUMNS.saturating_add(3))?;
        let mirrors = row.number(source::COLUMNS.saturating_add(4))?;
        Ok(Listed {
            source: Source::stored(row)?,
            facts: Facts { subscribers, mirrors, ..facts },
            trust: Trust { thousandths, reasons },
        })
    });
    listed.collect()
}
