//! One visit to a source: is it up, and does it have the key?

use super::Problem;
use super::challenge::{self, Form};
use super::identity::{Identified, identify};
use super::key_change::{self, Announced};
use super::registered::{Source, Standing};
use crate::fault::Fault;
use crate::host::{Fetch, Host};
use crate::names::Instance;
use crate::settings::Settings;
use fedverify::pfn::FederationInfo;
use fedverify::{Code, Error, quote};
use serde::Deserialize;
use serde_json::json;

/// The most bytes of an answer to a challenge. It is a signature of 88 characters and a few words.
const MAX_ANSWER_BYTES: u64 = 4096;

/// The most bytes of a federation-info document. Two strings of it are stored, and are in every list of sources.
const MAX_INFO_BYTES: u64 = 64 * 1024;

/// The code of an answer without a signature.
const UNANSWERED: &str = "node.challenge.unanswered";

/// What a visit found.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What the source serves at `/federation-info`, where that can be read.
    pub(crate) info: Result<FederationInfo, Problem>,
    /// How long that took, in milliseconds.
    pub(crate) response_ms: u64,
    /// Whether it has the key.
    pub(crate) proof: Result<Proof, Problem>,
    /// What its did:plc says, where it has one.
    pub(crate) identity: Option<Identified>,
    /// The source with the key that its own has approved, and that it has shown to have.
    pub(super) renewed: Option<Source>,
}

impl Checked {
    /// Why the source is not verified; `None` if it is. An identity that could not be asked for is no reason.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        let refuted = self.identity.as_ref().filter(|identity| identity.standing == Standing::Refuted);
        self.proof.as_ref().err().or_else(|| refuted.and_then(|identity| identity.problem.as_ref()))
    }

    /// Why the source does not get the key that it was visited with; `None` if it does. Where it has an identity, that must name the
    /// key: it has not named it before.
    pub(crate) fn problem_of_new_key(&self) -> Option<&Problem> {
        self.problem().or_else(|| self.identity.as_ref().and_then(Identified::unproven))
    }
}

/// How a source proved that it has its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) form: Form,
    /// Whether it also signs what is no challenge, so that its signatures are worth no more than its word. `None` if its answer did not
    /// show that.
    pub(crate) is_oracle: Option<bool>,
}

/// Visits a source, and follows it to a new key that its own key has approved.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the source does is in the result.
pub(crate) async fn check(host: &impl Host, settings: &Settings, source: &Source) -> Result<Checked, Fault> {
    visit(host, settings, source, true).await
}

/// Visits a source with the key that an administrator says it has. Other keys that it announces do not matter.
///
/// # Errors
///
/// A [`Fault`] of this machine; whatever the source does is in the result.
pub(crate) async fn check_new_key(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
) -> Result<Checked, Fault> {
    visit(host, settings, source, false).await
}

async fn visit(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    is_following: bool,
) -> Result<Checked, Fault> {
    let start = host.now_ms();
    let (info, announced) = match federation_info(host, settings, &source.instance).await? {
        Ok((info, announced)) => (Ok(info), announced),
        Err(problem) => (Err(problem), Announced::default()),
    };
    let response_ms = host.now_ms().saturating_sub(start);
    let proof = match &info {
        Ok(_) => Visit { host, settings, source }.prove().await?,
        Err(problem) => Err(problem.clone()),
    };
    let (proof, renewed) = match proof {
        // Any other failure says nothing about the key: an instance that is overloaded may have it still.
        Err(problem) if is_following && problem.code == Code::PfnSignatureInvalid.as_str() => {
            renew(host, settings, source, (&announced, problem)).await?
        }
        proof => (proof, None),
    };
    let Some(new) = renewed else {
        let identity = identify(host, settings, source).await?;
        return Ok(Checked { info, response_ms, proof, identity, renewed: None });
    };
    let identity = identify(host, settings, &new).await?;
    let Some(problem) = identity.as_ref().and_then(Identified::unproven) else {
        return Ok(Checked { info, response_ms, proof, identity, renewed: Some(new) });
    };
    let what = format!("the new key {} takes the did:plc's word, too: {}", new.did_key(), problem.reason);
    let proof = Err(Problem::new(&problem.code, what));
    // What was asked of the new key says nothing about the one that stays.
    let identity = identify(host, settings, source).await?;
    Ok(Checked { info, response_ms, proof, identity, renewed: None })
}

async fn federation_info(
    host: &impl Host,
    settings: &Settings,
    instance: &Instance,
) -> Result<Result<(FederationInfo, Announced), Problem>, Fault> {
    let limits = fedverify::Limits::default();
    let fetch = Fetch {
        url: instance.url("/federation-info"),
        json: None,
        max_bytes: MAX_INFO_BYTES,
        timeout_ms: settings.limits.answer_ms,
        reach: settings.reach,
    };
    let body = host.fetch(&fetch).await?;
    let read = |body: Vec<u8>| Ok((FederationInfo::parse(&body, &limits)?, Announced::read(&body)));
    Ok(body.and_then(read).map_err(Problem::from))
}

/// Asks a source that does not have its own key for a proof of the one that its own has approved.
async fn renew(
    host: &impl Host,
    settings: &Settings,
    source: &Source,
    (announced, problem): (&Announced, Problem),
) -> Result<(Result<Proof, Problem>, Option<Source>), Fault> {
    let objection = key_change::objection(host, source)?;
    let approved = if objection.is_none() { key_change::approved(host, source, announced)? } else { None };
    let Some(new) = approved else {
        let unapproved = key_change::unapproved(source, announced, objection.as_deref());
        return Ok((Err(unapproved.unwrap_or(problem)), None));
    };
    Ok(match (Visit { host, settings, source: &new }).prove().await? {
        Ok(proof) => (Ok(proof), Some(new)),
        Err(_) => (Err(problem), None),
    })
}

struct Visit<'v, H> {
    host: &'v H,
    settings: &'v Settings,
    source: &'v Source,
}

impl<H: Host> Visit<'_, H> {
    /// Asks for a proof: with a challenge that says whom it is for, and only if the publisher does not take that one, with the
    /// bare UUID of the original.
    async fn prove(&self) -> Result<Result<Proof, Problem>, Fault> {
        let bound = self.answers(Form::Bound).await?;
        let form = match bound {
            Ok(()) => Form::Bound,
            Err(problem) => match self.answers(Form::Legacy).await? {
                Ok(()) => Form::Legacy,
                // That it has another key is known from the challenge that it answers.
                Err(other) if other.code == Code::PfnSignatureInvalid.as_str() => return Ok(Err(other)),
                Err(_) => return Ok(Err(problem)),
            },
        };
        Ok(Ok(Proof { form, is_oracle: self.is_oracle().await? }))
    }

    async fn answers(&self, form: Form) -> Result<Result<(), Problem>, Fault> {
        let text =
            challenge::fresh(self.host, self.settings, (&self.source.instance, &self.source.username), form)?;
        let expires =
            self.host.now_ms().saturating_add(self.settings.limits.challenge_seconds.saturating_mul(1000));
        let answer = self.ask(&text).await?.map_err(Problem::from);
        let signature = match answer.and_then(|body| self.signature(&body)) {
            Ok(signature) => signature,
            Err(problem) => return Ok(Err(problem)),
        };
        if self.host.now_ms() > expires {
            return Ok(Err(Problem::new(
                "node.challenge.expired",
                "the answer came after the challenge expired",
            )));
        }
        Ok(challenge::verify(&text, &self.source.key, &signature))
    }

    /// Whether the source signs a string that is no challenge (pfn.md, "What a PFN signature is worth"); `None` where the answer
    /// shows neither. One that sheds load, is down, or answers with something else has not refused.
    async fn is_oracle(&self) -> Result<Option<bool>, Fault> {
        let text = challenge::probe(self.host)?;
        Ok(match self.ask(&text).await? {
            Ok(body) => {
                let signed = self.signature(&body);
                let is_signed = signed
                    .is_ok_and(|signature| challenge::verify(&text, &self.source.key, &signature).is_ok());
                is_signed.then_some(true)
            }
            Err(error) => error.status().is_some_and(is_refusal).then_some(false),
        })
    }

    /// Sends a string to be signed.
    async fn ask(&self, text: &str) -> Result<Result<Vec<u8>, Error>, Fault> {
        let fetch = Fetch {
            url: self.url(),
            json: Some(json!({"username": self.source.username, "challenge": text}).to_string()),
            max_bytes: MAX_ANSWER_BYTES,
            timeout_ms: self.settings.limits.answer_ms,
            reach: self.settings.reach,
        };
        self.host.fetch(&fetch).await
    }

    /// The signature in an answer.
    fn signature(&self, body: &[u8]) -> Result<String, Problem> {
        let answer: Result<Answer, Problem> = serde_json::from_slice(body).map_err(|error| {
            let found = quote(&error.to_string());
            let what = format!("expected {{\"signature\"}} at {}, found something else: {found}", self.url());
            Problem::new(UNANSWERED, what)
        });
        answer.map(|answer| answer.signature)
    }

    fn url(&self) -> String {
        self.source.instance.url("/verify-ownership")
    }
}

/// Whether a status is a judgement of what was posted. 408 and 429 (RFC 9110, section 15.5.9; RFC 6585, section 4) are about when it
/// was posted, and those from 500 on about the server.
fn is_refusal(status: u16) -> bool {
    (400..500).contains(&status) && ![408, 429].contains(&status)
}

/// What a publisher answers to a challenge. Publishers add a timestamp and more.
#[derive(Debug, Deserialize)]
struct Answer {
    signature: String,
}
