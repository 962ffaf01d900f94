//! A log as a directory serves it: well-formed claims, not yet verified.

use super::encode;
use super::entry::{Entry, Served, check_length};
use super::export::{self, ExportEntry, ExportLog};
use super::form::LogForm;
use super::identity::Identity;
use super::operation::Operation;
use super::remember::{self, KnownOperations};
use super::walk;
use super::warnings;
use crate::did::PlcDid;
use crate::error::Error;
use crate::json::{self, Value};
use crate::key::P256Checks;
use crate::pin::Pin;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::time::check_clock;

/// The log of one identity: a claim.
///
/// ```
/// use fedverify::{Code, Limits, Log, LogForm, PlcDid};
///
/// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
/// # let json = std::fs::read(format!("{examples}/log.json")).unwrap();
/// # let did: PlcDid = std::fs::read_to_string(format!("{examples}/did.txt")).unwrap().trim().parse()?;
/// let log = Log::parse(&json, &Limits::default())?;
/// assert_eq!(log.form(), LogForm::Audit);
/// let identity = log.verify(&did)?;
/// assert_eq!(identity.history().len(), 5);
///
/// let error = Log::parse(br#"{"message": "DID not registered"}"#, &Limits::default()).unwrap_err();
/// assert_eq!(error.code(), Code::InputWrongType);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Log<'t> {
    /// The text as it was served, for the pin; `None` where the log is part of another document.
    text: Option<&'t [u8]>,
    form: LogForm,
    pub(super) entries: Entries,
    pub(super) limits: Limits,
    /// Checks of signatures that the caller has made already.
    p256_checks: Option<&'t P256Checks>,
}

/// The entries of a log.
#[derive(Debug, Clone)]
pub(super) enum Entries {
    /// Those of one identity.
    One(Vec<Entry>),
    /// Those of an export, in which the entries of many identities may be interleaved. Faults of others do not matter.
    Export(Vec<ExportEntry>),
}

impl Entries {
    /// The entries of this identity, where the log has those of many.
    pub(super) fn into_entries(self, did: &PlcDid, limits: &Limits) -> Result<Vec<Entry>, Error> {
        match self {
            Entries::One(entries) => Ok(entries),
            Entries::Export(lines) => {
                let own = lines.into_iter().filter(|entry| entry.did() == did.as_str());
                ExportLog::from_entries(did.as_str(), own, limits).into_entries()
            }
        }
    }
}

impl<'t> Log<'t> {
    /// Reads a log of any form. An array whose first element has a member `operation` is an audit log, another array a
    /// bare log; JSON lines whose first has a member `operation` are an export. The limits also hold for verifying.
    ///
    /// # Errors
    ///
    /// `input.*`, [`Code::PlcLogEmpty`], [`Code::PlcLogTooLong`], [`Code::PlcEntryMalformed`],
    /// [`Code::PlcTimestampMalformed`], `plc.operation.*`, [`Code::PlcSignatureEncoding`].
    pub fn parse(json: &'t [u8], limits: &Limits) -> Result<Self, Error> {
        if export::is_lines(json) {
            let lines = export::read_lines(json, limits).map_err(|error| error.at(Check::PlcJson))?;
            let entries = Entries::Export(lines);
            return Ok(Log {
                text: Some(json),
                form: LogForm::Export,
                entries,
                limits: *limits,
                p256_checks: None,
            });
        }
        let value = json::parse("log", json, ("logBytes", limits.log_bytes), limits);
        let log = Log::from_value(value.map_err(|error| error.at(Check::PlcJson))?, limits)?;
        Ok(Log { text: Some(json), ..log })
    }

    /// Reads a log that is part of another document. It has no text, so it cannot be pinned.
    pub(super) fn from_value(log: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        let items = items_of(log, limits)?;
        let is_audit = items.first().is_some_and(|item| item.has_member("operation"));
        let (form, read): (_, fn(_, &_) -> _) =
            if is_audit { (LogForm::Audit, Entry::from_audit_log) } else { (LogForm::Bare, bare_entry) };
        let read = |(index, item)| read(item, limits).map_err(|error: Error| error.at_operation(index));
        let entries = items.into_iter().enumerate().map(read).collect::<Result<_, _>>();
        let entries = entries.map_err(|error: Error| error.at(Check::PlcOperations))?;
        Ok(Log { text: None, form, entries: Entries::One(entries), limits: *limits, p256_checks: None })
    }

    /// The log of entries that came one by one.
    pub(super) fn from_entries(entries: Vec<Entry>, limits: &Limits) -> Self {
        Log {
            text: None,
            form: LogForm::Export,
            entries: Entries::One(entries),
            limits: *limits,
            p256_checks: None,
        }
    }

    /// The same log, with checks of signatures that the caller has made.
    pub(crate) fn with_p256_checks(self, p256_checks: &'t P256Checks) -> Self {
        Log { p256_checks: Some(p256_checks), ..self }
    }

    /// The form in which it was served.
    pub fn form(&self) -> LogForm {
        self.form
    }

    /// The DID of the identity that the log is of: the one that its first entry names, or of a bare log the one that its genesis
    /// operation hashes to. `None` where it cannot be told: of an export, which may hold many, and of a bare log whose first
    /// operation is no genesis. A claim, as the whole log is until it is verified.
    pub fn implied_did(&self) -> Option<PlcDid> {
        let Entries::One(entries) = &self.entries else { return None };
        let first = entries.first()?;
        let named = first.served.as_ref().and_then(|served| served.did.parse().ok());
        named.or_else(|| encode::encode(&first.operation).ok()?.genesis_did())
    }

    /// Insists on the audit form, which alone shows recoveries and their times: for what a directory serves as
    /// `GET /<did>/log/audit`.
    ///
    /// # Errors
    ///
    /// [`Code::PlcEntryMalformed`] for another form.
    pub fn require_audit(self) -> Result<Self, Error> {
        let found = match self.form {
            LogForm::Audit => return Ok(self),
            LogForm::Bare => "a bare log",
            LogForm::Export => "an export",
        };
        let message = format!("expected an audit log, found {found}");
        Err(Error::new(Code::PlcEntryMalformed, message).at(Check::PlcOperations))
    }

    /// Walks the log from the genesis operation, which the DID is the hash of, to the head.
    ///
    /// # Errors
    ///
    /// [`Code::PlcDidMismatch`], [`Code::PlcOperationTooLarge`], [`Code::PlcCidMismatch`], [`Code::PlcGenesisInvalid`],
    /// [`Code::PlcGenesisRepeated`], [`Code::PlcPrevMismatch`], [`Code::PlcPrevNullified`], [`Code::PlcTombstoned`],
    /// [`Code::PlcTimestampOrder`], [`Code::PlcNullificationLate`], [`Code::PlcNullificationAuthority`],
    /// [`Code::PlcRotationKeyInvalid`], [`Code::PlcSignatureHighS`], [`Code::PlcSignatureInvalid`],
    /// [`Code::PlcNullifiedFlag`], [`Code::PlcLogTooMuchWork`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
        self.walk(did, KnownOperations::nothing())
    }

    /// Verifies the log, and compares it with what was seen before. [`Identity::pin`] is then what to keep for the next
    /// visit. `now` is the caller's clock, in seconds since 1970; without a pin it is a first visit.
    ///
    /// Signatures of operations that the pin knows are not checked again.
    ///
    /// # Errors
    ///
    /// As [`Log::verify`]; [`Code::PinMalformed`] for the pin of another identity; [`Code::PinRollback`],
    /// [`Code::PinFork`], [`Code::PinNullificationLate`], [`Code::PinTooLarge`]; [`Code::ApiArgument`] for a clock later than the
    /// year 9999.
    pub fn verify_remembering(self, did: &PlcDid, pin: Option<&Pin>, now: u64) -> Result<Identity, Error> {
        check_clock(now)?;
        let (text, limits) = (self.text.unwrap_or_default(), self.limits);
        let ours = pin.filter(|pin| pin.did() == did.as_str());
        let visit = remember::Visit::new(text, ours, now);
        let identity = self.walk(did, visit.known(text))?;
        if let Some(other) = pin.filter(|pin| pin.did() != did.as_str()) {
            let message = format!("expected a pin of {did}, found one of {}", quote(other.did()));
            return Err(Error::new(Code::PinMalformed, message).at(Check::PinLog));
        }
        visit.remember(identity, &limits).map_err(|error| error.at(Check::PinLog))
    }

    /// Verifies the log, and offers the pin of this visit to a caller who asked for none.
    ///
    /// # Errors
    ///
    /// As [`Log::verify`]: a pin changes nothing.
    pub(crate) fn verify_offering(self, did: &PlcDid, now: u64) -> Result<Identity, Error> {
        let visit = remember::Visit::new(self.text.unwrap_or_default(), None, now);
        let limits = self.limits;
        Ok(visit.offer(self.walk(did, KnownOperations::nothing())?, &limits))
    }

    fn walk(self, did: &PlcDid, mut known: KnownOperations<'_>) -> Result<Identity, Error> {
        let entries = self.entries.into_entries(did, &self.limits)?;
        check_did(did, &entries)?;
        let encoded = entries.iter().enumerate().map(|(index, entry)| {
            let encoded = known.encode(&entry.operation).and_then(|encoded| encoded.within(&self.limits));
            encoded.map_err(|error| error.at_operation(index).at(Check::PlcOperations))
        });
        let encoded = encoded.collect::<Result<Vec<_>, _>>()?;
        for (index, (entry, encoded)) in entries.iter().zip(&encoded).enumerate() {
            if let Some(served) = &entry.served {
                served
                    .check_cid(&encoded.cid)
                    .map_err(|error| error.at_operation(index).at(Check::PlcCids))?;
            }
        }
        let flags = entries.iter().map(|entry| entry.served.as_ref().and_then(|served| served.nullified));
        let flags: Vec<Option<bool>> = flags.collect();
        let has_unknown = entries.iter().any(|entry| entry.has_unknown_member);
        let steps = entries.into_iter().zip(encoded);
        let steps = steps.map(|(entry, encoded)| {
            walk::Step::new(encoded, entry.operation, entry.served.map(Served::into_created_at))
        });
        let identity = walk::verify(did, self.form, steps.collect(), &self.limits, self.p256_checks)?;
        if self.form == LogForm::Audit {
            check_flags(&identity, &flags).map_err(|error| error.at(Check::PlcFlags))?;
        }
        Ok(if has_unknown { identity.with_warning(warnings::unknown_entry_members()) } else { identity })
    }
}

/// did-plc.md, "Chain": every entry's did is the DID asked for.
fn check_did(did: &PlcDid, entries: &[Entry]) -> Result<(), Error> {
    for (index, entry) in entries.iter().enumerate() {
        if let Some(served) = entry.served.as_ref().filter(|served| served.did != did.as_str()) {
            let message = format!("expected an entry of {did}, found one of {}", quote(&served.did));
            let error = Error::new(Code::PlcDidMismatch, message);
            return Err(error.at(Check::PlcOperations).at_operation(index));
        }
    }
    Ok(())
}

/// did-plc.md, "Nullified flags": the served flags must be what the walk found.
fn check_flags(identity: &Identity, served: &[Option<bool>]) -> Result<(), Error> {
    for (index, (entry, served)) in identity.history().iter().zip(served).enumerate() {
        let is_nullified = entry.is_nullified();
        if served.is_some_and(|served| served != is_nullified) {
            let (is, says) = if is_nullified { ("", "not ") } else { ("not ", "") };
            let message =
                format!("the operation is {is}nullified, but the directory says that it is {says}nullified");
            let error = Error::new(Code::PlcNullifiedFlag, message);
            return Err(error.at_operation(index).with_cid(entry.cid()));
        }
    }
    Ok(())
}

fn bare_entry(value: Value<'_>, limits: &Limits) -> Result<Entry, Error> {
    if !value.has_member("type") {
        let message = "expected an entry with a member operation, or a bare operation with a member type";
        return Err(Error::new(Code::PlcEntryMalformed, message));
    }
    let operation = Operation::from_json(value, limits)?;
    Ok(Entry { operation, served: None, has_unknown_member: false })
}

/// The elements of the array that a log is.
fn items_of<'a>(log: Value<'a>, limits: &Limits) -> Result<Vec<Value<'a>>, Error> {
    let items = log.into_array().map_err(|other| {
        let message = format!("expected a log, which is an array of operations; found {}", other.kind());
        Error::new(Code::InputWrongType, message).at(Check::PlcJson)
    })?;
    check_length(items.len(), limits)?;
    Ok(items)
}
