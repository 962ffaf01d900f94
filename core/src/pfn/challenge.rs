//! Ownership challenges: a source proves that it holds its key by signing a text that was made for it.

use super::key::PublisherKey;
use super::signature::Signature;
use crate::error::Error;
use crate::key::PublicKey;
use crate::tables::{Check, Code, Limits};

/// A text that was sent to a source to be signed.
///
/// It proves something only when it is fresh: whoever verifies makes a new random UUID for each visit.
///
/// ```
/// use fedverify::{Code, Limits, pfn::{Challenge, PublisherKey}};
///
/// let limits = Limits::default();
/// let key = PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?;
/// let challenge = Challenge::new("0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b", &limits)?;
/// let answer = "Gl51YOcBni7OoGLCxApOS/YHo+JKPB9IwqMNIeI8S88ffg6g30FlgJVvEba+Qz5cjp2fDtpPH20/YZXYI2L2Bg==";
/// assert_eq!(challenge.clone().verify(&key, answer)?.text(), "0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b");
///
/// let answer = answer.replacen('G', "B", 1);
/// assert_eq!(challenge.verify(&key, &answer).unwrap_err().code(), Code::PfnSignatureInvalid);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge(String);

impl Challenge {
    /// Takes a challenge exactly as it was sent. Its UTF-8 bytes are what is signed.
    ///
    /// Errors: [`Code::PfnChallengeMalformed`] when it is empty or longer than `limits.challenge_bytes`.
    pub fn new(text: &str, limits: &Limits) -> Result<Self, Error> {
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if size == 0 || size > limits.challenge_bytes {
            let message =
                format!("expected a challenge of 1 to {} bytes, found {size}", limits.challenge_bytes);
            return Err(Error::new(Code::PfnChallengeMalformed, message).at(Check::PfnChallenge));
        }
        Ok(Challenge(text.to_owned()))
    }

    /// Checks that the key answered this challenge.
    ///
    /// Errors: [`Code::PfnSignatureEncoding`], [`Code::PfnSignatureInvalid`].
    pub fn verify(self, key: &PublisherKey, signature: &str) -> Result<VerifiedChallenge, Error> {
        self.check_signature(key, signature).map_err(|error| error.at(Check::PfnSignature))?;
        Ok(VerifiedChallenge { text: self.0, key: key.clone() })
    }

    fn check_signature(&self, key: &PublisherKey, signature: &str) -> Result<(), Error> {
        if !Signature::parse(signature)?.is_by(key, self.0.as_bytes()) {
            let message =
                format!("the signature is not one of the key {} over the challenge", key.public_key());
            return Err(Error::new(Code::PfnSignatureInvalid, message));
        }
        Ok(())
    }
}

/// A challenge that the holder of a key answered. Made only by [`Challenge::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedChallenge {
    text: String,
    key: PublisherKey,
}

impl VerifiedChallenge {
    /// The challenge.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The key that answered.
    pub fn key(&self) -> &PublicKey {
        self.key.public_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{other_key, publisher_key, sign};

    #[test]
    fn only_the_text_as_sent_is_answered() {
        let verify = |text: &str, key: &PublisherKey, signature: &str| {
            let challenge = Challenge::new(text, &Limits::default()).unwrap();
            challenge.verify(key, signature).map_err(|error| error.code())
        };
        let signature = sign("défi".as_bytes());
        let verified = verify("défi", &publisher_key(), &signature).unwrap();
        assert_eq!((verified.text(), verified.key()), ("défi", publisher_key().public_key()));
        for text in ["defi", "défi\n", " défi", "DÉFI"] {
            assert_eq!(verify(text, &publisher_key(), &signature), Err(Code::PfnSignatureInvalid), "{text}");
        }
        assert_eq!(verify("défi", &other_key(), &signature), Err(Code::PfnSignatureInvalid));
        assert_eq!(verify("défi", &publisher_key(), ""), Err(Code::PfnSignatureEncoding));
    }

    #[test]
    fn the_length_limit_is_inclusive() {
        let code =
            |text: &str| Challenge::new(text, &Limits::default()).map(drop).map_err(|error| error.code());
        assert_eq!(code(&"x".repeat(1024)), Ok(()));
        assert_eq!(code(&"x".repeat(1025)), Err(Code::PfnChallengeMalformed));
        assert_eq!(code("x"), Ok(()));
        assert_eq!(code(""), Err(Code::PfnChallengeMalformed));
    }
}
