//! Several directories' logs of one identity, and the document that a directory serves beside its log (did-plc.md, "Several
//! directories" and "Documents").
//!
//! A directory can withhold operations, and one alone cannot be caught at it. Asked beside others it can: their logs
//! must be states of one history.

mod relation;

pub use relation::{Comparison, Relation, compare};

use crate::error::Error;
use crate::index::Index;
use crate::json::{self, Fields, Value};
use crate::plc::{Identity, LogForm};
use crate::quote::quote_url;
use crate::tables::{Check, Code, Limits, WarningCode};
use crate::warning::Warning;

/// A log that was verified, and the directory that served it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The directory's URL.
    pub url: String,
    /// What its log proves.
    pub identity: Identity,
}

/// Chooses the newest of the answers: the one that lawfully continues every other (did-plc.md, "Two logs"). The warnings name
/// the directories that lag behind it.
///
/// # Errors
///
/// [`Code::PlcDirectoryDisagree`] where there is none such, [`Code::PlcLogEmpty`] where there are no answers.
pub fn newest(answers: &[Answer]) -> Result<(&Answer, Vec<Warning>), Error> {
    let all: Vec<&Answer> = answers.iter().collect();
    // A bare log can continue logs that contradict each other: it has no times, and not what was undone.
    let is_whole = |answer: &&Answer| answer.identity.form() != LogForm::Bare;
    newest_of(&all.iter().copied().filter(is_whole).collect::<Vec<_>>())?;
    let empty = || Error::new(Code::PlcLogEmpty, "no directory served a log").at(Check::PlcChain);
    let newest = newest_of(&all)?.ok_or_else(empty)?;
    let lagging = all.into_iter().filter(|answer| answer.identity.head() != newest.identity.head());
    Ok((newest, lagging.map(|answer| lag(answer, newest)).collect()))
}

/// The one that continues every other; of equals the first of those that show most. Each is compared with one other at a time:
/// the work grows with their number, and not with its square.
fn newest_of<'a>(answers: &[&'a Answer]) -> Result<Option<&'a Answer>, Error> {
    let newer = |newest, next| if is_newer(next, newest) { next } else { newest };
    let Some(newest) = answers.iter().copied().reduce(newer) else { return Ok(None) };
    match answers.iter().find(|other| !relation::continues(&newest.identity, &other.identity)) {
        Some(other) => Err(disagreement(newest, other).at(Check::PlcChain)),
        None => Ok(Some(newest)),
    }
}

fn is_newer(next: &Answer, newest: &Answer) -> bool {
    let (next, newest) = (&next.identity, &newest.identity);
    // A bare log shows no times, and not what was undone.
    let shown = |log: &Identity| (log.form() != LogForm::Bare, log.history().len());
    let is_equal = || relation::continues(newest, next);
    relation::continues(next, newest) && (shown(next) > shown(newest) || !is_equal())
}

/// Why no log continues every other. Two directories can both be honest only if one of them serves a bare log.
fn disagreement(one: &Answer, other: &Answer) -> Error {
    let (first, second) = (quote_url(&one.url), quote_url(&other.url));
    let expected = format!("of the logs of {first} and {second} neither is shown to continue the other:");
    relation::parting(&one.identity, &other.identity, &expected)
}

fn lag(answer: &Answer, newest: &Answer) -> Warning {
    let missing = newest.identity.history().len().saturating_sub(answer.identity.history().len());
    let operations = if missing == 1 { "operation" } else { "operations" };
    let message = format!(
        "{} lags {missing} {operations} behind {}: its head is {}",
        quote_url(&answer.url),
        quote_url(&newest.url),
        answer.identity.head()
    );
    Warning::new(WarningCode::DirectoryLag, message)
}

/// The warning that a directory gave no log, for where another one did.
pub fn unreachable(error: &Error) -> Warning {
    Warning::new(WarningCode::DirectoryUnreachable, format!("{} [{}]", error.message(), error.code()))
}

/// Compares the DID document that a directory serves with the one that follows from its log. The served one is not signed,
/// so a difference says something about the directory and nothing about the identity: it is a warning.
///
/// Documents are compared by what they say (did-plc.md, "Documents"): the DID, and keys, services and aliases, after ids
/// are made whole. Honest directories write them differently. The log of a deactivated identity says its DID and nothing else.
pub fn compare_document(url: &str, identity: &Identity, served: &[u8], limits: &Limits) -> Option<Warning> {
    let differs = |what: &str| {
        let message = format!("the DID document that {} serves {what}", quote_url(url));
        Some(Warning::new(WarningCode::DocumentDiffers, message))
    };
    let did = identity.did().as_str();
    let served = match json::parse("DID document", served, ("logBytes", limits.log_bytes), limits) {
        Err(error) => return differs(&format!("cannot be read: {}", error.message())),
        Ok(served) => Meaning::read(served, did),
    };
    let (Some(served), Some(derived)) = (served, Meaning::proven(identity)) else {
        return differs("is not a DID document");
    };
    match served.differing_members(&derived) {
        differing if differing.is_empty() => None,
        differing => differs(&format!("does not match the log in {}", differing.join(", "))),
    }
}

/// What a DID document says. The order in a list means nothing, nor does a repetition.
#[derive(Debug)]
struct Meaning {
    id: String,
    methods: Vec<String>,
    services: Vec<String>,
    aliases: Vec<String>,
}

impl Meaning {
    /// What follows from a log.
    fn proven(identity: &Identity) -> Option<Meaning> {
        let did = identity.did().as_str();
        let Some(document) = identity.did_document() else { return Some(Meaning::deactivated(did)) };
        let json = document.to_json();
        // What core writes is read by the same reader, within limits that never refuse it.
        let unbounded = Limits { json_values: u64::MAX, ..Limits::default() };
        let document = json::parse("DID document", json.as_bytes(), ("logBytes", u64::MAX), &unbounded);
        Meaning::read(document.ok()?, did)
    }

    /// What is left of an identity after its tombstone (did-plc.md, "Documents").
    fn deactivated(did: &str) -> Meaning {
        Meaning { id: did.to_owned(), methods: Vec::new(), services: Vec::new(), aliases: Vec::new() }
    }

    /// Reads a document of this DID; `None` where it has not the form of one.
    fn read(document: Value<'_>, did: &str) -> Option<Meaning> {
        let mut fields = Fields::from_value(document).ok()?;
        let methods = facts(&mut fields, "verificationMethod", &["publicKeyMultibase"], did)?;
        let services = facts(&mut fields, "service", &["type", "serviceEndpoint"], did)?;
        let aliases = match fields.take("alsoKnownAs") {
            None => Vec::new(),
            Some(value) => {
                let names = value.into_array().ok()?.into_iter();
                names.map(|name| Some(name.into_string().ok()?.into_owned())).collect::<Option<_>>()?
            }
        };
        Some(Meaning { id: fields.take_string("id").ok()?, methods, services, aliases })
    }

    fn differing_members(&self, other: &Meaning) -> Vec<&'static str> {
        let members = [
            ("id", self.id == other.id),
            ("verificationMethod", are_same(&self.methods, &other.methods)),
            ("service", are_same(&self.services, &other.services)),
            ("alsoKnownAs", are_same(&self.aliases, &other.aliases)),
        ];
        members.iter().filter(|(_, is_same)| !is_same).map(|(name, _)| *name).collect()
    }
}

/// Whether each of two lists holds all that the other holds.
fn are_same(a: &[String], b: &[String]) -> bool {
    let holds_all = |all: &[String], of: &[String]| {
        let known = Index::from_strings(all.iter().map(String::as_str));
        of.iter().all(|fact| known.contains(fact))
    };
    holds_all(a, b) && holds_all(b, a)
}

/// The objects of an array, each as its whole id and the strings that it must have. Their lengths are written along, so that no
/// two are written alike.
fn facts(fields: &mut Fields<'_>, list: &str, members: &[&str], did: &str) -> Option<Vec<String>> {
    let fact = |mut item: Fields<'_>| {
        let id = whole_id(&item.take_string("id").ok()?, did);
        let mut fact = format!("{} {id}", id.len());
        for member in members {
            let value = item.take_string(member).ok()?;
            fact.push_str(&format!(" {} {value}", value.len()));
        }
        Some(fact)
    };
    items(fields, list)?.into_iter().map(fact).collect()
}

/// The objects of an array, which may be absent.
fn items<'a>(fields: &mut Fields<'a>, name: &str) -> Option<Vec<Fields<'a>>> {
    let Some(value) = fields.take(name) else { return Some(Vec::new()) };
    value.into_array().ok()?.into_iter().map(|item| Fields::from_value(item).ok()).collect()
}

/// An id is written whole, or as `#fragment` alone.
fn whole_id(id: &str, did: &str) -> String {
    if id.starts_with('#') { format!("{did}{id}") } else { id.to_owned() }
}
