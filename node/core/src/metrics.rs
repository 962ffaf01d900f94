//! What a node counts, in the text format of Prometheus 0.0.4.

use crate::database::first;
use crate::fault::Fault;
use crate::host::Host;
use std::collections::BTreeMap;

/// How requests went since the node started. Routes and statuses are few, whatever is asked.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: BTreeMap<(&'static str, u16), Count>,
    /// Alarms that failed.
    faults: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    requests: u64,
    ms: u64,
}

impl Metrics {
    /// Counts a request that was answered.
    pub(crate) fn answered(&mut self, route: &'static str, status: u16, ms: u64) {
        let count = self.requests.entry((route, status)).or_default();
        count.requests = count.requests.saturating_add(1);
        count.ms = count.ms.saturating_add(ms);
    }

    /// Counts an alarm at which the node failed.
    pub(crate) fn failed(&mut self) {
        self.faults = self.faults.saturating_add(1);
    }

    /// All of it, with what the database holds now.
    pub(crate) fn text(&self, host: &impl Host) -> Result<String, Fault> {
        let mut text = Text::default();
        text.head("requests_total", "counter", "Requests answered, by route and status.");
        for ((route, status), count) in &self.requests {
            text.line(
                "requests_total",
                &format!("{{route=\"{route}\",status=\"{status}\"}}"),
                count.requests,
            );
        }
        text.head("request_milliseconds_total", "counter", "Time until they were answered.");
        for ((route, status), count) in &self.requests {
            text.line(
                "request_milliseconds_total",
                &format!("{{route=\"{route}\",status=\"{status}\"}}"),
                count.ms,
            );
        }
        text.head("alarm_faults_total", "counter", "Failures of scheduled work.");
        text.line("alarm_faults_total", "", self.faults);
        sources(host, &mut text)?;
        for (name, kind, help, statement) in STORED {
            let value = first(host.query(statement, &[])?).map_or(Ok(0), |row| row.number(0))?;
            text.head(name, kind, help);
            text.line(name, "", value);
        }
        Ok(text.0)
    }
}

/// What is counted in the database.
const STORED: [(&str, &str, &str, &str); 7] = [
    ("checks_total", "counter", "Checks of sources.", "SELECT COALESCE(MAX(id), 0) FROM verification"),
    ("versions", "gauge", "Mirrored versions.", "SELECT COUNT(*) FROM mirror"),
    (
        "archive_bytes",
        "gauge",
        "Bytes of all archives.",
        "SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT sha256, size FROM digest)",
    ),
    (
        "equivocations",
        "gauge",
        "Other bytes that came for known versions.",
        "SELECT COUNT(*) FROM proven_equivocation",
    ),
    ("subscriptions", "gauge", "Subscriptions.", "SELECT COUNT(*) FROM subscription"),
    ("keys", "gauge", "Keys that are not revoked.", "SELECT COUNT(*) FROM api_key WHERE revoked_at IS NULL"),
    (
        "oldest_due_check_seconds",
        "gauge",
        "Since when the next check is due, in seconds since 1970; 0 without sources.",
        "SELECT COALESCE(MIN(next_check), 0) FROM source",
    ),
];

fn sources(host: &impl Host, text: &mut Text) -> Result<(), Fault> {
    text.head("sources", "gauge", "Sources, by status.");
    for row in host.query("SELECT status, COUNT(*) FROM source GROUP BY status ORDER BY status", &[])? {
        text.line("sources", &format!("{{status=\"{}\"}}", row.text(0)?), row.number(1)?);
    }
    Ok(())
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        self.0
            .push_str(&format!("# HELP fedverify_node_{name} {help}\n# TYPE fedverify_node_{name} {kind}\n"));
    }

    fn line(&mut self, name: &str, labels: &str, value: u64) {
        self.0.push_str(&format!("fedverify_node_{name}{labels} {value}\n"));
    }
}
