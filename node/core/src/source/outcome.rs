//! What a visit changes: the status of the source, the record of it, and when it is visited next.

use super::Problem;
use super::check::{Checked, Proof};
use super::identity::Identified;
use super::key_history::{self, Approval};
use super::next_check::pause;
use super::registered::{Source, Status};
use crate::activity::{self, Event, seconds};
use crate::clock;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::settings::Settings;
use fedverify::pfn::FederationInfo;

/// Records a visit of a registered source.
pub(crate) fn record(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    visit: (&'static str, &Checked),
) -> Result<Status, Fault> {
    let mut status = source.status;
    host.transaction(&mut || {
        status = record_within(host, settings, source, visit)?;
        Ok(())
    })?;
    Ok(status)
}

/// Records a visit within a transaction.
pub(super) fn record_within(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    (kind, checked): (&'static str, &Checked),
) -> Result<Status, Fault> {
    let problem = checked.problem();
    insert(host, source, kind, checked)?;
    let status = source.status.after(problem.is_none(), failures_today(host, &source.id)?);
    let (now, reason) = (seconds(host), problem.map(reason_of));
    set_status(host, settings, source, (status, reason.as_deref()), now)?;
    if let Some(identity) = &checked.identity {
        set_identity(host, source, identity)?;
    }
    if let (Some(new), None) = (&checked.renewed, problem) {
        key_history::apply(host, source, new, Approval::OldKey)?;
    }
    if let (Ok(proof), Ok(info), None) = (&checked.proof, &checked.info, problem) {
        set_proven(host, source, (proof, info), now)?;
        key_history::seen(host, checked.renewed.as_ref().unwrap_or(source), proof.is_oracle)?;
    }
    // A scheduled check that changes nothing is in the record of checks, and no news.
    if kind != "scheduled" || status != source.status {
        announce(host, source, status, reason.as_deref())?;
    }
    Ok(status)
}

/// A problem as the record of a source shows it.
fn reason_of(problem: &Problem) -> String {
    fedverify::printable(&problem.to_string())
}

/// Records the status and the reason for it, and when the source is visited next.
fn set_status(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    (status, reason): (Status, Option<&str>),
    now: u64,
) -> Result<(), Fault> {
    let failures = if reason.is_none() { 0 } else { source.failures.saturating_add(1) };
    let values = [
        Value::from(status.as_str()),
        Value::from(reason),
        Value::from(failures),
        Value::from(now.saturating_add(pause(settings.limits.check_seconds, failures))),
        Value::from(&source.id),
    ];
    let statement = "UPDATE source SET status = ?, reason = ?, failures = ?, next_check = ? WHERE id = ?";
    host.query(statement, &values).map(drop)
}

fn set_identity(host: &impl Host, source: &Source, identity: &Identified) -> Result<(), Fault> {
    let reason = identity.problem.as_ref().map(reason_of);
    let values =
        [Value::from(identity.standing.as_str()), Value::from(reason.as_deref()), Value::from(&source.id)];
    host.query("UPDATE source SET identity = ?, identity_reason = ? WHERE id = ?", &values).map(drop)
}

/// Records how the source proved its key, and where its archives are: that is taken only from a source that has just shown that it has
/// the key. One that was seen to sign anything is known for it until it is seen to refuse.
fn set_proven(
    host: &impl Host,
    source: &Source,
    (proof, info): (&Proof, &FederationInfo),
    now: u64,
) -> Result<(), Fault> {
    let values = [
        Value::from(proof.form.as_str()),
        Value::from(proof.is_oracle),
        Value::from(now),
        Value::from(info.domain()),
        Value::from(info.naming_scheme()),
        Value::from(&source.id),
    ];
    let statement =
        "UPDATE source SET challenge = ?, oracle = COALESCE(?, oracle), last_verified = ?, asset_domain = ?,
            asset_naming_scheme = ? WHERE id = ?";
    host.query(statement, &values).map(drop)
}

fn insert(host: &impl Host, source: &Source, kind: &str, checked: &Checked) -> Result<(), Fault> {
    let problem = checked.problem();
    let reason = problem.map(|problem| fedverify::printable(&problem.reason));
    let values = [
        Value::from(&source.id),
        Value::from(kind),
        Value::from(result(problem)),
        Value::from(problem.map(|problem| problem.code.as_str())),
        Value::from(reason.as_deref()),
        Value::from(checked.info.is_ok()),
        Value::from(checked.response_ms),
        Value::from(seconds(host)),
    ];
    host.query(
        "INSERT INTO verification (source_id, kind, result, code, reason, is_up, response_ms, verified_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &values,
    )
    .map(drop)
}

fn result(problem: Option<&Problem>) -> &'static str {
    if problem.is_none() { "success" } else { "failure" }
}

/// How many checks failed within the last day since the last one that succeeded.
fn failures_today(host: &impl Host, source_id: &str) -> Result<u64, Fault> {
    let now = seconds(host);
    let since = now.saturating_sub(clock::DAY);
    let statement = "SELECT COUNT(*) FROM verification
         WHERE source_id = ?1 AND result = 'failure' AND verified_at > ?2 AND verified_at <= ?3 AND id >
            (SELECT COALESCE(MAX(id), 0) FROM verification WHERE source_id = ?1 AND result = 'success')";
    let rows = host.query(statement, &[Value::from(source_id), Value::from(since), Value::from(now)])?;
    first(rows).map_or(Ok(0), |row| row.number(0))
}

/// The check itself, and the change of status where there is one, as activity.
fn announce(host: &impl Host, source: &Source, status: Status, reason: Option<&str>) -> Result<(), Fault> {
    let result = if reason.is_none() { "success" } else { "failure" };
    let check = Event { result: Some(result), reason, ..Event::of_source("source_verification", &source.id) };
    activity::record(host, &check)?;
    if status == source.status {
        return Ok(());
    }
    let change = format!("{} → {}", source.status.as_str(), status.as_str());
    let change = reason.map_or_else(|| change.clone(), |reason| format!("{change}: {reason}"));
    let event = Event {
        result: Some(result),
        reason: Some(&change),
        ..Event::of_source("status_change", &source.id)
    };
    activity::record(host, &event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_demote_step_by_step_and_success_recovers() {
        let steps = [
            (Status::Pending, false, 1, Status::Pending),
            (Status::Pending, false, 3, Status::Error),
            (Status::Verified, false, 1, Status::Stale),
            (Status::Stale, false, 2, Status::Stale),
            (Status::Stale, false, 3, Status::Error),
            // The failures were long ago.
            (Status::Error, false, 1, Status::Error),
            (Status::Error, true, 0, Status::Verified),
            (Status::Stale, true, 0, Status::Verified),
            (Status::Pending, true, 0, Status::Verified),
        ];
        for (before, is_verified, failures, after) in steps {
            assert_eq!(before.after(is_verified, failures), after, "{before:?} {is_verified} {failures}");
        }
    }
}
