//! The did:plc of a publisher that has one. Its log is verified to the first operation and against what was seen before, and must
//! name the source's key: then the source's key follows from the identity, not from who registered it.

use super::Problem;
use super::registered::{Source, Standing};
use crate::activity::seconds;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::{Fetch, Host};
use crate::settings::Settings;
use fedverify::fair::is_signing_key;
use fedverify::plc::State;
use fedverify::{Code, Error, Identity, Log, Pin, PlcDid};

/// What a visit found of a source's identity.
#[derive(Debug)]
pub(crate) struct Identified {
    pub(super) standing: Standing,
    /// Why it is not proven.
    pub(super) problem: Option<Problem>,
}

impl Identified {
    /// Why the identity does not stand for the key, be it only that it could not be asked for; `None` where it does.
    pub(super) fn unproven(&self) -> Option<&Problem> {
        self.problem.as_ref().filter(|_| self.standing != Standing::Proven)
    }
}

/// Verifies the identity of a source, if it has one, and remembers what was proven.
///
/// # Errors
///
/// A [`Fault`] of this machine.
pub(super) async fn identify(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
) -> Result<Option<Identified>, Fault> {
    let Some(did) = &source.did else { return Ok(None) };
    let limits = fedverify::Limits::default();
    let fetch = Fetch {
        url: format!("{}/{did}/log/audit", settings.directory),
        json: None,
        max_bytes: limits.log_bytes,
        timeout_ms: settings.limits.answer_ms,
        reach: settings.reach,
    };
    // From before the question: what another visit sees while this one waits refutes no answer.
    let pin = remembered(host, did)?;
    let log = match host.fetch(&fetch).await? {
        Ok(log) => log,
        Err(error) => {
            return Ok(Some(unreached(source, error.into())));
        }
    };
    let outcome = match verify(&log, did, pin.as_ref(), seconds(host)) {
        // What is proven is remembered, also where the key is gone.
        Ok(identity) => match remember(host, (&log, &identity), pin.as_ref())? {
            Ok(()) => names(&identity, source),
            Err(error) if error.code() == Code::PinRollback => {
                return Ok(Some(unreached(source, error.into())));
            }
            Err(error) => Err(error.into()),
        },
        // A wrong clock of this machine is not the publisher's fault.
        Err(error) if error.code() == Code::ApiArgument => return Ok(Some(unreached(source, error.into()))),
        Err(error) => Err(error.into()),
    };
    let standing = if outcome.is_ok() { Standing::Proven } else { Standing::Refuted };
    Ok(Some(Identified { standing, problem: outcome.err() }))
}

/// What a directory without an answer means, or with one that came too late. What was refuted stays so until a log proves it: silence
/// takes nothing back.
fn unreached(source: &Source, problem: Problem) -> Identified {
    if source.identity != Some(Standing::Refuted) {
        return Identified { standing: Standing::Unreached, problem: Some(problem) };
    }
    let what =
        format!("the last log refuted the identity, and the directory gives no other: {}", problem.reason);
    Identified { standing: Standing::Refuted, problem: Some(Problem::new("node.identity.refuted", what)) }
}

fn verify(log: &[u8], did: &PlcDid, pin: Option<&Pin>, now: u64) -> Result<Identity, Error> {
    Log::parse(log, &fedverify::Limits::default())?.require_audit()?.verify_remembering(did, pin, now)
}

/// Whether the source's key is among the signing keys of the identity.
fn names(identity: &Identity, source: &Source) -> Result<(), Problem> {
    let Some(state) = identity.state() else {
        return Err(Problem::new(
            "plc.tombstoned",
            format!("the identity {} was deactivated", identity.did()),
        ));
    };
    if has_key(state, &source.did_key()) {
        return Ok(());
    }
    let what =
        format!("the identity {} does not name this source's key among its signing keys", identity.did());
    Err(Problem::new("node.identity.key", what))
}

fn has_key(state: &State, did_key: &str) -> bool {
    state
        .verification_methods()
        .iter()
        .any(|(id, key)| is_signing_key(id) && key.key().is_ok_and(|key| key.to_did_key() == did_key))
}

/// The pin of an identity, which stays when its sources are removed.
fn remembered(host: &impl Host, did: &PlcDid) -> Result<Option<Pin>, Fault> {
    let row = first(host.query("SELECT pin FROM identity WHERE did = ?", &[Value::from(did.as_str())])?);
    let Some(row) = row else { return Ok(None) };
    let pin = Pin::parse(row.text(0)?.as_bytes(), &fedverify::Limits::default());
    pin.map(Some).map_err(|error| Fault::new(format!("a stored pin is damaged: {error}")))
}

/// Remembers what a log proved that was fetched after this pin was read. Where another visit has remembered more meanwhile, the log
/// is measured by that, too. One that is older only came late: it proves nothing any more, and refutes nothing (`pin.rollback`).
fn remember(
    host: &impl Host,
    (log, identity): (&[u8], &Identity),
    before: Option<&Pin>,
) -> Result<Result<(), Error>, Fault> {
    let now = remembered(host, identity.did())?;
    if now.as_ref() == before {
        return store(host, identity).map(Ok);
    }
    match verify(log, identity.did(), now.as_ref(), seconds(host)) {
        Ok(identity) => store(host, &identity).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

fn store(host: &impl Host, identity: &Identity) -> Result<(), Fault> {
    let pin = identity.pin().ok_or_else(|| Fault::new("a verified log has no pin"))?.to_json();
    let values = [identity.did().as_str(), &pin].map(Value::from);
    host.query(
        "INSERT INTO identity (did, pin) VALUES (?, ?) ON CONFLICT (did) DO UPDATE SET pin = excluded.pin",
        &values,
    )
    .map(drop)
}
