//! Ownership challenges: a source proves that it has its key by signing a string that was made for it (pfn.md, "Ownership
//! challenges").

use super::key::PublisherKey;
use super::signature::Signature;
use crate::error::Error;
use crate::key::PublicKey;
use crate::tables::{Check, Code, Limits};
use serde::de::IgnoredAny;

/// A string that was sent to a source to be signed.
///
/// The answer proves something only if the challenge is fresh: make a new random UUID for each visit.
///
/// ```
/// use fedverify::{Code, Limits, pfn::{Challenge, PublisherKey}};
///
/// let limits = Limits::default();
/// let key = PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?;
/// let challenge = Challenge::new("0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b", &limits)?;
/// let answer = "Gl51YOcBni7OoGLCxApOS/YHo+JKPB9IwqMNIeI8S88ffg6g30FlgJVvEba+Qz5cjp2fDtpPH20/YZXYI2L2Bg==";
/// assert_eq!(challenge.clone().verify(&key, answer)?.as_str(), "0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b");
///
/// let answer = answer.replacen('G', "B", 1);
/// assert_eq!(challenge.verify(&key, &answer).unwrap_err().code(), Code::PfnSignatureInvalid);
///
/// // Its answer would be the signature of a plugin record.
/// let ambiguous = Challenge::new(r#"{"id":"gallery"}"#, &limits).unwrap_err();
/// assert_eq!(ambiguous.code(), Code::PfnChallengeAmbiguous);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge(String);

impl Challenge {
    /// Takes a challenge exactly as it was sent. Its UTF-8 bytes are what is signed.
    ///
    /// Call this before sending a challenge, too: what it refuses should never be signed.
    ///
    /// # Errors
    ///
    /// [`Code::PfnChallengeMalformed`] if it is empty or longer than `limits.challenge_bytes`;
    /// [`Code::PfnChallengeAmbiguous`] if it is a JSON object, because its answer could be the signature of a plugin
    /// record (pfn.md, "Ambiguous challenges").
    pub fn new(challenge: &str, limits: &Limits) -> Result<Self, Error> {
        check(challenge, limits).map_err(|error| error.at(Check::PfnChallenge))?;
        Ok(Challenge(challenge.to_owned()))
    }

    /// Checks that the key signed this challenge.
    ///
    /// # Errors
    ///
    /// [`Code::PfnSignatureEncoding`], [`Code::PfnSignatureInvalid`].
    pub fn verify(self, key: &PublisherKey, signature: &str) -> Result<VerifiedChallenge, Error> {
        self.check_signature(key, signature).map_err(|error| error.at(Check::PfnSignature))?;
        Ok(VerifiedChallenge { challenge: self.0, key: key.clone() })
    }

    fn check_signature(&self, key: &PublisherKey, signature: &str) -> Result<(), Error> {
        if !Signature::parse(signature)?.is_by(key, self.0.as_bytes()) {
            let message = format!("the key {} did not sign this challenge", key.public_key());
            return Err(Error::new(Code::PfnSignatureInvalid, message));
        }
        Ok(())
    }
}

fn check(challenge: &str, limits: &Limits) -> Result<(), Error> {
    if challenge.is_empty() {
        return Err(Error::new(Code::PfnChallengeMalformed, "the challenge is empty"));
    }
    let size = u64::try_from(challenge.len()).unwrap_or(u64::MAX);
    if size > limits.challenge_bytes {
        let found = format!("the challenge has {size} bytes");
        let (limit, max) = ("challengeBytes", limits.challenge_bytes);
        return Err(Error::above_limit(Code::PfnChallengeMalformed, found, limit, max));
    }
    if is_json_object(challenge) {
        let message =
            "the challenge is a JSON object: its answer could be used as the signature of a plugin record";
        return Err(Error::new(Code::PfnChallengeAmbiguous, message));
    }
    Ok(())
}

/// Whether any JSON parser reads the string as an object.
///
/// The strict reader would be the wrong one here: it refuses documents that others read, such as an object with a member
/// twice or with half a surrogate pair, and what it refuses would pass as no object. Only the grammar counts
/// (RFC 8259, section 2), and `IgnoredAny` checks just that, whatever the nesting.
fn is_json_object(text: &str) -> bool {
    let is_white_space = |character| matches!(character, ' ' | '\t' | '\n' | '\r');
    text.trim_start_matches(is_white_space).starts_with('{')
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A challenge that the holder of a key signed. Made only by [`Challenge::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedChallenge {
    challenge: String,
    key: PublisherKey,
}

impl VerifiedChallenge {
    /// The challenge.
    pub fn as_str(&self) -> &str {
        &self.challenge
    }

    /// The key that signed it.
    pub fn key(&self) -> &PublicKey {
        self.key.public_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{other_key, publisher_key, sign};

    #[test]
    fn only_the_challenge_as_sent_is_answered() {
        let verify = |challenge: &str, key: &PublisherKey, signature: &str| {
            let challenge = Challenge::new(challenge, &Limits::default()).unwrap();
            challenge.verify(key, signature).map_err(|error| error.code())
        };
        let signature = sign("défi".as_bytes());
        let verified = verify("défi", &publisher_key(), &signature).unwrap();
        assert_eq!((verified.as_str(), verified.key()), ("défi", publisher_key().public_key()));
        for other in ["defi", "défi\n", " défi", "DÉFI"] {
            assert_eq!(
                verify(other, &publisher_key(), &signature),
                Err(Code::PfnSignatureInvalid),
                "{other}"
            );
        }
        assert_eq!(verify("défi", &other_key(), &signature), Err(Code::PfnSignatureInvalid));
        assert_eq!(verify("défi", &publisher_key(), ""), Err(Code::PfnSignatureEncoding));
    }

    fn code(challenge: &str) -> Result<(), Code> {
        Challenge::new(challenge, &Limits::default()).map(drop).map_err(|error| error.code())
    }

    #[test]
    fn a_json_object_is_no_challenge() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
        let objects = [
            r#"{"id":"gallery","name":"Gallery","version":"1.0.0","description":"Pictures"}"#,
            "{}",
            " {}",
            "\r\n\t {} \n",
            r#"{ "a" : [ 1, {} ] }"#,
            r#"{"id":1,"id":2}"#,
            r#"{"\u0069d":"\ud83d\ude00"}"#,
            r#"{"id":"\ud800"}"#,
            r#"{"id":1e400}"#,
            &deep,
        ];
        for challenge in objects {
            assert_eq!(code(challenge), Err(Code::PfnChallengeAmbiguous), "{challenge}");
        }
        let error = Challenge::new("{}", &Limits::default()).unwrap_err();
        assert_eq!(error.check(), Some(Check::PfnChallenge));
    }

    #[test]
    fn whatever_is_no_json_object_is_a_challenge() {
        let others = [
            "[]",
            r#"[{"id":"a"}]"#,
            r#""{}""#,
            "1",
            "null",
            "{",
            "}",
            "{challenge}",
            "{'id':'a'}",
            "{id:1}",
            r#"{"id":1,}"#,
            r#"{"id":"a	b"}"#,
            "{}x",
            "{}{}",
            "x{}",
            "\u{a0}{}",
            "\u{feff}{}",
            "{}\0",
            "/**/{}",
        ];
        for challenge in others {
            assert_eq!(code(challenge), Ok(()), "{challenge}");
        }
    }

    #[test]
    fn what_is_signed_of_a_plugin_is_no_challenge() {
        let record = br#"{"slug":"a\"\\\u0001","name":null,"short_description":"\u2028"}"#;
        let record = crate::pfn::PluginRecord::parse(record, &Limits::default()).unwrap();
        assert_eq!(code(&record.signed_string()), Err(Code::PfnChallengeAmbiguous));
    }

    #[test]
    fn the_length_limit_is_inclusive() {
        assert_eq!(code(&"x".repeat(1024)), Ok(()));
        assert_eq!(code(&"x".repeat(1025)), Err(Code::PfnChallengeMalformed));
        assert_eq!(code("x"), Ok(()));
        assert_eq!(code(""), Err(Code::PfnChallengeMalformed));
        let limits = Limits { challenge_bytes: 3, ..Limits::default() };
        assert!(Challenge::new("éa", &limits).is_ok());
        let error = Challenge::new("éé", &limits).unwrap_err();
        assert_eq!((error.code(), error.limit()), (Code::PfnChallengeMalformed, Some("challengeBytes")));
    }
}
